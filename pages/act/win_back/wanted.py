"""Whom of the win-back list somebody wants to see: by segment, reason, money and days of silence."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.shell.swatch import glyph
from pages.shell.words import plain
from segmentation.action.retention import (
    CAUSES,
    Cause,
    ChurnDefinition,
    Outlook,
    Silence,
    Wanted,
    usual_silence,
)
from segmentation.runs import View

WIDE, NARROW = 230, 165


def choose(view: View, found: Outlook, definition: ChurnDefinition) -> tuple[Wanted, Silence]:
    """Let the list be narrowed to segments, a reason, an amount, and days of silence."""
    with st.container(horizontal=True):
        segments = st.multiselect(
            "Segments",
            range(view.k),
            key=f"retain_segments_{view.k}",
            format_func=partial(_named, names=view.names),
            placeholder="All segments",
            width=WIDE,
        )
        why = st.selectbox(
            "Why",
            [None, *Cause],
            key="retain_why",
            format_func=lambda one: CAUSES[one] if one else "Any reason",
            width=WIDE,
        )
        least = _least(found) if found.value else 0.0
        silence = _silence(definition)
    return Wanted(tuple(segments), least, Cause(why) if why else None), silence


def _least(found: Outlook) -> float:
    step = 50 if found.has_spend else 1
    return float(st.number_input("At risk at least", 0, value=0, step=step, key="retain_money", width=NARROW))


def _silence(definition: ChurnDefinition) -> Silence:
    usual = usual_silence(definition)
    least = st.number_input(
        "Silent at least (days)",
        1,
        definition.covered,
        usual.without_rhythm,
        key="retain_least",
        help="For customers with fewer than three orders: who ordered days ago is not lost yet. Those "
        "with three orders or more are measured by their own usual interval.",
        width=NARROW,
    )
    most = st.number_input(
        "Silent at most (days)",
        1,
        definition.covered,
        usual.up_to,
        key="retain_silent",
        help="Whoever has been silent for very long is hardly won back, however much was at risk.",
        width=NARROW,
    )
    return Silence(int(most), int(least))


def _named(label: int, names: list[str]) -> str:
    return f"{glyph(label)} {plain(names[label])}"
