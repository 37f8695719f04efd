"""The lines of a play: those that a person may write, those that are counted, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.act.playbook import kept as playbook_data
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.playbook import LABELS, LONGEST, Aspect, Edits, Play, Version, said, versions_of
from segmentation.runs import Run

TAKEN_BACK = "back to the generated text"
WRITTEN = (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER, Aspect.CHANNEL)
COUNTED = (
    Aspect.PRODUCTS,
    Aspect.WEEKDAY,
    Aspect.HOUR,
    Aspect.CADENCE,
    Aspect.KPI,
    Aspect.TEST,
    Aspect.STAKES,
    Aspect.REACH,
)


def written_view(run: Run, play: Play, edits: Edits) -> None:
    """Show the lines that can be written over, ready to be edited."""
    for aspect in WRITTEN:
        with st.container(gap="xxsmall"):
            _field(run, play, aspect, edits)
            if (play.segment, aspect) in edits:
                st.caption(f"Yours. Generated: {plain(play.lines[aspect].text)}")
            _why(play, aspect, versions_of(workspace(), play.segment, aspect))


def own_view(run: Run, play: Play, edits: Edits) -> None:
    """Show what only people know: notes, and who looks after the segment."""
    for aspect in (Aspect.NOTES, Aspect.OWNER):
        _field(run, play, aspect, edits)


def counted_view(play: Play) -> None:
    """Show the lines that are counted in the files."""
    for aspect in COUNTED:
        with st.container(gap="xxsmall"):
            st.markdown(f"**{LABELS[aspect]}**  \n{plain(play.lines[aspect].text)}")
            _why(play, aspect)


def _field(run: Run, play: Play, aspect: Aspect, edits: Edits) -> None:
    key, text = f"play_{play.segment}_{aspect}", said(play, aspect, edits)
    if st.session_state.get(key) != text:
        st.session_state[key] = text
    keep = partial(_keep, run, play, aspect, key)
    if aspect is Aspect.OWNER:
        st.text_input(LABELS[aspect], key=key, max_chars=LONGEST, on_change=keep)
    else:
        st.text_area(LABELS[aspect], key=key, max_chars=LONGEST, on_change=keep, height="content")


def _keep(run: Run, play: Play, aspect: Aspect, key: str) -> None:
    playbook_data.keep_edit(run, play, aspect, st.session_state[key])


def _why(play: Play, aspect: Aspect, older: Sequence[Version] = ()) -> None:
    """Offer what a line rests on, and how people wrote it before."""
    evidence = play.lines[aspect].evidence
    if not evidence and not older:
        return
    with st.popover("Why", key=f"why_{aspect}", type="tertiary"):
        _points(evidence)
        if older:
            st.markdown("**Versions**, the newest first")
            _points([f"{one.at:%d %b %Y, %H:%M}: {one.text or TAKEN_BACK}" for one in older])


def _points(sentences: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {plain(one)}" for one in sentences))
