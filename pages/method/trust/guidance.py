"""What guided the segments, and plainly whether that gained anything."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.browser.table import text_table
from pages.shell.words import plain
from segmentation.algorithms.explained import Estimate
from segmentation.clusters.guided import Guidance
from segmentation.insight.sentences.guidance import guidance_sentences
from segmentation.insight.sentences.worth import with_interval
from segmentation.runs import View

HOW_COMPUTED = (
    "Each feature is cut into tenths, and the averages of four fifths of the customers foretell the last "
    "fifth. A feature counts by the share of the outcome that it so explains, if that is more than any "
    "feature explains of the same outcome shuffled 20 times; one that explains nothing keeps a twentieth of "
    "the weight of the best. No feature gets more than two fifths of the whole. The outcome, what is made of "
    "it and what says all but the same are left out. For the comparison the weights are learned from one "
    "half of the customers and tried on the other, by turns in three random splits, beside segments found "
    "without them; the intervals are the middle 95% of 400 re-samples of the customers."
)


def guidance_view(view: View) -> None:
    """Say what the segments were made to tell apart and what that gained, if anything guided them."""
    if view.run.guidance is not None:
        draw = partial(_guidance, view, view.run.guidance)
        fold("Do they tell apart what you asked for?", "trust_guidance_open", draw)


def _guidance(view: View, guidance: Guidance) -> None:
    st.markdown(
        "\n".join(f"- {plain(one)}" for one in guidance_sentences(guidance, view.k, view.run.features))
    )
    with st.expander("Every number of segments, and how this is computed"):
        text_table(gains_table(guidance), "What guided and plain segments explain")
        st.markdown(HOW_COMPUTED)


def gains_table(guidance: Guidance) -> pd.DataFrame:
    """Return a row per number of segments: what guided and plain ones explain, and which is ahead."""
    return pd.DataFrame(
        [
            {
                "Segments": k,
                "Guided explain": with_interval(guidance.guided[k]),
                "Plain explain": with_interval(guidance.plain[k]),
                "Better": _better(gain),
            }
            for k, gain in guidance.gain.items()
        ]
    )


def _better(gain: Estimate) -> str:
    if gain.above_nothing:
        return "guided"
    return "plain" if gain.below_nothing else "no clear difference"
