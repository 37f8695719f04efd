"""The ways to foretell orders and spend: the model, and two plain ones that a sceptic would take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from segmentation.action.retention.value_model import ValueModel, known_customers, learn_value
from segmentation.algorithms.forecast import Forecast, forecast
from segmentation.features.cutoff import Period
from segmentation.features.histories import Aftermath, OrderHistories, done_lately, histories_before
from segmentation.workspace import Workspace


class ValueWay(StrEnum):
    """By the model; by the customer's pace, repeats ÷ time observed; or by the latest period once more."""

    MODEL = "model"
    PACE = "pace"
    LATEST = "latest"


class What(StrEnum):
    """What is foretold: order days, or spend net of returns."""

    ORDERS = "orders"
    SPEND = "spend"


PLAIN = (ValueWay.LATEST, ValueWay.PACE)
"""The plain ways, the simplest first."""


@dataclass(frozen=True)
class Known:
    """What is known of the customers on a day: histories, and what each did in the latest `days` of them.

    `order_days` and `spent` are of these days, at least 0, (n,); `model` was learned from the histories.
    """

    histories: OrderHistories
    model: ValueModel
    days: int
    order_days: np.ndarray
    spent: np.ndarray


@dataclass(frozen=True)
class Prospect:
    """What the ways expect of each customer in a span, (n,) each, and what the model says with intervals.

    `expected` is of the first `tested` days, no more than a way can be held against; `beyond` is what the
    model adds for the days after these.
    """

    tested: float
    model: Forecast
    expected: Mapping[ValueWay, np.ndarray]
    beyond: np.ndarray


def know(workspace: Workspace, histories: OrderHistories, days: int) -> Known:
    """Learn from histories, and look at the latest `days` of them.

    :raises NoForecastError: with too little history or too few who came back.
    """
    order_days, spent = done_lately(workspace, histories, days)
    return Known(histories, learn_value(histories), days, order_days, np.maximum(np.nan_to_num(spent), 0.0))


def know_before(workspace: Workspace, period: Period) -> tuple[Known, Aftermath]:
    """Learn from what was known before a period, and read what came in it.

    :raises NoForecastError: with too little history or too few who came back.
    """
    histories, after = histories_before(workspace, period)
    return know(workspace, histories, period.days), after


def foresee(known: Known, span: float) -> dict[What, Prospect]:
    """Say what every way expects in the coming `span` of days; of spend only where amounts are known."""
    histories, model = known.histories, known.model
    customers, tested = known_customers(model, histories), min(span, float(known.days))
    whole = forecast(model.buying, model.spending, customers, span)
    part = forecast(model.buying, model.spending, customers, tested) if tested < span else whole
    pace = histories.repeats * tested / np.maximum(histories.observed, 1.0)
    each = np.maximum(np.nan_to_num(histories.spent_a_day), 0.0)
    latest = tested / known.days
    plain = ((pace, known.order_days * latest), (pace * each, known.spent * latest))
    return {
        what: Prospect(
            tested,
            of_span,
            {ValueWay.MODEL: of_part.expected, ValueWay.PACE: at_pace, ValueWay.LATEST: once_more},
            of_span.expected - of_part.expected,
        )
        for what, of_span, of_part, (at_pace, once_more) in zip(What, whole, part, plain, strict=True)
        if of_span and of_part
    }


def came(after: Aftermath) -> dict[What, np.ndarray]:
    """Return what came, (n,) each, at least 0."""
    return {What.ORDERS: after.order_days, What.SPEND: np.maximum(after.spent, 0.0)}
