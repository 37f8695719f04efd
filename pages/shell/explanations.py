"""What explains the segments, as the screens read it: from memory, keyed by the run's id and k."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.shell import cached, latest
from pages.shell.workspace import workspace
from segmentation.insight.explain import Evidence, Explanation, gather_evidence
from segmentation.runs import Run
from segmentation.runs.explain import explain_run


def explanations(run: Run, k: int) -> tuple[Explanation, ...]:
    """Explain the segments of this k; words, quotes and products only while the files are the run's."""
    return _explanations(run.run_id, k, latest.is_current(run), run)


def forget() -> None:
    """Drop from memory what was read from files that are deleted now."""
    _explanations.clear()
    _evidence.clear()


@st.cache_resource(max_entries=12, show_spinner="Looking closely at each segment …")
def _explanations(run_id: str, k: int, is_current: bool, _run: Run) -> tuple[Explanation, ...]:
    rows = latest.customer_rows(run_id)
    ids = rows["customer_id"].to_numpy(dtype=object)
    return explain_run(workspace(), _run, rows, k, _evidence(run_id, ids) if is_current else None)


@st.cache_resource(max_entries=1, show_spinner=False)
def _evidence(run_id: str, _ids: np.ndarray) -> Evidence:
    cached.shop()  # the tables may hold the files as they were read with other rules
    return gather_evidence(workspace(), _ids)
