"""How many segments are looked at, the same on every page, and which of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.shell import latest
from pages.shell.swatch import GLYPHS
from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from segmentation.charts import figures as charts
from segmentation.runs import Run, View

PARAMETER = "segment"
NUMBER = "Number of segments"


def choose_segment(run: Run, ks: Sequence[int] = ()) -> tuple[View, int]:
    """Let the number of segments and one of them be chosen; return both, the segment as its label.

    :param ks: the numbers to choose from, by default all of the run.
    """
    view = choose_view(run, "_profile_k", ks)
    names = dict(zip([one.label for one in view.segments], view.names, strict=True))
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
    return view, next(iter(names)) if chosen is None else chosen  # none where a client sends no states


def choose_view(run: Run, key: str, ks: Sequence[int] = ()) -> View:
    """Let the number of segments be chosen, for this page and for Explore.

    :param ks: the numbers to choose from, by default all of the run.
    """
    if len(ks) == 1:
        return latest.view(run, ks[0])
    offered, chosen = list(ks or run.ks), st.session_state.get(StateKeys.K)
    k = st.selectbox(
        NUMBER,
        offered,
        index=offered.index(chosen if chosen in offered else run.suggestion.k),
        format_func=partial(_marked, suggested=run.suggestion.k),
        key=key,
        on_change=_remember_k,
        args=(key,),
        width=240,
    )
    return latest.view(run, k)


def slide_view(run: Run, mark: bool = True) -> View:
    """Let the number of segments be moved by the slider that all pages share.

    :param mark: say beside the suggested number that it is.
    """
    if st.session_state.get(StateKeys.K) not in run.ks:
        st.session_state[StateKeys.K] = run.suggestion.k
    k = st.select_slider(
        NUMBER,
        options=run.ks,
        key=StateKeys.K,
        persist_state="session",
        format_func=partial(_marked, suggested=run.suggestion.k) if mark else str,
    )
    return latest.view(run, int(k))


def _marked(k: int, suggested: int) -> str:
    return f"{k} (suggested)" if k == suggested else str(k)


def show_k(k: int) -> None:
    """Look at another number of segments, as a button or a chart asks."""
    st.session_state[StateKeys.K] = k


def _remember_k(key: str) -> None:
    """Let Explore show the same number of segments."""
    show_k(st.session_state[key])


def _take_from_address(labels: set[int]) -> None:
    """Open the segment (from 1) that a link asked for, once."""
    asked = st.query_params.pop(PARAMETER, "")
    if asked.isdecimal() and int(asked) - 1 in labels:
        st.session_state[StateKeys.SEGMENT] = int(asked) - 1


def shown(run: Run) -> View:
    """Give the run in as many segments as Explore shows."""
    k = st.session_state.get(StateKeys.K)
    return latest.view(run, int(k) if k in run.ks else run.suggestion.k)
