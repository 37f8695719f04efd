"""How much texts and profile columns count beside what customers do, and what each block has now."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shell.options import load_options, save_options
from pages.shell.workspace import workspace
from segmentation.clusters.weights import MOST_TEXT, default_text_share
from segmentation.insight.sentences.blocks import block_words, blocks_sentence
from segmentation.runs import Run, RunOptions
from segmentation.text.encoders.protocol import NO_TEXT


def block_sliders(options: RunOptions, run: Run | None) -> None:
    """Draw the two weights and save each as it is moved; texts that are not there cannot be weighed."""
    textless = run is not None and run.options.model != NO_TEXT and not run.readings
    text, profile = st.columns(2)
    with text:
        st.slider(
            "How much texts count",
            0,
            100,
            value=usual_percent(run) if options.text_weight is None else round(100 * options.text_weight),
            step=5,
            format="%d%%",
            key="text_weight",
            disabled=options.model == NO_TEXT or textless,
            help=f"{usual_percent(run)}% is where it stands by itself: as much as taste lasts, at "
            f"most {MOST_TEXT:.0%}. 50% counts what texts and products say as much as what customers do.",
            on_change=_save,
            args=(usual_percent(run),),
        )
    with profile:
        st.slider(
            "How much the customer file counts",
            0,
            100,
            value=round(100 * options.profile_weight),
            step=5,
            format="%d%%",
            key="profile_weight",
            help="0%: age, country and the like describe your segments, and do not make them. None of these "
            "columns ever counts more than twice as much as one of what customers do.",
            on_change=_save,
            args=(usual_percent(run),),
        )
    if options.model == NO_TEXT:
        st.caption("Texts are left out: choose on Features how they are read.")
    elif textless:
        st.caption("Your files hold no texts. Product names, reviews or notes would be read and weighed.")


def shares_view(run: Run) -> None:
    """Draw what each block has in the segments as they are."""
    st.markdown(f"**{blocks_sentence(run.block_shares)}**")
    for block, share in run.block_shares.items():
        st.progress(round(100 * share), text=block_words(block, share))
    if run.guidance is not None and run.guidance.taught:
        st.caption("These shares are what is left after weighing everything by what foretells the outcome.")


def usual_percent(run: Run | None) -> int:
    """Return where the weight of texts stands by itself, in whole per cent, a step of the slider."""
    return 5 * round(20 * default_text_share(run.taste if run is not None else None))


def _save(usual: int) -> None:
    state = st.session_state
    weight = state["text_weight"]
    chosen = replace(
        load_options(workspace()),
        text_weight=None if weight == usual else weight / 100,
        profile_weight=state["profile_weight"] / 100,
    )
    save_options(workspace(), chosen)
