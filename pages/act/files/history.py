"""What was handed over: the log of exports."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shell.workspace import workspace
from segmentation.action.files import list_exports


def history() -> None:
    """List every file that named customers, the latest first."""
    found = list_exports(workspace())
    if not found:
        st.info("Files that you take away are listed here: when, which segment, how many rows.")
        return
    st.caption(
        "Every file that named customers. When a customer asks to be forgotten, the files that named them "
        "are picked from this list; kept beside it are hashes of the customer ids, no addresses."
    )
    st.dataframe(
        pd.DataFrame(
            {
                "When (UTC)": [one.made_at for one in found],
                "For": [one.kind for one in found],
                "Segment": [one.segment for one in found],
                "Files": [", ".join(one.file_names) for one in found],
                "Rows": [one.rows for one in found],
            }
        ),
        hide_index=True,
        key="export_log",
        column_config={"Rows": st.column_config.NumberColumn(format="localized")},
    )
