"""Segments that are to tell something apart: what foretells it counts more, and what that gains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from segmentation.algorithms.explained import (
    Estimate,
    halves,
    resampled_sums,
    share_explained,
    share_gained,
    squared_errors,
)
from segmentation.algorithms.relevance import relevance
from segmentation.clusters.fit import sweep
from segmentation.clusters.guide_space import guide_space, guiding_factors
from segmentation.clusters.space import Space, build_space
from segmentation.clusters.weights import Weights
from segmentation.features.cutoff import Period
from segmentation.features.outcomes import Outcome, check_enough
from segmentation.features.table import FeatureTable, Group
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import TextBlock

MOST_CUSTOMERS = 10_000
SPLITS = 3
STEP = Stage.LEARNING_OUTCOME


@dataclass(frozen=True)
class Guidance:
    """What guided the segments, and what that gained.

    `period` is when the outcome happened, None for a column of today; `known` of how many customers it is
    known. `dropped` names the features that would give the outcome away. `relevance` is the share of the
    outcome that each column explains by itself on customers held out, empty where none does.
    `guided`, `plain` and `gain` say for every k how much of the outcome the segments explain for customers
    whose outcomes were not looked at: with the guidance, without it, and the difference.
    """

    outcome: Outcome
    period: Period | None
    known: int
    dropped: tuple[str, ...]
    relevance: dict[str, float]
    guided: dict[int, Estimate]
    plain: dict[int, Estimate]
    gain: dict[int, Estimate]

    def steer(self, space: Space) -> Space:
        """Weigh today's space by what was learned; the same space where nothing foretells the outcome."""
        return guide_space(space, self.relevance) if self.relevance else space

    def without_giveaways(self, weights: Weights) -> Weights:
        """Leave out, too, what would give the outcome away."""
        return replace(weights, off=weights.off | set(self.dropped))

    @property
    def taught(self) -> bool:
        """Whether anything was found that foretells the outcome."""
        return bool(self.relevance)


def guide(
    outcome: Outcome,
    values: np.ndarray,
    table: FeatureTable,
    text: TextBlock | None,
    dropped: tuple[str, ...],
    weights: Weights,
    ks: Sequence[int],
    seed: int,
    period: Period | None = None,
    on_progress: Progress = silent,
) -> Guidance:
    """Learn what foretells an outcome from what was known before it, and measure what that gains.

    :param values: the outcome of each customer of the table, NaN where it is not known.
    :param dropped: names of features that would give the outcome away.
    :raises NoHindsightError: where the outcome is known of too few customers, or hardly differs.
    """
    check_enough(outcome, values)
    on_progress(STEP, 0, 2 * SPLITS)
    space = build_space(table, text, replace(weights, off=weights.off | set(dropped)))
    known = np.flatnonzero(np.isfinite(values))
    learn = partial(_learn, space, values, seed=seed, texts_as_one=period is not None)
    guided, plain, gain = _gains(space, values, learn, ks, seed, on_progress)
    return Guidance(outcome, period, len(known), dropped, learn(_some(known, seed)), guided, plain, gain)


def _learn(
    space: Space, values: np.ndarray, rows: np.ndarray, seed: int, texts_as_one: bool
) -> dict[str, float]:
    """Return the relevance of every column, learned from these rows; nothing where no column has any.

    :param texts_as_one: give the texts one relevance, since their directions in the past are not today's.
    """
    found = relevance(space.matrix[rows].astype(np.float64), values[rows], seed)
    if not found.any():
        return {}
    texts = np.array([texts_as_one and column.group == Group.TEXT for column in space.columns])
    together = {str(Group.TEXT): float(found[texts].mean())} if texts.any() else {}
    single = zip(space.columns, found, texts, strict=True)
    return together | {column.name: float(share) for column, share, is_text in single if not is_text}


Estimates = dict[int, Estimate]


def _gains(
    space: Space,
    values: np.ndarray,
    learn: Callable[[np.ndarray], dict[str, float]],
    ks: Sequence[int],
    seed: int,
    on_progress: Progress,
) -> tuple[Estimates, Estimates, Estimates]:
    """Learn and count on one half of the customers, compare on the other, by turns; all k on the same."""
    rows = _some(np.arange(len(values)), seed)
    known = np.isfinite(values[rows])
    outcome = values[rows][known]
    plain = sweep(space.matrix[rows], ks, seed)
    errors = np.zeros((len(outcome), 1 + 2 * len(plain.ks)))
    turns = [half for parted in halves(len(outcome), seed, SPLITS) for half in (parted, ~parted)]
    for turn, half in enumerate(turns):
        learned = learn(rows[known][half])
        factors = guiding_factors(space, learned).astype(np.float32) if learned else None
        guided = plain if factors is None else sweep(space.matrix[rows] * factors, plain.ks, seed)
        groupings = [np.zeros(len(rows), dtype=np.intp)]
        groupings += [found.labels[k].astype(np.intp) for k in plain.ks for found in (guided, plain)]
        for place, labels in enumerate(groupings):
            errors[~half, place] += squared_errors(outcome, labels[known], half)
        on_progress(STEP, turn + 1, len(turns))
    base, *sums = resampled_sums(errors, seed).T
    pairs = dict(zip(plain.ks, zip(sums[::2], sums[1::2], strict=True), strict=True))
    return (
        {k: share_explained(guided_sums, base) for k, (guided_sums, _) in pairs.items()},
        {k: share_explained(plain_sums, base) for k, (_, plain_sums) in pairs.items()},
        {k: share_gained(guided_sums, plain_sums, base) for k, (guided_sums, plain_sums) in pairs.items()},
    )


def _some(rows: np.ndarray, seed: int) -> np.ndarray:
    """Draw as many customers as are enough, ascending."""
    if len(rows) <= MOST_CUSTOMERS:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, MOST_CUSTOMERS, replace=False))
