"""What speaks for and against every number of segments, in one table."""

from __future__ import annotations

from functools import partial
from math import isnan

import pandas as pd
import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.browser.table import Column, Row, folding_table
from segmentation import formats
from segmentation.clusters.gap_statistic import Gap, gap_choice
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.insight.sentences.verdicts import STANDINGS, chance_sentence, standing
from segmentation.runs import Run, View

COLUMNS = (
    Column("Segments"),
    Column("Verdict"),
    *(Column(number, numeric=True) for number in ("Gap p", "Lowest overlap", "Smallest share")),
)
MEASURES = (
    "**Gap p** is the largest p-value of Hartigan’s dip test between any two neighbouring segments: below "
    "0.05 there is a gap between all of them. **Lowest overlap** is the mean Jaccard similarity of the "
    "segment that comes back worst (0.75 or more for groups and for slices), and **smallest share** is "
    "to be 2% or more for groups, 3% for slices."
)
COMPARED = (
    "For comparison, the usual measures, which do not decide, since they find groups where there are none or "
    "favour few. Silhouette and Calinski–Harabasz are better when high, Davies–Bouldin when low. The gap "
    "statistic compares how tight the segments are with segments of made-up customers who are spread "
    "evenly (at most 2,000 customers, 10 times); it takes the smallest number that is within one standard "
    "error of the next."
)


def evidence_view(view: View) -> None:
    """Show the evidence of every k, the chosen one marked, where somebody asks."""
    fold("Why this number, and not another?", "trust_evidence_open", partial(_evidence, view))


def _evidence(view: View) -> None:
    run = view.run
    if chance := chance_sentence(run.suggestion):
        st.markdown(chance)
    folding_table(COLUMNS, evidence_rows(view), "The evidence for every number of segments")
    st.caption(
        f"The shaded row is on screen; {run.suggestion.k} is suggested. Groups need a gap between all "
        "neighbours, segments that come back, and none that is tiny."
    )
    with st.expander("How this is computed"):
        st.markdown(HOW_COMPUTED["suggestion"])
        st.markdown(MEASURES)
        st.markdown(f"{COMPARED} {_choice_of_the_gap(run)}")
        st.dataframe(
            measures_table(run),
            hide_index=True,
            key="trust_measures",
            height="content",
            column_config={
                "Silhouette": st.column_config.NumberColumn(format="%.2f"),
                "Calinski–Harabasz": st.column_config.NumberColumn(format="%.0f"),
                "Davies–Bouldin": st.column_config.NumberColumn(format="%.2f"),
                "Gap statistic": st.column_config.NumberColumn(format="%.3f"),
                "Standard error": st.column_config.NumberColumn(format="%.3f"),
            },
        )


def _choice_of_the_gap(run: Run) -> str:
    gaps = {k: Gap(cut.quality.gap, cut.quality.gap_se) for k, cut in run.cuts.items()}
    if all(isnan(one.gap) for one in gaps.values()):
        return "The version that found these segments did not take it; find them anew to see it."
    chosen = gap_choice(gaps)
    return f"Here that is **{chosen}**." if chosen else "Here it still rises at the largest number."


def evidence_rows(view: View) -> list[Row]:
    """Return a row per number of segments, the one on screen marked."""
    return [
        Row(
            f"{one.k} segments",
            (
                STANDINGS[standing(view.run.suggestion, one.k)],
                formats.NOTHING if isnan(one.gap_p_value) else f"{one.gap_p_value:.3f}",
                formats.percent(one.returns),
                formats.percent(one.min_share),
            ),
            chosen=one.k == view.k,
        )
        for one in view.run.suggestion.evidence
    ]


def measures_table(run: Run) -> pd.DataFrame:
    """Return the measures that do not decide, a row per number of segments."""
    rows = [
        {
            "Segments": k,
            "Silhouette": cut.quality.silhouette,
            "Calinski–Harabasz": cut.quality.calinski_harabasz,
            "Davies–Bouldin": cut.quality.davies_bouldin,
            "Gap statistic": cut.quality.gap,
            "Standard error": cut.quality.gap_se,
        }
        for k, cut in sorted(run.cuts.items())
    ]
    return pd.DataFrame(rows)
