"""A planted shop in arrays: twelve features, five segments, and one thing that is changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.kmeans import find_nearest
from segmentation.algorithms.lloyd import Points, lloyd
from segmentation.clusters.fit import Sweep
from segmentation.clusters.reach import beyond, reaches
from segmentation.track.alarms.compared import MonthEnd, compare

FEATURES, SEGMENTS = 12, 5
SHARES = np.array([0.30, 0.25, 0.20, 0.15, 0.10])
TEN_POINTS = np.array([0.1, -0.1, 0.0, 0.0, 0.0])
APART = 1.3
"""Standard deviations of the segments' middles, beside 1 within each."""

AWAY = 6.0
"""How far the middle of a new kind is from the nearest segment's."""


@dataclass(frozen=True)
class Planted:
    """Before and after, float32 (n, 12), what segment each is nearest to, and who is of a new kind after."""

    before: np.ndarray
    after: np.ndarray
    new: np.ndarray
    seed: int


@dataclass(frozen=True)
class Rung:
    """Which alarms rang, and the sceptic's own: PSI above 0.1 and 0.2, shares against fixed thresholds.

    `group` says whether the far ones are called a group of their own, `found` the share of the new kind in it
    less that of others.
    """

    mix: bool
    new: bool
    moved: bool
    psi_tenth: bool
    psi_fifth: bool
    chi_alone: bool
    points_fixed: bool
    far_fixed: bool
    group: bool
    found: float


def plant(case: str, customers: int, seed: int, known: int | None = None) -> Planted:
    """Draw a shop and what became of it: "none", "feature", "new 5", "new 2" (per cent), "shares".

    :param known: how many customers there were before, by default as many.
    """
    rng = np.random.default_rng([seed, customers])
    middles = APART * rng.normal(size=(SEGMENTS, FEATURES))
    moved = SHARES + TEN_POINTS if case == "shares" else SHARES
    before = _drawn(rng, middles, known or customers, SHARES)
    after = _drawn(rng, middles, customers, moved)
    new = np.zeros(customers, dtype=bool)
    if case == "feature":
        after[:, 0] += 0.5 * before[:, 0].std()
    if case.startswith("new"):
        new[: round(customers * int(case.split()[1]) / 100)] = True
        after[new] = _new_middle(rng, middles) + rng.normal(size=(new.sum(), FEATURES))
    return Planted(before, after, new, seed)


def ring(planted: Planted) -> Rung:
    """Fit segments before, place everybody after in them, and ring."""
    before, after, seed = planted.before, planted.after, planted.seed
    starts = [before[np.random.default_rng([seed, at]).choice(len(before), SEGMENTS)] for at in range(10)]
    fits = lloyd(Points.of(before), starts, 50, 1e-5)
    middles = min(fits, key=lambda fit: fit.inertia).centroids
    swept = Sweep((SEGMENTS,), {}, {SEGMENTS: middles}, {}, seed)
    reach = reaches(before, swept, seed)[SEGMENTS]
    sides = [_side(rows, middles, reach) for rows in (before, after)]
    found = compare(*sides, middles, seed)
    psi = max(stability_index(before[:, at], after[:, at]) for at in range(FEATURES))
    is_new = planted.new
    return Rung(
        mix=found.mix.is_news,
        new=found.strangers.is_news,
        moved=any(one.is_news for one in found.shifts),
        psi_tenth=psi > 0.1,
        psi_fifth=psi > 0.2,
        chi_alone=found.mix.p < 0.05,
        points_fixed=found.mix.largest > 0.05,
        far_fixed=found.strangers.share > 0.02,
        group=bool(found.group.any()),
        found=float(found.group[is_new].mean() - found.group[~is_new].mean()) if is_new.any() else 0.0,
    )


def rates(case: str, customers: int, repeats: int, known: int | None = None) -> dict[str, float]:
    """How often each alarm rings."""
    rung = [ring(plant(case, customers, seed, known)) for seed in range(repeats)]
    return {name: float(np.mean([getattr(one, name) for one in rung])) for name in Rung.__annotations__}


def _side(rows: np.ndarray, middles: np.ndarray, reach: np.ndarray) -> MonthEnd:
    near = find_nearest(rows, middles)
    everybody = np.ones(len(rows), dtype=bool)
    return MonthEnd(near.first.astype(int), everybody, rows, rows.astype(float), beyond(near, reach))


def stability_index(before: np.ndarray, after: np.ndarray, bins: int = 10) -> float:
    """Return the population stability index over tenths of the sample before."""
    edges = np.quantile(before, np.linspace(0, 1, bins + 1)[1:-1])
    shares = [
        np.maximum(np.bincount(np.searchsorted(edges, one), minlength=bins) / len(one), 1e-4)
        for one in (before, after)
    ]
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())


def _drawn(rng: np.random.Generator, middles: np.ndarray, customers: int, shares: np.ndarray) -> np.ndarray:
    segments = rng.choice(SEGMENTS, customers, p=shares)
    return (middles[segments] + rng.normal(size=(customers, FEATURES))).astype(np.float32)


def _new_middle(rng: np.random.Generator, middles: np.ndarray) -> np.ndarray:
    """Go from the middle of all in a direction of chance until every segment is far enough."""
    way = rng.normal(size=FEATURES)
    way /= np.linalg.norm(way)
    steps = np.arange(0, 30, 0.1)[:, None, None] * way
    apart = np.linalg.norm(middles.mean(axis=0) + steps - middles, axis=2).min(axis=1)
    return np.asarray(middles.mean(axis=0) + steps[np.flatnonzero(apart >= AWAY)[0], 0])
