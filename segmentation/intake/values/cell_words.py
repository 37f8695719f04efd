"""What single values look like, whatever the header says: states of orders, actions, places, codes."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CONSENT = re.compile(
    r"(never_?)?(un)?subscribed|opt(ed)?[ _-]?(in|out)|granted|denied|consented|true|false|yes|no|ja|nein"
    r"|oui|non|s[ií]|sim|n[ãa]o|是|否|希望する|希望しない|[01yn]"
)


def _set(words: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(words.split(separator))


_CURRENCIES = _set(
    "aed ars aud bgn brl cad chf clp cny cop czk dkk egp eur gbp hkd huf idr ils inr jpy krw mxn myr"
    " nok nzd pen php pln ron rub sar sek sgd thb try twd uah usd vnd zar"
)
_COUNTRY_NAMES = _set(
    "united states;united states of america;usa;united kingdom;uk;great britain;england;ireland;canada"
    ";australia;new zealand;germany;france;spain;portugal;italy;netherlands;belgium;switzerland;austria"
    ";poland;sweden;norway;denmark;finland;iceland;greece;czech republic;hungary;romania;lithuania"
    ";israel;turkey;russia;ukraine;china;hong kong;japan;south korea;india;singapore;brazil;mexico"
    ";argentina;chile;colombia;peru;south africa;egypt;deutschland;österreich;schweiz;frankreich"
    ";spanien;italien;niederlande;belgien;polen;vereinigtes königreich;belgique;suisse;allemagne"
    ";espagne;italie;pays-bas;royaume-uni;españa;méxico;alemania;francia;italia;reino unido;brasil"
    ";alemanha;frança;espanha;itália;svizzera;germania;nederland;belgië;duitsland;frankrijk;中国;日本"
    ";美国;英国;新加坡;韩国;アメリカ;中国香港",
    ";",
)
_COUNTRY_CODES = _set(
    "us gb uk ie ca au nz de fr es pt it nl be ch at pl se no dk fi gr cz hu ro lt lv ee sk si hr bg il"
    " tr ru ua cn hk jp kr in sg br mx ar cl co pe za eg ae sa th vn my id ph tw lu"
)
_COMMON_CODES = _set("us gb uk de fr es it br cn in ca jp nl")
_PHONE = re.compile(r"'?(\+|00)[1-9][\d ()./-]{6,18}\d|\(?0\d{1,4}\)?[ /.-]\d[\d ./-]{4,12}\d")
_ADDRESS_OF_A_COMPUTER = re.compile(
    r"\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){5,7}", re.IGNORECASE
)
_ORDER_NUMBER = re.compile(r"#\d{3,}|(ORD|ORDER|INV|PO|SO)[-_ ]?\d{3,}.*")
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?1\d")


def are_consents(values: Sequence[str]) -> bool:
    """Whether the lower-case values say yes or no to being written to."""
    return bool(values) and len(values) <= 5 and all(_CONSENT.fullmatch(value) for value in values)


def are_currencies(values: Sequence[str]) -> bool:
    """Whether all lower-case values are currency codes."""
    return bool(values) and set(values) <= _CURRENCIES


def are_countries(values: Sequence[str]) -> bool:
    """Whether nearly all lower-case values are names of countries, or all their two-letter codes."""
    names = sum(value in _COUNTRY_NAMES for value in values)
    if len(values) >= 2 and names >= 0.7 * len(values):
        return True
    return len(_COMMON_CODES & set(values)) >= 2 and set(values) <= _COUNTRY_CODES


def are_phones(sample: Sequence[str]) -> bool:
    """Whether nearly all values are telephone numbers, known by a plus sign or by their grouping."""
    return _share(_PHONE, sample) > 0.8


def are_computers(sample: Sequence[str]) -> bool:
    """Whether nearly all values are internet addresses of computers."""
    return _share(_ADDRESS_OF_A_COMPUTER, sample) > 0.8


def are_order_numbers(sample: Sequence[str]) -> bool:
    """Whether nearly all values are numbers as shops give them to orders (#1001, INV-2024)."""
    return _share(_ORDER_NUMBER, sample) > 0.8


def are_nested(sample: Sequence[str]) -> bool:
    """Whether nearly all values are objects or lists of objects in JSON."""
    return sum(value.startswith(('[{"', '{"', "[{'", "{'")) for value in sample) > 0.8 * len(sample)


def mostly_numbers(sample: Sequence[str]) -> bool:
    """Whether nine in ten different values are plain numbers, though a word may be the commonest."""
    return _share(_PLAIN_NUMBER, sample) >= 0.9


def some_lost_digits(sample: Sequence[str]) -> bool:
    """Whether some id was written as 1.23E+18, by which its last digits are gone."""
    return any(_ROUNDED.fullmatch(value) for value in sample)


def are_of_one_length(sample: Sequence[str]) -> bool:
    """Whether nearly all values have the same number of characters, as ids do and amounts do not."""
    lengths = [len(value) for value in sample]
    return bool(lengths) and max(lengths.count(length) for length in set(lengths)) >= 0.9 * len(lengths)


def are_of_lengths(sample: Sequence[str], most: int) -> bool:
    """Whether all values have one of a few numbers of characters, as ids of a few series do."""
    return 0 < len({len(value) for value in sample}) <= most


def _share(pattern: re.Pattern[str], sample: Sequence[str]) -> float:
    return sum(bool(pattern.fullmatch(value)) for value in sample) / max(1, len(sample))
