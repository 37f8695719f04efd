"""The playbook as files."""

from __future__ import annotations

import streamlit as st

from segmentation.action.play import Playbook
from segmentation.action.play_edits import Edits
from segmentation.action.play_table import playbook_csv
from segmentation.runs import Run


def downloads(run: Run, playbook: Playbook, edits: Edits) -> None:
    """Offer the playbook; a file is written when its button is pressed."""
    names = run.names_at(playbook.k)
    st.download_button(
        "Playbook (CSV)",
        data=lambda: playbook_csv(playbook, names, edits),
        file_name=f"playbook-{playbook.k}.csv",
        mime="text/csv",
        key="_download_playbook",
        on_click="ignore",
        icon=":material/download:",
    )
