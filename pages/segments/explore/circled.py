"""The customers that were drawn around on the map: a list of them, and all of them as a file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.audience.button import audience_button
from pages.shell.words import count
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import ListKind, PeopleList
from segmentation.action.files import RunFiles
from segmentation.runs import View, load_customers

ROWS_SHOWN = 1_000
FEATURES_SHOWN = 6
WITHIN = "Drawn around on the map"


def circled_customers(view: View, outline: latest.Outline) -> None:
    """List the customers within the outline, and offer them as a file."""
    if not outline:
        return
    positions = latest.circled(view.run.run_id, outline)
    st.markdown(f"**{len(positions):,} of {count(view.run.customers, 'customer')} inside your outline**")
    if not len(positions):
        return
    with st.container(horizontal=True):
        audience_button(people_within(view, positions), key="outline", type="primary")
        _download(view, positions)
    st.dataframe(
        _table(latest.first_circled(view, outline, ROWS_SHOWN)),
        hide_index=True,
        key="explore_circled",
        column_config={
            "Confidence": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
        },
    )
    if len(positions) > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} are listed; the files have all of them.")


def people_within(view: View, positions: np.ndarray) -> PeopleList:
    """Return the customers at these positions of the run, as a list to be handed over."""
    return PeopleList(ListKind.OUTLINE, WITHIN, view.run.run_id, view.k, lambda: view.customer_ids[positions])


def _download(view: View, positions: np.ndarray) -> None:
    st.download_button(
        "Download these customers (CSV)",
        data=lambda: file_of(view, positions),
        file_name="customers-in-outline.csv",
        mime="text/csv",
        key="_download_circled",
        on_click="ignore",
        icon=":material/download:",
    )


def _table(view: View) -> pd.DataFrame:
    names = view.names
    table = pd.DataFrame(
        {
            "Customer": view.rows["customer_id"],
            "Segment": [names[label] for label in view.labels],
            "Confidence": view.confidence,
        }
    )
    features = view.run.features[:FEATURES_SHOWN]
    labels = formats.distinct([feature.label for feature in features], taken=table.columns)
    for label, feature in zip(labels, features, strict=True):
        table[label] = view.rows[feature.name]
    return table


def file_of(view: View, positions: np.ndarray) -> bytes:
    """Write the customers at these positions of the run with their features as CSV."""
    rows = load_customers(workspace(), view.run, positions)
    return RunFiles(View(view.run, view.k, rows)).customers(np.arange(len(rows)))
