"""Look one customer up: what to offer next, and the reason for each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.recommend import Recommended, find_customers, recommendations_of
from segmentation.runs import Run


def customer_view(run: Run, found: Recommended) -> None:
    """Show the next products of one customer."""
    typed = st.text_input("How the customer’s number begins", key="recommend_find", width=320)
    matching = find_customers(workspace(), run.run_id, typed or "")
    if not matching:
        st.caption("No customer’s number begins so.")
        return
    chosen = st.selectbox("Customer", matching, key="recommend_customer", width=320)
    rows = recommendations_of(workspace(), run.run_id, chosen)
    if rows.empty:
        return
    st.markdown(f"In **{plain(run.names_at(found.k)[int(rows['segment'].iloc[0])])}**")
    for title, new in (("New to them", True), ("To buy again", False)):
        part = rows[rows["is_new"] == new]
        if len(part):
            st.markdown(f"**{title}**")
            st.dataframe(_table(part), hide_index=True, key=f"recommend_rows_{new}", height="content")


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    shown = rows[["product", "reason", "product_id"]]
    return shown.set_axis(["Product", "Why", "Number"], axis=1)
