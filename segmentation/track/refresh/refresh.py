"""Refresh: read the inbox, put customers into the adopted segments, tell who moved and what rings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import pandas as pd

from segmentation.errors import SegmentationError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.inbox import list_inbox, load_from_inbox
from segmentation.jobs import Progress, silent
from segmentation.runs import View, load_customers
from segmentation.runs.columns import segment_column
from segmentation.runs.kept.standing import load_standing
from segmentation.stages import Stage
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.track.alarms.ring import ring_alarms
from segmentation.track.assign import Everybody, assign_everybody
from segmentation.track.assign.files import assigned_csv
from segmentation.track.frozen import Frozen, frozen_run
from segmentation.track.movement.cells import Look, is_of_run
from segmentation.track.movement.files import movement_files
from segmentation.track.movement.job import compare_days
from segmentation.track.refresh.files import leave_files
from segmentation.track.refresh.history import keep_failure, keep_line, line_of
from segmentation.track.refresh.refreshed import LeftUndone, Refreshed, RefreshStep, StartedBy
from segmentation.workspace import Workspace

ASSIGNED = "assigned.csv"
Done = TypeVar("Done")


@dataclass(frozen=True)
class RefreshOutcome:
    """A refresh; `anew` is false where the data were those of the last one, which is then told again."""

    refreshed: Refreshed
    anew: bool


def refresh(
    workspace: Workspace,
    started_by: StartedBy,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> RefreshOutcome:
    """Bring all that follows the adopted segments, or the newest ones, up to date; nothing is fitted or sent.

    A file that cannot be read is left in the inbox, and the rest goes on. The same data twice leave one line.

    :raises NotFrozenError: if there are no segments that anybody can be assigned to.
    :raises SegmentationError: if customers cannot be described as those of the run were.
    """
    try:
        outcome = _refresh(workspace, started_by, on_progress, load)
    except SegmentationError as error:
        keep_failure(workspace, str(error))
        raise
    keep_failure(workspace, "")
    return outcome


def _refresh(
    workspace: Workspace, started_by: StartedBy, on_progress: Progress, load: Loader
) -> RefreshOutcome:
    frozen = frozen_run(workspace)
    read, undone = _read_inbox(workspace, on_progress)
    digest = _digest(workspace, frozen, undone)
    if not read and (last := line_of(workspace, digest)) and _all_there(workspace, last):
        return RefreshOutcome(last, anew=False)
    before = _before(workspace, frozen)
    found = assign_everybody(workspace, frozen, on_progress=on_progress, load=load)
    files = {ASSIGNED: assigned_csv(found)}
    if moved := _tried(undone, RefreshStep.MOVEMENT, lambda: _movement(workspace, frozen, on_progress, load)):
        files |= moved
    alarms = _tried(
        undone, RefreshStep.ALARMS, lambda: ring_alarms(workspace, frozen, on_progress, load).number
    )
    on_progress(Stage.WRITING, 0, 1)
    written = leave_files(workspace.beside.refreshed, files)
    refreshed = replace(
        _told(found, before, started_by),
        files_read=tuple(read),
        alarms=alarms,
        left_undone=tuple(undone),
        files_written=written,
    )
    keep_line(workspace, digest, refreshed)
    on_progress(Stage.DONE, 1, 1)
    return RefreshOutcome(refreshed, anew=True)


def _read_inbox(workspace: Workspace, on_progress: Progress) -> tuple[list[str], list[LeftUndone]]:
    read, undone = list[str](), list[LeftUndone]()
    for path in list_inbox(workspace):
        try:
            load_from_inbox(workspace, path, on_progress)
        except SegmentationError as error:
            undone.append(LeftUndone(RefreshStep.FILE, path.name, str(error)))
        else:
            read.append(path.name)
    return read, undone


def _tried(undone: list[LeftUndone], step: RefreshStep, work: Callable[[], Done]) -> Done | None:
    """Do what is not always possible, and write down why where it is not."""
    try:
        return work()
    except SegmentationError as error:
        undone.append(LeftUndone(step, "", str(error)))
        return None


def _movement(workspace: Workspace, frozen: Frozen, on_progress: Progress, load: Loader) -> dict[str, bytes]:
    movement = compare_days(workspace, frozen, on_progress=on_progress, load=load)
    look = Look(movement, frozen.k, expects=is_of_run(frozen.run, movement))
    return movement_files(workspace, View.of(workspace, frozen.run, frozen.k), look)


def _digest(workspace: Workspace, frozen: Frozen, undone: list[LeftUndone]) -> str:
    """Tell this input from another: files and rules, segments, and what lies in the inbox unread."""
    shop = build_shop(workspace, frozen.run.options.cleaning)
    told = (shop.fingerprint, frozen.run.run_id, frozen.k, frozen.run.names_at(frozen.k), undone)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _all_there(workspace: Workspace, last: Refreshed) -> bool:
    return all((workspace.beside.refreshed / name).is_file() for name in last.files_written)


def _before(workspace: Workspace, frozen: Frozen) -> pd.Series:
    """Return the segments in which customers stood until now, by their ids."""
    kept = load_standing(workspace, frozen.run.run_id, frozen.k)
    if kept is not None:
        return kept.set_index("customer_id")["segment"]
    rows = load_customers(workspace, frozen.run)
    return rows.set_index("customer_id")[segment_column(frozen.k)]


def _told(found: Everybody, before: pd.Series, started_by: StartedBy) -> Refreshed:
    now = found.standing.set_index("customer_id")["segment"]
    both = now.index.intersection(before.index)
    return Refreshed(
        at=datetime.now(UTC).replace(tzinfo=None),
        started_by=started_by,
        run_id=found.frozen.run.run_id,
        k=found.k,
        day=found.day,
        customers=len(now),
        moved=int((now[both] != before[both]).sum()),
        new=len(now) - len(both),
        gone=len(before) - len(both),
        unlike_anybody=int(found.assigned.unlike_anybody.sum()),
        departures=found.departures,
    )
