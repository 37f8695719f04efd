"""The files beside a workspace's own, each named after it alone: no two workspaces share any."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from segmentation.errors import WorkspaceError
from segmentation.workspace.faults import explain_write

_TAKEN = re.compile(r"\.(wal|rewriting|tmp|version\d+)\Z")
"""Endings of the files beside a workspace; a workspace called so could be taken for one of them."""


@dataclass(frozen=True)
class Beside:
    """Where everything lies that belongs to the workspace at `path`."""

    path: Path

    @property
    def log(self) -> Path:
        """What was committed and is not in the file yet; the database names it."""
        return self._named(".wal")

    @property
    def rewriting(self) -> Path:
        """The file that is written anew, until it takes the workspace's place."""
        return self._named(".rewriting")

    @property
    def rewriting_log(self) -> Path:
        """The log of the file that is written anew, which has the longest name of all."""
        return self._named(".rewriting.wal")

    @property
    def spill(self) -> Path:
        """The folder of what does not fit into memory; the database makes and empties it."""
        return self._named(".tmp")

    @property
    def staging(self) -> Path:
        """The private folder where uploaded bytes wait to be read; swept at start."""
        return self.path.parent / f".{self.path.name}-staging"

    @property
    def vectors(self) -> Path:
        """The private folder of the vectors of texts, made when there are any."""
        return self.path.parent / f".{self.path.name}-vectors"

    @property
    def refreshed(self) -> Path:
        """The private folder of the files that a refresh leaves for others to fetch."""
        return self._named("-refreshed")

    @property
    def parts(self) -> Path:
        """The private folder of the shop in parts, there while workers are at it or were cut short."""
        return self.path.parent / f".{self.path.name}-parts"

    @property
    def views(self) -> Path:
        """The private folder of what pages show first, made when there is any."""
        return self.path.parent / f".{self.path.name}-views"

    def copy_of(self, version: int) -> Path:
        """Where a file of an older version is kept while it is upgraded."""
        return self._named(f".version{version}")

    def older_copies(self) -> list[Path]:
        """Return the copies that upgrades have left."""
        name = re.compile(re.escape(self.path.name) + r"\.version\d+\Z")
        return [path for path in self.path.parent.iterdir() if name.match(path.name)]

    def drafts(self) -> list[Path]:
        """Return what a rewriting that was cut short has left, and the copies of an upgrade."""
        parts = [self.rewriting, self.rewriting_log]
        if copies := self.older_copies():  # versions that made these called their rewriting so
            parts.append(self.path.with_suffix(".rewriting"))
        return [part for part in (*parts, *copies) if part.exists()]

    def sweep(self) -> None:
        """Delete what nobody waits for when a workspace opens."""
        for folder in (self.staging, self.spill):
            shutil.rmtree(folder, ignore_errors=True)
        for draft in self.drafts():
            draft.unlink()
        make_private_folder(self.staging)

    def delete_made(self) -> None:
        """Delete the files that a refresh has left, the shop in parts and kept views: they name customers."""
        for folder in (self.refreshed, self.parts, self.views):
            shutil.rmtree(folder, ignore_errors=True)

    def sweep_older(self) -> None:
        """Delete the staging folder of earlier versions, whose name two workspaces could share."""
        stem = self.path.with_suffix("")
        if not stem.exists():
            shutil.rmtree(self.path.parent / f".{stem.name}-staging", ignore_errors=True)

    def all_files(self) -> Iterator[Path]:
        """Give every file there is of the workspace."""
        yield from (path for path in (self.path, self.log, *self.drafts()) if path.is_file())
        for folder in (self.staging, self.spill, self.vectors, self.refreshed, self.parts, self.views):
            yield from (path for path in sorted(folder.rglob("*")) if path.is_file())

    def _named(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)


def checked(path: Path) -> Path:
    """Return the whole path of a workspace, whose folder is made where it is missing.

    :raises WorkspaceError: for a name that no workspace can have, or a folder that cannot be made.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise WorkspaceError(f"the name {str(path)!a} is no text.", "Choose another name.") from None
    if ending := _TAKEN.search(path.name):
        raise WorkspaceError(
            f"a workspace cannot be called {path.name}: files that end in {ending[0]} belong to another one.",
            "Choose another name.",
        )
    make_private_folder(path.parent)
    try:
        path = path.resolve()  # a link's own file is written anew, not the link
        Beside(path).rewriting_log.exists()  # too long a name is told now
    except (OSError, RuntimeError) as error:
        raise WorkspaceError(
            f"the name {path} cannot be used ({_why(error)}).", "Choose another name."
        ) from None
    return path


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def make_private_folder(folder: Path) -> None:
    """Make a folder that is its owner's alone, where it is missing.

    :raises WorkspaceError: if it cannot be made.
    """
    try:
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        if new:
            folder.chmod(0o700)
    except OSError as error:
        why = explain_write(folder, error)
        raise why or WorkspaceError(f"the folder {folder} cannot be made ({error.strerror}).") from error


@contextmanager
def private_folder(within: Path) -> Iterator[Path]:
    """Give a new folder that is its owner's alone, and gone at the end with all that is in it."""
    folder = within / uuid.uuid4().hex
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def reach_disk(folder: Path) -> None:
    """Wait until the disk knows the names of this folder's files."""
    known = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(known)
    finally:
        os.close(known)
