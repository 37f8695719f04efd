"""How many customers changed segment since the run before, as after a switched rule or new files."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.remembered import remembered
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.runs import Moves, View, moved_customers, run_before


def moves_caption(view: View) -> None:
    """Say it in one line; nothing without a run before, or where all is as it was."""
    moves = _moves(view.run.run_id, tuple(view.run.ks)).get(view.k)
    if moves is None or not moves.both or not (moves.moved or moves.new or moves.gone):
        return
    changed = (
        f"{moves.moved:,} of {count(moves.both, 'customer')} ({formats.percent(moves.moved / moves.both)})"
    )
    others = [f"{number:,} {what}" for number, what in ((moves.new, "new"), (moves.gone, "gone")) if number]
    more = f"; {' and '.join(others)}" if others else ""
    st.caption(plain(f"{changed} changed segment since the last run{more}."))


@remembered(4, with_runs=False)
def _moves(run_id: str, ks: tuple[int, ...]) -> dict[int, Moves]:
    """Compare every k at once, so that a move of the slider asks the database nothing."""
    before = run_before(workspace(), run_id)
    if before is None:
        return {}
    compared = {k: moved_customers(workspace(), before, run_id, k) for k in ks}
    return {k: moves for k, moves in compared.items() if moves}
