"""Short, distinct, neutral names for segments, made from what is true of nearly all of their people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from segmentation import formats
from segmentation.features.table import Feature, Group
from segmentation.insight.facts.claims import Claim, Claims
from segmentation.insight.facts.differences import SLIGHT, Portrait
from segmentation.insight.feature_words.families import CORE, Family
from segmentation.insight.naming.name import Name
from segmentation.insight.naming.phrases import compared_words, phrase

ALL_ROUNDERS = "All-rounders"
MIXED = "Mixed"
INHERITED_FROM = 0.5
MOST_QUALIFIERS = 2
MOST_CLAIMS = 3

_QUALIFIES_ONLY = (Family.FLAG, Family.THEME)
_Key = tuple[str, int, int]


def name_segments(
    portraits: Sequence[Portrait], claims: Claims, fixed: Mapping[int, str] | None = None
) -> tuple[str, ...]:
    """Name each segment in the order given; no two names are alike.

    What a name claims is true of four fifths of its people, and no other segment bears it more without being
    so named.

    :param fixed: names that a person gave, by segment.
    """
    standing = {segment: Name(name, given=True) for segment, name in (fixed or {}).items()}
    names = _named(portraits, claims, standing)
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
    portraits: Mapping[int, Sequence[Portrait]],
    claims: Mapping[int, Claims],
    labels: Mapping[int, np.ndarray],
    start: int | None = None,
) -> dict[int, tuple[Name, ...]]:
    """Name the segments of every k; from `start` outwards each k inherits from its neighbour on that side.

    A name is inherited by a segment that holds mostly the same customers and of which it is still true.

    :param start: the k whose names come from evidence alone (the suggested one); by default the smallest.
    """
    ks = sorted(portraits)
    start = ks[0] if start is None else start
    names = {start: _named(portraits[start], claims[start], {})}
    upwards = [k for k in ks if k >= start]
    downwards = [k for k in reversed(ks) if k <= start]
    for before, k in (*pairwise(upwards), *pairwise(downwards)):
        texts = [names[before][segment].text for segment in range(min(before, k))]
        same = inherit_names(texts, labels[before], labels[k])
        inherited = {
            one.segment: names[before][one.segment]
            for one in portraits[k]
            if one.segment in same and names[before][one.segment].holds_for(one.segment, claims[k])
        }
        names[k] = _named(portraits[k], claims[k], inherited)
    return {k: tuple(names[k][portrait.segment] for portrait in portraits[k]) for k in ks}


def _named(portraits: Sequence[Portrait], claims: Claims, standing: Mapping[int, Name]) -> dict[int, Name]:
    """Name every segment; who bears a claim more says it too, else it is given up and all is sought anew."""
    given_up: set[tuple[int, _Key]] = set()
    while True:
        kept = {
            segment: name
            for segment, name in standing.items()
            if not any((segment, claim.key) in given_up for claim in name.claims)
        }
        names = _owning_up(_sought(portraits, claims, kept, given_up), claims)
        outdone = _outdone(names, claims)
        if not outdone:
            return names
        given_up |= outdone


def _owning_up(names: Mapping[int, Name], claims: Claims) -> dict[int, Name]:
    """Let segments say, too, what they bear more than one that is named for it, where it is true of them."""
    found = dict(names)
    for _, claim, other in _borne_more(names, claims):
        if claim.holds_for(other) and _has_room(found[other]) and not _says(found[other], claim):
            found[other] = found[other].and_also(claim)
    return found


def _has_room(name: Name) -> bool:
    return not name.weak and not name.given and len(name.claims) < MOST_CLAIMS


def _outdone(names: Mapping[int, Name], claims: Claims) -> set[tuple[int, _Key]]:
    """Find each claim that another segment, whose name says nothing of the kind, bears more."""
    return {(segment, claim.key) for segment, claim, _ in _borne_more(names, claims)}


def _borne_more(names: Mapping[int, Name], claims: Claims) -> Iterator[tuple[int, Claim, int]]:
    """Give each claim of a segment's name with every other segment that bears it more and does not say so."""
    known = {claim.key: claim for claim in claims.every}
    for segment, name in names.items():
        for claim in (known[one.key] for one in name.claims):
            for other in names:
                if claim.inside[other] > claim.inside[segment] and not _says(names[other], claim):
                    yield segment, claim, other


def _says(name: Name, claim: Claim) -> bool:
    """Whether a name implies a claim, or has its word; one that a person gave may say anything."""
    return name.given or any(one.implies(claim) or one.word.noun == claim.word.noun for one in name.claims)


def _sought(
    portraits: Sequence[Portrait],
    claims: Claims,
    kept: Mapping[int, Name],
    given_up: Collection[tuple[int, _Key]],
) -> dict[int, Name]:
    may = {
        one.segment: [claim for claim in claims.of(one.segment) if (one.segment, claim.key) not in given_up]
        for one in portraits
    }
    names = {
        one.segment: kept.get(one.segment) or _base_name(one, may[one.segment], claims) for one in portraits
    }
    for _ in range(MOST_QUALIFIERS):
        _qualify_alike(names, may, kept, claims)
    _compare_alike(names, portraits, kept)
    _number_alike(names, kept)
    return names


def _base_name(portrait: Portrait, may: Sequence[Claim], claims: Claims) -> Name:
    """Join the most telling claims as adjective and noun, then the theme."""
    telling = _telling(may, claims)
    theme = next((claim for claim in may if claim.family == Family.THEME), None)
    told = (*telling, *([theme] if theme else []))
    if told:
        parts = (phrase(telling), theme.word.noun if theme else "")
        return Name(formats.capitalised(" · ".join(part for part in parts if part)), told)
    flag = next((claim for claim in may if claim.family == Family.FLAG), None)
    if flag:
        return Name(formats.capitalised(flag.word.noun), (flag,), weak=True)
    return _on_average(portrait)


def _on_average(portrait: Portrait) -> Name:
    """Name a segment of which nothing is true of nearly everyone: by its middle, or all-rounders."""
    if portrait.is_all_rounders:
        return Name(ALL_ROUNDERS, weak=True)
    clear = sorted(portrait.clear, key=lambda one: (one.family not in CORE, one.family in _QUALIFIES_ONLY))
    feature = clear[0].feature
    return Name(
        f"{MIXED} · {compared_words(feature, clear[0].effect > 0)}", weak=True, compared=(feature.name,)
    )


def _telling(may: Sequence[Claim], claims: Claims) -> list[Claim]:
    """Take the two most telling claims on what customers do, or else on what the shop's file says."""
    said = [claim for claim in may if claim.family not in _QUALIFIES_ONLY]
    done = [claim for claim in said if claim.family != Family.PROFILE] or said
    first = done[:1]
    if first and first[0].word.alone:
        return first
    return [*first, *[claim for claim in done[1:] if not claims.same_story(claim, first[0])][:1]]


def _qualify_alike(
    names: dict[int, Name], may: Mapping[int, Sequence[Claim]], kept: Collection[int], claims: Claims
) -> None:
    """Give every name that another segment has too the next claim that its rivals do not share."""
    added: dict[int, Claim] = {}
    for group in _alike(names):
        for segment in (one for one in group if one not in kept):
            shared = set.intersection(*({c.key for c in may[other]} for other in group if other != segment))
            fresh = (claim for claim in may[segment] if claim.key not in shared)
            told = names[segment].claims
            spare = [c for c in fresh if not any(claims.same_story(c, one) for one in told)]
            added |= {segment: spare[0]} if spare else {}
    for segment, claim in added.items():
        names[segment] = names[segment].and_also(claim)


def _compare_alike(names: dict[int, Name], portraits: Sequence[Portrait], kept: Collection[int]) -> None:
    """Tell names that are still alike apart by the figure in which these segments differ most."""
    by_segment = {one.segment: one for one in portraits}
    for group in _alike(names):
        features = {
            one.feature.name: one.feature for segment in group for one in by_segment[segment].differences
        }
        claimed = {name for segment in group for name in names[segment].features}
        told = {name for name in features if name not in claimed}
        values = {name: [by_segment[one].effects.get(name, 0.0) for one in group] for name in told}
        widest = max(sorted(told), key=lambda name: max(values[name]) - min(values[name]), default=None)
        if widest is None or max(values[widest]) - min(values[widest]) < SLIGHT:
            continue
        for most in (True, False):
            place = int(np.argmax(values[widest]) if most else np.argmin(values[widest]))
            of_taste = not most and features[widest].group == Group.TEXT
            own = _own_taste(place, values, features) if of_taste else None
            if group[place] not in kept:
                names[group[place]] = names[group[place]].beside(features[own or widest], most or bool(own))


def _own_taste(
    place: int, values: Mapping[str, Sequence[float]], features: Mapping[str, Feature]
) -> str | None:
    """Find the theme that the segment at a place has most more of than its namesakes; None where it has none.

    What people like says more of them than what they leave to others.
    """
    above = {
        name: of_group[place] - max(one for at, one in enumerate(of_group) if at != place)
        for name, of_group in values.items()
        if features[name].group == Group.TEXT
    }
    best = max(sorted(above), key=lambda name: above[name], default=None)
    return best if best is not None and above[best] >= SLIGHT else None


def _alike(names: Mapping[int, Name]) -> list[list[int]]:
    """Group the segments whose names are alike."""
    groups: dict[str, list[int]] = {}
    for segment, name in names.items():
        groups.setdefault(name.text.casefold(), []).append(segment)
    return [group for group in groups.values() if len(group) > 1]


def _number_alike(names: dict[int, Name], fixed: Mapping[int, Name]) -> None:
    taken = {name.text.casefold() for name in fixed.values()}
    for segment, plain in names.items():
        if segment in fixed:
            continue
        number = 2
        while names[segment].text.casefold() in taken:
            names[segment] = replace(plain, text=f"{plain.text} {number}")
            number += 1
        taken.add(names[segment].text.casefold())
