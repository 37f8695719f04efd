"""What heads the profile of a segment, what sets it apart in sentences, and the same as small charts."""

from __future__ import annotations

import streamlit as st

from pages.shell.badges import BADGE_COLOURS
from pages.shell.swatch import swatch
from pages.shell.words import plain
from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.charts import profile as charts_profile
from segmentation.clusters.stability_band import stability_band
from segmentation.insight.facts.distributions import Distribution
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.sentences.profile import BESIDE_OTHERS, bin_ranges, bin_ticks, without_value
from segmentation.insight.sentences.segments import BAND_MEANINGS, band_title, contrast_sentences
from segmentation.runs import Run, View


def heading(view: View, label: int) -> None:
    """Show the segment's colour, name, size, revenue and how far it can be trusted."""
    segment = view.segments[label]
    st.html(swatch(label))
    st.header(plain(view.names[label]))
    said = [f"**{segment.size:,}** customers", f"**{formats.percent(segment.share)}** of all"]
    if segment.revenue_share is not None:
        said.append(f"**{formats.percent(segment.revenue_share)}** of revenue")
    band = stability_band(segment.stability)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(said), width="content")
        st.badge(band_title(band), color=BADGE_COLOURS[band], help=BAND_MEANINGS[band])
    if paragraph := view.run.profiles.get(view.k, {}).get(label):
        st.markdown(plain(paragraph))
        st.caption("Written by a language model from this segment’s figures, and taken over by you.")


def differences_view(run: Run, found: Explanation) -> None:
    """Tell the strongest differences from everyone else, and show how the two are spread."""
    st.subheader("What sets it apart")
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
