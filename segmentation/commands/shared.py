"""What commands share: opening a workspace, loading files with corrections, progress on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from segmentation import formats
from segmentation.commands.words import DRAFT_HINT
from segmentation.connect.storage.at_hand import at_hand
from segmentation.connect.storage.stored import Stored, file_or_stored
from segmentation.errors import OptionError
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.corrections import get_upload, set_kind, set_role
from segmentation.intake.uploads.load import load_file, load_tables
from segmentation.jobs import Job
from segmentation.runs import Run, load_run
from segmentation.stages import stage_words
from segmentation.text.read import READING
from segmentation.workspace import Workspace

Commands = argparse._SubParsersAction
"""Where a command declares itself; argparse gives the class no public name."""


def add_corrections(parser: argparse.ArgumentParser) -> None:
    """Let roles, kinds and sheets be set by hand."""
    parser.add_argument(
        "--role", action="append", default=[], metavar="FILE:COLUMN=ROLE", help="correct a guessed role"
    )
    parser.add_argument(
        "--kind", action="append", default=[], metavar="FILE=KIND", help="correct what a row of a file is"
    )
    parser.add_argument(
        "--sheet", action="append", default=[], metavar="FILE=NAME", help="take this sheet of a workbook"
    )


@contextmanager
def opened(path: Path | None) -> Iterator[Workspace]:
    """Open the workspace at this path, or a temporary one."""
    with Workspace.open(path) if path else Workspace.temporary() as workspace:
        yield workspace


@contextmanager
def opened_with_runs(path: Path) -> Iterator[tuple[Workspace, Run]]:
    """Open the workspace at this path, in which segments were found, and give the newest of them with it.

    :raises OptionError: if there is no workspace, or it holds no segments.
    """
    if not path.is_file():
        raise OptionError(f"there is no workspace {path}.", "Make one with: run … --workspace PATH.")
    with Workspace.open(path) as workspace:
        run = load_run(workspace)
        if run is None:
            raise OptionError("this workspace holds no segments.", "Find some first: run … --workspace PATH.")
        yield workspace, run


def load(workspace: Workspace, parsed: argparse.Namespace) -> list[Upload]:
    """Load the files that were given, with the corrections that were given."""
    uploads = []
    for named in map(file_or_stored, parsed.files):
        for upload in _read(workspace, named, parsed.sheet):
            for kind in _kinds_for(named, parsed.kind):
                set_kind(workspace, upload.upload_id, kind)
            for column, role in _roles_for(named, parsed.role):
                set_role(workspace, upload.upload_id, column, role)
            uploads.append(get_upload(workspace, upload.upload_id))
    return uploads


def _read(workspace: Workspace, named: Path | Stored, sheets: Sequence[str]) -> tuple[Upload, ...]:
    with at_hand(named, workspace.staging, ProgressLine()) as path:
        return _read_here(workspace, path, named, sheets)


def _read_here(
    workspace: Workspace, path: Path, named: Path | Stored, sheets: Sequence[str]
) -> tuple[Upload, ...]:
    for text in sheets:
        name, equals, sheet = text.partition("=")
        if not equals:
            raise OptionError(f"“{text}” is not FILE=NAME.", "Give the workbook and the name of its sheet.")
        if name in (named.name, str(named)):
            return (load_file(workspace, path, on_progress=ProgressLine(), sheet=sheet),)
    return load_tables(workspace, path, on_progress=ProgressLine())


def _roles_for(named: Path | Stored, roles: Sequence[str]) -> Iterator[tuple[str, Role]]:
    for text in roles:
        target, _, role = text.rpartition("=")
        name, _, column = target.partition(":")
        if not column or role not in set(Role):
            raise OptionError(f"“{text}” is not FILE:COLUMN=ROLE.", f"The roles are: {', '.join(Role)}.")
        if name in (named.name, str(named)):
            yield column, Role(role)


def _kinds_for(named: Path | Stored, kinds: Sequence[str]) -> Iterator[Kind]:
    for text in kinds:
        name, _, kind = text.rpartition("=")
        if not name or kind not in set(Kind):
            raise OptionError(f"“{text}” is not FILE=KIND.", f"The kinds are: {', '.join(Kind)}.")
        if name in (named.name, str(named)):
            yield Kind(kind)


_LONG = 60.0


class ProgressLine:
    """Progress on standard error: one line a step, rewritten in place on a terminal."""

    def __init__(self) -> None:
        self._last = ""
        self._job = Job("")
        self._told = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Say how far it is, and once for a long step how long it will take."""
        self._job.report(step, done, total)
        said = stage_words(step)
        left = self._job.seconds_left or 0.0
        if left > _LONG and step != self._told:
            self._told = step
            hint = DRAFT_HINT if step.startswith(READING) else ""
            sys.stderr.write(f"\n{said}: about {formats.duration(left)} left{hint}\n")
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{said} {done:,}/{total:,}" + ("\n" if done >= total else ""))
        elif step != self._last:
            sys.stderr.write(f"{said}\n")
        self._last = step
        sys.stderr.flush()
