"""Who comes back: customers by the month of their first order, and how many of them ordered later."""

from __future__ import annotations

import streamlit as st

from pages.shell.segment_choice import NAME_WIDTH
from pages.shell.swatch import glyph
from segmentation.action.overview import OrdersOverview, SegmentsOverview, retention
from segmentation.charts.overview import retention_map
from segmentation.runs import View

EVERYONE = "Everyone"
CUSTOMERS, MONEY = "Customers", "Money"
FEWEST_MONTHS = 3
"""One that is over, one later than it, and the one that is going on."""


def heat_map_view(view: View, orders: OrdersOverview, found: SegmentsOverview) -> None:
    """Draw the retention of everyone or of a segment, in customers or in money."""
    st.header("Who comes back")
    _drawn(view, orders, found)


@st.fragment
def _drawn(view: View, orders: OrdersOverview, found: SegmentsOverview) -> None:
    with st.container(horizontal=True, vertical_alignment="top"):
        segment = st.selectbox(
            "Of",
            [None, *range(view.k)],
            format_func=lambda label: _name(view, label),
            key=f"overview_retention_of_{view.k}",
            width=NAME_WIDTH,
        )
        money = orders.has_amounts and (
            st.segmented_control(
                "Show", [CUSTOMERS, MONEY], default=CUSTOMERS, required=True, key="overview_retention_in"
            )
            == MONEY
        )
    known = retention(found.months, orders.months, segment, money)
    st.plotly_chart(
        retention_map(orders.months.days, known.begun, known.values, money, view.run.currency),
        key="overview_retention",
        config={"displayModeBar": False},
        alt="Customers by the month of their first order, and how many came back in each month since",
    )
    told = "what each paid on average" if money else "how many of them ordered"
    st.caption(f"By the month of their first order: {told}, month by month. Months not over are blank.")


def _name(view: View, label: int | None) -> str:
    return EVERYONE if label is None else f"{glyph(label)} {view.names[label]}"
