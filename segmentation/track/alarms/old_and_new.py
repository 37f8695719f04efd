"""Old segments beside new ones of the same customers: which became which, and who would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from segmentation.clusters.identity import NOBODY, matched
from segmentation.clusters.suggest import Structure
from segmentation.runs import Run


@dataclass(frozen=True)
class SegmentPair:
    """An old segment and the new one that shares the most customers with it, one to one (0-based).

    Either is None where the other has no partner. `shared` customers are in both, `overlap` is their part of
    all who are in either (Jaccard); `carries` says whether the name stays. Stabilities are 0..1.
    """

    old: int | None
    new: int | None
    old_size: int
    new_size: int
    shared: int
    overlap: float
    carries: bool
    old_stability: float | None
    new_stability: float | None


@dataclass(frozen=True)
class OldAndNew:
    """The segments that are followed beside those found anew, on the `customers` of today.

    `staying` of them would be in the partner of their old segment. The suggestions are those of both runs:
    the numbers of segments, and whether they are groups or slices.
    """

    old_run: str
    new_run: str
    fingerprint: str
    old_k: int
    new_k: int
    old_structure: Structure
    new_structure: Structure
    customers: int
    staying: int
    pairs: tuple[SegmentPair, ...]

    @property
    def changing(self) -> int:
        """How many customers would be elsewhere than in the partner of their segment."""
        return self.customers - self.staying


def lay_beside(old: tuple[Run, int], new: tuple[Run, int], labels: Sequence[np.ndarray]) -> OldAndNew:
    """Match two runs, each in so many segments, by the customers of both.

    :param labels: the old and the new segment of every customer, int (n,) each.
    """
    (old_run, old_k), (new_run, new_k) = old, new
    before, after = (np.asarray(one, dtype=np.intp) for one in labels)
    partners = matched(before, old_k, after, new_k)
    counts = np.bincount(before * new_k + after, minlength=old_k * new_k).reshape(old_k, new_k)
    alone = sorted(set(range(new_k)) - set(partners.tolist()))
    places = [*enumerate(partners.tolist()), *((NOBODY, label) for label in alone)]
    pairs = [_pair(old, new, place, counts) for place in places]
    return OldAndNew(
        old_run.run_id,
        new_run.run_id,
        new_run.fingerprint,
        old_k,
        new_k,
        old_run.suggestion.structure,
        new_run.suggestion.structure,
        len(before),
        int((partners[before] == after).sum()),
        tuple(pairs),
    )


def _pair(
    old: tuple[Run, int], new: tuple[Run, int], place: tuple[int, int], counts: np.ndarray
) -> SegmentPair:
    """Tell of one pair, by how many customers are in each old and each new segment, int (old k, new k)."""
    was, now = place
    old_name, old_stability = _told(old, was)
    new_name, new_stability = _told(new, now)
    both = NOBODY not in place
    old_size = 0 if was == NOBODY else int(counts[was].sum())
    new_size = 0 if now == NOBODY else int(counts[:, now].sum())
    shared = int(counts[place]) if both else 0
    return SegmentPair(
        None if was == NOBODY else was,
        None if now == NOBODY else now,
        old_size,
        new_size,
        shared,
        shared / max(old_size + new_size - shared, 1),
        both and old_name == new_name,
        old_stability,
        new_stability,
    )


def _told(side: tuple[Run, int], label: int) -> tuple[str, float | None]:
    """Return the name and the stability of a segment; nothing for nobody."""
    run, k = side
    if label == NOBODY:
        return "", None
    return run.names_at(k)[label], run.cuts[k].segments[label].stability
