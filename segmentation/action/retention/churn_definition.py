"""Who is about to stop buying: what that means, and what was known of each customer on a day in the past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import numpy as np
import pandas as pd

from segmentation.errors import NoHindsightError, OptionError
from segmentation.features.build import build_features
from segmentation.features.cutoff import MORE_HISTORY, Period, past_of
from segmentation.features.histories import (
    Gaps,
    OrderHistories,
    done_lately,
    gaps_between_orders,
    histories_before,
    order_histories,
)
from segmentation.features.table import FeatureTable, Group
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace

FEWEST_CHURN_DAYS = 7
PERIODS = 4
"""What a history must hold: time to know a customer, and a period each to train, to calibrate and to test."""

MOST_TRAINING_PERIODS = 4
FEWEST_FOR_RHYTHM = 3
"""Order days from which on a customer has a rhythm of their own."""

BORROWED_GAPS = 2.0
"""A customer's own gaps between orders count beside so many of the shop's average one."""


@dataclass(frozen=True)
class ChurnDefinition:
    """A customer who does not order within `days` days has stopped buying.

    `usual_gap` is the days that 80 % of the gaps between two orders do not exceed, `longest` the most days
    that the history allows to be tested. `asked` says that a person chose the days, `as_of` is the day of
    analysis and `covered` how many days the orders cover up to it.
    """

    days: int
    usual_gap: int
    longest: int
    asked: bool
    as_of: datetime
    covered: int


@dataclass(frozen=True)
class Snapshot:
    """What was known of every buyer on the day before a period, and whether they stopped, (n,) each.

    `interval` is how many days each usually lets pass between orders, NaN without a rhythm; `features` has
    a row per customer of `histories`; `stopped` is 1 for no order in the period, else 0, and empty for
    today, of which nobody knows.
    """

    histories: OrderHistories
    interval: np.ndarray
    features: pd.DataFrame
    stopped: np.ndarray

    @property
    def overdue(self) -> np.ndarray:
        """How many times their usual interval each customer had been silent, (n,); NaN without a rhythm."""
        return self.histories.days_since / np.maximum(self.interval, 1.0)

    @property
    def both_ways(self) -> int:
        """How many customers are in the smaller of those who stopped and those who came back."""
        return int(min(self.stopped.sum(), len(self.stopped) - self.stopped.sum()))


def define_churn(workspace: Workspace, shop: Shop, days: int | None = None) -> ChurnDefinition:
    """Say after how many days without an order a customer counts as gone.

    :param days: what a person chose; by default the usual longest gap between two orders.
    :raises NoHindsightError: without dates of orders, where nobody came back, or with too short a history.
    :raises OptionError: for days that the history does not allow to be tested.
    """
    if shop.as_of is None or "lines.ordered_at" not in shop.has:
        raise NoHindsightError("the files have no orders with dates.", "Upload orders with their dates.")
    gaps: Gaps = gaps_between_orders(workspace, shop.as_of)
    covered = order_histories(workspace, shop.as_of).days
    longest = covered // PERIODS
    if longest < FEWEST_CHURN_DAYS or not gaps.number:
        raise NoHindsightError(
            f"the orders cover only {covered} days." if gaps.number else "nobody ordered on a second day.",
            MORE_HISTORY,
        )
    if days is not None and not FEWEST_CHURN_DAYS <= days <= longest:
        raise OptionError(
            f"{days} days without an order were asked for.",
            f"Your history allows {FEWEST_CHURN_DAYS} to {longest}: a quarter of it at most.",
        )
    usual = min(max(gaps.usual, FEWEST_CHURN_DAYS), longest)
    return ChurnDefinition(days or usual, gaps.usual, longest, days is not None, shop.as_of, covered)


def past_periods(definition: ChurnDefinition) -> tuple[Period, ...]:
    """Part the history into periods of the definition's length, the latest first, none overlapping another.

    Each leaves as much time before it to know customers by; at most 6 are taken.
    """
    days = definition.days
    number = min(definition.covered // days - 1, MOST_TRAINING_PERIODS + 2)
    end = datetime.combine(definition.as_of.date(), time())
    return tuple(
        Period(end - timedelta(days=days * (back + 1) - 1), end - timedelta(days=days * back), 0, 0)
        for back in range(number)
    )


def snapshot_before(
    workspace: Workspace, shop: Shop, period: Period, definition: ChurnDefinition
) -> Snapshot:
    """Describe the buyers as they were before a period, by what was known then, and see who stopped."""
    with past_of(workspace, shop, period) as (past, then):
        table = build_features(past, then)
    histories, after = histories_before(workspace, period)
    stopped = (after.order_days == 0).astype(np.float64)
    return _describe(workspace, table, histories, definition, stopped)


def snapshot_today(workspace: Workspace, shop: Shop, definition: ChurnDefinition) -> Snapshot:
    """Describe the buyers as they are on the day of analysis."""
    histories = order_histories(workspace, definition.as_of)
    return _describe(workspace, build_features(workspace, shop), histories, definition, np.empty(0))


def own_interval(histories: OrderHistories, average_gap: float) -> np.ndarray:
    """Return the days each customer usually lets pass between orders, (n,); NaN with fewer than 3 order days.

    Her own gaps are averaged with two of the shop's average ones, so that few gaps say little.
    """
    interval = (histories.active_span + BORROWED_GAPS * average_gap) / (histories.repeats + BORROWED_GAPS)
    return np.where(histories.order_days >= FEWEST_FOR_RHYTHM, interval, np.nan)


def _describe(
    workspace: Workspace,
    table: FeatureTable,
    histories: OrderHistories,
    definition: ChurnDefinition,
    stopped: np.ndarray,
) -> Snapshot:
    """Put the shop's features, but for the profile, beside what the order days say."""
    asked = pd.Index(histories.customer_ids)
    kept = [feature.name for feature in table.features if feature.group != Group.PROFILE]
    known = table.values[kept].iloc[pd.Index(table.customer_ids).get_indexer(asked)].reset_index(drop=True)
    lately, _ = done_lately(workspace, histories, definition.days)
    interval = own_interval(histories, gaps_between_orders(workspace, histories.until).average)
    snapshot = Snapshot(histories, interval, known, stopped)
    features = known.assign(
        days_since=histories.days_since,
        order_days=histories.order_days,
        observed=histories.observed,
        overdue=snapshot.overdue,
        lately=lately,
    )
    return replace(snapshot, features=features)
