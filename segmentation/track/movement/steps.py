"""Two states of a shop side by side at one k: where each customer was, where they are now, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from segmentation.track.assign import Assigned

NEARER = 0.9
"""On the border is who is less than a tenth nearer to one of two segments than to the other, and clearly
moved who is at least a tenth nearer to the new one."""


class Outside(IntEnum):
    """In place of a segment (0-based): who was or is in none.

    `NOT_THERE`: no customer yet (new), or none any more (gone). `NOT_COMPARABLE`: nobody knows since when
    they are customers, for nothing that they did has a date.
    """

    NOT_THERE = -1
    NOT_COMPARABLE = -2


@dataclass(frozen=True)
class Both:
    """The customers of either state, ascending (n,), and the place of each in both, intp; -1: not in it."""

    customer_ids: np.ndarray
    before: np.ndarray
    after: np.ndarray


@dataclass(frozen=True)
class Step:
    """The steps of n customers at one k: `was` and `now` int16, a segment (0-based) or an `Outside`.

    `border`: who moved and was, before or after, hardly nearer to one of the two segments than to the other.
    `clear`: who moved, and is clearly nearer to the new segment than to the old one.
    """

    k: int
    was: np.ndarray
    now: np.ndarray
    border: np.ndarray
    clear: np.ndarray


def side_by_side(before: np.ndarray, after: np.ndarray) -> Both:
    """Find the customers of two states (ids, each once) in each other."""
    everybody = np.union1d(before.astype(str), after.astype(str)).astype(object)
    places = (pd.Index(ids).get_indexer(everybody) for ids in (before, after))
    return Both(everybody, *places)


def step_of(both: Both, before: Assigned, after: Assigned, from_old: np.ndarray, acted: np.ndarray) -> Step:
    """Compare two states at one k.

    :param from_old: distance of every customer of `after` to the segment they were in before; NaN: in none.
    :param acted: who of `both` did anything between the states, bool (n,).
    """
    was, now = (
        _taken(state.segment.astype(np.int16), places, int(Outside.NOT_THERE))
        for state, places in ((before, both.before), (after, both.after))
    )
    was[(both.before < 0) & ~acted] = Outside.NOT_COMPARABLE
    moved = (was >= 0) & (now >= 0) & (was != now)
    near = _between(before, both.before, now) | _between(after, both.after, was)
    away = _taken(after.distance, both.after, np.nan) > NEARER * _taken(from_old, both.after, np.nan)
    return Step(before.k, was, now, moved & near, moved & ~away)


def step_of_runs(k: int, was: np.ndarray, now: np.ndarray, near: np.ndarray) -> Step:
    """Compare two runs at one k, each in its own segments, by where both have the same customers (n,).

    :param was: the segment in the earlier run, or an `Outside`, as `now` in the later one.
    :param near: who is hardly surer of the one than of the other segment, in either run, bool (n,).
    """
    moved = (was >= 0) & (now >= 0) & (was != now)
    return Step(k, was, now, moved & near, moved & ~near)


def _between(state: Assigned, places: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether a customer is hardly nearer to the own segment than to the other one."""
    second = _taken(state.second.astype(np.int16), places, int(Outside.NOT_THERE))
    return (second == other) & (_taken(state.margin, places, 0.0) > NEARER)


def _taken(values: np.ndarray, places: np.ndarray, missing: float) -> np.ndarray:
    """Return the values at these places, and another one where there is no place."""
    found = np.full(len(places), missing, dtype=values.dtype)
    found[places >= 0] = values[places[places >= 0]]
    return found
