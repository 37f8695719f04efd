"""The segments as they are: tables for a spreadsheet, a CRM or a colleague."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from pages.shell import latest
from pages.shell.swatch import swatch
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.export import segment_file_name
from segmentation.action.export_log import log_export
from segmentation.action.files import RunFiles
from segmentation.action.handover import EVERYONE
from segmentation.runs import Run, Segment


def plain_files(run: Run, k: int) -> None:
    """Offer the files of everyone, and of each segment; each is written, and written down, at a press."""
    st.subheader("Everything")
    st.caption(
        "*All customers* has one row per customer with the segment and how typical of it the customer is. "
        "*Segment table* has one row per segment with its averages. The ZIP has both, and a file per segment."
    )
    with st.container(horizontal=True):
        _everything(run, k)
    st.subheader("One segment")
    st.caption("Its customers with all that is known about each, for your CRM or a spreadsheet.")
    for segment, name in zip(run.cuts[k].segments, run.names_at(k), strict=True):
        _segment(run, k, segment, name)


def _everything(run: Run, k: int) -> None:
    zip_name, all_name = f"segments-{k}.zip", f"customers-in-{k}-segments.csv"
    st.download_button(
        "All files (ZIP)",
        data=_logged(lambda: _files(run, k).everything(), zip_name, run.customers),
        file_name=zip_name,
        mime="application/zip",
        key="_download_zip",
        on_click="ignore",
        type="primary",
        icon=":material/folder_zip:",
    )
    _csv_button(
        "All customers (CSV)",
        _logged(lambda: _files(run, k).assignments(), all_name, run.customers),
        all_name,
        "_download_assignments",
    )
    _csv_button(
        "Segment table (CSV)",
        lambda: _files(run, k).centroids(),
        f"segment-table-{k}.csv",
        "_download_centroids",
    )


def _segment(run: Run, k: int, segment: Segment, name: str) -> None:
    file_name, label = segment_file_name(segment.label, name), segment.label

    def write() -> bytes:
        return _files(run, k).segment(label)

    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(swatch(label), width=90)
        size = f"{count(segment.size, 'customer')} · {formats.percent(segment.share)}"
        st.markdown(f"**{plain(name)}**  \n{size}", width="stretch")
        _csv_button(
            "Download (CSV)",
            _logged(write, file_name, segment.size, lambda: _members(run, k, label), str(label + 1)),
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


def _logged(
    write: Callable[[], bytes],
    file_name: str,
    rows: int,
    members: Callable[[], np.ndarray] | None = None,
    segment: str = EVERYONE,
) -> Callable[[], bytes]:
    """Do the same, and write down that these customers were handed over."""
    opened, kind = workspace(), file_name.rpartition(".")[2]

    def written() -> bytes:
        content = write()
        log_export(opened, kind, segment, [file_name], rows, members() if members else None)
        return content

    return written


def _members(run: Run, k: int, label: int) -> np.ndarray:
    rows = latest.customer_rows(run.run_id)
    return rows.loc[rows[f"segment_{k}"] == label, "customer_id"].to_numpy(dtype=object)


def _files(run: Run, k: int) -> RunFiles:
    """Bring the run's rows in when a button is pressed, not before."""
    return RunFiles(run, latest.customer_rows(run.run_id), k)
