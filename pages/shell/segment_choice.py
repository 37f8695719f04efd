"""Which segment the profile is of: the number of segments as on Explore, and one of them."""

from __future__ import annotations

import streamlit as st

from pages.shell.swatch import GLYPHS
from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from segmentation.charts import figures as charts
from segmentation.runs import Run

PARAMETER = "segment"


def choose_segment(run: Run) -> tuple[int, int]:
    """Let the number of segments and one of them be chosen; return both, the segment as its label."""
    k = choose_k(run)
    names = dict(zip([one.label for one in run.cuts[k].segments], run.names_at(k), strict=True))
    _take_from_address(set(names))
    if st.session_state.get(StateKeys.SEGMENT) not in names:
        st.session_state[StateKeys.SEGMENT] = next(iter(names))
    chosen = st.pills(
        "Segment",
        list(names),
        key=StateKeys.SEGMENT,
        required=True,
        format_func=lambda one: f"{GLYPHS[charts.style_of(one).symbol]} **{one + 1}** {plain(names[one])}",
        persist_state="session",
    )
    return k, next(iter(names)) if chosen is None else chosen  # none where a client sends no states


def choose_k(run: Run, key: str = "_profile_k") -> int:
    """Let the number of segments be chosen, for this page and for Explore."""
    chosen = st.session_state.get(StateKeys.K)
    return st.selectbox(
        "Number of segments",
        run.ks,
        index=run.ks.index(chosen if chosen in run.ks else run.suggestion.k),
        format_func=lambda k: f"{k} (suggested)" if k == run.suggestion.k else str(k),
        key=key,
        on_change=_remember_k,
        args=(key,),
        width=240,
    )


def _remember_k(key: str) -> None:
    """Let Explore show the same number of segments."""
    st.session_state[StateKeys.K] = st.session_state[key]


def _take_from_address(labels: set[int]) -> None:
    """Open the segment (from 1) that a link asked for, once."""
    asked = st.query_params.pop(PARAMETER, "")
    if asked.isdecimal() and int(asked) - 1 in labels:
        st.session_state[StateKeys.SEGMENT] = int(asked) - 1


def shown_k(run: Run) -> int:
    """Give the number of segments that Explore shows."""
    k = st.session_state.get(StateKeys.K)
    return int(k) if k in run.ks else run.suggestion.k
