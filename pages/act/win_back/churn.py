"""How well the risk to leave is told: the model beside the days since the last order, on the last period."""

from __future__ import annotations

import streamlit as st

from pages.shell.words import plain, sentence
from segmentation.action.retention import (
    WAYS,
    ChurnTest,
    Outlook,
    Way,
    definition_sentence,
    rhythm_sentence,
    trial_sentences,
)
from segmentation.charts.retention import calibration, lift_by_tenth

HOW_FORETOLD = (
    "**Model.** Gradient-boosted trees on what is known of each customer (orders, spend, rhythm, returns, "
    "visits, reviews), learned on past periods that do not overlap, each time from what was known before the "
    "period. The scores become probabilities by a logistic curve fitted on the period after those (Platt "
    "1999), and are tested on the last period, which nothing was learned from. For the risks on this page "
    "everything moves on by one period.  \n"
    "**Simple ways.** Logistic curves through the days since the last order, the number of order days, and "
    "both, learned, calibrated and tested likewise. The simplest is used that is not behind the best by more "
    "than chance (interval of 95% of the difference, DeLong et al. 1988). The charts show the model and the "
    "best simple way.  \n"
    "**Own rhythm.** Days since the last order ÷ the days the customer usually lets pass, for customers with "
    "three order days or more; their own gaps are averaged with two of the shop’s, so that few say little."
)


def churn_view(found: Outlook) -> None:
    """Show the test, the calibration and the lift."""
    st.header("How well can it be told who leaves?")
    if found.churn is None or found.definition is None:
        st.info(sentence(found.no_churn), title="No risk can be told")
        return
    told = [*trial_sentences(found.churn, found.definition), rhythm_sentence(found.churn)]
    st.markdown("\n".join(f"- {plain(one)}" for one in told if one))
    st.caption(plain(definition_sentence(found.definition)))
    _charts(found.churn)
    with st.expander("How this is computed"):
        st.markdown(HOW_FORETOLD)
        periods = ", ".join(f"{one.cutoff:%Y-%m-%d}" for one in found.churn.trained_on)
        st.caption(
            f"Learned on the periods from {periods}; calibrated on that from "
            f"{found.churn.calibrated_on.cutoff:%Y-%m-%d}; tested on that from "
            f"{found.churn.tested_on.cutoff:%Y-%m-%d}. From: {plain(', '.join(found.churn.features))}."
        )


def _charts(test: ChurnTest) -> None:
    shown = (Way.MODEL, test.simple)
    tenths = [test.qualities[way].tenths for way in shown]
    names = [WAYS[way] for way in shown]
    left, right = st.columns(2)
    with left:
        st.markdown("**Does it happen as often as said?**")
        said, came = (
            [[getattr(one, name) for one in of_way] for of_way in tenths] for name in ("said", "came")
        )
        st.plotly_chart(
            calibration(said, came, names),
            key="retain_calibration",
            config={"displayModeBar": False},
            alt="The share that stopped against the risk that was said",
        )
    with right:
        st.markdown("**Do the riskiest tenths leave more often?**")
        st.plotly_chart(
            lift_by_tenth([[one.lift for one in of_way] for of_way in tenths], names),
            key="retain_lift",
            config={"displayModeBar": False},
            alt="How much more often than on average each tenth of customers stopped",
        )
