"""The slider over k with the suggestion and the shop's own number beside it, and what the segments are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell import latest
from pages.shell.segment_choice import show_k, slide_view
from pages.shell.words import plain
from segmentation.insight.sentences.segments import structure_verdict
from segmentation.insight.sentences.verdicts import (
    MEANINGS,
    Standing,
    in_short,
    standing,
    suggestion_reason,
    verdict,
)
from segmentation.runs import Run, View

ICONS = {
    Standing.GROUPS: ":material/verified:",
    Standing.SLICES: ":material/content_cut:",
    Standing.ROUGH: ":material/blur_on:",
}


def slider(run: Run) -> View:
    """Show the slider with its marks, and return the run in the chosen number of segments."""
    view = slide_view(run, mark=False)
    marks = {run.suggestion.k: "suggested"}
    if (own := latest.own()) in run.cuts and own is not None:
        marks[own] = "yours"
    st.html(slider_marks(run.ks, marks))
    return view


def slider_marks(ks: Sequence[int], marks: dict[int, str]) -> str:
    """Draw a mark below the slider at each of these k, in its share of the slider's width, and within it."""
    drawn = "".join(_mark(ks.index(k) / max(len(ks) - 1, 1), f"{k} {said}") for k, said in marks.items())
    return (
        '<div aria-hidden="true" style="position:relative;height:2.1rem;font-size:0.8rem;line-height:1.1">'
        f"{drawn}</div>"
    )


def _mark(part: float, said: str) -> str:
    """Draw an arrow at a share (0..1) of the width, and below it words that end where the slider does."""
    return (
        f'<div style="position:absolute;left:{part:.1%};transform:translateX(-50%)">▲</div>'
        f'<div style="position:absolute;top:1.1em;left:{part:.1%};transform:translateX(-{part:.1%});'
        f'white-space:nowrap">{said}</div>'
    )


def verdict_view(view: View) -> None:
    """Say in a few words whether these segments can be trusted, why behind it, and let k be kept."""
    suggestion, k = view.run.suggestion, view.k
    kind = standing(suggestion, k)
    st.markdown(f"{ICONS[kind]} **{in_short(suggestion, k)}**")
    with st.container(horizontal=True, gap="xsmall"):
        _number_buttons(view.run, k)
        with st.popover("Why?", type="tertiary"):
            st.markdown(_why(view))


def _why(view: View) -> str:
    """Say why these segments are called so, and why the suggested number is that; once where both are one."""
    suggestion, k = view.run.suggestion, view.k
    meaning, found = MEANINGS[standing(suggestion, k)], f"**{structure_verdict(suggestion)}**"
    if k == suggestion.k:
        return f"{found} {plain(suggestion_reason(suggestion, view.names))} {meaning}"
    own = f"{plain(verdict(suggestion, k, view.names))} {meaning}"
    return f"{own}\n\n{found} {plain(suggestion_reason(suggestion))}"


def _number_buttons(run: Run, k: int) -> None:
    """Let this number become the shop's own or be given back, and lead back to the one that holds."""
    own, first = latest.own(), latest.number(run)
    if k == own:
        st.button(
            "Give it back",
            key="_give_number_back",
            on_click=latest.keep,
            args=(None,),
            icon=":material/keep_off:",
            help="It holds on every page until you change it. Given back, the suggested number holds again.",
        )
    else:
        st.button(
            "Keep this number",
            key="_keep_number",
            on_click=latest.keep,
            args=(k,),
            icon=":material/keep:",
            help="Every page opens with it until you change it, also when segments are found anew.",
        )
    if k != first:
        st.button(
            f"Back to {first}",
            key="_back_to_suggestion",
            on_click=show_k,
            args=(first,),
            help="Your own number." if first == own else "The suggested number.",
            type="tertiary",
        )
