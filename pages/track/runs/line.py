"""A line that says how things stand, with the button that brings them up to date beside it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.shell.workspace import job_manager


@dataclass(frozen=True)
class ToDo:
    """What a button does: its label, its key, and its help."""

    label: str
    key: str
    help: str


def pressed_beside(line: str, to_do: ToDo) -> bool:
    """Write the line and the button, which waits for a running job; return whether it was pressed."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(line)
        return st.button(
            to_do.label,
            key=to_do.key,
            icon=":material/sync:",
            disabled=job_manager().running is not None,
            help=to_do.help,
        )
