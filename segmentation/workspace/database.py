"""The workspace: a DuckDB file of uploads, runs and names, and vectors beside it, that survive restarts."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

import duckdb

from segmentation.errors import WorkspaceError
from segmentation.home import home
from segmentation.workspace.beside import Beside, checked
from segmentation.workspace.cursors import Cursor
from segmentation.workspace.faults import busy, check_version, check_whole, explained, noted
from segmentation.workspace.gate import Gate
from segmentation.workspace.open_file import Admission, OpenFile
from segmentation.workspace.rewriting import (
    EVERYTHING,
    FINISHED,
    UNFINISHED,
    WHOLE,
    Fill,
    Share,
    connect,
    nothing,
    swap,
    what_is_alive,
)
from segmentation.workspace.schema import DIGEST, SCHEMA, SCHEMA_VERSION, TABLES_MADE
from segmentation.workspace.upgrades import upgrade

KEPT_SHOP = "shop"
CURRENCY = "currency"
"""The currency that a person said amounts are in where no file does, among the meta values."""

_NOTE = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value || ' ' || excluded.value"
PATIENCE = 10.0
"""Seconds for which a deletion waits until the others have ended what they do."""


def quote_identifier(name: str) -> str:
    """Quote a table or column name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def rows_table(run_id: str) -> str:
    """Return the quoted name of the table that holds a run's row per customer."""
    return quote_identifier(f"run_{run_id}")


class Workspace:
    """One open workspace file; ask for a cursor per call and per thread.

    From its opening on, all that this process writes is its owner's alone: the database makes files when it
    pleases, so that only the process's own mask keeps others out of them from birth.

    :param path: the DuckDB file, made where it is missing; a folder that is made for it is private (0700).
    :param temporary: delete the folder of the file at close.
    :param share: what the database may take of the machine.
    :param admission: asked each time before the file is opened.
    :raises WorkspaceError: if another process holds the file, it is of a newer version, or not a workspace.
    """

    keeps_vectors = gives_contacts = True
    """Whether vectors of texts are kept for later; whether addresses of customers may be read out of it."""

    def __init__(
        self, path: Path, temporary: bool = False, share: Share = WHOLE, admission: Admission = nullcontext
    ) -> None:
        os.umask(0o077)
        self.path = checked(path)
        self.beside = Beside(self.path)
        self._temporary = temporary
        self._gate = Gate()
        self.filling = threading.Lock()
        """Held while the shop's tables are filled, which a page and a job may want at the same moment."""
        self.importing = threading.Lock()
        """Held while a file is read into the workspace or deleted from it: one at a time."""
        self.storing = threading.Lock()
        """Held while the files of vectors are read or written."""
        self._remembering = threading.Lock()
        if not self.path.exists():
            self.delete_vectors()  # those of a file that somebody deleted by hand
        with suppress(FileNotFoundError):
            self.beside.log.chmod(0o600)  # one that an earlier version has left
        self._file = OpenFile(partial(connect, self.beside, temporary, share), admission)
        try:
            with explained(self.path):
                self._prepare()
        except BaseException:
            self._file.close()
            raise

    @classmethod
    def open(cls, path: Path | str | None = None) -> Workspace:
        """Open the file at `path`, by default workspace.duckdb in the data folder."""
        return cls(Path(path) if path else home() / "workspace.duckdb")

    @classmethod
    def temporary(cls) -> Workspace:
        """Open a new workspace in a temporary folder, gone when closed."""
        folder = Path(tempfile.mkdtemp(prefix="tessera-"))
        try:
            return cls(folder / "workspace.duckdb", temporary=True)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    @property
    def staging(self) -> Path:
        """The private folder where uploaded bytes wait to be read; swept at start."""
        return self.beside.staging

    @property
    def vectors(self) -> Path:
        """The private folder of the vectors of texts, made when there are any."""
        return self.beside.vectors

    def delete_vectors(self, named: str = "*", but: str = "") -> None:
        """Delete the files of vectors whose names match, all but those of the stem `but`."""
        with self.storing, explained(self.path):
            for path in sorted(self.vectors.glob(named)):  # hashes first: vectors without any are nothing
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                elif path.stem != but:
                    path.unlink()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own for this call, to be used in a `with` block."""
        return Cursor(self._gate, self._file.cursor, self.path)  # type: ignore[return-value]

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor whose statements all happen, or none."""
        with explained(self.path), self.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):  # a failed COMMIT has rolled back already
                    cursor.execute("ROLLBACK")
                raise

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Be in for longer than a cursor is: until then nothing is deleted, and nothing written anew."""
        who = self._gate.enter()
        try:
            yield
        finally:
            self._gate.leave(who)

    @contextmanager
    def deletion(self, note: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor to delete with, in one transaction; then let the bytes go from the disk as well.

        Nobody else is in meanwhile. What a crash or a full disk cuts short is finished at the next opening.

        :param note: words, parted by blanks, that `finish_deletions` returns when it was finished only then.
        :raises WorkspaceError: if others go on for too long, so that nothing was deleted; or if the disk is
            full, so that only the bytes are still there.
        """
        with self._alone():
            with self.transaction() as cursor:
                yield cursor
                cursor.execute(_NOTE, [UNFINISHED, note])
            self.rewrite()
            with self.cursor() as cursor:
                cursor.execute("DELETE FROM meta WHERE key = ?", [FINISHED])

    def meta(self, key: str) -> str | None:
        """Read a remembered setting."""
        with self.cursor() as cursor:
            rows = cursor.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchall()
        return rows[0][0] if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Remember a setting."""
        with self._remembering, self.cursor() as cursor:
            cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])

    def rewrite(self) -> None:
        """Copy what is alive into a new file and swap, so that deleted bytes are gone from the disk.

        :raises WorkspaceError: if others go on for too long, or the disk is full; all stays as it is.
        """
        self._swap(what_is_alive)

    def delete_everything(self) -> None:
        """Put an empty file in the place of this one, and delete all that lies beside it.

        :raises WorkspaceError: if others go on for too long, or the disk is full; all stays as it is.
        """
        with self._alone(), explained(self.path):
            self._swap(nothing)
            self._prepare()

    def finish_deletions(self) -> frozenset[str]:
        """Finish what a crash or a full disk has cut short; return the notes of what was finished late."""
        with explained(self.path):
            begun = self.meta(UNFINISHED)
            if begun is not None and EVERYTHING in begun.split():
                self.delete_vectors()
                self.beside.delete_made()
            if begun is not None or self.beside.older_copies():
                self.rewrite()
        return frozenset((self.meta(FINISHED) or "").split())

    def rest(self) -> bool:
        """Let go of the file until somebody is in need of it; return False where somebody is in."""
        with suppress(WorkspaceError), self._gate.alone(0.0):
            return self._file.rest()
        return False

    def wake(self) -> None:
        """Open the file again where it rests."""
        self._file.connection()

    def close(self) -> None:
        """Close the file; a temporary one is deleted."""
        self._file.close()
        if self._temporary:
            shutil.rmtree(self.path.parent, ignore_errors=True)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _swap(self, fill: Fill) -> None:
        with self._gate.alone(PATIENCE), self._file.lock, explained(self.path):
            swap(self._file.connection(), self.beside, fill)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only one who reads, fills or imports."""
        until = time.monotonic() + PATIENCE
        with ExitStack() as held:
            for lock in (self.importing, self.filling):
                if not lock.acquire(timeout=max(0.0, until - time.monotonic())):
                    raise busy()
                held.callback(lock.release)
            held.enter_context(self._gate.alone(until - time.monotonic()))
            yield

    def _prepare(self) -> None:
        connection = self._file.connection()
        check_whole(connection, self.path)
        version = check_version(connection, self.path, SCHEMA_VERSION)
        older = version < SCHEMA_VERSION
        if older:
            self._upgrade(version)
        if older or noted(connection, TABLES_MADE) != DIGEST:
            self._make_tables()
        self.path.chmod(0o600)
        self.finish_deletions()
        self.beside.sweep()  # the copies of an upgrade last, when the file is written anew

    def _make_tables(self) -> None:
        """Make the tables that are missing, all in one go, and note that they are there."""
        with self.transaction() as cursor:
            cursor.execute(SCHEMA)
            notes = [("schema_version", str(SCHEMA_VERSION)), (TABLES_MADE, DIGEST)]
            cursor.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", notes)

    def _upgrade(self, version: int) -> None:
        """Bring an older file up to date; a copy of it lies beside it until the file is written anew."""
        copy = self.beside.copy_of(version)
        self._file.connection().execute("CHECKPOINT")
        shutil.copyfile(self.path, copy)
        with self.transaction() as cursor:
            upgrade(cursor, version)
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
            cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, '')", [UNFINISHED])
        self.beside.sweep_older()
