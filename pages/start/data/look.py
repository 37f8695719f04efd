"""Does it look right: months, whole orders and a month of the shop's own, for a person to compare."""

from __future__ import annotations

import streamlit as st

from pages.shell import proof
from pages.shell.words import plain
from pages.start.data.month_check import month_check
from pages.start.data.receipts import receipts_view
from segmentation.charts.months import month_bars
from segmentation.intake.proof.coverage import mostly_set_aside, rows_in_all
from segmentation.intake.proof.words import coverage_sentence, leader_sentence
from segmentation.intake.shop import Shop


def does_it_look_right(shop: Shop) -> None:
    """Show what was understood of the orders; nothing where there are none."""
    if "lines" not in shop.has:
        return
    st.header("Does it look right?")
    st.markdown(_in_short(shop))
    months = proof.months_of(shop.fingerprint, shop)
    if not months.empty:
        st.plotly_chart(
            month_bars(months, shop.currency),
            key="months",
            config={"displayModeBar": False},
            alt="Revenue and orders by month",
        )
    receipts_view(proof.receipts_of(shop.fingerprint, shop), shop.currency)
    if not months.empty:
        month_check(months, shop.currency)


def _in_short(shop: Shop) -> str:
    rows = rows_in_all(shop)
    used = plain(coverage_sentence(rows))
    first = proof.leader_of(shop.fingerprint, shop)
    told = f":red[**{used}**]" if mostly_set_aside(rows) else used
    return f"{told} {plain(leader_sentence(first))}" if first else told
