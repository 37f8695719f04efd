"""The lines of a play, to read: on the playbook, and beside the people that it is for."""

from __future__ import annotations

import streamlit as st

from pages.shell.words import plain
from segmentation.action.playbook import LABELS, Aspect, Edits, Play, said

WHEN_TITLE = "When"
OWN = (Aspect.NOTES, Aspect.OWNER)
WHAT = (Aspect.GOAL, Aspect.ANGLE, Aspect.OFFER)
HOW = (Aspect.CHANNEL, *OWN)
WHEN = (Aspect.WEEKDAY, Aspect.CADENCE)


def read_view(play: Play, edits: Edits, what: tuple[Aspect, ...] = WHAT) -> None:
    """Show what to do and, beside it, how and when; notes and the owner where there are any.

    :param what: a page that tells the goal elsewhere leaves it out.
    """
    for column, aspects in zip(st.columns(2, gap="medium"), (what, HOW), strict=True):
        told = [(LABELS[aspect], said(play, aspect, edits)) for aspect in aspects]
        if aspects is HOW:
            told.insert(
                1, (WHEN_TITLE, " ".join(dict.fromkeys(said(play, aspect, edits) for aspect in WHEN)))
            )
        column.markdown("\n\n".join(titled(title, text) for title, text in told if text))


def titled(title: str, text: str) -> str:
    """Write a line with its title above it."""
    return f"**{title}**  \n{plain(text)}"
