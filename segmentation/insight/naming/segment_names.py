"""Short, distinct, neutral names for segments, made from what sets them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from segmentation import formats
from segmentation.insight.facts.differences import Difference, Portrait
from segmentation.insight.feature_words.families import CORE, Family, Side
from segmentation.insight.feature_words.wording import entry_of

ALL_ROUNDERS = "All-rounders"
INHERITED_FROM = 0.5
# Cohen's small effect: what a name says must at least be visible to be inherited.
STILL_TRUE = 0.2
MOST_QUALIFIERS = 2
CORE_COMES_FIRST = 2.0

_NOUN_RANK = {family: rank for rank, family in enumerate(Family)}
_QUALIFIES_ONLY = (Family.FLAG, Family.THEME)


@dataclass(frozen=True)
class _Name:
    """A generated name and what it claims: features and the direction in which the segment stands out.

    `weak`: made for want of anything better, so that it is not inherited but sought anew.
    """

    text: str
    claims: frozenset[tuple[str, bool]] = frozenset()
    weak: bool = False

    def and_also(self, word: str, difference: Difference) -> _Name:
        """Add a qualifier."""
        return replace(self, text=f"{self.text} · {word}", claims=self.claims | {_claim(difference)})

    def holds_for(self, portrait: Portrait) -> bool:
        """Whether another portrait bears the claims out."""
        effects = portrait.effects
        return not self.weak and all(
            (1 if high else -1) * effects.get(name, 0.0) >= STILL_TRUE for name, high in self.claims
        )


def name_segments(portraits: Sequence[Portrait], fixed: Mapping[int, str] | None = None) -> tuple[str, ...]:
    """Name each segment in the order given; no two names are alike.

    :param fixed: names that stand already, by segment.
    """
    standing = {segment: _Name(name) for segment, name in (fixed or {}).items()}
    names = _named(portraits, standing)
    return tuple(names[portrait.segment].text for portrait in portraits)


def inherit_names(names: Sequence[str], labels: np.ndarray, new_labels: np.ndarray) -> dict[int, str]:
    """Return the names that aligned segments keep: those whose Jaccard similarity is at least one half.

    :param names: the names of the segments in `labels`.
    :param labels: segments of the n customers as named, shape (n,).
    :param new_labels: segments of the same customers to name, the same label meaning the same segment.
    """
    count = len(names)
    old_sizes = np.bincount(labels, minlength=count)
    new_sizes = np.bincount(new_labels, minlength=count)
    shared = np.bincount(labels[labels == new_labels], minlength=count)
    return {
        segment: name
        for segment, name in enumerate(names)
        if (union := old_sizes[segment] + new_sizes[segment] - shared[segment]) > 0
        and shared[segment] / union >= INHERITED_FROM
    }


def name_every_k(
    portraits: Mapping[int, Sequence[Portrait]], labels: Mapping[int, np.ndarray], start: int | None = None
) -> dict[int, tuple[str, ...]]:
    """Name the segments of every k; from `start` outwards each k inherits from its neighbour on that side.

    A name is inherited by a segment that holds mostly the same customers and of which it is still true.

    :param start: the k whose names come from evidence alone (the suggested one); by default the smallest.
    """
    ks = sorted(portraits)
    start = ks[0] if start is None else start
    names = {start: _named(portraits[start], {})}
    upwards = [k for k in ks if k >= start]
    downwards = [k for k in reversed(ks) if k <= start]
    for before, k in (*pairwise(upwards), *pairwise(downwards)):
        texts = [names[before][segment].text for segment in range(min(before, k))]
        same = inherit_names(texts, labels[before], labels[k])
        names[k] = _named(
            portraits[k],
            {
                one.segment: names[before][one.segment]
                for one in portraits[k]
                if one.segment in same and names[before][one.segment].holds_for(one)
            },
        )
    return {k: tuple(names[k][portrait.segment].text for portrait in portraits[k]) for k in ks}


def _named(portraits: Sequence[Portrait], fixed: Mapping[int, _Name]) -> dict[int, _Name]:
    names = {**{portrait.segment: _base_name(portrait) for portrait in portraits}, **fixed}
    spare = {portrait.segment: _qualifiers(portrait) for portrait in portraits}
    for _ in range(MOST_QUALIFIERS):
        _qualify_alike(names, spare, fixed)
    _number_alike(names, fixed)
    return names


def _base_name(portrait: Portrait) -> _Name:
    """Join the strongest differences as adjective and noun, then the theme."""
    telling, theme = _telling(portrait), _theme(portrait)
    told = [*telling, *([theme] if theme else [])]
    if told:
        parts = (_phrase(telling), _words(theme).noun if theme else "")
        text = " · ".join(part for part in parts if part)
        return _Name(formats.capitalised(text), frozenset(map(_claim, told)))
    rest = _present_first(portrait.clear)
    text = _words(rest[0]).noun if rest else ALL_ROUNDERS
    return _Name(formats.capitalised(text), frozenset(map(_claim, rest[:1])), weak=True)


def _present_first(differences: Sequence[Difference]) -> list[Difference]:
    """Put what a segment has before what it lacks."""
    return sorted(differences, key=lambda difference: difference.effect < 0)


def _claim(difference: Difference) -> tuple[str, bool]:
    return difference.feature.name, difference.effect > 0


def _telling(portrait: Portrait) -> list[Difference]:
    """Take the two strongest differences in what customers do, or else in what the shop's file says."""
    said = [difference for difference in portrait.clear if difference.family not in _QUALIFIES_ONLY]
    done = [difference for difference in said if difference.family != Family.PROFILE]
    return sorted(done or said, key=_prominence, reverse=True)[:2]


def _prominence(difference: Difference) -> float:
    """Weigh a difference for a name: how often, how much and how lately comes before what and when."""
    return abs(difference.effect) * (CORE_COMES_FIRST if difference.family in CORE else 1.0)


def _phrase(telling: list[Difference]) -> str:
    if not telling:
        return ""
    if telling[0].family == Family.PROFILE:
        return ", ".join(sorted((_words(difference).noun for difference in telling), key=_by_label))
    noun, *others = sorted(telling, key=lambda difference: _NOUN_RANK[difference.family])
    head = _words(noun).noun
    adjective = _words(others[0]).adjective if others else ""
    return head if adjective.lower() in head else f"{adjective} {head}"


def _theme(portrait: Portrait) -> Difference | None:
    return next((d for d in portrait.clear if d.family == Family.THEME and d.effect > 0), None)


def _qualifiers(portrait: Portrait) -> dict[str, Difference]:
    """List what a name may add, strongest first, categories of the shop's file last."""
    told = [*_telling(portrait), _theme(portrait)]
    spare = sorted((d for d in portrait.differences if d not in told), key=lambda d: d.family == Family.FLAG)
    return {_words(d).noun: d for d in spare if d.family not in _QUALIFIES_ONLY or d.effect > 0}


def _qualify_alike(
    names: dict[int, _Name], spare: Mapping[int, dict[str, Difference]], fixed: Mapping[int, _Name]
) -> None:
    """Give every name that another segment has too the next qualifier that its rivals do not share."""
    counts = Counter(name.text.casefold() for name in names.values())
    alike = [
        segment for segment in names if segment not in fixed and counts[names[segment].text.casefold()] > 1
    ]
    added: dict[int, str] = {}
    for segment in alike:
        mine = names[segment].text.casefold()
        rivals = [other for other in alike if other != segment and names[other].text.casefold() == mine]
        shared = set.intersection(*(set(spare[other]) for other in rivals)) if rivals else set()
        words = [word for word in spare[segment] if word not in shared and word not in names[segment].text]
        added |= {segment: words[0]} if words else {}
    for segment, word in added.items():
        names[segment] = names[segment].and_also(word, spare[segment].pop(word))


def _number_alike(names: dict[int, _Name], fixed: Mapping[int, _Name]) -> None:
    taken = {name.text.casefold() for name in fixed.values()}
    for segment, plain in names.items():
        if segment in fixed:
            continue
        number = 2
        while names[segment].text.casefold() in taken:
            names[segment] = replace(plain, text=f"{plain.text} {number}")
            number += 1
        taken.add(names[segment].text.casefold())


def _words(difference: Difference) -> Side:
    entry = entry_of(difference.feature)
    return (entry.high if difference.effect > 0 else entry.low).at(difference.value)


def _by_label(phrase: str) -> str:
    return phrase.split(" ", 1)[-1]
