"""Shops of months in counts: a fifth of the customers may move each month, and the mix stays or drifts."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

SHARES = np.array([0.30, 0.25, 0.20, 0.15, 0.10])
ONE_TO_OTHER = np.array([1, -1, 0, 0, 0])
MOVE = 0.2
BEFORE, SINCE = 12, 12
Mix = Callable[[np.random.Generator], np.ndarray]


def steady(_: np.random.Generator) -> np.ndarray:
    return np.tile(SHARES, (BEFORE + SINCE + 1, 1))


def shaken(points: float) -> Mix:
    """Each month has shocks of its own, which do not stay."""

    def shares(rng: np.random.Generator) -> np.ndarray:
        return _shares(SHARES + points / 100 * rng.normal(size=(BEFORE + SINCE + 1, len(SHARES))))

    return shares


def wandering(points: float) -> Mix:
    """Shocks stay: the mix is a random walk, before and after."""

    def shares(rng: np.random.Generator) -> np.ndarray:
        walk = np.cumsum(points / 100 * rng.normal(size=(BEFORE + SINCE + 1, len(SHARES))), axis=0)
        return _shares(SHARES + walk - walk[BEFORE])

    return shares


def christmas(_: np.random.Generator) -> np.ndarray:
    """One month of each year has four points more of one segment."""
    months = np.arange(BEFORE + SINCE + 1) % 12 == 6
    return SHARES + 0.04 * months[:, None] * ONE_TO_OTHER


def drifting(points: float, always: bool = False) -> Mix:
    """Let a segment grow by so many points each month, since the segments were found or all the time."""

    def shares(_: np.random.Generator) -> np.ndarray:
        months = np.arange(-BEFORE, SINCE + 1)
        gone = months if always else np.maximum(months, 0)
        return SHARES + points / 100 * gone[:, None] * ONE_TO_OTHER

    return shares


def counts(mix: Mix, customers: int, seed: int) -> np.ndarray:
    """Draw how many customers are in each segment at the end of each month, int (months, k)."""
    rng = np.random.default_rng([seed, customers])
    shares = mix(rng)
    segments = rng.choice(len(SHARES), customers, p=shares[0] / shares[0].sum())
    found = [np.bincount(segments, minlength=len(SHARES))]
    for was, now in itertools.pairwise(shares):
        moving = rng.random(customers) < MOVE
        to = np.clip((now - (1 - MOVE) * was) / MOVE, 0, None)
        segments[moving] = rng.choice(len(SHARES), moving.sum(), p=to / to.sum())
        found.append(np.bincount(segments, minlength=len(SHARES)))
    return np.array(found)


def _shares(values: np.ndarray) -> np.ndarray:
    kept = np.clip(values, 0.02, 1)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))
