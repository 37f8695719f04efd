"""Take the segments along: files for a spreadsheet, a CRM or a colleague."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import EXPLORE
from pages.shell.swatch import swatch
from pages.shell.words import count, plain
from pages.shell.workspace import StateKeys
from segmentation import formats
from segmentation.action.export import segment_file_name
from segmentation.action.files import RunFiles


def csv_button(label: str, data: Callable[[], bytes], file_name: str, key: str) -> None:
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


st.title("Download your segments")
st.markdown(
    "Take each segment along as a file. Every file opens in Excel as it is, accents and Chinese included."
)

run = require(
    latest.latest_run(),
    "Files appear here once there are segments: add your shop’s exports and press Find segments.",
)

ks = run.ks
chosen = st.session_state.get(StateKeys.K)
k = st.selectbox(
    "Number of segments",
    ks,
    index=ks.index(chosen if chosen in ks else run.suggestion.k),
    format_func=lambda k: f"{k} (suggested)" if k == run.suggestion.k else str(k),
    key="_export_k",
    width=240,
)
names = run.names_at(k)


def file_of(label: int) -> bytes:
    """Write one segment's file."""
    return files().segment(label)


def files() -> RunFiles:
    """Bring the run's rows in when a button is pressed, not before."""
    return RunFiles(run, latest.customer_rows(run.run_id), k)


st.subheader("Everything")
st.caption(
    "*All customers* has one row per customer with the segment and how typical of it the customer is. "
    "*Segment table* has one row per segment with its averages. The ZIP holds both, and a file per segment."
)
with st.container(horizontal=True):
    st.download_button(
        "All files (ZIP)",
        data=lambda: files().everything(),
        file_name=f"segments-{k}.zip",
        mime="application/zip",
        key="_download_zip",
        on_click="ignore",
        type="primary",
        icon=":material/folder_zip:",
    )
    csv_button(
        "All customers (CSV)",
        lambda: files().assignments(),
        f"customers-in-{k}-segments.csv",
        "_download_assignments",
    )
    csv_button(
        "Segment table (CSV)", lambda: files().centroids(), f"segment-table-{k}.csv", "_download_centroids"
    )

st.subheader("One segment")
st.caption("Its customers with all that is known about each, for your newsletter or ads tool.")
for segment, name in zip(run.cuts[k].segments, names, strict=True):
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(swatch(segment.label), width=90)
        size = f"{count(segment.size, 'customer')} · {formats.percent(segment.share)}"
        st.markdown(f"**{plain(name)}**  \n{size}", width="stretch")
        csv_button(
            "Download (CSV)",
            partial(file_of, segment.label),
            segment_file_name(segment.label, name),
            f"_download_segment_{segment.label}",
        )

next_step(EXPLORE, "Back to your segments", icon=":material/arrow_back:")
