"""Campaigns read back, from memory, and the result files that were dropped in while it holds them."""

from __future__ import annotations

from collections.abc import Sequence

from pages.shell import cached
from pages.shell.held.remembered import remembered
from pages.shell.waiting.ready import first_view
from pages.shell.workspace import workspace
from segmentation.action.files.campaign_log import Campaign, list_campaigns
from segmentation.runs import View
from segmentation.track.results.facts import Result
from segmentation.track.results.read_back import DAYS, Asked, read_back
from segmentation.track.results.result_file import ResultRows

MOST_FILES = 8
FileKey = tuple[str, str]
"""The id of the hand-over, and what tells the file."""


def read(asked: Asked, file: FileKey | None) -> Result:
    """Read a campaign back, once per question, state of the files and what was handed over since."""
    shop = cached.shop()
    there = " ".join(one.export_id for one in list_campaigns(workspace()))
    return _read(asked, file, shop.fingerprint, there)


def first_of(campaigns: Sequence[Campaign]) -> Campaign:
    """Return the campaign that is shown first: the latest that somebody was held out of."""
    return next((one for one in campaigns if one.held), campaigns[0])


def usually_asked(one: Campaign) -> Asked:
    """Ask of a campaign what is asked where nobody chooses."""
    return Asked(one.export_id, one.made_at.date(), DAYS, None)


@first_view
def first_result(_: View) -> Result | None:
    """Read back the campaign that somebody sees who opens the page."""
    campaigns = list_campaigns(workspace())
    return read(usually_asked(first_of(campaigns)), None) if campaigns else None


def hold(file: FileKey, rows: ResultRows) -> None:
    """Keep the rows of a result file in memory; the oldest make way."""
    shelf = _shelf()
    for old in list(shelf)[: max(0, len(shelf) - MOST_FILES + 1)]:
        del shelf[old]
    shelf[file] = rows


def held(file: FileKey | None) -> FileKey | None:
    """Return the file if its rows are still in memory."""
    return file if file in _shelf() else None


@remembered(16, "Counting who ordered …")
def _read(asked: Asked, file: FileKey | None, fingerprint: str, there: str) -> Result:
    return read_back(workspace(), cached.shop(), asked, _shelf().get(file) if file else None)


@remembered(1)
def _shelf() -> dict[FileKey, ResultRows]:
    return {}
