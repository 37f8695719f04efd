"""Whether the segments of one k can be trusted, in words, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from segmentation import formats

if TYPE_CHECKING:
    from segmentation.clusters.suggest import EvidenceForK, Suggestion


class Standing(StrEnum):
    """What the segments of one k are."""

    GROUPS = "Clear groups"
    SLICES = "Useful slices"
    ROUGH = "Rough cut"


MEANINGS = {
    Standing.GROUPS: "You can build on them.",
    Standing.SLICES: "Use them, but do not take the borders between them for sharp.",
    Standing.ROUGH: "Chance has a large part in them: use them to look around, not to decide.",
}


def standing(evidence: EvidenceForK) -> Standing:
    """Say what the segments of this k are."""
    if evidence.segments:
        return Standing.GROUPS
    return Standing.SLICES if evidence.slices else Standing.ROUGH


def suggestion_reason(suggestion: Suggestion) -> str:
    """Say why this number of segments is suggested, and what speaks against one more."""
    return verdict(suggestion, suggestion.k)


def verdict(suggestion: Suggestion, k: int, names: Sequence[str] = ()) -> str:
    """Say in a sentence whether these k segments can be trusted, and why.

    :param names: of the segments, in the order of their labels; without them nobody is named.
    """
    evidence = suggestion.of(k)
    kind = standing(evidence)
    if kind == Standing.GROUPS:
        return f"{k}: clear gaps between all of them, and {_comes_back(evidence)}{_more(suggestion, k)}."
    if kind == Standing.SLICES:
        return f"{k}: {_lowered(_no_gap(evidence, names))}, but {_comes_back(evidence)}."
    return f"{k}: a rough cut. {'; '.join(_faults(evidence, names))}."


def _faults(evidence: EvidenceForK, names: Sequence[str]) -> list[str]:
    """Say what keeps these segments from being groups or slices, the worst first."""
    faults = []
    if not evidence.large_enough:
        share = formats.percent(evidence.min_share)
        faults.append(f"{_named(names, evidence.smallest)} holds only {share} of customers")
    if not evidence.comes_back_as_slice:
        overlap = formats.percent(evidence.returns)
        weakest = _named(names, evidence.least_stable)
        faults.append(f"{weakest} comes back only in part on other samples (overlap of {overlap})")
    if not evidence.gaps:
        faults.append(_no_gap(evidence, names))
    return [formats.capitalised(faults[0]), *(_lowered(fault) for fault in faults[1:])]


def _lowered(clause: str) -> str:
    return f"{clause[:1].lower()}{clause[1:]}"


def _named(names: Sequence[str], label: int) -> str:
    return f"“{names[label]}”" if names else "one segment"


def _no_gap(evidence: EvidenceForK, names: Sequence[str]) -> str:
    if evidence.blurred is None or not names:
        return "There is no clear gap between some of them"
    left, right = (names[label] for label in evidence.blurred)
    return f"There is no clear gap between “{left}” and “{right}”"


def _comes_back(evidence: EvidenceForK) -> str:
    """Say how often the least stable segment comes back, or how much of it where that is not known."""
    overlap = formats.percent(evidence.returns)
    if evidence.recovered is None:
        return f"each comes back on other samples of your customers (overlap of {overlap} or more)"
    if evidence.recovered == evidence.resamples:
        return f"each comes back in all {evidence.resamples} re-samples"
    if 2 * evidence.recovered < evidence.resamples:
        return f"each comes back at least in part (the weakest with an overlap of {overlap})"
    return f"each comes back in {evidence.recovered} or more of {evidence.resamples} re-samples"


def _more(suggestion: Suggestion, k: int) -> str:
    """Say what speaks against one more, or for more."""
    if suggestion.structure == "segments" and suggestion.k > k:
        return f"; but {suggestion.k} have clear gaps, too, and tell customers apart more finely"
    following = next((one for one in suggestion.evidence if one.k == k + 1), None)
    if following is None:
        return ""
    if not following.large_enough:
        return f"; {following.k} would only split off {formats.percent(following.min_share)} of customers"
    if not following.gaps:
        return f"; {following.k} would cut a group in two that has no gap inside"
    return f"; of {following.k}, one would no longer come back"


CHANGES = {
    "more text": "Giving texts a weight of {what}",
    "less text": "Giving texts a weight of only {what}",
    "without text": "Leaving out all texts",
    "only text": "Going by texts alone",
    "without browsing": "Leaving out all browsing",
    "without feature": "Leaving out “{what}”",
    "rule off": "Switching off the cleaning rule “{what}”",
    "rule on": "Switching on the cleaning rule “{what}”",
}


def change_words(change: str, what: str) -> str:
    """Say what is changed (`runs.shifts.Change`), and of what."""
    return CHANGES[change].format(what=what)


def shift_sentence(change: str, what: str, share: float) -> str:
    """Say which share of the customers a change would move."""
    moved = "nobody" if share == 0 else f"{formats.percent(share)} of customers"
    return f"{change_words(change, what)} would move {moved}."
