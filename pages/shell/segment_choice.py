"""Which segment the profile is of: the number of segments as on Explore, and one of them."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.swatch import GLYPHS
from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from segmentation.charts import figures as charts
from segmentation.runs import Run, View

PARAMETER = "segment"


def choose_segment(run: Run) -> tuple[View, int]:
    """Let the number of segments and one of them be chosen; return both, the segment as its label."""
    view = choose_view(run)
    names = dict(zip([one.label for one in view.segments], view.names, strict=True))
    _take_from_address(set(names))
    if st.session_state.get(StateKeys.SEGMENT) not in names:
        st.session_state[StateKeys.SEGMENT] = next(iter(names))
    st.pills(
        "Segment",
        list(names),
        key=StateKeys.SEGMENT,
        required=True,
        format_func=lambda one: f"{GLYPHS[charts.style_of(one).symbol]} **{one + 1}** {plain(names[one])}",
        persist_state="session",
    )
    return view, int(st.session_state[StateKeys.SEGMENT])


def choose_view(run: Run, key: str = "_profile_k") -> View:
    """Let the number of segments be chosen, for this page and for Explore."""
    chosen = st.session_state.get(StateKeys.K)
    k = st.selectbox(
        "Number of segments",
        run.ks,
        index=run.ks.index(chosen if chosen in run.ks else run.suggestion.k),
        format_func=lambda k: f"{k} (suggested)" if k == run.suggestion.k else str(k),
        key=key,
        on_change=_remember_k,
        args=(key,),
        width=240,
    )
    return latest.view(run, k)


def _remember_k(key: str) -> None:
    """Let Explore show the same number of segments."""
    st.session_state[StateKeys.K] = st.session_state[key]


def _take_from_address(labels: set[int]) -> None:
    """Open the segment (from 1) that a link asked for, once."""
    asked = st.query_params.pop(PARAMETER, "")
    if asked.isdecimal() and int(asked) - 1 in labels:
        st.session_state[StateKeys.SEGMENT] = int(asked) - 1


def shown(run: Run) -> View:
    """Give the run in as many segments as Explore shows."""
    k = st.session_state.get(StateKeys.K)
    return latest.view(run, int(k) if k in run.ks else run.suggestion.k)
