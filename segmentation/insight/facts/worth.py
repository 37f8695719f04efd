"""What a segmentation is worth: how much it says about the period after it, beside RFM tiers and chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from segmentation.clusters.space import Weights, build_space
from segmentation.errors import NoHindsightError
from segmentation.features.cutoff import Period
from segmentation.features.outcomes import Later
from segmentation.features.rfm import CutPoints, Rfm
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage


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
class Worth:
    """What segments found before a period explain of it, for every k: spend (on a log scale) and orders.

    `own_cuts` are the cut-points that a person had set for the RFM tiers (None: tiers by fifths).
    """

    period: Period
    customers: int
    revenue: dict[int, Explained]
    orders: dict[int, Explained]
    own_cuts: CutPoints | None = None


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
    return Worth(past.period, len(past.table), revenue, orders, past.own_cuts)


def _explained(
    outcome: np.ndarray, rfm: Rfm, labels: Mapping[int, np.ndarray], seed: int
) -> dict[int, Explained]:
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
