"""The map of customers, coloured by segment; a lasso gives the list of customers inside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.words import count
from segmentation import charts, formats
from segmentation.action.files import RunFiles
from segmentation.insight.sentences import HOW_COMPUTED
from segmentation.runs import Run

ROWS_SHOWN = 1_000
FEATURES_SHOWN = 6


def map_view(run: Run, k: int) -> list[int]:
    """Show the map, and return the positions of the customers that were circled."""
    names = run.names_at(k)
    drawn = latest.map_points(run.run_id)
    points = drawn[["map_x", "map_y", f"segment_{k}", "customer_id"]].set_axis(charts.POINT_COLUMNS, axis=1)
    st.subheader("Map of your customers")
    event = st.plotly_chart(
        charts.segment_map(points, names),
        key="explore_map",
        on_select="rerun",
        selection_mode=("lasso", "box"),
        alt="Every point is a customer; neighbours are alike; colours are segments",
        config={"displaylogo": False},
    )
    st.caption(
        f"Showing {len(drawn):,} of {count(run.customers, 'customer')}. "
        "Neighbours are alike; the directions themselves mean nothing. "
        "To list customers, pick the lasso at the top right of the map and draw around them. "
        f"A flat picture can show only part of the differences: here {run.map_explained:.0%}."
    )
    with st.expander("How this is computed"):
        st.markdown(HOW_COMPUTED["map"])
    return [point["customdata"] for point in event["selection"]["points"]] if event else []


def circled_customers(run: Run, k: int, positions: list[int]) -> None:
    """List the customers that were circled, and offer them as a file."""
    if not positions:
        return
    names = run.names_at(k)
    rows = latest.customer_rows(run.run_id)
    chosen = rows.loc[positions]
    table = pd.DataFrame(
        {
            "Customer": chosen["customer_id"],
            "Segment": [names[label] for label in chosen[f"segment_{k}"]],
            "Confidence": chosen[f"confidence_{k}"],
        }
    )
    features = run.features[:FEATURES_SHOWN]
    labels = formats.distinct([feature.label for feature in features], taken=table.columns)
    for label, feature in zip(labels, features, strict=True):
        table[label] = chosen[feature.name]
    st.markdown(f"**{count(len(table), 'customer')} inside your lasso**")
    st.dataframe(
        table.head(ROWS_SHOWN),
        hide_index=True,
        key="explore_circled",
        column_config={
            "Confidence": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
        },
    )
    st.download_button(
        "Download these customers (CSV)",
        data=lambda: RunFiles(run, rows, k).customers(np.array(positions)),
        file_name="customers-in-lasso.csv",
        mime="text/csv",
        key="_download_circled",
        on_click="ignore",
        icon=":material/download:",
    )
