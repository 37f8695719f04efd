"""The inbox: large files put into the data folder by hand, offered for loading as a job."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shell.words import plain
from pages.shell.workspace import job_manager, workspace
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.inbox import list_inbox, load_from_inbox
from segmentation.jobs import Job, Progress
from segmentation.workspace import Workspace

MEGABYTE = 1024 * 1024


def inbox() -> None:
    """List the files of the inbox with a button to load each; nothing where there are none."""
    files = list_inbox(workspace())
    if not files:
        return
    st.header("In the inbox")
    for position, file in enumerate(files):
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                "Load",
                key=f"inbox_load_{position}",
                icon=":material/download:",
                disabled=job_manager().running is not None,
            ):
                start_loading(file)
                st.rerun()
            st.markdown(f"{plain(file.name)} ({file.stat().st_size / MEGABYTE:,.1f} MB)")


def start_loading(path: Path) -> Job:
    """Queue the loading of a file as a job, which any tab can watch and cancel."""
    opened: Workspace = workspace()

    def work(on_progress: Progress) -> tuple[Upload, ...]:
        return load_from_inbox(opened, path, on_progress)

    return job_manager().start(f"Load {path.name}", work)
