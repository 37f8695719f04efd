"""A scatterplot of any two features, coloured by segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.held.remembered import remembered
from pages.shell.words import count
from segmentation.charts import figures as charts
from segmentation.features.table import Feature
from segmentation.runs import Run, View

MOST_POINTS = 1_000  # each is an element of its own in the browser, made anew with every move


def telling_pair(features: Sequence[Feature]) -> tuple[int, int]:
    """Choose what to draw first: the first and the third (or last) number that may define segments."""
    numbers = [at for at, one in enumerate(features) if one.value is None and not one.personal]
    places = numbers if len(numbers) >= 2 else list(range(len(features)))
    return places[0], places[min(2, len(places) - 1)]


def pair_view(view: View) -> None:
    """Let two features be chosen and show drawn customers by them; nothing is computed until it is opened."""
    if len(view.run.features) < 2:
        return
    with st.expander("Any two features", key="trust_pair_open", on_change="rerun") as opened:
        if opened.open:
            _pair_view(view)


def _pair_view(view: View) -> None:
    run = view.run
    first, second = telling_pair(run.features)
    across, up = st.columns(2)
    with across:
        x = _choose(run.features, "From left to right", first, "trust_x")
    with up:
        y = _choose(run.features, "From bottom to top", second, "trust_y")
    pair, rows = _pair(run.run_id, run, x, y)
    segments = latest.drawn(view).labels[rows]
    st.plotly_chart(
        charts.feature_scatter(pair, segments, view.names),
        key="trust_pair",
        alt="Customers by the two chosen features, coloured by segment",
        config={"displaylogo": False},
    )
    st.caption(
        f"Showing {len(rows):,} of {count(run.customers, 'customer')}; those without a value are left out. "
        "Where a few customers have very large numbers, the scale goes up in powers of ten."
    )


def _choose(features: Sequence[Feature], label: str, index: int, key: str) -> str:
    labels = {feature.name: feature.label for feature in features}
    return st.selectbox(
        label, list(labels), index, format_func=labels.__getitem__, key=key, persist_state="session"
    )


@remembered(8)
def _pair(run_id: str, _run: Run, x: str, y: str) -> tuple[charts.Pair, np.ndarray]:
    """Prepare two features; also give the rows of the drawn customers who have both, thinned evenly."""
    drawn = latest.drawn_customers(run_id)
    rows = drawn[[x, y]].notna().all(axis=1).to_numpy().nonzero()[0]
    rows = rows[:: max(1, -(-len(rows) // MOST_POINTS))]
    chosen = drawn.iloc[rows]
    values = pd.DataFrame({"x": chosen[x], "y": chosen[y], "customer": chosen["customer_id"]})
    first, second = (next(one for one in _run.features if one.name == name) for name in (x, y))
    units = (first.unit, second.unit)
    return charts.feature_pair(values, first.label, second.label, first.skewed, second.skewed, units), rows
