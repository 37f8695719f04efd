"""The strongest differences from everyone else in sentences, and how the customers of both are spread."""

from __future__ import annotations

import streamlit as st

from pages.shell import explanations
from pages.shell.words import plain
from segmentation.charts import figures as charts
from segmentation.charts import profile as charts_profile
from segmentation.insight.facts.distributions import Distribution
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.sentences.profile import BESIDE_OTHERS, bin_ranges, bin_ticks, without_value
from segmentation.insight.sentences.segments import contrast_sentences
from segmentation.runs import Run, View


def differences_view(view: View, label: int) -> None:
    """Tell the strongest differences from the others and how both are spread; drawn once it is opened."""
    with st.expander("In words, and how they are spread", key="profile_spreads", on_change="rerun") as fold:
        if fold.open:
            _differences(view.run, explanations.by_features(view)[label])


def _differences(run: Run, found: Explanation) -> None:
    sentences = contrast_sentences(found.contrast)
    if found.contrast.is_all_rounders:
        st.markdown(f"**All-rounders.** {sentences[0]}")
        return
    st.markdown("\n".join(f"1. {plain(sentence)}" for sentence in sentences))
    st.caption(BESIDE_OTHERS)
    st.caption("Bars: this segment. Grey line: the others. Each as a share of its own customers.")
    with st.grid(min_column_width=300, gap="small"):
        for one in found.distributions:
            with st.container(border=True, gap="xsmall", height="stretch"):
                _spread(run, found.segment, one)


def _spread(run: Run, label: int, found: Distribution) -> None:
    st.markdown(f"**{plain(found.feature.label)}**", help=plain(found.feature.definition))
    inside, others = found.shares
    st.plotly_chart(
        charts_profile.spread(
            bin_ranges(found, run.currency),
            inside,
            others,
            bin_ticks(found, run.currency),
            charts.style_of(label).colour,
        ),
        key=f"spread_{found.feature.name}",
        alt=f"How many customers have which {found.feature.label}, in this segment and among the others",
        config={"displayModeBar": False},
    )
    if left_out := without_value(found):
        st.caption(left_out)
