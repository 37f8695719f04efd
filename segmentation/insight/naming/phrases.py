"""The parts of names: an adjective and a noun from two claims, and a comparison of a middle with others."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.facts.claims import Claim
from segmentation.insight.feature_words.families import Family
from segmentation.insight.feature_words.vocabulary import ENTRIES
from segmentation.insight.feature_words.wording import entry_of, plain_label

_NOUN_RANK = {family: rank for rank, family in enumerate(Family)}
_MORE_OR_LESS = {
    Unit.COUNT: ("more", "fewer"),
    Unit.DAYS: ("more", "fewer"),
    Unit.SHARE: ("more", "less"),
    Unit.YEAR: ("later", "earlier"),
}


def phrase(telling: Sequence[Claim]) -> str:
    """Join at most two claims: of the shop's own columns side by side, else as adjective and noun."""
    if not telling:
        return ""
    if telling[0].family == Family.PROFILE:
        return ", ".join(sorted((claim.word.noun for claim in telling), key=_by_label))
    noun, *others = sorted(telling, key=lambda claim: _NOUN_RANK[claim.family])
    adjective = others[0].word.adjective if others else ""
    return noun.word.noun if adjective.lower() in noun.word.noun else f"{adjective} {noun.word.noun}"


def compared_words(feature: Feature, more: bool) -> str:
    """Say in two words that a middle lies above or below another."""
    high, low = _MORE_OR_LESS.get(feature.unit, ("higher", "lower"))
    label = _label(feature)
    if feature.unit == Unit.DAYS and not label.startswith("days"):
        high, low = "longer", "shorter"
    if feature.unit == Unit.SHARE and label.endswith("s"):
        low = "fewer"
    return f"{high if more else low} {label}"


def _label(feature: Feature) -> str:
    if feature.group == Group.TEXT:
        return entry_of(feature).high.noun.lower()
    label = feature.label if feature.name in ENTRIES else plain_label(feature)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _by_label(phrase: str) -> str:
    return phrase.split(" ", 1)[-1]
