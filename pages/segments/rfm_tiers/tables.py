"""The tiers in a grid, their sizes, and how they lie across the segments."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.browser.table import Column, Row, folding_table
from pages.shell.swatch import glyph
from pages.shell.words import plain
from segmentation import formats
from segmentation.action.files import tier_grid, tier_table, tiers_by_segment
from segmentation.charts.rfm_grid import tier_grid_chart
from segmentation.features.rfm import Rfm


def grid_view(rfm: Rfm) -> None:
    """Draw who is where between lately and long ago, little and much."""
    st.plotly_chart(
        tier_grid_chart(tier_grid(rfm)),
        key="rfm_grid",
        config={"displayModeBar": False},
        alt="Customers by recency score and by frequency and money, with the tier of each cell",
    )
    st.caption("Across: the mean of the scores for how often and how much, halves rounded up.")


def sizes_view(rfm: Rfm, spend: np.ndarray | None, currency: str | None) -> None:
    """List the tiers with their customers and revenue."""
    table = tier_table(rfm, spend)
    numbers = {
        "Customers": [f"{one:,}" for one in table["customers"]],
        "Share of customers": [formats.percent(one) for one in table["share"]],
    }
    if spend is not None:
        numbers["Net spend"] = [formats.money(one, currency) for one in table["spend"]]
        numbers["Share of spend"] = [formats.percent(one) for one in table["spend_share"]]
    columns = [Column("Tier"), *(Column(name, numeric=True) for name in numbers)]
    cells = zip(*numbers.values(), strict=True)
    rows = [Row(tier, told) for tier, told in zip(table["tier"], cells, strict=True)]
    folding_table(columns, rows, "Customers and spend of each tier")


def cross_view(rfm: Rfm, labels: np.ndarray, names: list[str]) -> None:
    """Show how many of each tier are in each segment, where somebody asks."""
    fold("Tiers and segments", "rfm_cross_open", partial(_cross, rfm, labels, names))


def _cross(rfm: Rfm, labels: np.ndarray, names: list[str]) -> None:
    counts = tiers_by_segment(rfm, labels, len(names))
    headers = [f"{glyph(label)} {label + 1}" for label in range(len(names))]
    columns = [Column("Tier"), *(Column(header, numeric=True) for header in headers)]
    cells = counts.map("{:,}".format).itertuples(index=False)
    rows = [Row(tier, tuple(told)) for tier, told in zip(counts.index, cells, strict=True)]
    folding_table(columns, rows, "Tiers by segments")
    st.caption(
        "  \n".join(f"{header} {plain(name)}" for header, name in zip(headers, names, strict=True)),
    )
