"""How much each single column counts by itself, and why; and whether taste lasts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from segmentation.insight.sentences.votes import HOW_COUNTED, taste_sentence, vote_words
from segmentation.runs import Run


def votes_view(run: Run) -> None:
    """Say of taste and of every column how much it counts before anybody weighs it."""
    if run.readings:
        st.markdown(taste_sentence(run.taste))
    if not run.votes:
        return
    with st.expander("What each column counts, and why"):
        st.dataframe(
            votes_table(run),
            hide_index=True,
            key="weigh_votes",
            height="content",
            column_config={
                "Counts": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
            },
        )
        st.markdown(HOW_COUNTED)


def votes_table(run: Run) -> pd.DataFrame:
    """Return a row per column that counts, the loudest first."""
    off = run.options.off
    told = [
        (feature.label, run.votes[feature.name])
        for feature in run.features
        if feature.name in run.votes and feature.name not in off
    ]
    told.sort(key=lambda one: -one[1].loudness)
    return pd.DataFrame(
        {
            "Column": [label for label, _ in told],
            "Counts": [vote.loudness for _, vote in told],
            "Why": [vote_words(vote) for _, vote in told],
        }
    )
