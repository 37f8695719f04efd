"""Telephone numbers by the rules of the countries: which writings are one number, and whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import phonenumbers

NEARLY_ALL = 0.9


@lru_cache(maxsize=100_000)
def e164(text: str, region: str = "") -> str:
    """Return a number with its plus and country code ("+442079460018"), or nothing where it cannot be one.

    :param region: ISO code of the country of numbers without a country code.
    """
    number = _parsed(text, region)
    if number is None or not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def one_number(writings: Collection[str], regions: Sequence[str]) -> dict[str, str]:
    """Return the number that each of some writings is; those of one number have one.

    A writing with a country code says it; any other is the number that others are, too, if it may be.

    :param regions: the countries whose rules read a number that says no country, the likeliest first.
    """
    first = tuple(dict.fromkeys((*said_regions(writings), *regions)))
    read = {text: _readings(text, first) for text in writings}
    said = {readings[0] for text, readings in read.items() if _says_country(text)}
    shared = Counter(reading for readings in read.values() for reading in readings)
    return {
        text: max(readings, key=lambda reading: (reading in said, shared[reading]))
        for text, readings in read.items()
    }


def said_regions(writings: Iterable[str]) -> list[str]:
    """Return the countries that some numbers say themselves, those of most numbers first."""
    parsed = (_parsed(text, "") for text in writings if _says_country(text))
    codes = Counter(number.country_code for number in parsed if number and number.country_code)
    return [phonenumbers.region_code_for_country_code(code) for code, _ in codes.most_common()]


def likely_region(numbers: Collection[str], alike: Sequence[Collection[str]]) -> str:
    """Return the country by whose rules most numbers that end alike are one; nothing without.

    :param numbers: a sample of all numbers, nearly all of which the country must know.
    :param alike: writings that end alike, together.
    """
    ranked = [(0, 0, "")]
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        if sum(bool(e164(text, region)) for text in numbers) >= NEARLY_ALL * len(numbers):
            folded = sum(len(texts) - len({*one_number(texts, [region]).values()}) for texts in alike)
            ranked.append((folded, sum(_is_valid(text, region) for text in numbers), region))
    return max(ranked)[-1] if max(ranked)[0] else ""


def _readings(text: str, regions: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers that a writing may be, the likeliest first; itself where it can be none."""
    if _says_country(text):
        return (e164(text) or text,)
    found = (*(e164(text, region) for region in regions), e164(f"+{text}"))
    return tuple(dict.fromkeys(filter(None, found))) or (text,)


def _says_country(text: str) -> bool:
    return text.startswith(("+", "00"))


def _is_valid(text: str, region: str) -> bool:
    number = _parsed(text, region)
    return number is not None and phonenumbers.is_valid_number(number)


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(f"+{text[2:]}" if text.startswith("00") else text, region or None)
    except phonenumbers.NumberParseException:
        return None
