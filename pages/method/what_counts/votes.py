"""How much each single column counts by itself, and why; and whether taste lasts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shell.guard import next_step
from pages.shell.routes import TRUST
from pages.shell.workspace import workspace
from segmentation.insight.facts.worth import Worth
from segmentation.insight.sentences.votes import HOW_COUNTED, taste_sentence, vote_words
from segmentation.insight.sentences.worth import whole_percent
from segmentation.runs import Run, View
from segmentation.runs.store import load_worth


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


def trade_view(view: View) -> None:
    """Show what other weights of texts would foretell, once it was measured."""
    worth = load_worth(workspace(), view.run.run_id)
    if worth is None or not worth.trade:
        if view.run.readings:
            next_step(TRUST, "Measure what other weights of texts foretell", icon=":material/history:")
        return
    st.markdown("What as many segments explain of the time after, if texts count so much:")
    st.dataframe(trade_table(worth, view.k), hide_index=True, key="weigh_trade", height="content")


def trade_table(worth: Worth, k: int) -> pd.DataFrame:
    """Return a row per weight of texts: what k segments explain of spend, orders and what is bought."""
    return pd.DataFrame(
        {
            "Texts count": [f"{one.text:.0%}" for one in worth.trade],
            "Later spend": [whole_percent(one.revenue[k]) for one in worth.trade],
            "Later orders": [whole_percent(one.orders[k]) for one in worth.trade],
            "What is bought": [whole_percent(one.bought[k]) for one in worth.trade],
        }
    )


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
