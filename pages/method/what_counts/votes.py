"""How much each single column counts by itself, and why; and whether taste lasts."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.browser.table import text_table
from pages.shell.guard import next_step
from pages.shell.routes import TRUST
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.insight.facts.worth import Worth
from segmentation.insight.sentences.blocks import TEXT_CHANGES
from segmentation.insight.sentences.verdicts import shift_sentence
from segmentation.insight.sentences.votes import HOW_COUNTED, taste_sentence, vote_words
from segmentation.insight.sentences.worth import whole_percent
from segmentation.runs import Run, View
from segmentation.runs.shifts import load_shifts
from segmentation.runs.store import load_worth


def votes_view(run: Run) -> None:
    """Say of taste and of every column how much it counts before anybody weighs it, where somebody asks."""
    if run.readings or run.votes:
        fold("What each column counts, and why", "weigh_votes_open", partial(_votes, run))


def _votes(run: Run) -> None:
    if run.readings:
        st.markdown(taste_sentence(run.taste))
    if not run.votes:
        return
    st.dataframe(
        votes_table(run),
        hide_index=True,
        key="weigh_votes",
        height="content",
        column_config={"Counts": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)},
        alt="What each column counts",
    )
    st.markdown(HOW_COUNTED)


def weights_view(view: View) -> None:
    """Show whom other weights of texts would move and what they would foretell, where somebody asks."""
    if "text" in view.run.block_shares and "behaviour" in view.run.block_shares:
        fold("What would another weight of texts change?", "weigh_weights_open", partial(_weights, view))


def _weights(view: View) -> None:
    tried = load_shifts(workspace(), view.run.run_id, view.k) or ()
    shifts = [one for one in tried if one.change in TEXT_CHANGES]
    if shifts:
        told = (plain(shift_sentence(one.change, one.what, one.share)) for one in shifts)
        st.markdown("\n".join(f"- {one}" for one in told))
    else:
        next_step(TRUST, "Try how many customers other weights would move", icon=":material/science:")
    worth = load_worth(workspace(), view.run.run_id)
    if worth is None or not worth.trade:
        next_step(TRUST, "Measure what other weights foretell", icon=":material/history:")
        return
    st.markdown("What as many segments explain of the time after, if texts count so much:")
    text_table(trade_table(worth, view.k), "What segments explain, by the weight of texts")


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
