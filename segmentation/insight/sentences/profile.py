"""The words of one segment's profile: its portrait, its rule, what its charts show, how all is computed."""

from __future__ import annotations

import numpy as np

from segmentation import formats
from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.facts.differences import Difference
from segmentation.insight.facts.distributions import Distribution
from segmentation.insight.facts.segment_rule import SegmentRule
from segmentation.insight.feature_words.vocabulary import ENTRIES
from segmentation.insight.feature_words.wording import plain_label, theme_words, value_of
from segmentation.insight.sentences.segments import condition_clause

MOST_TICKS = 5
BESIDE_OTHERS = (
    "Beside everyone who is not in this segment. The bars above and Explore compare with all customers, this "
    "segment among them, so their figures lie a little closer together."
)
BESIDE_ALL = {False: "{value} ({overall})", True: "{value} (others {overall})"}
"""A figure beside that of all customers, or where that reads the same, of the others."""


def bar_label(feature: Feature) -> str:
    """Name a feature beside its bar; a theme by its words alone, a column of the shop's own as its tile."""
    if feature.group == Group.TEXT:
        return ", ".join(theme_words(feature))
    return tile_title(feature) if feature.group == Group.PROFILE else feature.label


def tile_title(feature: Feature) -> str:
    """Name a feature on a tile; a column of the shop's own without its unit, which the figure has."""
    return feature.label if feature.name in ENTRIES else formats.capitalised(plain_label(feature))


def beside_all(difference: Difference, currency: str | None) -> str:
    """Write the figure of a segment beside that of all customers."""
    value, overall = (
        value_of(difference.feature, one, currency) for one in (difference.value, difference.overall)
    )
    return BESIDE_ALL[difference.of_others].format(value=value, overall=overall)


def rule_conditions(rule: SegmentRule, currency: str | None) -> tuple[str, ...]:
    """Word each condition of a rule as what "they" do."""
    return tuple(f"They {condition_clause(condition, currency)}." for condition in rule.conditions)


def rule_quality(rule: SegmentRule) -> str:
    """Say how much of the segment a rule catches, and how often it is right."""
    if not rule.conditions:
        return "No short rule tells this segment from the others."
    caught = f"It catches {_of_100(rule.recall)} of 100 of them"
    right = f"of 100 customers that it catches, {_of_100(rule.precision)} belong here"
    said = f"{caught}; {right}."
    return said if rule.captures else f"No short rule captures this segment. This is the nearest. {said}"


def _of_100(share: float) -> str:
    """Write a share as a whole number of a hundred; never all or none where some are missing or there."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        return "more than 99"
    if rounded == 0 and share > 0:
        return "less than 1"
    return str(rounded)


def bin_ranges(found: Distribution, currency: str | None) -> list[str]:
    """Say what each bin of a distribution holds, in the unit of its feature."""
    if found.values is not None:
        return [_value(found, value, currency) for value in found.values]
    low, high = found.edges[:-1], found.edges[1:].copy()
    if found.feature.unit in (Unit.COUNT, Unit.YEAR):
        high[:-1] -= 1
    texts = [
        (_value(found, one, currency), _value(found, other, currency))
        for one, other in zip(low, high, strict=True)
    ]
    return [one if one == other else f"{one} to {other}" for one, other in texts]


def bin_ticks(found: Distribution, currency: str | None) -> list[tuple[float, str]]:
    """Choose up to five places on an axis of bins of width 1, and say which value is there."""
    if found.values is not None:
        places = _evenly(len(found.values))
        return [(place + 0.5, _value(found, found.values[place], currency)) for place in places]
    return [(place, _value(found, found.edges[place], currency)) for place in _evenly(len(found.edges))]


def _value(found: Distribution, value: float, currency: str | None) -> str:
    if found.feature.value is not None and value in (0, 1):
        return "yes" if value else "no"
    return formats.of_unit(float(value), found.feature.unit, currency)


def _evenly(count: int) -> list[int]:
    return np.unique(np.linspace(0, count - 1, min(count, MOST_TICKS)).round().astype(int)).tolist()


def without_value(found: Distribution) -> str:
    """Say how many customers a chart leaves out because they have no such value; nothing where none."""
    inside, others = found.without
    if not inside + others:
        return ""
    every = int(found.inside.sum()) + inside, int(found.others.sum()) + others
    shares = (
        f"{formats.percent(inside / max(every[0], 1))} of this segment" if inside else "",
        f"{formats.percent(others / max(every[1], 1))} of the others" if others else "",
    )
    return f"{' and '.join(share for share in shares if share)} have no such value."


HOW_EXPLAINED = {
    "What sets it apart": (
        "For every feature we take a member of this segment and a customer outside it at random and ask how "
        "often the member has more of it. That measure (the common-language effect size) is not moved by a "
        "few giants. The five features that differ most are told, each story once; a difference that people "
        "would hardly notice is not told. Where nothing is told, they are **all-rounders**."
    ),
    "Typical": (
        "*Typical* values are those of the customer in the middle (the median), used where a few customers "
        "have very large numbers; *average* is used elsewhere."
    ),
    "Words": (
        "A word counts where this segment’s texts hold it more often than texts of all customers do "
        "(class-based TF-IDF). E-mail addresses and long numbers are masked in words and quotes."
    ),
    "Quotes": (
        "Sentences from reviews with the most telling words, of different customers. They are shown as "
        "written and may be rude or wrong."
    ),
    "Products": (
        "Which share of a product’s buyers are in this segment, beside the segment’s share of all purchases: "
        "who buys a lot buys more of everything, which says nothing about a product. Only products that at "
        "least 1% of the segment bought and where chance is no explanation (G-test, false discoveries held "
        "to 5%), the surest first."
    ),
    "Typical and edge customers": (
        "*Typical* customers are nearest to the middle of the segment, in everything that defined it. *Edge* "
        "customers have the least confidence: found anew among other customers, they keep it least often."
    ),
    "Rule": (
        "A small decision tree looks for up to four conditions that tell this segment from everyone else. "
        "It is a summary: who belongs to the segment is decided by all features together."
    ),
}
