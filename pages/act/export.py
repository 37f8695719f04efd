"""Take the segments along: files for a spreadsheet, a CRM or a colleague."""

from functools import partial

import streamlit as st

from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import EXPLORE
from pages.shell.words import count, plain
from pages.shell.workspace import StateKeys
from segmentation import formats
from segmentation.action.export import segment_file_name
from segmentation.action.files import RunFiles

CSV = "text/csv"

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


def files() -> RunFiles:
    """Bring the run's rows in when a button is pressed, not before."""
    return RunFiles(run, latest.customer_rows(run.run_id), k)


def one_segment(label: int) -> bytes:
    """Write the file of one segment when its button is pressed."""
    return files().segment(label)


st.subheader("Everything")
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
    st.download_button(
        "All customers (CSV)",
        data=lambda: files().assignments(),
        file_name=f"customers-in-{k}-segments.csv",
        mime=CSV,
        key="_download_assignments",
        on_click="ignore",
        icon=":material/download:",
    )
    st.download_button(
        "Segment table (CSV)",
        data=lambda: files().centroids(),
        file_name=f"segment-table-{k}.csv",
        mime=CSV,
        key="_download_centroids",
        on_click="ignore",
        icon=":material/download:",
    )

st.subheader("One segment")
for segment, name in zip(run.cuts[k].segments, names, strict=True):
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{plain(name)}**  \n{count(segment.size, 'customer')} · {formats.percent(segment.share)}",
            width="stretch",
        )
        st.download_button(
            "Download (CSV)",
            data=partial(one_segment, segment.label),
            file_name=segment_file_name(segment.label, name),
            mime=CSV,
            key=f"_download_segment_{segment.label}",
            on_click="ignore",
            icon=":material/download:",
        )

next_step(EXPLORE, "Back to your segments", icon=":material/arrow_back:")
