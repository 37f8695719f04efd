"""What was handed over: the log of exports."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.shell.guard import next_step
from pages.shell.routes import RESULTS
from pages.shell.workspace import workspace
from segmentation.action.audience import PLATFORMS, list_words
from segmentation.action.files import list_exports

FOR = {str(platform): rules.label for platform, rules in PLATFORMS.items()}


def history() -> None:
    """List every file that named customers, the latest first."""
    found = list_exports(workspace())
    if not found:
        st.info("Files that you take away are listed here: when, which segment, how many rows.")
        return
    st.caption("Every file that named customers, kept with hashes of their ids: forgetting finds them.")
    st.dataframe(
        pd.DataFrame(
            {
                "When (UTC)": [one.made_at for one in found],
                "For": [FOR.get(one.kind, one.kind.upper()) for one in found],
                "Whom": [list_words(one.segment) for one in found],
                "Files": [", ".join(one.file_names) for one in found],
                "Rows": [one.rows for one in found],
            }
        ),
        hide_index=True,
        key="export_log",
        column_config={"Rows": st.column_config.NumberColumn(format="localized")},
    )
    next_step(RESULTS, "What it brought", icon=":material/science:")
