"""Deleting a file or everything, after a question; what is deleted is gone from the disk and from memory."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.shell.audience import checked
from pages.shell.guard import explained
from pages.shell.held.here import here
from pages.shell.people.audited import witness
from pages.shell.words import plain
from pages.shell.workspace import job_manager, starter, workspace
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import delete_upload
from segmentation.people.deed import Action
from segmentation.runs.kept.history import GoesWith, what_goes_with

EVERYTHING = "everything"
BLOCKED = "Wait for the running job, or cancel it: it may be reading this."


def delete_file_button(upload: Upload) -> None:
    """Offer to delete one file."""
    running = job_manager().running is not None
    if st.button(
        "Delete",
        key=f"delete_{upload.upload_id}",
        icon=":material/delete:",
        type="tertiary",
        disabled=running,
        help=BLOCKED if running else "Remove this file and all that was read from it",
    ):
        _confirm_file(upload)


def delete_everything_button() -> None:
    """Offer to delete the whole workspace."""
    running = job_manager().running is not None
    if st.button(
        "Delete everything",
        key="delete_everything",
        icon=":material/delete_forever:",
        disabled=running,
        help=BLOCKED if running else None,
    ):
        _confirm_everything()


@st.dialog("Delete this file?", icon=":material/delete:")
def _confirm_file(upload: Upload) -> None:
    st.markdown(
        f"**{plain(upload.file_name)}** and all that was read from it will be deleted from this machine."
    )
    if told := _goes_with(what_goes_with(workspace(), upload.upload_id)):
        st.warning(told)
    st.caption("Your own copy of the file is not touched.")
    with st.container(horizontal=True):
        confirmed = st.button("Delete the file", key="confirm_delete_file", type="primary")
        cancel_button("cancel_deletion")
    if confirmed:
        _delete_unless_running(lambda: delete_upload(workspace(), upload.upload_id), upload.file_name)


def _goes_with(found: GoesWith) -> str:
    """Say which segments are deleted with a file, and what else; nothing where there are none."""
    if not found.runs and not found.staying:
        return ""
    number = f"{found.runs} of {found.runs + found.staying} runs" if found.staying else "All segments"
    adopted = ", those that you adopted too" if found.adopted else ""
    going = f"{number} that were found with it go{adopted}. " if found.runs else ""
    stay = "Segments that were found before it came stay. " if found.staying else ""
    return (
        f"{going}{stay}Who moved, alarms, hold-outs and results of campaigns are deleted in any case. "
        "Names that you gave to segments stay."
    )


@st.dialog("Delete everything?", icon=":material/delete_forever:")
def _confirm_everything() -> None:
    st.markdown(
        "All files, segments, names and settings of this workspace will be deleted from this machine."
    )
    st.caption("Files that you downloaded, and your own exports, are not touched.")
    with st.container(horizontal=True):
        confirmed = st.button("Delete everything", key="confirm_delete_everything", type="primary")
        cancel_button("cancel_deletion")
    if confirmed:
        _delete_unless_running(workspace().delete_everything, EVERYTHING)


def cancel_button(key: str) -> None:
    """Let a question be closed, with nothing done."""
    if st.button("Cancel", key=key):
        st.rerun()


def _delete_unless_running(delete: Callable[[], object], what: str) -> None:
    if job_manager().running:
        st.warning(BLOCKED)
        return
    job_manager().cancel_aside()
    starter().cancel_aside()
    with explained():  # a dialog runs by itself, outside the page's own guard
        try:
            witness().watch(Action.DELETE, what, delete)
        finally:
            forget_memory()  # rows may be deleted though the disk had no room to write the file anew
    st.rerun()


def forget_memory() -> None:
    """Drop from memory what was read from what is deleted now, the results of jobs among it."""
    checked.forget()
    here().held.forget()
