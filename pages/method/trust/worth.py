"""What it is worth to know a customer's segment: how much it says about the time after."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

import pandas as pd
import streamlit as st

from pages.shell import cached, latest
from pages.shell.browser.fold import fold
from pages.shell.browser.table import text_table
from pages.shell.words import sentence
from pages.shell.work import start_measuring_worth
from pages.shell.workspace import job_manager, workspace
from segmentation.errors import NoHindsightError
from segmentation.features.rfm_cuts import load_cuts
from segmentation.insight.facts.worth import Explained, Worth
from segmentation.insight.sentences.worth import (
    period_sentence,
    whole_percent,
    with_interval,
    worth_sentences,
)
from segmentation.runs import Run, View
from segmentation.runs.store import load_worth

ABOUT = (
    "Segments are found once more on what was known before a day in the past, and compared with what the "
    "same customers bought after it."
)
HOW_COMPUTED = (
    "Everything that counts is from before the cut-off: orders, visits and reviews with a date. Group means "
    "are taken from one half of the customers and foretell the other half, in 20 random splits; the share "
    "explained is 1 − (squared error with groups) / (squared error without), of log net spend and of the "
    "number of orders. Intervals are the middle 95% of 400 re-samples of the customers, the same for all "
    "ways of grouping. RFM tiers are those of that day, by your own cut-points where you set them, else by "
    "fifths; the most alike are merged until there are as many as segments. Groups made by chance have the "
    "sizes of the segments. Concepts of your own are left out of it."
)


def worth_view(view: View) -> None:
    """Say what the segments explain of the time after, or offer to find out, where somebody asks."""
    fold("What is it worth to know the segment?", "trust_worth_open", partial(_worth, view))


def _worth(view: View) -> None:
    run = view.run
    worth = load_worth(workspace(), run.run_id)
    if worth is not None:
        st.markdown("\n".join(f"- {one}" for one in worth_sentences(worth, view.k)))
        st.caption(period_sentence(worth.period))
        if load_cuts(workspace()) != worth.own_cuts:
            st.caption("The cut-points of the RFM tiers have changed since: measure again.")
        with st.expander("Every number of segments, and how this is computed"):
            text_table(worth_table(worth), "What every number of segments explains")
            st.markdown(HOW_COMPUTED)
    if run.options.outcome:
        st.caption("Measured without the guidance, which was itself learned from what came after.")
    _offer(run, worth)


def worth_table(worth: Worth) -> pd.DataFrame:
    """Return a row per number of segments and outcome."""
    rows = [
        {
            "Segments": k,
            "Explained of": what,
            "Segments explain": with_interval(one.segments),
            "RFM tiers explain": with_interval(one.rfm),
            "Tiers": one.rfm_groups,
            "Chance explains": whole_percent(one.random.value),
        }
        for what, found in _outcomes(worth)
        for k, one in found.items()
    ]
    return pd.DataFrame(rows)


def _outcomes(worth: Worth) -> list[tuple[str, dict[int, Explained]]]:
    told = [("Later spend", worth.revenue), ("Later orders", worth.orders)]
    return [*told, ("What is bought", worth.bought)] if worth.bought else told


def _offer(run: Run, worth: Worth | None) -> None:
    """Offer to measure it, at a day of one's choice."""
    if worth is None:
        st.markdown(ABOUT)
    if job_manager().running:
        st.caption("This can be measured when the job that is running is done.")
        return
    if not latest.is_current(run):
        st.caption("This can be measured once the segments are up to date with your files.")
        return
    try:
        period = worth.period if worth else cached.period(run.options.cutoff_day)
    except NoHindsightError as error:
        st.caption(f"It cannot be measured for this shop: {sentence(error.found)} {error.remedy}")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            "Compare with what came from this day on",
            value=period.cutoff.date(),
            max_value=period.end.date(),
            format="YYYY-MM-DD",
            key="worth_cutoff",
            width=320,
        )
        again = "Measure again" if worth else "Measure it"
        if st.button(again, key="measure_worth", icon=":material/history:") and isinstance(day, date):
            start_measuring_worth(run, datetime.combine(day, time()))
            st.rerun()
