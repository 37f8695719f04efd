"""The customers that were drawn around on the map: a list of them, and all of them as a file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.words import count
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.files.run_files import RunFiles
from segmentation.runs import Run, load_customers

ROWS_SHOWN = 1_000
FEATURES_SHOWN = 6


def circled_customers(run: Run, k: int, outline: latest.Outline) -> None:
    """List the customers within the outline, and offer them as a file."""
    if not outline:
        return
    positions = latest.circled(run.run_id, outline)
    st.markdown(f"**{len(positions):,} of {count(run.customers, 'customer')} inside your outline**")
    if not len(positions):
        return
    st.dataframe(
        _table(run, k, outline),
        hide_index=True,
        key="explore_circled",
        column_config={
            "Confidence": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
        },
    )
    if len(positions) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} are listed; the file has all of them.")
    st.download_button(
        "Download these customers (CSV)",
        data=lambda: file_of(run, k, positions),
        file_name="customers-in-outline.csv",
        mime="text/csv",
        key="_download_circled",
        on_click="ignore",
        icon=":material/download:",
    )


def _table(run: Run, k: int, outline: latest.Outline) -> pd.DataFrame:
    names = run.names_at(k)
    chosen = latest.some_customers(run.run_id, outline, ROWS_SHOWN)
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
    return table


def file_of(run: Run, k: int, positions: np.ndarray) -> bytes:
    """Write the customers at these positions of the run with their features as CSV."""
    rows = load_customers(workspace(), run, positions)
    return RunFiles(run, rows, k).customers(np.arange(len(rows)))
