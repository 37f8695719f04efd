"""Revenue and orders by month."""

from __future__ import annotations

import pandas as pd

from segmentation.charts.months import month_bars

MONTHS = pd.DataFrame(
    {"month": pd.to_datetime(["2024-01-01", "2024-03-01"]), "revenue": [1250.5, -20.0], "orders": [12, 1]}
)


def test_revenue_stands_above_orders() -> None:
    figure = month_bars(MONTHS, "EUR")
    orders, revenue = figure.data
    assert figure.layout.yaxis2.title.text == "Revenue (EUR)"
    assert list(orders.y) == [12, 1]
    assert list(revenue.text) == ["€1,250", "−€20.00"]
    assert (orders.yaxis, revenue.yaxis) == ("y", "y2")


def test_without_amounts_only_orders_are_drawn() -> None:
    [orders] = month_bars(MONTHS.assign(revenue=float("nan")), None).data
    assert list(orders.text) == ["12 orders", "1 order"]


def test_few_months_are_named_once_each() -> None:
    axis = month_bars(MONTHS, "EUR").layout.xaxis
    assert (axis.dtick, axis.nticks) == ("M1", None)
    year = MONTHS.iloc[[0] * 12].assign(month=pd.date_range("2024-01-01", periods=12, freq="MS"))
    axis = month_bars(year, "EUR").layout.xaxis
    assert (axis.dtick, axis.nticks) == (None, 7)
