"""Which currency a sign or a few letters around a number stand for, in any language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.localedata import exists
from babel.numbers import get_currency_precision, get_territory_currencies, list_currencies

MOST_LANGUAGES = 2
# Signs of which the most used meaning is taken, and what people write that no standard lists.
_COMMON = {
    "$": "USD", "€": "EUR", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₫": "VND",
    "฿": "THB", "₪": "ILS", "₱": "PHP", "₦": "NGN", "₸": "KZT", "₡": "CRC", "₲": "PYG", "৳": "BDT",
    "₾": "GEL", "₼": "AZN", "£": "GBP", "元": "CNY", "圆": "CNY", "块": "CNY", "rmb": "CNY",
    "人民币": "CNY", "円": "JPY", "원": "KRW", "kč": "CZK", "ft": "HUF", "tl": "TRY", "rs": "INR",
    "rp": "IDR", "rm": "MYR", "lei": "RON",
    "leu": "RON", "руб": "RUB", "р": "RUB", "грн": "UAH", "лв": "BGN", "บาท": "THB", "đ": "VND", "vnđ": "VND",
    "тг": "KZT", "sfr": "CHF", "fr": "CHF", "din": "RSD", "дин": "RSD", "tk": "BDT", "dhs": "AED",
    "dollar": "USD", "dollars": "USD", "pounds": "GBP", "rupees": "INR", "reais": "BRL", "ريال": "SAR",
    "r": "ZAR", "s/": "PEN", "us$": "USD", "u$s": "USD", "nt$": "TWD", "r$": "BRL", "zł": "PLN",
}  # fmt: skip
_SHARED = frozenset(["kr", "¥", "￥", "pesos", "peso", "dinar", "francs"])
# Codes that are no word of a header in lower case either, and what people call the money there.
_IN_HEADERS = frozenset([
    "usd", "eur", "gbp", "brl", "cny", "rmb", "chf", "jpy", "inr", "krw", "cad", "aud", "nzd", "hkd", "sgd",
    "twd", "mxn", "sek", "nok", "dkk", "pln", "czk", "huf", "rub", "aed", "sar", "thb", "idr", "myr", "vnd",
    "uah", "kzt", "kes", "ngn", "egp", "pkr", "bdt", "isk", "bgn", "zar", "php", "clp", "cop",
])  # fmt: skip
_CALLED = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP", "reais": "BRL",
    "rupees": "INR",
}  # fmt: skip
SHARED_SIGNS = frozenset("$£")
"""Signs of several countries' money, of which the most used is taken where nothing says otherwise."""

_ISO = re.compile(r"[A-Z]{3}|[a-z]{3}")


def is_currency(mark: str) -> bool:
    """Whether a mark stands for money: by its code, its sign, or as people of some country write it."""
    return is_usual_currency(mark) or code_of(mark) is not None


def is_usual_currency(mark: str) -> bool:
    """Whether a mark is a code, a sign, or among the words that are used most."""
    plain = _plain(mark)
    return _is_code(mark) or plain in _COMMON or plain in _SHARED or bool(_signs(mark))


@cache
def code_of(mark: str) -> str | None:
    """Return the ISO code of the currency that a mark stands for; None where it is of none or of several."""
    if _is_code(mark):
        return _letters(mark).upper()
    plain = _plain(mark)
    if plain in _COMMON or plain in _SHARED:
        return _COMMON.get(plain)
    found = _everywhere().get(plain, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def is_code(code: str) -> bool:
    """Whether it is the ISO code of a currency, in upper case."""
    return code in list_currencies()


@cache
def every_code() -> tuple[str, ...]:
    """Return the codes of the currencies that are in use in some country today, in order."""
    today = (
        code
        for territory in get_global("territory_languages")
        for code in get_territory_currencies(territory)
    )
    return tuple(sorted(set(today)))


def code_or_mark(mark: str) -> str:
    """Return the ISO code, or the mark itself, by which amounts of different currencies are told apart."""
    code = code_of(mark) or next((code for sign in _signs(mark) if (code := code_of(sign))), None)
    return code or _letters(mark).upper()


def codes_of_sign(code: str) -> frozenset[str]:
    """Return all currencies that are written, where they are at home, with the sign of this one.

    :param code: a code, or the sign itself where it is of several countries.
    """
    shared = [sign for sign in SHARED_SIGNS if _COMMON[sign] == code] + [code.lower()] * (
        code.lower() in _SHARED
    )
    return frozenset({code}).union(*(_everywhere().get(sign, frozenset()) for sign in shared))


def currency_in_header(header: str) -> str | None:
    """Return the ISO code that a header names ("price_usd", "Total (€)"), if it names one."""
    for word in re.findall(r"[^\W\d_]+", header.lower()):
        if word in _CALLED:
            return _CALLED[word]
        if word in _IN_HEADERS:
            return code_of(word)
    return next((code for sign in _signs(header) if (code := code_of(sign))), None)


def decimals_of(mark: str) -> int | None:
    """Return how many decimals amounts of the currency have; None where it is not known."""
    code = code_of(mark)
    if code is None:
        return None
    return 0 if code in ("CLP", "IDR", "COP", "VND", "PYG") else get_currency_precision(code)


def is_whole_money(mark: str) -> bool:
    """Whether whole amounts are commonly written with the mark glued to them (`Rp150000`)."""
    code = _COMMON.get(_plain(mark), mark)
    return code in list_currencies() and decimals_of(code) == 0


def _is_code(mark: str) -> bool:
    bare = _letters(mark)
    return bool(_ISO.fullmatch(bare)) and bare.upper() in list_currencies()


def _letters(mark: str) -> str:
    """Leave letters, their accents, a stroke (`S/`) and signs of currencies."""
    return "".join(
        sign for sign in mark if unicodedata.category(sign)[0] in "LM" or sign == "/" or _signs(sign)
    )


def _plain(mark: str) -> str:
    return _letters(mark).lower()


def _signs(mark: str) -> list[str]:
    return [sign for sign in mark if unicodedata.category(sign) == "Sc"]


@cache
def _everywhere() -> dict[str, frozenset[str]]:
    """Return what the Common Locale Data Repository says: signs and names, each in its own country."""
    found: dict[str, set[str]] = {}
    for territory, languages in get_global("territory_languages").items():
        for code in get_territory_currencies(territory)[:1]:
            spoken = sorted(languages, key=lambda name: -_weight(languages[name]))[:MOST_LANGUAGES]
            for words in map(_names_of, spoken, [territory] * len(spoken), [code] * len(spoken)):
                for word in words:
                    found.setdefault(_plain(word), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items() if word}


def _weight(facts: dict[str, object]) -> float:
    """Put official languages before others, and among them those that more people speak."""
    return (100 if facts.get("official_status") else 0) + float(str(facts["population_percent"]))


def _names_of(language: str, territory: str, code: str) -> list[str]:
    name = next((name for name in (f"{language}_{territory}", language) if exists(name)), None)
    if name is None:
        return []
    locale = Locale.parse(name)
    plurals = locale._data["currency_names_plural"].get(code, {}).values()
    return [locale.currency_symbols.get(code, ""), *(word for text in plurals for word in text.split())]
