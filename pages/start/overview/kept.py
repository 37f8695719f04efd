"""The overview as it is kept with the run, from memory; what nobody has counted yet is counted once."""

from __future__ import annotations

from pages.shell import latest
from pages.shell.held.remembered import remembered
from pages.shell.waiting.ready import first_view
from pages.shell.workspace import workspace
from segmentation.action.overview import OrdersOverview as Orders
from segmentation.action.overview import (
    SegmentsOverview,
    ShopOverview,
    ToDo,
    keep_overview,
    load_overview,
    load_segments_overview,
    whom_to_win_back,
)
from segmentation.action.recommend import Recommended, load_recommended
from segmentation.action.retention import Outlook, load_outlook
from segmentation.runs import Run, View


def overview_of(run: Run) -> ShopOverview | None:
    """Return the overview of a run; None where it was never counted, and the files are others by now.

    A run of an earlier version, or one that a customer was deleted from, is counted here.
    """
    if not latest.is_current(run):
        return load_overview(workspace(), run.run_id)
    return _overview(run.run_id, run)


@remembered(2, "Counting your orders …")
def _overview(run_id: str, _run: Run) -> ShopOverview:
    return load_overview(workspace(), run_id) or keep_overview(workspace(), _run)


@remembered(12)
def by_segment(run_id: str, k: int) -> SegmentsOverview | None:
    """Read the months of each segment."""
    return load_segments_overview(workspace(), run_id, k)


def outlook_of(run: Run) -> Outlook | None:
    """Return what lies ahead of the customers, as far as anybody has looked."""
    return load_outlook(workspace(), run.run_id)


def recommended_of(run: Run) -> Recommended | None:
    """Return what was chosen to offer; None where nothing was yet."""
    return _recommended(run.run_id).get("found")


# The job's result is looked up again once the job has cleared this memory.
@remembered(2)
def _recommended(run_id: str) -> dict[str, Recommended]:
    found = load_recommended(workspace(), run_id)
    return {"found": found} if found else {}


def win_back(view: View, orders: Orders, outlook: Outlook | None) -> ToDo | None:
    """Return whom to win back."""
    return _win_back(view.run.run_id, outlook.definition if outlook else None, view, orders, outlook)


@remembered(4)
def _win_back(
    run_id: str, definition: object, _view: View, _orders: Orders, _outlook: Outlook | None
) -> ToDo | None:
    return whom_to_win_back(workspace(), _view, _orders, _outlook)


@first_view
def first_overview(view: View) -> None:
    """Read what somebody sees who opens the page."""
    found = overview_of(view.run)
    by_segment(view.run.run_id, view.k)
    if found and found.orders:
        win_back(view, found.orders, outlook_of(view.run))
