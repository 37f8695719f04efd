"""Which words a feature takes: those of the vocabulary, or its own label where the shop brought it itself."""

from __future__ import annotations

import re

from segmentation import formats
from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.feature_words.column_words import ColumnWords, Measure, column_words, spelled_out
from segmentation.insight.feature_words.families import Entry, Family, Side
from segmentation.insight.feature_words.vocabulary import ENTRIES, WITHOUT_VALUE

LONGEST_LABEL = 28


def entry_of(feature: Feature) -> Entry:
    """Return the words for a feature; one that the shop brought itself is spoken of by its label."""
    known = ENTRIES.get(feature.name)
    if known:
        return known
    if feature.group == Group.TEXT:
        words = theme_words(feature)
        short = " & ".join(words[:2])
        clause = f"{{value}} of what they choose or write is about {listed(words)}"
        return Entry(
            Family.THEME,
            Side(short, short, clause),
            Side(f"Less {short}", f"less {short}", f"only {clause}"),
        )
    if feature.group == Group.CONCEPT:
        idea = concept_words(feature)
        return Entry(
            Family.PROFILE,
            Side(f"Near {idea}", f"near {idea}", f"come near to “{idea}”: a score of {{value}}"),
            Side(f"Far from {idea}", f"far from {idea}", f"are far from “{idea}”: a score of {{value}}"),
        )
    label = plain_label(feature)
    if feature.value is not None:
        called = label if ": " in label else f"{label}: yes"
        return Entry(
            Family.FLAG,
            Side(called, f"mostly {called}", f"have “{label}” in {{value}} of cases"),
            Side(f"not {label}", f"rarely {label}", f"have “{label}” in only {{value}} of cases"),
        )
    return _of_column(column_words(feature))


def _of_column(column: ColumnWords) -> Entry:
    """Word a number of the shop's own file, each measure as people compare it."""
    label, value = _shortened(column.label), "{value}"
    high, low = _COMPARED[column.measure]
    if column.measure == Measure.AGE:
        clause = f"are {value} years old"
        return Entry(
            Family.PROFILE, Side(high, high.lower(), clause), Side(low, low.lower(), clause), middle="age"
        )
    middle = f"number of {label}" if column.measure == Measure.COUNT else label
    clauses = {
        Measure.COUNT: (f"have {value} {label}", f"have only {value} {label}"),
        Measure.YEAR: (f"have {label} {value}",) * 2,
    }.get(column.measure, (f"have high {label}: {value}", f"have low {label}: {value}"))
    return Entry(
        Family.PROFILE,
        Side(f"{high} {label}", f"{high.lower()} {label}", clauses[0]),
        Side(f"{low} {label}", f"{low.lower()} {label}", clauses[1]),
        middle=middle,
    )


_COMPARED = {
    Measure.COUNT: ("Many", "Few"),
    Measure.AMOUNT: ("High", "Low"),
    Measure.AGE: ("Older", "Younger"),
    Measure.YEAR: ("Later", "Earlier"),
    Measure.OTHER: ("High", "Low"),
}


def value_of(feature: Feature, value: float | None, currency: str | None = None) -> str:
    """Write a value in the unit of its feature, or in that of its column's header."""
    counts = feature.unit == Unit.COUNT
    text = formats.counted(value) if counts else formats.of_unit(value, feature.unit, currency)
    own = column_words(feature).unit if feature.group == Group.PROFILE and feature.value is None else ""
    return f"{text} {own}" if own else text


def bounded_clause(feature: Feature, above: bool) -> str:
    """Return a clause for a rule about "them", {value} standing for "more than 3" or else "at most 3"."""
    if feature.group == Group.TEXT:
        return f"have {' & '.join(theme_words(feature)[:2])} in {{value}} of what they choose or write"
    if feature.group == Group.CONCEPT:
        return f"score {{value}} on “{concept_words(feature)}”"
    if feature.name not in ENTRIES:
        label = plain_label(feature)
        if feature.value is not None:
            return f"have “{label}” in {{value}} of cases"
        column = column_words(feature)
        if column.measure in (Measure.COUNT, Measure.AGE):
            return entry_of(feature).high.clause
        return f"have {label} of {{value}}"
    entry = entry_of(feature)
    side = entry.high if above or entry.inverse else entry.low
    return side.clause.replace("only {value}", "{value}")


def value_clauses(feature: Feature) -> tuple[str, str]:
    """Return what it says about "them" that they have no value of this feature, and that they have one."""
    if feature.group in (Group.TEXT, Group.CONCEPT):
        return "have no texts", "have texts"
    label = plain_label(feature)
    return WITHOUT_VALUE.get(feature.name, (f"have no known {label}", f"have a known {label}"))


def plain_label(feature: Feature) -> str:
    """Return a short label in one line: of a flag its column in words and its value as it is written."""
    name, colon, value = feature.label.partition(": ")
    if feature.value is None or not colon:
        return _shortened(column_words(feature).label)
    column = name if feature.given else spelled_out(name)
    return _shortened(f"{column}: {' '.join(value.split())}")


def theme_words(feature: Feature) -> list[str]:
    """Return the words that name a theme, best first, without the number of a second theme so named."""
    name = re.sub(r"(, .*) \d+$", r"\1", feature.label.removeprefix("Theme: "))
    return [_shortened(word) for word in name.split(", ")]


def concept_words(feature: Feature) -> str:
    """Return a concept as it was typed, cut where it is long."""
    return _shortened(feature.label.removeprefix("Concept: "))


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def listed(parts: list[str]) -> str:
    """Write several things as people list them: "one, two and three"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
