"""Customers of a segment to look at: the most typical ones, and those on its edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import explanations
from pages.shell.browser.table import text_table
from segmentation import formats
from segmentation.features.table import Feature
from segmentation.insight.facts.typical_customers import ShownCustomers
from segmentation.runs import View

FEATURES_WITHOUT_DIFFERENCES = 4
NEAREST = "Nearest other segment"
TYPICAL, EDGE = "Most typical", "On the edge, least sure to keep it"


def customers_view(view: View, label: int) -> None:
    """Show a few typical customers and a few on the edge, by what sets the segment apart."""
    run, k = view.run, view.k
    if k not in run.shown:
        st.caption("These segments were found by an earlier version: find them anew to see customers here.")
        return
    shown = run.shown[k][label]
    contrast = explanations.by_features(view)[label].contrast
    features = [one.feature for one in contrast.differences] or [*run.features[:FEATURES_WITHOUT_DIFFERENCES]]
    typical, edge = st.tabs([TYPICAL, EDGE], key="profile_customers", on_change="rerun")
    with typical:
        if typical.open:
            text_table(_table(view, shown.typical, features), TYPICAL)
    with edge:
        if edge.open:
            _edge(view, shown, features)


def _edge(view: View, shown: ShownCustomers, features: Sequence[Feature]) -> None:
    if not len(shown.edge):
        st.caption("Nobody is less sure to keep this segment than the others.")
        return
    names = view.names
    table = _table(view, shown.edge, features)
    table.insert(1, NEAREST, [names[label] for label in shown.second])
    table.insert(1, "Confidence", [formats.percent(sure) for sure in shown.confidence])
    text_table(table, EDGE)


def _table(view: View, positions: np.ndarray, features: Sequence[Feature]) -> pd.DataFrame:
    run, chosen = view.run, view.rows.iloc[positions]
    table = pd.DataFrame({"Customer": chosen["customer_id"]})
    labels = formats.distinct([feature.label for feature in features], taken=table.columns)
    for header, feature in zip(labels, features, strict=True):
        table[header] = [formats.of_unit(value, feature.unit, run.currency) for value in chosen[feature.name]]
    return table
