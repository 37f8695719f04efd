"""Which words a feature takes: those of the vocabulary, or its own label where the shop brought it itself."""

from __future__ import annotations

import re

from segmentation.features.table import Feature, Group
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
        return Entry(
            Family.FLAG,
            Side(label, f"mostly {label}", f"have “{label}” in {{value}} of cases"),
            Side(f"not {label}", f"rarely {label}", f"have “{label}” in only {{value}} of cases"),
        )
    return Entry(
        Family.PROFILE,
        Side(f"High {label}", f"high {label}", f"have high {label}: {{value}}"),
        Side(f"Low {label}", f"low {label}", f"have low {label}: {{value}}"),
    )


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
    """Return a short label in one line without brackets and underscores."""
    label = feature.label
    label = re.sub(r"\s*[(\[{][^)\]}]*[)\]}]", "", label)
    label = " ".join(label.replace("_", " ").split()) or "this column"
    return _shortened(label)


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
