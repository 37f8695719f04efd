"""What all browser sessions share: the open workspace, the job manager, the processors found."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import streamlit as st

from segmentation import device
from segmentation.jobs import JobManager
from segmentation.workspace import Workspace


class StateKeys:
    """Keys of the session state: what is on one person's screen, never data."""

    ADDRESS = "address"
    FIRST_PAGE = "first_page"
    AUDIENCE = "audience"
    AUDIENCE_JOB = "audience_job"
    K = "explore_k"
    SEGMENT = "profile_segment"
    UPLOADER_ROUND = "data_uploader_round"
    UPLOAD_ERRORS = "data_upload_errors"
    DATABASE = "data_database"
    MONTH_SAID = "data_month_said"
    LANGUAGE_MODEL_KEY = "language_model_key"


class MetaKeys:
    """Keys of the settings that the workspace remembers."""

    NAME = "workspace_name"
    OPTIONS = "run_options"
    LANGUAGE_MODEL = "language_model"


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Workspace.close)
def workspace() -> Workspace:
    """Open the workspace of this server once.

    :raises WorkspaceError: if another program holds it or it is of a newer version.
    """
    return Workspace.open()


@st.cache_resource(max_entries=1, show_spinner=False, on_release=JobManager.close)
def job_manager() -> JobManager:
    """Give the manager that every tab asks about the running job."""
    return JobManager()


@st.cache_resource(max_entries=1, show_spinner=False, on_release=JobManager.close)
def starter() -> JobManager:
    """Give the manager of what a server does as it starts: beside jobs, and not after people's pages.

    Whoever opens a page meanwhile waits for what is being made, so that it must not wait for them.
    """
    return JobManager(keep=1, steps_back=False)


@st.cache_resource(max_entries=1, show_spinner=False)
def _processors() -> Future[list[device.Device]]:
    # Importing torch takes seconds: it happens beside the first screen, and is done for the first job.
    with_torch = ThreadPoolExecutor(max_workers=1, thread_name_prefix="processors")
    return with_torch.submit(device.available_devices)


def processors() -> list[device.Device] | None:
    """List the processors that can read texts, the fastest first; None until they have been found out."""
    found = _processors()
    return found.result() if found.done() and not found.exception() else None
