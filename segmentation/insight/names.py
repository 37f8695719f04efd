"""Short, distinct, neutral names for segments, made from what sets them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from segmentation.insight.differences import Difference, Portrait
from segmentation.insight.vocabulary import CORE, Family, Side
from segmentation.insight.wording import entry_of

ALL_ROUNDERS = "All-rounders"
INHERITED_FROM = 0.5
MOST_QUALIFIERS = 2
CORE_COMES_FIRST = 1.5

_NOUN_RANK = {family: rank for rank, family in enumerate(Family)}
_QUALIFIES_ONLY = (Family.FLAG, Family.THEME)


def name_segments(portraits: Sequence[Portrait], fixed: Mapping[int, str] | None = None) -> tuple[str, ...]:
    """Name each segment in the order given; no two names are alike.

    :param fixed: names that stand already (inherited, or a marketer's own), by segment.
    """
    fixed = fixed or {}
    names = {portrait.segment: _base_name(portrait) for portrait in portraits}
    spare = {portrait.segment: _qualifiers(portrait) for portrait in portraits}
    for _ in range(MOST_QUALIFIERS):
        _qualify_alike(names, spare, fixed)
    names.update(fixed)
    _number_alike(names, fixed)
    return tuple(names[portrait.segment] for portrait in portraits)


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

    :param start: the k whose names come from evidence alone (the suggested one); by default the smallest.
    """
    ks = sorted(portraits)
    start = ks[0] if start is None else start
    names = {start: name_segments(portraits[start])}
    upwards = [k for k in ks if k >= start]
    downwards = [k for k in reversed(ks) if k <= start]
    for before, k in (*pairwise(upwards), *pairwise(downwards)):
        inherited = inherit_names(names[before][:k], labels[before], labels[k])
        names[k] = name_segments(portraits[k], inherited)
    return dict(sorted(names.items()))


def _base_name(portrait: Portrait) -> str:
    """Join the strongest differences as adjective and noun, then the theme."""
    phrase, theme = _phrase(_telling(portrait)), _theme(portrait)
    if phrase or theme:
        return _capitalised(" · ".join(part for part in (phrase, theme) if part))
    flag = next(iter(portrait.clear), None)
    return _capitalised(_words(flag).noun) if flag else ALL_ROUNDERS


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


def _theme(portrait: Portrait) -> str:
    themes = (d for d in portrait.clear if d.family == Family.THEME and d.effect > 0)
    return next((_words(theme).noun for theme in themes), "")


def _qualifiers(portrait: Portrait) -> list[str]:
    """List what a name may add, strongest first, categories of the shop's file last."""
    told = _telling(portrait)
    spare = sorted((d for d in portrait.differences if d not in told), key=lambda d: d.family == Family.FLAG)
    words = [_words(d).noun for d in spare if d.family not in _QUALIFIES_ONLY or d.effect > 0]
    return [word for word in words if word != _theme(portrait)]


def _qualify_alike(names: dict[int, str], spare: dict[int, list[str]], fixed: Mapping[int, str]) -> None:
    """Give every name that another segment has too the next qualifier that its rivals do not share."""
    standing = {segment: name.casefold() for segment, name in {**names, **fixed}.items()}
    counts = Counter(standing.values())
    alike = [segment for segment in names if segment not in fixed and counts[standing[segment]] > 1]
    added: dict[int, str] = {}
    for segment in alike:
        rivals = [other for other in alike if other != segment and standing[other] == standing[segment]]
        shared = set.intersection(*(set(spare[other]) for other in rivals)) if rivals else set()
        words = [word for word in spare[segment] if word not in shared and word not in names[segment]]
        added |= {segment: words[0]} if words else {}
    for segment, word in added.items():
        names[segment] = f"{names[segment]} · {word}"
        spare[segment].remove(word)


def _number_alike(names: dict[int, str], fixed: Mapping[int, str]) -> None:
    taken = {name.casefold() for name in fixed.values()}
    for segment in names:
        if segment in fixed:
            continue
        plain, number = names[segment], 2
        while names[segment].casefold() in taken:
            names[segment] = f"{plain} {number}"
            number += 1
        taken.add(names[segment].casefold())


def _words(difference: Difference) -> Side:
    entry = entry_of(difference.feature)
    return (entry.high if difference.effect > 0 else entry.low).at(difference.value)


def _by_label(phrase: str) -> str:
    return phrase.split(" ", 1)[-1]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
