"""The verdict on the chosen number of segments, and how steady each of them is."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.browser.table import Column, Row, Share, folding_table
from pages.shell.words import plain
from pages.shell.work import start_resampling
from pages.shell.workspace import job_manager
from segmentation import formats
from segmentation.clusters.stability_band import stability_band
from segmentation.insight.sentences.segments import HOW_COMPUTED, band_title
from segmentation.insight.sentences.verdicts import (
    MEANINGS,
    STANDINGS,
    Standing,
    standing,
    verdict,
)
from segmentation.runs import View

LOOKS = {
    Standing.GROUPS: (st.success, ":material/verified:"),
    Standing.SLICES: (st.info, ":material/content_cut:"),
    Standing.ROUGH: (st.warning, ":material/blur_on:"),
}
NOT_COUNTED = "not counted"
ABOUT = (
    "**Comes back** counts the re-samples in which more than three quarters of the segment and of its match "
    "are the same customers; an earlier version did not count them. **Overlap** is how many are the same "
    "on average."
)


def verdict_view(view: View) -> None:
    """Say what these segments are, and why."""
    run, k = view.run, view.k
    kind = standing(run.suggestion, k)
    show, icon = LOOKS[kind]
    said = f"{plain(verdict(run.suggestion, k, view.names))} {MEANINGS[kind]}"
    show(said, icon=icon, title=STANDINGS[kind])


def segments_view(view: View) -> None:
    """Show how often each segment comes back."""
    st.header("Does each segment come back?")
    resamples, segments = view.run.suggestion.of(view.k).resamples, view.segments
    rows = [
        Row(
            name,
            (
                Share(one.stability, formats.percent(one.stability)),
                band_title(stability_band(one.stability)),
                formats.percent(one.share),
                NOT_COUNTED if one.recovered is None else f"{one.recovered} / {resamples}",
            ),
            one.label,
        )
        for name, one in zip(view.names, segments, strict=True)
    ]
    columns = (
        Column("Segment"),
        Column("Overlap", numeric=True),
        Column("Verdict"),
        Column("Share of customers", numeric=True),
        Column("Comes back", numeric=True),
    )
    folding_table(columns, rows, "How often each segment comes back on other samples of customers")
    with st.expander("How this is computed, and how surely"):
        st.markdown(f"{ABOUT} {HOW_COMPUTED['stability']}")
        _more_resamples(view)


def _more_resamples(view: View) -> None:
    """Offer as many re-samples as the suggested number of segments has."""
    run = view.run
    made, wanted = run.suggestion.of(view.k).resamples, run.options.resamples_of_suggested
    if made >= wanted:
        return
    told = f"They rest on {made or 'a few'} re-samples"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{told}; {wanted} are surer.", width="content")
        pressed = st.button(
            f"Make {wanted} re-samples",
            key="resample",
            disabled=job_manager().running is not None or not latest.is_current(run),
            icon=":material/casino:",
        )
    if pressed:
        start_resampling(view)
        st.rerun()
