"""How steady and how separate the segments are for every number of them, as a curve."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from segmentation.charts import figures as charts
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.runs import View


def curve_view(view: View) -> None:
    """Show the curve with the number on screen marked; nothing is drawn until it is opened."""
    with st.expander("How many segments? The curve", key="trust_curve_open", on_change="rerun") as opened:
        if opened.open:
            _curve_view(view)


def _curve_view(view: View) -> None:
    run = view.run
    frame = pd.DataFrame(
        {
            "k": run.ks,
            "stability": [min(s.stability for s in run.cuts[n].segments) for n in run.ks],
            "silhouette": [run.cuts[n].quality.silhouette for n in run.ks],
        }
    )
    with st.container(gap=None):
        st.html(curve_mark(run.ks, view.k))
        st.plotly_chart(
            charts.quality_curve(frame, suggested=run.suggestion.k),
            key="trust_curve",
            alt="How steady and how separate the segments are, for every number of segments",
            config={"displayModeBar": False},
        )
    st.caption(
        "Higher is better in both. The upper one decides: a segment that does not come back is chance."
    )
    for topic in ("suggestion", "stability", "separation"):
        st.markdown(HOW_COMPUTED[topic])


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
