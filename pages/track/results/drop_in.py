"""A result file, dropped in: who was sent it, who ordered, at what cost. An order export joins the files."""

from __future__ import annotations

import hashlib
import uuid

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shell.guard import show_error
from pages.shell.words import plain
from pages.shell.workspace import workspace
from pages.track.results import kept
from pages.track.results.choose import COST
from segmentation.errors import SegmentationError
from segmentation.intake.uploads.load import load_tables
from segmentation.track.results.result_file import read_result_file
from segmentation.workspace.faults import explained

FILE, ROUND, ERROR = "_results_file", "_results_round", "_results_error"
TYPES = ["csv", "tsv", "txt", "xlsx", "parquet", "zip"]
ABOUT = (
    "From your mailing or ads platform: a row for each person, by customer id, e-mail or phone, with what is "
    "known of *sent*, *ordered*, *revenue* and *cost*. It is read in memory and not kept. A newer export of "
    "orders can be dropped here, too: it joins your files."
)


def dropped(export_id: str) -> kept.FileKey | None:
    """Return the result file of this campaign that was dropped in and is still in memory."""
    known: kept.FileKey | None = st.session_state.get(f"{FILE}_{export_id}")
    return kept.held(known)


def drop_in(export_id: str) -> None:
    """Offer the drop zone and the cost."""
    st.caption(ABOUT)
    round_ = st.session_state.setdefault(ROUND, 0)
    file = st.file_uploader("Result file or order export", type=TYPES, key=f"_results_drop_{round_}")
    if file is not None:
        st.session_state[ERROR] = _take(export_id, file)
        st.session_state[ROUND] = round_ + 1  # a new widget, without the file
        st.rerun()
    if error := st.session_state.get(ERROR):
        show_error(error)
    st.number_input(
        "What the campaign cost in all",
        0.0,
        value=None,
        key=f"{COST}_{export_id}",
        persist_state="session",
        width=240,
        help="Where a result file has a column of costs, that is taken unless you type one.",
    )


def _take(export_id: str, file: UploadedFile) -> SegmentationError | None:
    """Read a file; return what was wrong with it."""
    opened = workspace()
    staged = opened.staging / uuid.uuid4().hex
    try:
        with st.spinner("Reading the file …"), explained(staged):
            staged.write_bytes(file.getbuffer())
            rows = read_result_file(staged, file.name)
            if rows is None:
                load_tables(opened, staged, file.name)
    except SegmentationError as error:
        return error
    finally:
        staged.unlink(missing_ok=True)
    if rows is None:
        st.toast(f"{plain(file.name)} is an export of orders: it joined your files.")
    else:
        key = export_id, hashlib.sha256(file.getbuffer()).hexdigest()
        kept.hold(key, rows)
        st.session_state[f"{FILE}_{export_id}"] = key
    return None
