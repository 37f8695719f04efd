"""The customers of a cell: who they are, why they moved, and the button that hands them over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from pages.shell.address import looked_at
from pages.shell.audience.button import audience_button
from pages.shell.audience.logged import logged
from pages.shell.browser.either import grid_or_folded
from pages.shell.browser.table import Column, Row
from pages.shell.words import plain
from pages.shell.workspace import workspace
from pages.track.movement.matrix import PICKED, Pair, matrix_view
from pages.track.movement.words import PAID, expected_words
from segmentation import formats
from segmentation.runs import View
from segmentation.track.movement.cells import Cell, Look, customers_of_cell, movers
from segmentation.track.movement.files import MOVERS, movers_csv
from segmentation.track.movement.step_people import people_of_step
from segmentation.track.movement.weight import by_importance, direction_of, worth_of_segments
from segmentation.track.movement.words import (
    cell_title,
    days_words,
    money_sentence,
    reasons,
    why_sentence,
)

ROWS_SHOWN = 200
WAS, NOW = "was", "now"
WHOLE = {"Customer": 90, "Why": 300}  # CSS pixels


def people_view(view: View, look: Look, cells: Sequence[Cell], as_of: datetime) -> None:
    """Let a cell be picked, and show and hand over its customers."""
    worth, days = worth_of_segments(cells), days_words(look.movement, as_of)
    called = look.called(view.names)
    titles = {
        (cell.was, cell.now): cell_title(cell, called, direction_of(cell.was, cell.now, worth), days)
        for cell in by_importance(cells, worth)
    }
    found = {(cell.was, cell.now): cell for cell in cells}
    st.subheader("From where to where")
    matrix_view(view, cells)
    st.caption("Rows: where they were; columns: where they are, by their numbers. Click a cell to see who.")
    pair = _picked(list(titles), titles, found)
    cell = found[pair]
    why = why_sentence(cell) if cell.was != cell.now else ""
    st.caption(plain(f"{money_sentence(cell, view.run.currency)} {why}"))
    rows = customers_of_cell(workspace(), look, cell.was, cell.now, ROWS_SHOWN)
    _table(view, rows, cell.in_margin)
    if cell.customers > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} are shown; the audience has all of them.")
    _hand_over(view, look, cell, titles[pair])


def _picked(pairs: Sequence[Pair], titles: dict[Pair, str], found: dict[Pair, Cell]) -> Pair:
    """Let a cell be chosen by its words, as by a click or an address."""
    asked = tuple(looked_at.asked_for(name, range(-1, 256)) for name in (WAS, NOW))
    if None not in asked:
        st.session_state[PICKED] = asked[0] - 1, asked[1] - 1  # type: ignore[operator]
    if st.session_state.get(PICKED) not in pairs:
        st.session_state[PICKED] = pairs[0]
    pair = st.selectbox(
        "Whom to look at",
        pairs,
        key=PICKED,
        format_func=lambda one: f"{titles[one]} · {found[one].customers:,}",
    )
    looked_at.write(WAS, pair[0] + 1)
    looked_at.write(NOW, pair[1] + 1)
    return pair


def _table(view: View, rows: pd.DataFrame, in_margin: bool) -> None:
    """List the customers, those with the most money first; on a phone folded up."""
    write = partial(formats.money, currency=view.run.currency)
    money = {PAID: rows["revenue"], expected_words(in_margin): rows["expected"]}
    known = {name: values for name, values in money.items() if values.notna().any()}
    why = reasons(rows, view.run.currency)  # the longest stands last, so that on a phone the money is seen
    table = pd.DataFrame({"Customer": rows["customer_id"], **known, "Why": why})
    alt = "The customers of this cell, those with the most money first"

    def grid() -> None:
        st.dataframe(
            table.style.format(dict.fromkeys(known, write)),
            hide_index=True,
            key="movement_people",
            column_config={name: st.column_config.Column(width=wide) for name, wide in WHOLE.items()},
            alt=alt,
        )

    columns = [Column("Customer"), *(Column(name, numeric=True) for name in known), Column("Why")]
    cells = zip(*(values.map(write) for values in known.values()), why, strict=True)
    folded = [Row(who, one) for who, one in zip(rows["customer_id"], cells, strict=True)]
    grid_or_folded("movement", grid, columns, folded, alt)


def _hand_over(view: View, look: Look, cell: Cell, title: str) -> None:
    """Offer the cell as an audience, and all movers as a file."""
    with st.container(horizontal=True):
        if cell.now >= 0:
            people = people_of_step(workspace(), view, look, (cell.was, cell.now), title)
            audience_button(people, key="movement", type="primary")
        content = lambda: movers_csv(movers(workspace(), look), view, look.called(view.names))  # noqa: E731
        st.download_button(
            "Download all movers (CSV)",
            data=logged(content, MOVERS, view.run.customers),
            file_name=MOVERS,
            mime="text/csv",
            key="_download_movers",
            on_click="ignore",
            icon=":material/download:",
        )
