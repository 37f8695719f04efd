"""What a concept is used for: to look at the map, or as a feature that describes or defines segments."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

import streamlit as st

from pages.shell.options import load_options, save_options
from pages.shell.workspace import workspace
from segmentation.runs import Run, RunOptions
from segmentation.text.concepts import concept_feature


class Use(StrEnum):
    """What a concept is used for from the next run on."""

    LENS = "Only to look"
    DESCRIBES = "To describe segments"
    DEFINES = "To define segments"


def concept_use(run: Run, place: int, concept: str) -> None:
    """Let the use be chosen, and say when it will show."""
    key = f"concept_use_{place}"
    options = load_options(workspace())
    st.session_state[key] = use_of(options, concept)
    st.segmented_control(
        "Use it",
        list(Use),
        required=True,
        key=key,
        on_change=lambda: set_use(concept, Use(st.session_state[key])),
        help="To define: it counts as much as one thing that customers do, such as how often they order.",
    )
    if use_of(options, concept) != use_of(run.options, concept):
        st.caption("This shows when segments are found anew.")


def use_of(options: RunOptions, concept: str) -> Use:
    """Read what a concept is used for."""
    if concept not in options.concepts:
        return Use.LENS
    return Use.DESCRIBES if concept_feature(concept).name in options.off else Use.DEFINES


def set_use(concept: str, use: Use) -> None:
    """Remember what a concept is used for."""
    options, feature = load_options(workspace()), concept_feature(concept).name
    others = tuple(one for one in options.concepts if one != concept)
    chosen = others if use == Use.LENS else (*others, concept)
    off = options.off | {feature} if use == Use.DESCRIBES else options.off - {feature}
    save_options(workspace(), replace(options, concepts=chosen, off=off))
