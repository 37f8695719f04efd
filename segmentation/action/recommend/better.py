"""The better way is taken: where a simple one was clearly ahead in the test, the lists follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from segmentation.action.recommend.check import Before, Measured, compare
from segmentation.action.recommend.model import RankedBy, Settings

BOUGHT_OFTEN = "buy again"
TASTES = {
    "popularity": RankedBy.POPULAR,
    "popular lately": RankedBy.LATELY,
    "segment popularity": RankedBy.SEGMENT,
}
"""The taste that ranks as each simple way does."""


@dataclass(frozen=True)
class Tested:
    """What every way measured of everything and of what is new, and which simple ways were taken for it."""

    every: dict[str, Measured]
    fresh: dict[str, Measured]
    taken: tuple[str, ...] = ()


def take_better(
    before: Before, labels: np.ndarray, k: int, settings: Settings, seed: int
) -> tuple[Settings, Tested]:
    """Test these settings beside the simple ways, and take over what is ahead of them by more than chance.

    :param labels: the segments (0..k-1) that were found before the cut.
    """
    tested = _test(before, labels, k, settings, seed)
    ahead = [way for way in (ahead_of_ours(tested.fresh), ahead_of_ours(tested.every)) if way]
    if not ahead:
        return settings, tested
    settings = following(settings, ahead_of_ours(tested.fresh), ahead_of_ours(tested.every))
    taken = tuple(dict.fromkeys(ahead))
    return settings, replace(_test(before, labels, k, settings, seed), taken=taken)


def ahead_of_ours(ways: Mapping[str, Measured]) -> str | None:
    """Return the best of the simple ways, if it is ahead of the recommendations by more than chance."""
    simple = [way for way in (*TASTES, BOUGHT_OFTEN) if way in ways]
    best = max(simple, key=lambda way: ways[way].hit_rate)
    behind = ways[best].behind
    return best if behind and behind[1] < 0 else None


def following(settings: Settings, fresh: str | None, every: str | None) -> Settings:
    """Return the settings that follow a simple way for what is new, and one for everything.

    What was bought most often says nothing of what is new: there it ranks by popularity.
    """
    if fresh:
        settings = replace(settings, taste=TASTES.get(fresh, RankedBy.POPULAR))
    if every == BOUGHT_OFTEN:
        return replace(settings, again=None)
    if every and not fresh:
        return replace(settings, taste=TASTES[every], again=0.0)
    return settings


def _test(before: Before, labels: np.ndarray, k: int, settings: Settings, seed: int) -> Tested:
    ways = compare(before, labels, k, settings, seed)
    every, fresh = ({name: both[place] for name, both in ways.items()} for place in (0, 1))
    return Tested(every, fresh)
