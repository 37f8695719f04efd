"""Segments found anew, the old ones beside them, before anything is replaced."""

from __future__ import annotations

import streamlit as st

from pages.shell.browser.table import Column, Named, Row, folding_table
from pages.shell.guard import correct, show_error
from pages.shell.jobs import job_panel
from pages.shell.words import plain
from pages.shell.work import ACCEPT, PROPOSE, start_accepting, start_proposing
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.jobs import Job
from segmentation.runs import Run
from segmentation.track.alarms.old_and_new import OldAndNew, SegmentPair
from segmentation.track.alarms.proposed import load_comparison, proposed_run, refuse_proposed
from segmentation.track.alarms.words import proposal_sentences

ARROW = " → "
COLUMNS = (
    Column("Old"),
    Column("New", labelled=True),
    *(Column(number, numeric=True) for number in ("Customers", "Steady", "In both")),
)
WHAT_IT_IS = (
    "Segments stay as they were found until you take others. New ones are laid beside the old ones first: "
    "who would change, which names go on, and how steady they are."
)


def proposal_view(run: Run, rung: bool) -> None:
    """Offer to find segments anew, and show the proposal where there is one; unfolded where it matters.

    :param rung: whether anything is out of the ordinary.
    """
    found = load_comparison(workspace())
    job = next((one for one in map(_last, (PROPOSE, ACCEPT)) if one and one.active), None)
    with st.expander("Find segments anew", key="proposal", expanded=bool(found or job)):
        if job:
            job_panel("page", follow=lambda: job)
        elif found and found.old_run == run.run_id:
            _compared(run, found)
        else:
            _offer(run, rung)


def _last(title: str) -> Job | None:
    """Return the job that was asked for last, if it is of this title."""
    job = job_manager().latest
    return job if job and job.title == title else None


def _offer(run: Run, rung: bool) -> None:
    st.markdown(WHAT_IT_IS)
    last = _last(PROPOSE)
    if last and last.error:
        show_error(last.error)
    if st.button(
        "Propose new segments",
        key="propose",
        icon=":material/refresh:",
        type="primary" if rung else "secondary",
    ):
        start_proposing(run)
        st.rerun()


def _compared(run: Run, found: OldAndNew) -> None:
    """Show which segment would become which, and let the new ones be taken or dropped."""
    new = proposed_run(workspace())
    if new is None:
        return
    st.markdown(plain(" ".join(proposal_sentences(found))))
    folding_table(
        COLUMNS,
        [_row(pair, run, new, found) for pair in found.pairs],
        "Each old segment, the new one that shares the most customers with it, and how steady both are",
    )
    st.caption(
        "From the old to the new. Steady: how much of a segment comes back when other customers are drawn."
    )
    with st.container(horizontal=True):
        if st.button("Take the new segments", key="accept_proposal", icon=":material/check:", type="primary"):
            start_accepting(run)
            st.rerun()
        if st.button("Keep the old ones", key="refuse_proposal", icon=":material/close:"):
            correct(lambda: refuse_proposed(workspace()))


def _row(pair: SegmentPair, run: Run, new: Run, found: OldAndNew) -> Row:
    sizes = [None if label is None else size for label, size in _sized(pair)]
    cells = (
        Named(pair.new, new.names_at(found.new_k)[pair.new]) if pair.new is not None else formats.NOTHING,
        ARROW.join(formats.NOTHING if one is None else f"{one:,}" for one in sizes),
        ARROW.join(map(_percent, (pair.old_stability, pair.new_stability))),
        f"{pair.shared:,}",
    )
    old = formats.NOTHING if pair.old is None else run.names_at(found.old_k)[pair.old]
    return Row(old, cells, pair.old)


def _sized(pair: SegmentPair) -> tuple[tuple[int | None, int], tuple[int | None, int]]:
    return (pair.old, pair.old_size), (pair.new, pair.new_size)


def _percent(share: float | None) -> str:
    return formats.NOTHING if share is None else f"{share:.0%}"
