"""How many segments are looked at, the same on every page, and which of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.shell import latest
from pages.shell.address import looked_at
from pages.shell.swatch import dots, glyph
from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from segmentation.runs import Run, View

NUMBER = "Number of segments"
SEGMENT = "Segment"
MOST_PILLS = 6
NAME_WIDTH = 480
"""In CSS pixels, of a select box that shows the longest name of a segment whole."""


def choose_segment(run: Run, ks: Sequence[int] = (), named: bool = True) -> tuple[View, int]:
    """Let the number of segments and one of them be chosen; return both, the segment as its label.

    :param ks: the numbers to choose from, by default all of the run.
    :param named: whether the choices bear names; a page that lists the segments shows numbers alone.
    """
    view = choose_view(run, "_profile_k", ks)
    names = dict(zip([one.label for one in view.segments], view.names, strict=True))
    asked = looked_at.asked_for(looked_at.SEGMENT, [label + 1 for label in names])
    if asked is not None:
        st.session_state[StateKeys.SEGMENT] = asked - 1
    if st.session_state.get(StateKeys.SEGMENT) not in names:
        st.session_state[StateKeys.SEGMENT] = next(iter(names))
    chosen = _pick(names, named)
    label = next(iter(names)) if chosen is None else chosen  # none where a client sends no states
    looked_at.write(looked_at.SEGMENT, label + 1)
    return view, label


def _pick(names: dict[int, str], named: bool) -> int | None:
    """Let one be picked: few, or bare numbers, lie side by side; many names are a list to type into."""
    if len(names) <= MOST_PILLS or not named:
        if named:
            st.html(dots(StateKeys.SEGMENT, list(names)))
        return st.pills(
            SEGMENT,
            list(names),
            key=StateKeys.SEGMENT,
            required=True,
            format_func=lambda one: _marked_name(one, names[one]) if named else str(one + 1),
            persist_state="session",
            wrap=True,
        )
    return st.selectbox(
        SEGMENT,
        list(names),
        key=StateKeys.SEGMENT,
        format_func=lambda one: f"{glyph(one)} {one + 1} {names[one]}",
        persist_state="session",
    )


def _marked_name(segment: int, name: str) -> str:
    return f"{glyph(segment)} **{segment + 1}** {plain(name)}"


def choose_view(run: Run, key: str, ks: Sequence[int] = ()) -> View:
    """Let the number of segments be chosen, for this page and for Explore.

    :param ks: the numbers to choose from, by default all of the run.
    """
    if len(ks) == 1:
        return latest.view(run, ks[0])
    if _take_k(run):
        st.session_state.pop(key, None)
    offered, chosen = list(ks or run.ks), st.session_state.get(StateKeys.K)
    first = next((one for one in (chosen, latest.number(run)) if one in offered), run.suggestion.k)
    k = st.selectbox(
        NUMBER,
        offered,
        index=offered.index(first),
        format_func=partial(_marked, suggested=run.suggestion.k, own=latest.own()),
        key=key,
        on_change=_remember_k,
        args=(key,),
        width=240,
    )
    return _view_in_address(run, k)


def slide_view(run: Run, mark: bool = True) -> View:
    """Let the number of segments be moved by the slider that all pages share.

    :param mark: say beside the suggested number that it is.
    """
    _take_k(run)
    if st.session_state.get(StateKeys.K) not in run.ks:
        st.session_state[StateKeys.K] = latest.number(run)
    k = st.select_slider(
        NUMBER,
        options=run.ks,
        key=StateKeys.K,
        persist_state="session",
        format_func=partial(_marked, suggested=run.suggestion.k, own=latest.own()) if mark else str,
    )
    return _view_in_address(run, int(k))


def _marked(k: int, suggested: int, own: int | None) -> str:
    said = [word for word, number in (("yours", own), ("suggested", suggested)) if number == k]
    return f"{k} ({', '.join(said)})" if said else str(k)


def show_k(k: int) -> None:
    """Look at another number of segments, as a button or a chart asks."""
    st.session_state[StateKeys.K] = k


def _remember_k(key: str) -> None:
    """Let Explore show the same number of segments."""
    show_k(st.session_state[key])


def shown(run: Run) -> View:
    """Give the run in as many segments as Explore shows."""
    _take_k(run)
    k = st.session_state.get(StateKeys.K)
    return _view_in_address(run, int(k) if k in run.ks else latest.number(run))


def _take_k(run: Run) -> bool:
    """Show as many segments as a link asks for; return whether one did."""
    asked = looked_at.asked_for(looked_at.K, run.ks)
    if asked is not None:
        show_k(asked)
    return asked is not None


def _view_in_address(run: Run, k: int) -> View:
    looked_at.write(looked_at.K, k)
    return latest.view(run, k)
