"""The pictures: months by segment, shares by segment, how revenue is spread."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell.routes import PROFILE
from pages.shell.swatch import glyph
from pages.shell.workspace import StateKeys
from pages.start.overview.words import window_words
from segmentation.action.overview import OrdersOverview, SegmentsOverview
from segmentation.charts.overview import segment_month_bars, share_bars, tenth_bars
from segmentation.runs import View

STILL = {"displayModeBar": False}
SHARES = "overview_shares"


def months_view(view: View, orders: OrdersOverview, found: SegmentsOverview) -> None:
    """Draw revenue and orders by month, coloured by segment."""
    what = "Revenue and orders" if orders.has_amounts else "Orders"
    st.header(f"{what} by month")
    months, by_segment = orders.months, found.months
    revenue = by_segment.revenue if orders.has_amounts else None
    st.plotly_chart(
        segment_month_bars(
            months.days, by_segment.orders, revenue, view.names, months.over, view.run.currency
        ),
        key="overview_months",
        config=STILL,
        alt=f"{what} of the last {months.number} months, by segment",
    )
    unfinished = "" if months.over == months.number else " The faint month is not over yet."
    st.caption(f"In the colours of the segments.{unfinished}")


def shares_view(view: View) -> None:
    """Draw how many customers each segment has and what they bring; a click or a choice opens its profile."""
    revenue = [one.revenue_share for one in view.segments if one.revenue_share is not None]
    known = revenue if len(revenue) == view.k else None
    st.header("Customers and revenue by segment" if known else "Customers by segment")
    clicked = st.plotly_chart(
        share_bars(view.names, [one.share for one in view.segments], known),
        key=SHARES,
        on_select="rerun",
        selection_mode="points",
        config=STILL,
        alt="Share of customers and share of revenue of each segment",
    )
    if known:
        st.caption("Pale: customers; full: revenue.")
    if points := clicked.selection.points:
        label = points[0]["customdata"]
        _open(int(label[0] if isinstance(label, list) else label))
    asked = st.selectbox(
        "Open the profile of",
        range(view.k),
        index=None,
        placeholder="Choose a segment, or click its bar",
        format_func=lambda label: f"{glyph(label)} {view.names[label]}",
        key=f"{SHARES}_of_{view.k}",
    )
    if asked is not None:
        _open(asked)


def _open(label: int) -> None:
    """Go to the profile of a segment; coming back finds none chosen."""
    st.session_state[StateKeys.SEGMENT] = label
    st.switch_page(PROFILE)


def spread_view(tenths: Sequence[float], window: int) -> None:
    """Draw what each tenth of the customers brings, in so many last days."""
    st.header(f"The top tenth brings {tenths[0]:.0%}")
    st.plotly_chart(
        tenth_bars(tenths),
        key="overview_tenths",
        config=STILL,
        alt="Share of revenue that each tenth of the customers brings",
    )
    st.caption(f"Of the revenue of the last {window_words(window)}.")
