"""The slider over k, the suggestion beside it, and the curve that it comes from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shell.segment_choice import show_k, slide_view
from pages.shell.words import plain
from segmentation.charts import figures as charts
from segmentation.insight.sentences.segments import HOW_COMPUTED, structure_verdict
from segmentation.insight.sentences.verdicts import suggestion_reason
from segmentation.runs import Run, View


def choose_view(run: Run) -> View:
    """Show the slider with the suggestion marked, and return the run in the chosen number of segments."""
    suggested = run.suggestion.k
    with st.grid(min_column_width=340, gap="medium"):
        with st.container(gap="xsmall"):
            view = slide_view(run, mark=False)
            st.html(suggestion_mark(run.ks, suggested))
            if view.k != suggested:
                st.button(
                    f"Back to the suggested {suggested}",
                    key="_back_to_suggestion",
                    on_click=show_k,
                    args=(suggested,),
                    icon=":material/undo:",
                )
        st.markdown(f"**{structure_verdict(run.suggestion)}** {plain(suggestion_reason(run.suggestion))}")
    return view


def suggestion_mark(ks: Sequence[int], suggested: int) -> str:
    """Draw a mark below the slider at the suggested k, in its share of the slider's width."""
    share = ks.index(suggested) / max(len(ks) - 1, 1)
    return (
        '<div aria-hidden="true" style="position:relative;height:2.1rem;font-size:0.8rem;line-height:1.1">'
        '<div style="position:absolute;transform:translateX(-50%);text-align:center;white-space:nowrap;'
        f'left:{share:.1%}">'
        f"▲<br>{suggested} suggested</div></div>"
    )


def quality_view(run: Run) -> DeltaGenerator:
    """Show how steady and how separate the segments are for every k; give the place for the mark of one."""
    st.subheader("How many segments?")
    frame = pd.DataFrame(
        {
            "k": run.ks,
            "stability": [min(s.stability for s in run.cuts[n].segments) for n in run.ks],
            "silhouette": [run.cuts[n].quality.silhouette for n in run.ks],
        }
    )
    with st.container(gap=None):
        mark = st.container()
        st.plotly_chart(
            charts.quality_curve(frame, suggested=run.suggestion.k),
            key="explore_quality",
            alt="How steady and how separate the segments are, for every number of segments",
            config={"displayModeBar": False},
        )
    st.caption(
        "Higher is better in both. The upper one decides: a segment that does not come back is chance."
    )
    with st.expander("How this is computed"):
        for topic in ("suggestion", "stability", "separation"):
            st.markdown(HOW_COMPUTED[topic])
    return mark


def curve_mark(ks: Sequence[int], k: int) -> str:
    """Draw a dotted line at a k over the quality curve below, which so stays as it is with every move."""
    places = charts.places_on_curve(ks, k)
    lines = "".join(
        '<div style="position:absolute;z-index:1;pointer-events:none;'
        f"left:{place['left']};top:calc(1.1rem + {place['top']});height:{place['height']};"
        f'border-left:2px dotted {charts.QUIET}"></div>'
        for place in places
    )
    return (
        '<div style="position:relative;height:1.1rem;font-size:0.8rem;line-height:1.1">'
        f'<div style="position:absolute;left:{places[0]["left"]};transform:translateX(-50%);'
        f'white-space:nowrap">shown: {k}</div>{lines}</div>'
    )
