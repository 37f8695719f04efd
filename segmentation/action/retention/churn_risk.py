"""How likely customers are to stop buying: learned on past periods, calibrated on one, tested on the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

import numpy as np
import pandas as pd

from segmentation.action.retention.churn_definition import (
    ChurnDefinition,
    Snapshot,
    define_churn,
    past_periods,
    snapshot_before,
    snapshot_today,
)
from segmentation.algorithms.risk import RiskQuality, area, judge, lead_in_area
from segmentation.errors import NoHindsightError
from segmentation.features.cutoff import FEWEST_RETURNING, MORE_HISTORY, Period
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

MOST_LEARNED_FROM = 200_000
"""Beyond so many customers a larger sample teaches hardly more."""

ONE_THREAD_DOES = 50_000
"""Below so many customers, threads wait for each other longer than they work on a busy machine."""

FEWEST_PERIODS = 3
"""One to learn from, one to calibrate on, one to test on."""

RECENCY, FREQUENCY = "days_since", "order_days"
_STEP = Stage.LEARNING_CHURN


class Way(StrEnum):
    """How the risk is told: by all that is known of a customer, by silence, by order days, or by both."""

    MODEL = "model"
    RECENCY = "recency"
    FREQUENCY = "frequency"
    RECENCY_FREQUENCY = "recency_frequency"


SIMPLE = {
    Way.RECENCY: [RECENCY],
    Way.FREQUENCY: [FREQUENCY],
    Way.RECENCY_FREQUENCY: [RECENCY, FREQUENCY],
}
"""What the simple ways tell the risk by, the simplest first."""


@dataclass(frozen=True)
class RhythmTest:
    """Those with a rhythm of their own in the test: how many, and how well each way ranked these (AUC)."""

    customers: int
    rhythm: float | None
    model: float | None
    recency: float | None


@dataclass(frozen=True)
class ChurnTest:
    """The test on the last period: of how many customers, which share stopped, and how well each way did.

    `trained_on` are the periods learned from, `calibrated_on` the one after them; `once` is the share who
    stopped among those with a single order day, None where there are none. `behind` is the interval of 95 %
    of how much AUC each way lacks beside the best one.
    """

    trained_on: tuple[Period, ...]
    calibrated_on: Period
    tested_on: Period
    customers: int
    stopped: float
    once: float | None
    qualities: dict[Way, RiskQuality]
    rhythm: RhythmTest
    features: tuple[str, ...]
    behind: dict[Way, tuple[float, float]] = field(default_factory=dict)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that were tested, the simplest first."""
        return tuple(way for way in (*SIMPLE, Way.MODEL) if way in self.qualities)

    @property
    def best(self) -> Way:
        """The way that ranked customers best, of equals the simplest."""
        return max(self.ways, key=lambda way: self.qualities[way].auc)

    @property
    def better(self) -> Way:
        """The way used: the simplest that did no worse than the best, beyond chance."""
        return next(w for w in self.ways if w is self.best or (w in self.behind and self.behind[w][0] <= 0))

    @property
    def simple(self) -> Way:
        """The best of the simple ways."""
        return max((way for way in self.ways if way in SIMPLE), key=lambda way: self.qualities[way].auc)


@dataclass(frozen=True)
class ChurnRisk:
    """The risk (0..1) of every customer who has ordered to stop buying, by the better way, and the rhythm.

    The order is that of `today.histories`; `today.overdue` tells it the other way, by each one's own rhythm.
    """

    definition: ChurnDefinition
    test: ChurnTest
    today: Snapshot
    risk: np.ndarray


def churn_risk(
    workspace: Workspace, shop: Shop, days: int | None = None, seed: int = 0, on_progress: Progress = silent
) -> ChurnRisk:
    """Learn from past periods who stops, test it on the last one, and say how likely each customer is to.

    Every feature is computed from what was known before the period that it foretells.

    :param days: without an order; by default the usual longest gap between two orders.
    :raises NoHindsightError: where the history does not hold enough customers who stopped and who came back.
    """
    definition = define_churn(workspace, shop, days)
    today = snapshot_today(workspace, shop, definition)
    periods = past_periods(definition)
    snapshots = []
    for place, period in enumerate(periods):
        on_progress(_STEP, place, len(periods) + 2)
        snapshots.append(snapshot_before(workspace, shop, period, definition))
    enough = list(takewhile(lambda one: one.both_ways >= FEWEST_RETURNING, snapshots))
    if len(enough) < FEWEST_PERIODS:
        raise NoHindsightError(
            f"in a period of {definition.days} days too few customers stopped, or too few came back.",
            MORE_HISTORY,
        )
    latest, calibration, *training = enough
    names = _shared([today, *enough])
    on_progress(_STEP, len(periods), len(periods) + 2)
    said = _foretell(training, calibration, latest, names, seed)
    test = _test(periods[: len(enough)], latest, said, names)
    on_progress(_STEP, len(periods) + 1, len(periods) + 2)
    risk = _foretell([calibration, *training], latest, today, names, seed)[test.better]
    return ChurnRisk(definition, test, today, risk)


def _foretell(
    training: Sequence[Snapshot],
    calibration: Snapshot,
    asked: Snapshot,
    names: Sequence[str],
    seed: int,
) -> dict[Way, np.ndarray]:
    """Return the probability that each of the asked customers stops, by every way."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    stopped = np.concatenate([one.stopped for one in training])
    known = pd.concat([one.features[list(names)] for one in training], ignore_index=True)
    rows = np.arange(len(stopped))
    if len(rows) > MOST_LEARNED_FROM:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST_LEARNED_FROM, replace=False))
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=12,
        min_samples_leaf=max(20, len(rows) // 100),
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    models = {Way.MODEL: (trees, list(names))}
    models |= {way: (LogisticRegression(), columns) for way, columns in SIMPLE.items()}
    said = {}
    for way, (model, columns) in models.items():
        with threadpool_limits(1 if len(rows) < ONE_THREAD_DOES else None):
            learned = model.fit(_matrix(known.iloc[rows], columns), stopped[rows])
        before, now = (
            learned.decision_function(_matrix(one.features, columns)) for one in (calibration, asked)
        )
        # Platt 1999: a logistic curve through the scores, which changes their level and not their order.
        curve = LogisticRegression(C=1e6).fit(before[:, np.newaxis], calibration.stopped)
        said[way] = curve.predict_proba(now[:, np.newaxis])[:, 1]
    return said


def _matrix(features: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    matrix = features[list(columns)].to_numpy(dtype=np.float64)
    return np.log1p(matrix) if columns in SIMPLE.values() else matrix


def _test(
    periods: Sequence[Period],
    latest: Snapshot,
    said: dict[Way, np.ndarray],
    names: Sequence[str],
) -> ChurnTest:
    late = latest.overdue
    own, once = np.isfinite(late), latest.histories.order_days == 1
    rhythm = RhythmTest(
        int(own.sum()),
        area(late[own], latest.stopped[own]),
        *(area(said[way][own], latest.stopped[own]) for way in (Way.MODEL, Way.RECENCY)),
    )
    qualities = {way: judge(said[way], latest.stopped) for way in Way}
    best = max((*SIMPLE, Way.MODEL), key=lambda way: qualities[way].auc)
    return ChurnTest(
        trained_on=tuple(periods[2:]),
        calibrated_on=periods[1],
        tested_on=periods[0],
        customers=len(latest.stopped),
        stopped=float(latest.stopped.mean()),
        once=float(latest.stopped[once].mean()) if once.any() else None,
        qualities=qualities,
        rhythm=rhythm,
        features=tuple(names),
        behind={way: lead_in_area(said[best], said[way], latest.stopped) for way in Way if way is not best},
    )


def _shared(snapshots: Sequence[Snapshot]) -> list[str]:
    """List the features that could be built at every one of these moments."""
    first, *others = (one.features.columns for one in snapshots)
    return [name for name in first if all(name in other for other in others)]
