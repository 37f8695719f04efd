"""From where to where, a cell for each pair; a click on one chooses its customers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shell.swatch import MARK, glyph
from pages.track.movement.sides import numbered, sides_of
from segmentation.charts.figures import style_of
from segmentation.runs import View
from segmentation.track.movement.cells import Cell
from segmentation.track.movement.words import side_name

Pair = tuple[int, int]
PICKED = "movement_cell"
MATRIX = "movement_matrix"
FROM = "From"


def matrix_view(view: View, cells: Sequence[Cell]) -> None:
    """Show how many went from each segment (row) to each (column), and look at the cell that is clicked."""
    rows = sides_of(view.k, {cell.was for cell in cells})
    columns = sides_of(view.k, {cell.now for cell in cells})
    found = {(cell.was, cell.now): cell.customers for cell in cells}
    headers = {side: _header(side) for side in columns}
    counts = pd.DataFrame(
        [[found.get((was, now), 0) for now in columns] for was in rows], columns=[*headers.values()]
    )
    table = counts.copy()
    table.insert(0, FROM, [numbered(view, was, before=True) for was in rows])
    table.insert(0, MARK, [glyph(was) if was >= 0 else "" for was in rows])
    shades = counts.div(counts.sum(axis=1).clip(lower=1), axis=0).map(_shade)
    colours = [f"color: {style_of(was).colour}" if was >= 0 else "" for was in rows]
    written = table.style.format(dict.fromkeys(counts.columns, "{:,}"))
    written = written.apply(lambda _: shades, axis=None, subset=list(counts.columns))
    written = written.apply(lambda _: colours, subset=[MARK])
    st.dataframe(
        written,
        hide_index=True,
        key=MATRIX,
        height="content",
        on_select=lambda: _pick(rows, {name: side for side, name in headers.items()}, found),
        selection_mode="single-cell",
        column_config={MARK: st.column_config.Column(width=30), FROM: st.column_config.Column(width=230)},
        alt="Customers by the segment they were in, a row each, and the one they are in, a column each",
    )


def _pick(rows: Sequence[int], sides: dict[str, int], found: dict[Pair, int]) -> None:
    """Look at the customers of the cell that was clicked, where there are any."""
    for row, name in st.session_state[MATRIX].selection.cells:
        pair = rows[row], sides.get(name, rows[row])
        if found.get(pair):
            st.session_state[PICKED] = pair


def _header(side: int) -> str:
    return str(side + 1) if side >= 0 else side_name(side, (), before=False)


def _shade(share: float) -> str:
    """Shade a cell by its share of the row; the text stays readable on light and dark."""
    return f"background-color: rgba(50, 102, 164, {0.35 * share:.3f})" if share else ""
