"""The flows between two days as a picture, and as a table beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell.swatch import MARK, coloured, glyph
from pages.track.movement.sides import numbered, sides_of
from segmentation import formats
from segmentation.charts.flows import FlowEnd, flows
from segmentation.runs import View
from segmentation.track.movement.cells import Called, Cell, Look

EARLIER, LATER = "earlier run", "later run"
NARROWEST = 400  # CSS pixels
ALT = "How many customers each segment had on the earlier day, lost, gained, and has on the later day"


def picture_view(view: View, look: Look, cells: Sequence[Cell]) -> None:
    """Draw who went where, and list for each segment how many came and left."""
    with st.grid(2, min_column_width=NARROWEST, gap="medium"):
        with st.container():
            _picture(view, look, cells)
        with st.container():
            _table(view, look, cells)


def _picture(view: View, look: Look, cells: Sequence[Cell]) -> None:
    left = sides_of(view.k, [cell.was for cell in cells])
    right = sides_of(view.k, [cell.now for cell in cells])
    counts = np.zeros((len(left), len(right)), dtype=np.int64)
    called = look.called(view.names)
    told = [["" for _ in right] for _ in left]
    for cell in cells:
        row, column = left.index(cell.was), right.index(cell.now)
        counts[row, column] = cell.customers
        was, now = numbered(called, cell.was, before=True), numbered(called, cell.now, before=False)
        told[row][column] = f"{was} → {now}: {cell.customers:,}"
    st.plotly_chart(
        flows(_ends(called, left, before=True), _ends(called, right, before=False), counts, told),
        key="movement_flows",
        config={"displayModeBar": False},
        alt="How many customers went from each segment to each other; the table beside has the figures",
    )
    before, after = _called(look)
    st.caption(f"Left: {before}; right: {after}. Moves of less than 1% of all customers are joined below.")


def _table(view: View, look: Look, cells: Sequence[Cell]) -> None:
    """List each segment: how many there were, came, left and are."""
    rows = []
    for label in range(view.k):
        was = sum(cell.customers for cell in cells if cell.was == label)
        now = sum(cell.customers for cell in cells if cell.now == label)
        stayed = sum(cell.customers for cell in cells if cell.was == cell.now == label)
        rows.append([glyph(label), f"{label + 1} {view.names[label]}", was, was - stayed, now - stayed, now])
    before, after = _called(look)
    numbers = [before, "Left it", "Came", after]
    table = pd.DataFrame(rows, columns=[MARK, "Segment", *numbers])
    written = table.style.format(dict.fromkeys(numbers, "{:,}"))
    marked = coloured(written, list(range(view.k))).set_properties(
        pd.Index(numbers), **{"text-align": "right"}
    )
    st.table(marked, hide_index=True, alt=ALT)  # its names wrap, so that no column is out of sight


def _called(look: Look) -> tuple[str, str]:
    """Name both sides: their days, or the runs, which may be of one day."""
    if look.movement.from_run:
        return EARLIER, LATER
    return formats.date(look.movement.since), formats.date(look.movement.until)


def _ends(called: Called, sides: Sequence[int], before: bool) -> list[FlowEnd]:
    return [FlowEnd(numbered(called, side, before), side if side >= 0 else None) for side in sides]
