"""The latest run and its customers, as the screens read them: from memory, keyed by the run's id."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shell import cached
from pages.shell.workspace import workspace
from segmentation.errors import OptionError
from segmentation.runs import Run, latest_run_id, load_customers, load_run, rename_segment, segment_names


def latest_run() -> Run | None:
    """Return the newest run with the names as they are now; None where there is none."""
    run_id = latest_run_id(workspace())
    if run_id is None:
        return None
    return with_names(_run(run_id))


def with_names(run: Run) -> Run:
    """Return the run with the names as they are now, from memory."""
    return replace(run, names=_names())


def rename(label: int, name: str) -> None:
    """Give a segment a name of one's own; an empty one brings the generated name back."""
    rename_segment(workspace(), label, name)
    _names.clear()


def forget() -> None:
    """Drop from memory the runs, customers and names that are deleted now."""
    for remembered in (_run, _names, customer_rows, map_points):
        remembered.clear()


def is_current(run: Run) -> bool:
    """Whether the run was made from the files as they are now."""
    return run.fingerprint == cached.fingerprint()


@st.cache_resource(max_entries=2, show_spinner="Opening your segments …")
def _run(run_id: str) -> Run:
    run = load_run(workspace(), run_id)
    if run is None:
        raise OptionError("these segments were deleted meanwhile.", "Reload the page.")
    return run


@st.cache_resource(max_entries=1, show_spinner=False)
def _names() -> dict[int, str]:
    return segment_names(workspace())


@st.cache_resource(max_entries=1, show_spinner="Opening your customers …")
def customer_rows(run_id: str) -> pd.DataFrame:
    """Read the row of every customer; the frame is shared, so nobody may change it."""
    return load_customers(workspace(), _run(run_id))


@st.cache_resource(max_entries=1, show_spinner=False)
def map_points(run_id: str) -> pd.DataFrame:
    """Take the customers that are drawn on the map."""
    rows = customer_rows(run_id)
    return rows[rows["map_x"].notna()]
