"""The lines of a play: to write over, and with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.shell.following import plays
from pages.shell.following.read import OWN, titled
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.playbook import LABELS, LONGEST, Aspect, Edits, Play, said, versions_of
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
    """Show boxes for the lines that can be written over, and for what only people know."""
    for aspect in WRITTEN:
        with st.container(gap="xxsmall"):
            _field(run, play, aspect, edits)
            if (play.segment, aspect) in edits:
                st.caption(f"Yours. Generated: {plain(play.lines[aspect].text)}")
            _versions(play, aspect)
    for aspect in OWN:
        _field(run, play, aspect, edits)


def counted_view(play: Play) -> None:
    """Show the lines that are counted in the files, and what every line rests on."""
    for aspect in (*WRITTEN, *COUNTED):
        line = play.lines[aspect]
        st.markdown(titled(LABELS[aspect], line.text))
        if line.evidence:
            st.caption(_points(line.evidence))


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
    plays.keep_edit(run, play, aspect, st.session_state[key])


def _versions(play: Play, aspect: Aspect) -> None:
    """Offer how people wrote a line before."""
    older = versions_of(workspace(), play.segment, aspect)
    if older:
        with st.popover("Versions", key=f"versions_{aspect}", type="tertiary"):
            st.markdown(_points([f"{one.at:%d %b %Y, %H:%M}: {one.text or TAKEN_BACK}" for one in older]))


def _points(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {plain(one)}" for one in sentences)
