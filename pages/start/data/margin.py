"""Counting in margin: how much of revenue has a known cost, and a margin of one's own for the rest."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.options import load_options, save_options
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.intake.shop import Shop

KEY = "shop_margin"
ASKED = "What is left of revenue after the cost of goods, in percent, where no file says what they cost."
FILES = (
    "Files can say it better: a column of costs or profits in the orders, or of costs in a file of products."
)


def margin_view(shop: Shop) -> None:
    """Let the margin be said where files do not say costs."""
    if "lines.amount" in shop.has:
        known = f": costs are known for {formats.percent(shop.costs.known)} of revenue" if shop.costs else ""
        fold(f"Count in margin{known}", "margin_open", _ask)


def _ask() -> None:
    margin = load_options(workspace()).margin
    st.number_input(
        "Margin (%)",
        min_value=1.0,
        max_value=99.0,
        value=None if margin is None else round(margin * 100, 2),
        step=1.0,
        placeholder="Not said",
        key=KEY,
        on_change=_keep,
        width=200,
        help=ASKED,
    )
    st.caption(f"{ASKED} {FILES}")


def _keep() -> None:
    said = st.session_state[KEY]
    margin = None if said is None else round(said / 100, 4)
    save_options(workspace(), replace(load_options(workspace()), margin=margin))
