"""The slider over k, the suggestion beside it, and the curve that it comes from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shell.words import plain
from pages.shell.workspace import StateKeys
from segmentation import charts
from segmentation.insight.sentences import HOW_COMPUTED, structure_verdict
from segmentation.runs import Run


def choose_k(run: Run) -> int:
    """Show the slider with the suggestion marked, and return the chosen k."""
    suggested = run.suggestion.k
    if st.session_state.get(StateKeys.K) not in run.ks:
        st.session_state[StateKeys.K] = suggested
    left, right = st.columns([2, 3], gap="large")
    with left:
        k = st.select_slider(
            "Number of segments",
            options=run.ks,
            format_func=lambda k: f"{k} (suggested)" if k == suggested else str(k),
            key=StateKeys.K,
            persist_state="session",
        )
        if k != suggested:
            st.button(f"Back to {suggested}", key="_back_to_suggestion", on_click=_choose, args=(suggested,))
    with right:
        st.markdown(f"**{structure_verdict(run.suggestion)}** {plain(run.reason)}")
    return int(k)


def _choose(k: int) -> None:
    st.session_state[StateKeys.K] = k


def quality_view(run: Run, k: int) -> None:
    """Show how steady and how separate the segments are for every k."""
    st.subheader("How many segments?")
    frame = pd.DataFrame(
        {
            "k": run.ks,
            "stability": [min(s.stability for s in run.cuts[n].segments) for n in run.ks],
            "silhouette": [run.cuts[n].quality.silhouette for n in run.ks],
        }
    )
    st.plotly_chart(
        charts.quality_curve(frame, suggested=run.suggestion.k, chosen=k),
        key="explore_quality",
        alt="How steady and how separate the segments are, for every number of segments",
        config={"displayModeBar": False},
    )
    with st.expander("How this is computed"):
        for topic in ("suggestion", "stability", "separation"):
            st.markdown(HOW_COMPUTED[topic])
