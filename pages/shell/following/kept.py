"""What was found by itself and is kept with a run, as the screens read it: from memory."""

from __future__ import annotations

from pages.shell.held.remembered import remembered_once_found
from pages.shell.workspace import workspace
from segmentation.action.recommend import Recommended, load_recommended
from segmentation.action.retention import Outlook, load_outlook
from segmentation.runs import Run


def outlook(run: Run) -> Outlook | None:
    """Return what lies ahead of the customers of a run; None where nobody has looked yet."""
    return _outlook(run.run_id)


def offers(run: Run) -> Recommended | None:
    """Return what to offer the customers of a run; None where nothing was chosen yet."""
    return _offers(run.run_id)


def forget() -> None:
    """Drop from memory what is found anew."""
    _outlook.clear()
    _offers.clear()


@remembered_once_found(2)
def _outlook(run_id: str) -> Outlook | None:
    return load_outlook(workspace(), run_id)


@remembered_once_found(2)
def _offers(run_id: str) -> Recommended | None:
    return load_recommended(workspace(), run_id)
