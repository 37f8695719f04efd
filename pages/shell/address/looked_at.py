"""What is looked at, in the address: a link or a reload opens the same view.

Streamlit tells the browser of a change without drawing the page again.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.shell.workspace import StateKeys

K, SEGMENT = "k", "segment"


def asked_for(parameter: str, offered: Iterable[int]) -> int | None:
    """Return what a link asks for; what is not offered asks for nothing, nor does what the page wrote."""
    value = st.query_params.get(parameter)
    if value == _written().get(parameter):
        return None
    return {str(one): one for one in offered}.get(value or "")


def write(parameter: str, value: int) -> None:
    """Let the address say what is on screen."""
    _written()[parameter] = str(value)
    if st.query_params.get(parameter) != str(value):
        st.query_params[parameter] = str(value)


def of_segment(k: int, label: int) -> dict[str, str]:
    """Return the parameters of a link to one of k segments, given by its label from 0."""
    return {K: str(k), SEGMENT: str(label + 1)}


def _written() -> dict[str, str]:
    return st.session_state.setdefault(StateKeys.ADDRESS, {})
