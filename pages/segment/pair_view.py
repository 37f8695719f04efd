"""A scatterplot of any two features, coloured by segment."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.words import count
from segmentation import charts
from segmentation.features.table import Feature
from segmentation.runs import Run

MOST_POINTS = 2_000


def telling_pair(features: Sequence[Feature]) -> tuple[int, int]:
    """Choose what to draw first: the first and the third (or last) number that may define segments."""
    numbers = [at for at, one in enumerate(features) if one.value is None and not one.personal]
    places = numbers if len(numbers) >= 2 else list(range(len(features)))
    return places[0], places[min(2, len(places) - 1)]


def pair_view(run: Run, k: int) -> None:
    """Let two features be chosen and show every drawn customer by them."""
    if len(run.features) < 2:
        return
    st.subheader("Any two features")
    labels = {feature.name: feature.label for feature in run.features}
    first, second = telling_pair(run.features)
    across, up = st.columns(2)
    x = across.selectbox(
        "From left to right", list(labels), index=first, format_func=labels.__getitem__, key="explore_x"
    )
    y = up.selectbox(
        "From bottom to top",
        list(labels),
        index=second,
        format_func=labels.__getitem__,
        key="explore_y",
    )
    drawn = latest.drawn_customers(run.run_id)
    drawn = drawn.iloc[:: -(-len(drawn) // MOST_POINTS)]
    known = drawn[[x, y]].notna().all(axis=1)
    chosen = [x, y, f"segment_{k}", "customer_id"]
    points = pd.DataFrame(
        {to: drawn.loc[known, name] for to, name in zip(charts.POINT_COLUMNS, chosen, strict=True)}
    )
    of = {feature.name: feature for feature in run.features}
    st.plotly_chart(
        charts.feature_scatter(points, run.names_at(k), labels[x], labels[y], of[x].skewed, of[y].skewed),
        key="explore_pair",
        alt=f"Customers by {labels[x]} and {labels[y]}, coloured by segment",
        config={"displaylogo": False},
    )
    st.caption(
        f"Showing {len(points):,} of {count(run.customers, 'customer')}; those without a value are left out. "
        "Where a few customers have very large numbers, the scale goes up in powers of ten."
    )
