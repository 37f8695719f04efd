"""What explains the segments, as the screens read it: from memory, keyed by the run's id and k."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.shell import cached, latest
from pages.shell.workspace import workspace
from segmentation.insight.facts.explain import (
    Evidence,
    Explanation,
    explain_segments,
    gather_evidence,
    with_evidence,
)
from segmentation.runs import Run
from segmentation.runs.explain import labels_of_run, table_of_run


def by_features(run: Run, k: int) -> tuple[Explanation, ...]:
    """Explain the segments of this k by what is kept with the run."""
    return _by_features(run.run_id, k, run)


def by_shop(run: Run, k: int) -> tuple[Explanation, ...]:
    """Add words, quotes and products, which are read from the files: for a run of the files as they are."""
    return _by_shop(run.run_id, k, run)


def forget() -> None:
    """Drop from memory what was read from files that are deleted now."""
    for remembered in (_by_features, _by_shop, _evidence):
        remembered.clear()


@st.cache_resource(max_entries=12, show_spinner="Looking closely at each segment …")
def _by_features(run_id: str, k: int, _run: Run) -> tuple[Explanation, ...]:
    rows = latest.customer_rows(run_id)
    return explain_segments(table_of_run(_run, rows), labels_of_run(rows, k), k, _run.options.seed)


@st.cache_resource(max_entries=12, show_spinner="Reading what they buy and write …")
def _by_shop(run_id: str, k: int, _run: Run) -> tuple[Explanation, ...]:
    rows = latest.customer_rows(run_id)
    ids = rows["customer_id"].to_numpy(dtype=object)
    return with_evidence(
        by_features(_run, k), workspace(), ids, labels_of_run(rows, k), _evidence(run_id, ids)
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def _evidence(run_id: str, _ids: np.ndarray) -> Evidence:
    cached.shop()  # the tables may hold the files as they were read with other rules
    return gather_evidence(workspace(), _ids)
