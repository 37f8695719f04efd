"""All segments in one table: the first product of each tile."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shell.swatch import MARK, coloured, glyph
from segmentation.action.recommend import TILES, Recommended, TileKind
from segmentation.runs import View


def glance_view(view: View, found: Recommended) -> None:
    """Show a row for each segment."""
    rows = []
    for name, segment, tiles in zip(view.names, view.segments, found.tiles[view.k], strict=True):
        first = {TILES[kind][0]: tiles[kind][0].name if kind in tiles else "" for kind in TileKind}
        named = {MARK: glyph(segment.label), "Segment": name, "Customers": segment.size}
        rows.append(named | first)
    table = pd.DataFrame(rows).style.format({"Customers": "{:,}"})
    st.dataframe(
        coloured(table, [one.label for one in view.segments]),
        hide_index=True,
        key="offers_glance",
        height="content",
        column_config={MARK: st.column_config.Column(width=30)},
        alt="The first offer of each sort for every segment",
    )
