"""What to tell a segment, with what offer, how and when: its play, as the playbook has it."""

from __future__ import annotations

import streamlit as st

from pages.shell.following import plays
from pages.shell.following.read import read_view
from segmentation.action.playbook import LIFT
from segmentation.runs import View


def message_view(view: View, label: int) -> None:
    """Show the play of a segment to read."""
    read_view(plays.playbook(view, LIFT).plays[label], plays.edits())
    st.caption("Playbook has it to write over, with what it rests on.")
