"""Order days by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import numpy as np

from segmentation.features.cutoff import Period
from segmentation.features.histories import Gaps, gaps_between_orders, histories_before, order_histories
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace


def line(
    customer: str, order: str, at: str | None, amount: str | None, back: bool = False
) -> tuple[object, ...]:
    """Return a row of shop.lines."""
    return (customer, order, "mug", at, 1, amount and Decimal(amount), None, back, True)


LINES = [
    # ada: two orders of one day are one order day; a return costs money and is no order
    line("ada", "1", "2024-01-01 09:00", "20.00"),
    line("ada", "2", "2024-01-01 18:00", "10.00"),
    line("ada", "3", "2024-01-21 12:00", "40.00"),
    line("ada", "4", "2024-02-05 12:00", "-10.00", back=True),
    line("ada", "5", "2024-03-02 12:00", "30.00"),
    # ben: once, without an amount; what has no date does not count
    line("ben", "6", "2024-02-10 10:00", None),
    line("ben", "7", None, "99.00"),
    # cal: only ever sent something back; dee: came later
    line("cal", "8", "2024-01-05 10:00", "-5.00", back=True),
    line("dee", "9", "2024-03-05 10:00", "7.00"),
    line("dee", "9", "2024-03-06 10:00", "7.00"),
]


def test_order_days_before_and_after_a_day(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    make_shop(["ada", "ben", "cal", "dee"], lines=LINES)
    period = Period(datetime(2024, 3, 1), datetime(2024, 3, 5, 12), 2, 1)
    known, after = histories_before(workspace, period)
    assert known.customer_ids.tolist() == ["ada", "ben"]
    assert known.until == datetime(2024, 2, 29)
    assert known.order_days.tolist() == [2, 1]
    assert known.repeats.tolist() == [1, 0]
    assert known.active_span.tolist() == [20, 0]
    assert known.observed.tolist() == [59, 19]
    assert known.days_since.tolist() == [39, 19]
    np.testing.assert_array_equal(known.spent_a_day, [30, np.nan])
    assert known.days == 60
    assert (after.order_days.tolist(), after.spent.tolist()) == ([1, 0], [30, 0])


def test_order_days_up_to_today(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    make_shop(["ada", "ben", "cal", "dee"], lines=LINES)
    known = order_histories(workspace, datetime(2024, 3, 31))
    assert known.customer_ids.tolist() == ["ada", "ben", "dee"]
    assert known.order_days.tolist() == [3, 1, 2]
    assert len(order_histories(workspace, datetime(2023, 12, 31))) == 0


def test_gaps_are_between_order_days(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    make_shop(["ada", "ben", "cal", "dee"], lines=LINES)
    # 20 and 41 days of ada, 1 day of dee
    assert gaps_between_orders(workspace, datetime(2024, 3, 31)) == Gaps(3, 62 / 3, 41)
    assert gaps_between_orders(workspace, datetime(2024, 1, 2)) == Gaps(0, 0.0, 0)
