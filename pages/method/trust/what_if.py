"""What would change the segments: a job tries other settings and counts who would move."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.shell import latest
from pages.shell.browser.fold import fold
from pages.shell.browser.table import Column, Row, Share, folding_table
from pages.shell.guard import files_changed
from pages.shell.words import plain
from pages.shell.work import start_what_if
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.insight.sentences.verdicts import change_words, shift_sentence
from segmentation.runs import View
from segmentation.runs.shifts import Shift, load_shifts

COLUMNS = (Column("Change"), Column("Would move", labelled=True), Column("Customers", numeric=True))
ABOUT = (
    "One setting at a time is changed: the weight of texts, a block or one of the six features that the "
    "segments rest on most is left out, a cleaning rule that found rows is switched. Then as many segments "
    "are found anew and matched with these; the share counts the customers in both who would be in another "
    "segment. Your segments stay as they are."
)


def what_if_view(view: View) -> None:
    """Show what was tried on the segments, or offer to try it, where somebody asks."""
    fold("What would change the segments?", "trust_what_if_open", partial(_what_if, view))


def _what_if(view: View) -> None:
    shifts = load_shifts(workspace(), view.run.run_id, view.k)
    if shifts is None:
        _offer(view)
        return
    if shifts:
        first = shifts[0]
        told = plain(shift_sentence(first.change, first.what, first.share))
        st.markdown(f"**{told}** The less a change moves, the less the segments hang on it.")
        _table(shifts)
    else:
        st.markdown("There is nothing to try: these segments rest on one thing alone.")
    with st.expander("How this is computed"):
        st.markdown(ABOUT)


def _offer(view: View) -> None:
    st.markdown(
        f"Find {view.k} segments again with other settings, and see how many customers would move: without "
        "single features, with more or less weight on texts, with cleaning rules switched. It takes a few "
        "minutes for a large shop, and you can go on working."
    )
    busy, stale = job_manager().running is not None, not latest.is_current(view.run)
    pressed = st.button(
        "Try other settings", key="what_if", disabled=busy or stale, icon=":material/science:"
    )
    if stale:
        files_changed()
    if pressed:
        start_what_if(view)
        st.rerun()


def _table(shifts: tuple[Shift, ...]) -> None:
    rows = [
        Row(
            change_words(one.change, one.what),
            (Share(one.share, formats.percent(one.share)), f"{one.moved:,}"),
        )
        for one in shifts
    ]
    folding_table(COLUMNS, rows, "What each change would move")
