"""What speaks for and against every number of segments, in one table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from segmentation.insight.sentences import HOW_COMPUTED
from segmentation.insight.verdicts import standing
from segmentation.runs import Run

CHOSEN = "background-color: rgba(0, 101, 159, 0.18)"
MEASURES = (
    "**Gap p** is the largest p-value of Hartigan’s dip test between any two neighbouring segments: below "
    "0.05 there is a gap between all of them. **Lowest overlap** is the mean Jaccard similarity of the "
    "segment that comes back worst (0.6 or more for groups, 0.75 or more for slices), and **smallest "
    "share** is to be 2% or more. Silhouette and Calinski–Harabasz are better when high, Davies–Bouldin when "
    "low; they are shown for comparison and do not decide, since they find groups where there are none."
)


def evidence_view(run: Run, k: int) -> None:
    """Show the evidence of every k, the chosen one marked."""
    st.subheader("Why this number, and not another?")
    table = evidence_table(run)
    st.dataframe(
        table.style.apply(lambda row: [CHOSEN if row["Segments"] == k else ""] * len(row), axis=1),
        hide_index=True,
        key="trust_evidence",
        height="content",
        column_config={
            "Gap p": st.column_config.NumberColumn(format="%.3f"),
            "Lowest overlap": st.column_config.NumberColumn(format="%.1f%%"),
            "Smallest share": st.column_config.NumberColumn(format="%.1f%%"),
            "Silhouette": st.column_config.NumberColumn(format="%.2f"),
            "Calinski–Harabasz": st.column_config.NumberColumn(format="%.0f"),
            "Davies–Bouldin": st.column_config.NumberColumn(format="%.2f"),
        },
        alt="The evidence for every number of segments",
    )
    st.caption(
        f"The shaded row is on screen; {run.suggestion.k} is suggested. Groups need a gap between all "
        "neighbours, segments that come back, and none that is tiny."
    )
    with st.expander("How this is computed"):
        st.markdown(HOW_COMPUTED["suggestion"])
        st.markdown(MEASURES)


def evidence_table(run: Run) -> pd.DataFrame:
    """Return a row per number of segments."""
    rows = []
    for one in run.suggestion.evidence:
        quality = run.cuts[one.k].quality
        rows.append(
            {
                "Segments": one.k,
                "Verdict": str(standing(one)),
                "Gap p": one.gap_p_value,
                "Lowest overlap": round(100 * one.returns, 1),
                "Smallest share": round(100 * one.min_share, 1),
                "Silhouette": quality.silhouette,
                "Calinski–Harabasz": quality.calinski_harabasz,
                "Davies–Bouldin": quality.davies_bouldin,
            }
        )
    return pd.DataFrame(rows)
