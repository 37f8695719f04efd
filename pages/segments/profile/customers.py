"""Customers of a segment to look at: the most typical ones, and those on its edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from segmentation import formats
from segmentation.features.table import Feature
from segmentation.insight.facts.explain import Explanation
from segmentation.runs import View

FEATURES_WITHOUT_DIFFERENCES = 4


def customers_view(view: View, found: Explanation) -> None:
    """Show a few typical customers and a few on the edge, by what sets the segment apart."""
    st.subheader("Its customers")
    run, k = view.run, view.k
    if k not in run.shown:
        st.caption("These segments were found by an earlier version: find them anew to see customers here.")
        return
    shown = run.shown[k][found.segment]
    features = [one.feature for one in found.contrast.differences] or [
        *run.features[:FEATURES_WITHOUT_DIFFERENCES]
    ]
    st.markdown("**Most typical**, nearest to the middle of the segment")
    st.dataframe(_table(view, shown.typical, features), hide_index=True, key="profile_typical")
    if not len(shown.edge):
        return
    st.markdown("**On the edge**, least sure to keep this segment")
    names = view.names
    table = _table(view, shown.edge, features)
    table.insert(1, "Nearest other segment", [names[label] for label in shown.second])
    table.insert(1, "Confidence", [formats.percent(sure) for sure in shown.confidence])
    st.dataframe(table, hide_index=True, key="profile_edge")


def _table(view: View, positions: np.ndarray, features: Sequence[Feature]) -> pd.DataFrame:
    run, chosen = view.run, view.rows.iloc[positions]
    table = pd.DataFrame({"Customer": chosen["customer_id"]})
    labels = formats.distinct([feature.label for feature in features], taken=table.columns)
    for header, feature in zip(labels, features, strict=True):
        table[header] = [formats.of_unit(value, feature.unit, run.currency) for value in chosen[feature.name]]
    return table
