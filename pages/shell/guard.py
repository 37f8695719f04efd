"""The one place that shows errors and that says what an empty page is waiting for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from pages.shell.jobs import WAITING_PAGE, finds_segments, job_panel
from pages.shell.routes import DATA
from pages.shell.words import sentence
from pages.shell.workspace import job_manager
from segmentation import formats
from segmentation.errors import FilesChangedError, SegmentationError

CHANGED = formats.capitalised(FilesChangedError.what)
FINDING = "Your segments are being found"
WORKING = "A job is working on your files"
FILLS_ITSELF = "This page fills by itself when that is done."
Present = TypeVar("Present")


@contextmanager
def explained() -> Iterator[None]:
    """Turn an error that a person can act on into a message, and stop the page there."""
    try:
        yield
    except SegmentationError as error:
        show_error(error)
        st.stop()


def show_error(error: SegmentationError) -> None:
    """Show what was found and what to do about it."""
    st.error(f"{sentence(error.found)} {sentence(error.remedy)}", title=error.title)


def is_explained(error: Exception) -> bool:
    """Show an error that a person can act on where it came from a widget; tell whether it was one."""
    if isinstance(error, SegmentationError):
        show_error(error)
    return isinstance(error, SegmentationError)


def correct(correction: Callable[[], object]) -> None:
    """Do what a person asks for and draw the page anew, or say what is in its way."""
    try:
        correction()
    except SegmentationError as error:
        show_error(error)
    else:
        st.rerun()


def require(present: Present | None, missing: str) -> Present:
    """Return what a page needs, or stop the page where it is missing; while a job runs, until it is done.

    :param present: anything false stops the page.
    :param missing: which upload would light the page up.
    """
    if not present:
        wait_for_job()
        st.info(missing, title="Nothing to show yet")
        next_step(DATA, "Go to your data", icon=":material/upload_file:")
        st.stop()
    return present


def wait_for_job() -> None:
    """Stop the page while a job runs, which may be making what it needs; it is drawn anew at the end.

    What is found out about segments that are there changes nothing that a page needs.
    """
    job = job_manager().running
    if job is None or job.about:
        return
    st.info(FILLS_ITSELF, title=FINDING if finds_segments(job) else WORKING, icon=":material/hourglass_top:")
    job_panel(WAITING_PAGE)
    st.stop()


def files_changed(title: str = FilesChangedError.title, waiting: str = "") -> None:
    """Say that the files are not those of the segments any more, and link to where they are found anew.

    :param waiting: what cannot be shown until then, as a sentence.
    """
    st.info(f"{CHANGED} {waiting}".strip(), title=title, icon=":material/update:")
    next_step(DATA, "Find the segments anew", icon=":material/update:")


def next_step(path: str, label: str, icon: str = ":material/arrow_forward:") -> None:
    """Link to the page that comes next."""
    st.page_link(path, label=label, icon=icon)
