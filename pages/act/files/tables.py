"""The segments as they are: tables for a spreadsheet, a CRM or a colleague."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from pages.shell.audience.logged import logged
from pages.shell.workspace import workspace
from segmentation.action.audience import MOST_IN_XLSX, TableFormat, write_customers
from segmentation.action.files import RunFiles
from segmentation.runs import View

FORMATS = {
    TableFormat.CSV: ("CSV", "text/csv"),
    TableFormat.XLSX: ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    TableFormat.PARQUET: ("Parquet", "application/vnd.apache.parquet"),
}


def tables(view: View) -> None:
    """Offer the files of everyone; each is written, and written down, at a press."""
    st.caption("*All customers*: a row each, with segment and confidence. *Segment table*: its averages.")
    with st.container(horizontal=True):
        _everything(view)
        for as_, (label, mime) in FORMATS.items():
            _all_customers(view, as_, label, mime)
        st.download_button(
            "Segment table (CSV)",
            data=RunFiles(view).centroids,
            file_name=f"segment-table-{view.k}.csv",
            mime="text/csv",
            key="_download_centroids",
            on_click="ignore",
            icon=":material/download:",
        )


def _everything(view: View) -> None:
    zip_name = f"segments-{view.k}.zip"
    st.download_button(
        "All files (ZIP)",
        data=logged(RunFiles(view).everything, zip_name, view.run.customers),
        file_name=zip_name,
        mime="application/zip",
        key="_download_zip",
        on_click="ignore",
        icon=":material/folder_zip:",
        help="All customers, the segment table, and a file for each segment.",
    )


def _all_customers(view: View, as_: TableFormat, label: str, mime: str) -> None:
    file_name, opened = f"customers-in-{view.k}-segments.{as_}", workspace()
    customers = view.run.customers
    too_many = as_ is TableFormat.XLSX and customers > MOST_IN_XLSX

    def write() -> bytes:
        with tempfile.TemporaryDirectory(dir=opened.staging) as folder:
            path = Path(folder) / file_name
            write_customers(opened, view, path, as_)
            return path.read_bytes()

    st.download_button(
        f"All customers ({label})",
        data=logged(write, file_name, customers),
        file_name=file_name,
        mime=mime,
        key="_download_assignments" if as_ is TableFormat.CSV else f"_download_assignments_{as_}",
        on_click="ignore",
        icon=":material/download:",
        disabled=too_many,
        help=f"A sheet holds {MOST_IN_XLSX:,} rows: take CSV or Parquet." if too_many else None,
    )
