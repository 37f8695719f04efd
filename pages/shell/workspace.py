"""What pages share: the open workspace, its jobs; and the processors found, which are the server's."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from pages.shell.held.here import here
from pages.shell.held.memory import of_this_server
from pages.shell.people.asked_jobs import asked_by
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
    SHOP_SYSTEM = "data_shop_system"
    MONTH_SAID = "data_month_said"
    LANGUAGE_MODEL_KEY = "language_model_key"


class MetaKeys:
    """Keys of the settings that the workspace remembers."""

    NAME = "workspace_name"
    OPTIONS = "run_options"
    LANGUAGE_MODEL = "language_model"


def workspace() -> Workspace:
    """Give the workspace that is looked at, open, as its visitor's role may use it.

    :raises WorkspaceError: if another program holds it, it is of a newer version or has to wait for its turn.
    """
    return here().workspace


def job_manager() -> JobManager:
    """Give the manager that every tab in this workspace asks about the running job, as its visitor may."""
    place = here()
    return asked_by(place.held.jobs, place.role)


def starter() -> JobManager:
    """Give the manager of what is done beside jobs, and not after people's pages."""
    return here().held.starter


@of_this_server(1)
def _processors() -> Future[list[device.Device]]:
    # Importing torch takes seconds: it happens beside the first screen, and is done for the first job.
    with_torch = ThreadPoolExecutor(max_workers=1, thread_name_prefix="processors")
    return with_torch.submit(device.available_devices)


def processors() -> list[device.Device] | None:
    """List the processors that can read texts, the fastest first; None until they have been found out."""
    found = _processors()
    return found.result() if found.done() and not found.exception() else None
