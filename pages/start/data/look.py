"""Does it look right: months, whole orders and a month of the shop's own, for a person to compare."""

from __future__ import annotations

import streamlit as st

from pages.shell import proved
from pages.shell.workspace import StateKeys
from pages.start.data.month_check import month_check
from pages.start.data.receipts import receipt_view, receipts_view
from segmentation.charts.months import month_bars
from segmentation.intake.shop import Shop

NARROWEST = 320


def does_it_look_right(shop: Shop) -> None:
    """Show what was understood of the orders; nothing where there are none."""
    if "lines" not in shop.has:
        return
    st.header("Does it look right?")
    months = proved.months_of(shop)
    receipts = proved.receipts_of(shop)
    if months.empty:
        receipts_view(receipts, shop.currency)
        return
    with st.grid(2, min_column_width=NARROWEST):
        st.plotly_chart(
            month_bars(months, shop.currency),
            key="months",
            config={"displayModeBar": False},
            alt="Revenue and orders by month",
        )
        for receipt in receipts[:1]:
            receipt_view(receipt, shop.currency)
    if receipts[1:]:
        with st.expander("More orders", key="receipts_open", on_change="rerun") as more:
            if more.open:
                receipts_view(receipts[1:], shop.currency)
    said = st.session_state.get(StateKeys.MONTH_SAID) is not None
    with st.expander("Check a month", expanded=said, key="month_open", on_change="rerun") as check:
        if check.open:
            month_check(months, shop.currency)
