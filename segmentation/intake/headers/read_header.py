"""What the words of a header mean, in some twenty languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from segmentation.intake.headers.concepts import WORDS, Concept
from segmentation.intake.headers.minor_units import names_coin
from segmentation.intake.headers.word_lists import WordLists
from segmentation.intake.headers.words_abroad import ENDINGS, MORE_WORDS, SIGNS, STEMS

_LOOKUP = {
    word: concept
    for dictionary in (MORE_WORDS, WORDS)
    for concept, words in dictionary.items()
    for word in words.split()
}
_STEMS = {stem: concept for concept, stems in STEMS.items() for stem in stems.split()}
_SHORTEST_PART = 3
_MOST_PARTS = 4
_SHORT_FORMS = (4, 5)
# Words that say nothing of their own, on which joined words may be split (`PRICEEACH`, `QUANTITYORDERED`).
_FILLING = frozenset(["each", "ordered", "per", "and", "for", "the", "des", "del", "von", "der"])
_OTHER_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e"}
)
_OF_ONE_SCRIPT = re.compile(r"[a-zß-ɏ]+|[^\W\d_a-zß-ɏ]+")
# English and French words that end like a word of their own, of which they are no kind.
_NO_LAST_PARTS = frozenset(
    [
        "action",
        "activity",
        "class",
        "count",
        "event",
        "jour",
        "nation",
        "order",
        "place",
        "state",
        "status",
        "title",
        "value",
    ]
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LISTS = WordLists(_LOOKUP, _STEMS, first_part=5, last_part=5, no_last_parts=_NO_LAST_PARTS)
_YEARS = frozenset(["year", "yr", "annee", "an", "ano", "anio", "anno", "rok", "rocznik", "年"])
_ENDS_OF_YEARS = ("year", "jahr", "jahrgang", "jaar")
_NUMBER_WORDS = {"number", "num", "no", "nr", "nb", "anzahl", "numero", "nombre", "count", "total"}
_BETWEEN = {"of", "de", "di", "von", "the", "des", "d"}
_MONEY = {
    Concept.AMOUNT,
    Concept.PART,
    Concept.PRICE,
    Concept.FEE,
    Concept.COST,
    Concept.DISCOUNT,
    Concept.REFUND,
}
_PRODUCT_KEYS = frozenset(["pid", "sku", "asin", "isbn", "ean", "gtin", "upc", "artikelnr"])
_OF_A_PERSON = frozenset(
    [
        "first",
        "last",
        "full",
        "completo",
        "complet",
        "given",
        "family",
        "middle",
        "display",
        "billing",
        "contact",
        "user",
        "bill",
        "recipient",
        "receiver",
        "destinatario",
        "destinataire",
        "empfanger",
    ]
)
_LOGINS = frozenset(["login", "username", "nickname", "nick", "benutzername"])
_TAX_NUMBERS = frozenset(["cpf", "cnpj", "dni", "nif", "rut", "curp", "rfc", "pesel", "ssn"])
# Which side of an account is what customers paid depends on whose account it is.
_SIDES_OF_ACCOUNTS = frozenset(
    ["debit", "debet", "soll", "debe", "haber", "haben", "credit", "kredit", "debito"]
)
_OF_ONE = frozenset(["unit", "unitario", "unitaria", "unitaire", "jednostkowa", "jednostkowy", "birim"])
# A price of buying is what the shop pays.
_OF_BUYING = frozenset(
    ["achat", "acquisto", "wholesale", "zakupu", "nakupni", "alis", "закупочная", "закупки"]
)
# Whether a sum holds the tax or not says nothing about what the sum is of.
_TAX = "tax(es)?|vat|gst|mwst|ust|iva|tva|btw|dph|kdv|ндс|пдв|ддс|moms|mva|alv|afa|φπα|pvm|pvn|ddv|pdv"
_WITH = (
    "incl|inc|including|excl|exc|ex|excluding|with|without|before|after|inkl|exkl|zzgl|mit|ohne|avec|sans"
    "|hors|con|sin|com|sem|senza|met|zonder|s|z|bez|med|uten|uden|utan|с|без|з|με|χωρις|su|ar|be|ilman|sis"
)
_WITHIN = "incl|inc|included|inclusive|excl|exc|ex|excluded|incluido|incluso|compris|dahil|haric|val|vel"
_WITH_TAX = re.compile(rf"\b({_TAX}) ({_WITHIN})\b|\b({_WITH}) ({_TAX})\b|\b(ttc|ht)\b")
_IS_TAX = re.compile(_TAX)
_BEFORE_TAX_OR_AFTER = frozenset(["netto", "brutto"])
_NUMBER_SIGN = re.compile(r"#|№|\b[Nn][°º]")
_LINE_ITEM = re.compile(r"\b(order )?line ?items?\b")
LONGEST_HEADER = 1000


def spell(header: str) -> str:
    """Write a header, of a long one its start, as lower-case words without accents."""
    plain = unicodedata.normalize("NFKD", header[:LONGEST_HEADER])
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = _CAMEL.sub(" ", plain).lower().translate(_OTHER_LETTERS)
    return " ".join(_OF_ONE_SCRIPT.findall(words))


def in_words(header: str) -> str:
    """Write a header as words with accents and marks, joined ones split; of a long one its start."""
    words = _CAMEL.sub(" ", header[:LONGEST_HEADER].replace("_", " ")).lower().split()
    return " ".join(" ".join(_parts_of(word) or (word,)) for word in words)


@lru_cache(maxsize=4096)
def concepts_of(header: str) -> frozenset[Concept]:
    """Return what a header speaks of; ALONE where it is a single word. Of a long one its start counts."""
    header = header[:LONGEST_HEADER]
    spelled = _WITH_TAX.sub("", spell(header))
    words = _LINE_ITEM.sub("", spelled).split()
    found = {concept for word in words for concept in _concepts_of_word(word)}
    if _LINE_ITEM.search(spelled):
        # The id of a line is no id of a product, but its name and price are those of a product.
        found.add(Concept.LINE if Concept.ID in found and Concept.PRODUCT not in found else Concept.PRODUCT)
    if _counts_something(words):
        found = (found - {Concept.ID, Concept.AMOUNT}) | {Concept.COUNT, Concept.QUANTITY}
    if _OF_ONE & set(words) and Concept.AMOUNT in found:
        found = (found - {Concept.AMOUNT}) | {Concept.PRICE}
    if _OF_BUYING & set(words) and Concept.PRICE in found:
        found = (found - {Concept.PRICE, Concept.ORDER}) | {Concept.COST}
    if Concept.PRICE in found and all(_IS_TAX.fullmatch(word) for word in words if _speaks_of_fee(word)):
        found.discard(Concept.FEE)  # a price with its tax, or before it
    if _NUMBER_SIGN.search(header):
        found.add(Concept.ID)
    if "e mail" in " ".join(words):
        found.add(Concept.EMAIL)
    if Concept.NAME in found and _OF_A_PERSON & set(words):
        found.add(Concept.PERSON)
    if len(words) == 1:
        found |= {Concept.ALONE} | ({Concept.AMOUNT} if words[0] in _BEFORE_TAX_OR_AFTER else set())
    found |= _concepts_of_signs(unicodedata.normalize("NFKC", header))
    return frozenset(found if found & _MONEY else found | _concepts_of_coins(header))


def _concepts_of_coins(header: str) -> set[Concept]:
    return {Concept.AMOUNT} if names_coin(header) else set()


def is_known(header: str) -> bool:
    """Whether every word of a header is known, so that nothing else need say what it speaks of."""
    if _concepts_of_signs(unicodedata.normalize("NFKC", header)):
        return True
    words = spell(header).split()
    silent = _FILLING | _SIDES_OF_ACCOUNTS
    return all(len(word) < _SHORTEST_PART or word in silent or _concepts_of_word(word) for word in words)


def _concepts_of_signs(header: str) -> set[Concept]:
    found = {concept for concept, signs in SIGNS.items() if any(sign in header for sign in signs.split())}
    return found | {concept for ending, concept in ENDINGS.items() if header.endswith(ending)}


def is_personal(header: str) -> bool:
    """Whether a header speaks of who somebody is (age, gender, family, faith), not of what they do."""
    return bool(concepts_of(header) & {Concept.BIRTH, Concept.PERSONAL})


def is_year(header: str) -> bool:
    """Whether a header speaks of a year (`Year_Birth`, `Geburtsjahr`), not of how many there were."""
    return any(word in _YEARS or word.endswith(_ENDS_OF_YEARS) for word in spell(header).split())


def _counts_something(words: list[str]) -> bool:
    """Tell "number of orders", `NumWebPurchases` and "total votes" from "numero de pedido", an id."""
    at = next((i for i, word in enumerate(words) if word in _NUMBER_WORDS), None)
    if at is None:
        return words in (["orders"], ["items"], ["products"], ["articles"])
    if words[at] != "total" and (words[at + 1 : at + 2] == ["of"] or "total" in words[at + 1 :]):
        return True
    counted = [word for word in words[at + 1 :] if word not in _BETWEEN]
    money = counted and (names_coin(counted[0]) or _concepts_of_word(counted[0]) & _MONEY)
    if words[at] == "total" and (not counted or money):
        return False
    return any(word.endswith("s") and not word.endswith("ss") for word in counted)


def _concepts_of_word(word: str) -> set[Concept]:
    """Look a word up, as it stands or as two joined words (`kundennummer`, `userid`)."""
    if word in _PRODUCT_KEYS:
        return {Concept.PRODUCT, Concept.ID}
    if word in _LOGINS or word in _TAX_NUMBERS:
        return {Concept.CUSTOMER, Concept.ID}
    if word in _LOOKUP:
        return {_LOOKUP[word]}
    if word in _SIDES_OF_ACCOUNTS:
        return set()
    for cut in range(3, len(word) - 1):
        first, second = word[:cut], word[cut:]
        if second in _LOOKUP and first in _BEFORE_TAX_OR_AFTER:
            return {_LOOKUP[second]}
        if second in _LOOKUP and (first in _LOOKUP or first.removesuffix("s") in _LOOKUP):
            return {_LOOKUP.get(first) or _LOOKUP[first.removesuffix("s")], _LOOKUP[second]}
    if parts := _parts_of(word):
        return {_LOOKUP[part] for part in parts if part in _LOOKUP}
    # A compound is a kind of its last part: a Bruttobetrag is a Betrag.
    begun = _LISTS.begun(word)
    return _LISTS.last_of(word) or ({begun} if begun else _concepts_of_short_form(word))


def _speaks_of_fee(word: str) -> bool:
    return Concept.FEE in _concepts_of_word(word)


def _concepts_of_short_form(word: str) -> set[Concept]:
    """Read a shortened word (`disc`), alone or behind a known one (`orderdisc`), where only one is meant."""
    if found := _begun_by(word):
        return found
    parts = ((word[:cut], _begun_by(word[cut:])) for cut in range(_SHORTEST_PART, len(word)))
    return next(({_LOOKUP[first], *rest} for first, rest in parts if rest and first in _LOOKUP), set())


def _begun_by(beginning: str) -> set[Concept]:
    """Return the one concept whose words alone begin so; nothing but for four or five letters."""
    return _LISTS.begun_by(beginning) if len(beginning) in _SHORT_FORMS else set()


def _parts_of(word: str, most: int = _MOST_PARTS) -> tuple[str, ...]:
    """Split joined words into the fewest that are all known; none where some part is not."""
    if word in _LOOKUP or word in _FILLING:
        return (word,)
    found = [
        (word[:cut], *rest)
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        if most > 1 and (word[:cut] in _LOOKUP or word[:cut] in _FILLING)
        and (rest := _parts_of(word[cut:], most - 1))
    ]  # fmt: skip
    return min(found, key=len, default=())
