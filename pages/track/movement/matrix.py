"""From where to where, a cell for each pair; a click on one chooses its customers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.shell.swatch import MARK, glyph
from pages.track.movement.sides import sides_of
from pages.track.movement.words import PAID, expected_words
from segmentation import formats
from segmentation.charts.figures import style_of
from segmentation.runs import View
from segmentation.track.movement.cells import Called, Cell
from segmentation.track.movement.words import side_name

Pair = tuple[int, int]
PICKED, MATRIX = "movement_cell", "movement_matrix"
FROM = "From"
NO_NAMES = Called((), ())
NARROW, PADDING, DIGIT = 50, 18, 8  # CSS pixels: of a column, around its figure, and of each digit


@dataclass(frozen=True)
class Figure:
    """What cells can tell: its name, its value of a cell, and how that is written."""

    name: str
    of: Callable[[Cell], float | None]
    write: Callable[[float | None], str]


def matrix_view(view: View, cells: Sequence[Cell]) -> None:
    """Show how many went from each segment (row) to each (column), and look at the cell that is clicked."""
    figure = _figure(view, cells)
    rows = sides_of(view.k, {cell.was for cell in cells})
    columns = {_header(side): side for side in sides_of(view.k, {cell.now for cell in cells})}
    found = {(cell.was, cell.now): figure.of(cell) or 0 for cell in cells}
    values = pd.DataFrame(
        [[found.get((was, now), 0) for now in columns.values()] for was in rows], columns=list(columns)
    )
    names = [_header(was, before=True) for was in rows]  # as narrow as the columns, whole on a phone
    longest = max(len(figure.write(value)) for value in found.values())
    widths = {MARK: 30, **dict.fromkeys((FROM, *columns), max(NARROW, PADDING + DIGIT * longest))}
    st.dataframe(
        _written(names, values, rows, figure.write),
        hide_index=True,
        key=MATRIX,
        height="content",
        width="content",
        on_select=lambda: _pick(rows, columns, found),
        selection_mode="single-cell",
        column_config={name: st.column_config.Column(width=wide) for name, wide in widths.items()},
        alt=f"{figure.name} by the segment they were in, a row each, and the one they are in, a column each",
    )


def _figure(view: View, cells: Sequence[Cell]) -> Figure:
    """Let customers or money be shown, where any is known."""
    money = partial(formats.money, currency=view.run.currency)
    offered = [
        Figure("Customers", lambda cell: cell.customers, lambda value: f"{value:,.0f}"),
        Figure(PAID, lambda cell: cell.revenue, money),
        Figure(expected_words(any(cell.in_margin for cell in cells)), lambda cell: cell.expected, money),
    ]
    known = {one.name: one for one in offered if any(one.of(cell) is not None for cell in cells)}
    if len(known) == 1:
        return next(iter(known.values()))
    names = list(known)
    chosen = st.segmented_control("Show", names, default=names[0], required=True, key="movement_figure")
    return known.get(str(chosen), known[names[0]])


def _written(
    names: Sequence[str], values: pd.DataFrame, rows: Sequence[int], write: Callable[[Any], str]
) -> Styler:
    """Put the names before the figures, and shade each by its share of the row."""
    table = values.copy()
    table.insert(0, FROM, names)
    table.insert(0, MARK, [glyph(was) if was >= 0 else "" for was in rows])
    shares = values.clip(lower=0).div(values.clip(lower=0).sum(axis=1).replace(0, 1), axis=0).map(_shade)
    colours = [f"color: {style_of(was).colour}" if was >= 0 else "" for was in rows]
    styled = table.style.format(dict.fromkeys(values.columns, write))
    styled = styled.apply(lambda _: shares, axis=None, subset=list(values.columns))
    return styled.apply(lambda _: colours, subset=[MARK])


def _pick(rows: Sequence[int], columns: dict[str, int], found: Collection[Pair]) -> None:
    """Look at the customers of the cell that was clicked, where there are any; a row is who stayed in it."""
    for row, name in st.session_state[MATRIX].selection.cells:
        pair = rows[row], columns.get(name, rows[row])
        if pair in found:
            st.session_state[PICKED] = pair


def _header(side: int, before: bool = False) -> str:
    return str(side + 1) if side >= 0 else side_name(side, NO_NAMES, before)


def _shade(share: float) -> str:
    """Shade a cell so that its text stays readable on light and dark."""
    return f"background-color: rgba(50, 102, 164, {0.35 * share:.3f})" if share else ""
