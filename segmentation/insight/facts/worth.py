"""What a segmentation is worth: how much it says about the period after it, beside RFM tiers and chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from segmentation.algorithms.explained import (
    Estimate,
    halves,
    held_out_errors,
    merge_groups,
    resampled_sums,
    share_explained,
    share_gained,
)
from segmentation.clusters.fit import sweep
from segmentation.clusters.hindsight import Past
from segmentation.clusters.space import build_space
from segmentation.clusters.weights import Weights
from segmentation.errors import NoHindsightError
from segmentation.features.cutoff import FEWEST_RETURNING, Period
from segmentation.features.outcomes import Later
from segmentation.features.rfm import CutPoints, Rfm
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

MOST_BUYERS = 20_000
TRADED = (0.0, 0.2, 0.4, 0.6, 0.8)
SPLITS_OF_TRADES = 5
Labels = Mapping[int, np.ndarray]


@dataclass(frozen=True)
class Explained:
    """The share of one outcome's variance that groups explain for customers they were not computed from.

    `more_than_rfm` is what the segments explain beyond the RFM tiers; `rfm_groups` how many tiers there were
    after merging them to the number of segments, fewer where the shop has fewer.
    """

    segments: Estimate
    rfm: Estimate
    random: Estimate
    more_than_rfm: Estimate
    rfm_groups: int


@dataclass(frozen=True)
class Trade:
    """What segments found at one share of texts (0..1) explain, by k: spend, orders and what is bought."""

    text: float
    revenue: dict[int, float]
    orders: dict[int, float]
    bought: dict[int, float]


@dataclass(frozen=True)
class Worth:
    """What segments found before a period explain of it, for every k: spend (on a log scale) and orders.

    `own_cuts` are the cut-points that a person had set for the RFM tiers (None: tiers by fifths). `bought` is
    what they explain of where next purchases lie among the texts of products, `trade` what other weights of
    texts would explain; both empty where products have no texts, and in runs of an earlier version.
    """

    period: Period
    customers: int
    revenue: dict[int, Explained]
    orders: dict[int, Explained]
    own_cuts: CutPoints | None = None
    bought: dict[int, Explained] = field(default_factory=dict)
    trade: tuple[Trade, ...] = ()


def measure_worth(
    past: Past, ks: Sequence[int], weights: Weights, seed: int, on_progress: Progress = silent
) -> Worth:
    """Find segments on what was known before the period, and compare how much they say about it.

    Means of groups come from one half of the customers and are compared with the other, in 20 splits; the
    intervals re-sample customers.

    :raises NoHindsightError: where the files give no amounts.
    """
    if past.rfm is None:
        raise NoHindsightError("the order files give no amounts.", "Upload what each order cost.")
    space = build_space(past.table, past.text, weights)
    swept = sweep(space.matrix, ks, seed, on_progress)
    on_progress(Stage.MEASURING_WORTH, 0, 1)
    revenue, orders = (
        _explained(past.later[later], past.rfm, swept.labels, seed) for later in (Later.REVENUE, Later.ORDERS)
    )
    bought = _bought(past, past.rfm, swept.labels, seed)
    trade = _trades(past, ks, weights, seed) if bought else ()
    return Worth(past.period, len(past.table), revenue, orders, past.own_cuts, bought, trade)


def _bought(past: Past, rfm: Rfm, labels: Labels, seed: int) -> dict[int, Explained]:
    """Compare what the groupings say of where purchases lie, for those who bought; nothing where few did."""
    buyers = _buyers(past, seed)
    if past.bought is None or len(buyers) < FEWEST_RETURNING:
        return {}
    scores = (rfm.recency[buyers], rfm.frequency[buyers], rfm.monetary[buyers])
    theirs = Rfm(rfm.customer_ids[buyers], *scores, rfm.tiers[buyers], rfm.cuts)
    return _explained(past.bought[buyers], theirs, {k: found[buyers] for k, found in labels.items()}, seed)


def _buyers(past: Past, seed: int) -> np.ndarray:
    """Return the places of those who bought products with texts, a sample where they are many."""
    if past.bought is None:
        return np.array([], dtype=np.intp)
    buyers = np.flatnonzero(np.isfinite(past.bought).all(axis=1))
    if len(buyers) <= MOST_BUYERS:
        return buyers
    return np.sort(np.random.default_rng(seed).choice(buyers, MOST_BUYERS, replace=False))


def _trades(past: Past, ks: Sequence[int], weights: Weights, seed: int) -> tuple[Trade, ...]:
    """Find segments at other weights of the texts, and measure the three outcomes of each."""
    buyers = _buyers(past, seed)
    return tuple(_trade(past, ks, replace(weights, text=share), buyers, seed) for share in TRADED)


def _trade(past: Past, ks: Sequence[int], weights: Weights, buyers: np.ndarray, seed: int) -> Trade:
    found = sweep(build_space(past.table, past.text, weights).matrix, ks, seed).labels
    everyone = np.arange(len(past.table))
    outcomes = (
        (past.later[Later.REVENUE], everyone),
        (past.later[Later.ORDERS], everyone),
        (past.bought if past.bought is not None else np.empty((0, 1)), buyers),
    )
    explained = (
        {k: _share(outcome[rows], found[k][rows], seed) for k in found} for outcome, rows in outcomes
    )
    return Trade(weights.text or 0.0, *explained)


def _share(outcome: np.ndarray, labels: np.ndarray, seed: int) -> float:
    """Return the share of an outcome that groups explain of rows held out, without an interval."""
    parted = halves(len(outcome), seed, SPLITS_OF_TRADES)
    base = held_out_errors(outcome, np.zeros(len(outcome), dtype=np.intp), parted).sum()
    errors = held_out_errors(outcome, labels.astype(np.intp), parted).sum()
    return float(1 - errors / base) if base > 0 else 0.0


def _explained(outcome: np.ndarray, rfm: Rfm, labels: Labels, seed: int) -> dict[int, Explained]:
    """Compare the three ways of grouping at every k, all on the same splits and re-samples."""
    parted = halves(len(outcome), seed)
    shuffled = np.random.default_rng(seed).permutation(len(outcome))
    scores = np.stack([rfm.recency, rfm.frequency, rfm.monetary], axis=1).astype(np.float64)
    tiers = {k: merge_groups(rfm.tiers, scores, k) for k in labels}
    groupings = [np.zeros(len(outcome), dtype=np.intp)]
    for k, found in labels.items():
        groupings += [found.astype(np.intp), tiers[k], found[shuffled].astype(np.intp)]
    errors = np.stack([held_out_errors(outcome, grouping, parted) for grouping in groupings], axis=1)
    base, *sums = resampled_sums(errors, seed).T
    return {
        k: _at(base, sums[3 * place : 3 * place + 3], int(tiers[k].max()) + 1)
        for place, k in enumerate(labels)
    }


def _at(base: np.ndarray, sums: Sequence[np.ndarray], rfm_groups: int) -> Explained:
    segments, rfm, random = sums
    return Explained(
        segments=share_explained(segments, base),
        rfm=share_explained(rfm, base),
        random=share_explained(random, base),
        more_than_rfm=share_gained(segments, rfm, base),
        rfm_groups=rfm_groups,
    )
