"""The lines of a play: to read, to write over, and with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.act.playbook import kept as playbook_data
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.playbook import LABELS, LONGEST, Aspect, Edits, Play, said, versions_of
from segmentation.runs import Run

WHEN_TITLE = "When"
TAKEN_BACK = "back to the generated text"
WRITTEN = (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER, Aspect.CHANNEL)
OWN = (Aspect.NOTES, Aspect.OWNER)
WHAT = (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER)
HOW = (Aspect.CHANNEL, *OWN)
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
WHEN = (Aspect.WEEKDAY, Aspect.CADENCE)


def read_view(play: Play, edits: Edits) -> None:
    """Show what to do and, beside it, how and when; notes and the owner where there are any."""
    for column, aspects in zip(st.columns(2, gap="large"), (WHAT, HOW), strict=True):
        told = [(LABELS[aspect], said(play, aspect, edits)) for aspect in aspects]
        if aspects is HOW:
            told.insert(
                1, (WHEN_TITLE, " ".join(dict.fromkeys(said(play, aspect, edits) for aspect in WHEN)))
            )
        column.markdown("\n\n".join(_line(title, text) for title, text in told if text))


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
        st.markdown(_line(LABELS[aspect], line.text))
        if line.evidence:
            st.caption(_points(line.evidence))


def _line(title: str, text: str) -> str:
    return f"**{title}**  \n{plain(text)}"


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


def _versions(play: Play, aspect: Aspect) -> None:
    """Offer how people wrote a line before."""
    older = versions_of(workspace(), play.segment, aspect)
    if older:
        with st.popover("Versions", key=f"versions_{aspect}", type="tertiary"):
            st.markdown(_points([f"{one.at:%d %b %Y, %H:%M}: {one.text or TAKEN_BACK}" for one in older]))


def _points(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {plain(one)}" for one in sentences)
