"""How segments split as their number grows; a click picks the number, and odd sizes are mended."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.shell.held.remembered import remembered
from pages.shell.segment_choice import show_k
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.charts.splits import split_chart
from segmentation.insight.facts.sizes import odd_sizes
from segmentation.insight.sentences.verdicts import odd_sizes_sentence
from segmentation.runs import Run, View
from segmentation.runs.splits import split_flows

CHART = "trust_splits"


def sizes_view(view: View) -> None:
    """Warn of giant and tiny segments, and offer the nearest number of segments that has none."""
    run, k = view.run, view.k
    shares = {number: [one.share for one in run.cuts[number].segments] for number in run.ks}
    found = odd_sizes(shares, k, run.suggestion.k)
    if found is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        told = plain(odd_sizes_sentence(found, shares[k], view.names))
        st.markdown(f":material/warning: {told}", width="stretch")
        if found.instead is not None:
            st.button(
                f"Show {found.instead} segments instead",
                key="_mend_sizes",
                on_click=show_k,
                args=(found.instead,),
                icon=":material/healing:",
            )


def splits_view(view: View) -> None:
    """Draw how the segments of each number become those of the next."""
    run = view.run
    if len(run.ks) < 2:
        return
    st.header("How do segments split?")
    names = {number: run.names_at(number) for number in run.ks}
    st.plotly_chart(
        split_chart(_flows(run.run_id, run), names, view.k),
        key=CHART,
        on_select=_choose_clicked,
        selection_mode="points",
        config={"displayModeBar": False},
        alt="How segments split as their number grows",
    )
    st.caption("**Click a bar** to look at that number of segments.")


def _choose_clicked() -> None:
    points = st.session_state[CHART].selection.points
    if points:
        clicked = points[0]["customdata"]
        show_k(int(clicked[0] if isinstance(clicked, list) else clicked))


@remembered(2, with_runs=False)
def _flows(run_id: str, _run: Run) -> dict[int, np.ndarray]:
    return split_flows(workspace(), _run)
