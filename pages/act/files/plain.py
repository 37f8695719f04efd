"""The segments as they are: tables for a spreadsheet, a CRM or a colleague."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.act.logged import logged
from pages.shell.swatch import swatch
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import MOST_IN_XLSX, TableFormat, write_customers
from segmentation.action.files import RunFiles, segment_file_name
from segmentation.runs import Segment, View

FORMATS = {
    TableFormat.CSV: ("CSV", "text/csv"),
    TableFormat.XLSX: ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    TableFormat.PARQUET: ("Parquet", "application/vnd.apache.parquet"),
}


def plain_files(view: View) -> None:
    """Offer the files of everyone, and of each segment; each is written, and written down, at a press."""
    st.subheader("Everything")
    st.caption(
        "*All customers* has one row per customer with the segment and how typical of it the customer is. "
        "*Segment table* has one row per segment with its averages. The ZIP has both, and a file per segment."
    )
    with st.container(horizontal=True):
        _everything(view)
    st.subheader("One segment")
    st.caption("Its customers with all that is known about each, for your CRM or a spreadsheet.")
    for segment, name in zip(view.segments, view.names, strict=True):
        _segment(view, segment, name)


def _everything(view: View) -> None:
    zip_name, files = f"segments-{view.k}.zip", RunFiles(view)
    st.download_button(
        "All files (ZIP)",
        data=logged(files.everything, zip_name, view.run.customers),
        file_name=zip_name,
        mime="application/zip",
        key="_download_zip",
        on_click="ignore",
        type="primary",
        icon=":material/folder_zip:",
    )
    for as_, (label, mime) in FORMATS.items():
        _all_customers(view, as_, label, mime)
    _csv_button(
        "Segment table (CSV)",
        files.centroids,
        f"segment-table-{view.k}.csv",
        "_download_centroids",
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


def _segment(view: View, segment: Segment, name: str) -> None:
    file_name, label = segment_file_name(segment.label, name), segment.label

    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(swatch(label), width=90)
        size = f"{count(segment.size, 'customer')} · {formats.percent(segment.share)}"
        st.markdown(f"**{plain(name)}**  \n{size}", width="stretch")
        _csv_button(
            "Download (CSV)",
            logged(
                lambda: RunFiles(view).segment(label),
                file_name,
                segment.size,
                lambda: view.members(label),
                str(label + 1),
            ),
            file_name,
            f"_download_segment_{label}",
        )


def _csv_button(label: str, data: Callable[[], bytes], file_name: str, key: str) -> None:
    """Offer a CSV that is written when the button is pressed."""
    st.download_button(
        label,
        data=data,
        file_name=file_name,
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )
