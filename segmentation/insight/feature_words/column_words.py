"""How a column of a marketer's own table is spoken of: its header as words, its unit, what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from segmentation.features.table import Feature, Unit

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BRACKETS = re.compile(r"\s*[(\[{]([^)\]}]*)[)\]}]")
_SCALE = re.compile(r"\d+\s*(?:-|–|to)\s*(\d+)")
_LONGEST_UNIT = 8
_NOT_SPELLED = 3
"""Capitals up to this length are taken for an abbreviation of the trade, as NPS and VIP, and stay."""


class Measure(StrEnum):
    """What a number of the shop's own file is, where its header says so."""

    COUNT = auto()
    AMOUNT = auto()
    AGE = auto()
    YEAR = auto()
    OTHER = auto()


@dataclass(frozen=True)
class ColumnWords:
    """A header in words without its unit; `unit` follows a value ("k$", "of 100"), else empty."""

    label: str
    measure: Measure
    unit: str


_PREFIXES = {
    Measure.COUNT: "num|nums|number of|number|no of|nb|nbr|cnt|count of|count|qty|anzahl|nombre de|numero de",
    Measure.AMOUNT: "mnt|amt|amount of|amount|sum of|monto|montant|betrag|valor|spent on|spending on",
}
_STARTS = {measure: re.compile(rf"(?:{words})\s+", re.IGNORECASE) for measure, words in _PREFIXES.items()}
_ENDS = {
    Measure.COUNT: re.compile(r"\s+(?:count|cnt|qty|anzahl)", re.IGNORECASE),
    Measure.AMOUNT: re.compile(r"\s+(?:amount|amt|betrag)", re.IGNORECASE),
}
_YEAR_OF = re.compile(r"year (?!of\b|in\b)(\w+)")
_AGE = re.compile(r"(?:customer |client )?(?:age|alter|edad|idade|âge)(?: (?:in )?years)?", re.IGNORECASE)


def column_words(feature: Feature) -> ColumnWords:
    """Read a column's header: `MntFishProducts` is an amount of fish products, `Income (k$)` has a unit."""
    bracket = _BRACKETS.search(feature.label)
    plain = " ".join(_BRACKETS.sub("", feature.label).split())
    words = (plain if feature.given else spelled_out(plain)) or "this column"
    unit = _unit(bracket[1].strip()) if bracket else ""
    if feature.given:
        return ColumnWords(words, Measure.YEAR if feature.unit == Unit.YEAR else Measure.OTHER, unit)
    if feature.unit == Unit.YEAR:
        return ColumnWords(_YEAR_OF.sub(r"year of \1", words), Measure.YEAR, unit)
    if _AGE.fullmatch(words):
        return ColumnWords(words, Measure.AGE, unit)
    for measure in (Measure.COUNT, Measure.AMOUNT):
        begun, ended = _STARTS[measure].match(words), _ENDS[measure].search(words)
        rest = words[begun.end() :] if begun else words
        if begun or (ended and ended.end() == len(words)):
            counted = _ENDS[measure].sub("", rest)
            amount = measure == Measure.AMOUNT
            return ColumnWords(f"{counted} amount" if amount else counted, measure, unit)
    return ColumnWords(words, Measure.OTHER, unit)


def spelled_out(header: str) -> str:
    """Write a header as people would: `ONEOFF_PURCHASES` is "oneoff purchases".

    Abbreviations, such as "NPS", stay, except where all is in capitals.
    """
    parts = header.replace("_", " ").split()
    shouted = header.isupper() and any(len(part) > _NOT_SPELLED for part in parts)
    words = [word for part in parts for word in _CAMEL.sub(" ", part).split()]
    return " ".join(
        word if word.isupper() and len(word) <= _NOT_SPELLED and not shouted else word.lower()
        for word in words
    )


def _unit(said: str) -> str:
    """Take what stands in brackets for a unit where it is short: "k$", "%", or the end of a scale."""
    scale = _SCALE.fullmatch(said)
    if scale:
        return f"of {scale[1]}"
    return said if len(said) <= _LONGEST_UNIT and not any(sign.isdigit() for sign in said) else ""
