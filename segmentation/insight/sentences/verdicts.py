"""Whether the segments of one k can be trusted, in words, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from segmentation import formats
from segmentation.insight.facts.sizes import OddSizes
from segmentation.insight.feature_words.wording import listed
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.words import RULE_WORDS

if TYPE_CHECKING:
    from segmentation.clusters.suggest import EvidenceForK, Suggestion


class Standing(StrEnum):
    """What the segments of one k are."""

    GROUPS = "groups"
    SLICES = "slices"
    ROUGH = "rough"


STANDINGS = {
    Standing.GROUPS: "Clear groups",
    Standing.SLICES: "Useful slices",
    Standing.ROUGH: "Rough cut",
}

IN_SHORT = {
    Standing.GROUPS: "{k} groups with clear gaps between them",
    Standing.SLICES: "{k} useful slices with soft borders",
    Standing.ROUGH: "A rough cut: look around, decide nothing",
}

MEANINGS = {
    Standing.GROUPS: "You can build on them.",
    Standing.SLICES: "Use them, but do not take the borders between them for sharp.",
    Standing.ROUGH: "Chance has a large part in them: use them to look around, not to decide.",
}


def standing(suggestion: Suggestion, k: int) -> Standing:
    """Say what the segments of this k are; no groups where gaps were taken back, a rough cut of nothing."""
    evidence = suggestion.of(k)
    if suggestion.nothing:
        return Standing.ROUGH
    if evidence.segments and not suggestion.taken_back:
        return Standing.GROUPS
    return Standing.SLICES if evidence.slices else Standing.ROUGH


def in_short(suggestion: Suggestion, k: int) -> str:
    """Say in eight words at most whether these k segments can be trusted."""
    return IN_SHORT[standing(suggestion, k)].format(k=k)


def suggestion_reason(suggestion: Suggestion, names: Sequence[str] = ()) -> str:
    """Say why this number of segments is suggested, what speaks against one more, and what else is good.

    :param names: of the suggested segments, in the order of their labels; without them nobody is named.
    """
    return " ".join([verdict(suggestion, suggestion.k, names), *_others(suggestion)])


DEALT = {
    "orders": "With the same orders dealt anew among your customers, {k} segments account for",
    "columns": "With the values of each column dealt anew among your customers, {k} segments account for",
}
BEYOND, CHANCE, NOTHING = (
    "{dealt} of the differences between them; yours account for {own}.",
    "{dealt} of the differences between them; yours account for {own}, hardly more, so that gaps count for "
    "nothing.",
    "{dealt} of the differences between them; yours account for {own}, no more, so that segments say nothing "
    "that single columns do not.",
)
NO_OWN_WAYS = (
    "Nothing that your customers do is their own: their numbers of orders differ {orders} times as much as "
    "chance makes them differ, and of the habit that lasts most {habit} is found again in their other orders."
)


def chance_sentence(suggestion: Suggestion) -> str:
    """Say what customers dealt anew reach beside the real ones, or that these have no ways of their own.

    Nothing where neither was asked.
    """
    chance, ways = suggestion.chance, suggestion.ways
    if ways is not None:
        return NO_OWN_WAYS.format(orders=f"{ways.orders:.1f}", habit=formats.percent(ways.habit))
    if chance is None:
        return ""
    end = NOTHING if chance.nothing else BEYOND if chance.beyond else CHANCE
    return f"{DEALT[chance.what]} {end}".format(
        k=chance.k, own=formats.percent(chance.own), dealt=formats.percent(chance.dealt)
    )


def _others(suggestion: Suggestion) -> list[str]:
    """Say whether gaps count, and which other numbers are as good or worth a look."""
    said = [because] if (because := chance_sentence(suggestion)) else []
    if suggestion.as_good:
        comes = "comes" if len(suggestion.as_good) == 1 else "come"
        said.append(f"{listed([str(k) for k in suggestion.as_good])} {comes} back as well.")
    if suggestion.beside is not None:
        said.append(f"{suggestion.beside} steady slices tell customers apart more finely.")
    return said


def verdict(suggestion: Suggestion, k: int, names: Sequence[str] = ()) -> str:
    """Say in a sentence whether these k segments can be trusted, and why.

    :param names: of the segments, in the order of their labels; without them nobody is named.
    """
    evidence = suggestion.of(k)
    kind = standing(suggestion, k)
    if kind == Standing.GROUPS:
        return f"{k}: clear gaps between all of them, and {_comes_back(evidence)}{_more(suggestion, k)}."
    if kind == Standing.SLICES:
        cut = "gaps between them prove nothing" if evidence.gaps else _lowered(_no_gap(evidence, names))
        return f"{k}: {cut}, but {_comes_back(evidence)}."
    return f"{k}: a rough cut. {'; '.join(_faults(evidence, names))}."


def _faults(evidence: EvidenceForK, names: Sequence[str]) -> list[str]:
    """Say what keeps these segments from being groups or slices, the worst first."""
    faults = []
    if evidence.sliver:
        share = formats.percent(evidence.min_share)
        faults.append(f"{_named(names, evidence.smallest)} holds only {share} of customers")
    if evidence.giant:
        faults.append(f"one segment holds {formats.percent(evidence.max_share)} of customers")
    if not evidence.comes_back_as_slice:
        overlap = formats.percent(evidence.returns)
        weakest = _named(names, evidence.least_stable)
        faults.append(f"{weakest} comes back only in part on other samples (overlap of {overlap})")
    if not evidence.gaps:
        faults.append(_no_gap(evidence, names))
    if not faults:
        faults.append("gaps between them prove nothing")
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


GIANT = "“{name}” holds {share} of your customers, so that it says little about any of them."
TINY = "“{name}” holds only {share} of your customers: hardly worth a campaign of its own."
NOTHING_INSTEAD = "No other number of segments avoids this."


def odd_sizes_sentence(found: OddSizes, shares: Sequence[float], names: Sequence[str]) -> str:
    """Say which segments are giant or tiny, and what that means."""
    told = [
        template.format(name=names[label], share=formats.percent(shares[label]))
        for template, labels in ((GIANT, found.giants), (TINY, found.tiny))
        for label in labels
    ]
    return " ".join(told if found.instead is not None else [*told, NOTHING_INSTEAD])


RULE_OFF, RULE_ON = "rule_off", "rule_on"
CHANGES = {
    "more_text": "Giving texts a weight of {what}",
    "less_text": "Giving texts a weight of only {what}",
    "without_text": "Leaving out all texts",
    "only_text": "Going by texts alone",
    "without_browsing": "Leaving out all browsing",
    "without_feature": "Leaving out “{what}”",
    RULE_OFF: "Switching off the cleaning rule “{what}”",
    RULE_ON: "Switching on the cleaning rule “{what}”",
}


def change_words(change: str, what: str) -> str:
    """Say what is changed (`runs.shifts.Change`), and of what; a rule of cleaning is given by its code."""
    of_rule = change in (RULE_OFF, RULE_ON) and what in set(Rule)
    named = RULE_WORDS[Rule(what)].title if of_rule else what
    return CHANGES[change].format(what=named)


def shift_sentence(change: str, what: str, share: float) -> str:
    """Say which share of the customers a change would move."""
    moved = "nobody" if share == 0 else f"{formats.percent(share)} of customers"
    return f"{change_words(change, what)} would move {moved}."
