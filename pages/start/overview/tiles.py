"""The tiles on top: how the shop stands, each with its change since the last data."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shell.words import plain
from pages.shell.workspace import workspace
from pages.start.overview.words import (
    ACTIVE,
    AT_RISK_HELP,
    COUNTED_NOT_FORESEEN,
    CUSTOMERS,
    ORDER_VALUE,
    ORDERS,
    OVERDUE,
    REPEAT,
    REVENUE,
    TOO_SHORT,
    YEAR,
    window_words,
)
from segmentation import formats
from segmentation.action.overview import OrdersOverview, ShopOverview, risk_of_shop
from segmentation.action.retention import Outlook
from segmentation.runs import Run, View

NARROWEST = 150  # CSS pixels
Write = Callable[[float], str]


def order_tiles(run: Run, orders: OrdersOverview, outlook: Outlook | None) -> None:
    """Show what the orders say, and which day it is compared with."""
    now, then, window = orders.now, orders.then, window_words(orders.window)
    money: Write = lambda value: formats.money(value, run.currency)  # noqa: E731
    whole: Write = lambda value: f"{value:,.0f}"  # noqa: E731
    with st.grid(min_column_width=NARROWEST):
        change = _change(now.buyers, then.buyers if then else None)
        _tile("Customers", run.customers, whole, change, CUSTOMERS)
        change = _change(now.active, then.active if then else None)
        _tile("Active", now.active, whole, change, ACTIVE.format(days=formats.days(orders.active_days)))
        if orders.has_amounts:
            change = _change(now.revenue, then.revenue if then else None)
            label = "Year’s revenue" if orders.window == YEAR else "Revenue"
            _tile(label, now.revenue, money, change, REVENUE.format(window=window))
            change = _change(now.order_value, then.order_value if then else None)
            _tile("Order value", now.order_value, money, change, ORDER_VALUE.format(window=window))
        else:
            _tile("Orders", now.orders, whole, None, ORDERS.format(window=window))
        _repeat(now.repeat, then.repeat if then else None, window)
        _at_risk(run, orders, outlook)
    st.caption(_compared(orders))


def table_tiles(view: View, found: ShopOverview | None) -> None:
    """Show what can be said of customers whose orders nobody knows."""
    largest = max(view.segments, key=lambda segment: segment.size)
    before = found.customers_before if found else None
    with st.grid(min_column_width=NARROWEST):
        change = _change(view.run.customers, before)
        _tile("Customers", view.run.customers, lambda value: f"{value:,.0f}", change)
        _tile("Segments", view.k, str, None)
        _tile("In the largest", largest.share, formats.percent, None, plain(view.names[largest.label]))


def _tile(
    label: str,
    value: float | None,
    write: Write,
    change: float | None,
    about: str | None = None,
    colour: str = "normal",
) -> None:
    told = None if change is None else _signed(change, write)
    st.metric(
        label,
        formats.NOTHING if value is None else plain(write(value)),
        told,
        delta_color=colour,  # type: ignore[arg-type]
        help=about,
        border=True,
        height="stretch",
    )


def _signed(change: float, write: Write) -> str | int:
    """Write a change with its sign; none is a plain zero, which has no colour."""
    told = plain(write(abs(change)))
    if not any(digit in told for digit in "123456789"):
        return 0
    return f"{'-' if change < 0 else '+'}{told}"  # the sign as it is: it turns the arrow


def _change(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else now - then


def _repeat(now: float | None, then: float | None, window: str) -> None:
    points = _change(now, then)
    change = None if points is None else _signed(100 * points, lambda value: f"{value:.1f}")
    told = f"{change} points" if isinstance(change, str) else change
    value = plain(formats.percent(now))
    st.metric("Repeat rate", value, told, help=REPEAT.format(window=window), border=True, height="stretch")


def _at_risk(run: Run, orders: OrdersOverview, outlook: Outlook | None) -> None:
    """Show what is at risk, or how many are overdue where nobody has looked ahead."""
    risked = risk_of_shop(workspace(), run.run_id) if outlook and outlook.churn else None
    if risked is None or outlook is None:
        now, then = orders.now.overdue, orders.then.overdue if orders.then else None
        about = f"{OVERDUE.format(days=formats.days(orders.active_days))} {COUNTED_NOT_FORESEEN}"
        _tile("Overdue", now, lambda value: f"{value:,.0f}", _change(now, then), about, "inverse")
        return
    before = risk_of_shop(workspace(), orders.since_run) if orders.since_run else None
    write: Write = (lambda value: formats.money(value, run.currency)) if outlook.has_spend else formats.number
    money = "Margin at risk" if outlook.in_margin else "At risk"
    label = money if outlook.has_spend else "Orders at risk"
    _tile(label, risked, write, _change(risked, before), AT_RISK_HELP, "inverse")


def _compared(orders: OrdersOverview) -> str:
    day = f"Orders up to {formats.date(orders.as_of)}."
    if orders.then is None:
        return f"{day} They do not go back far enough to show a change."
    why = "where your data ended before" if orders.since_run else "four weeks before, by the same orders"
    short = f" {TOO_SHORT}" if orders.then.repeat is None else ""
    return f"{day} Changes are since {formats.date(orders.since)}, {why}.{short}"
