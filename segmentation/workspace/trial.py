"""Try something out in a workspace and leave it as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from segmentation.workspace.database import Workspace


class Trial(Workspace):
    """A workspace of which nothing remains: all its work is one transaction, rolled back at the end.

    Vectors of texts that were read before serve it, too; it keeps no new ones and deletes none.
    Made by `trial_of`, for one thread; others see the workspace as it was all the while.
    """

    keeps_vectors = False

    def __init__(self, workspace: Workspace, cursor: duckdb.DuckDBPyConnection) -> None:
        self.path, self.beside = workspace.path, workspace.beside
        self.filling, self.importing = threading.Lock(), workspace.importing
        self.storing, self._gate = workspace.storing, workspace._gate
        self._cursor = cursor

    def delete_vectors(self, named: str = "*", but: str = "") -> None:
        """Leave them as they are."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return the one cursor; leaving a `with` block does not close it."""
        return _Kept(self._cursor)  # type: ignore[return-value]

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give the cursor, whose transaction is open already."""
        yield self._cursor


@contextmanager
def trial_of(workspace: Workspace) -> Iterator[Trial]:
    """Give a trial of this workspace; until its end nobody else can fill the shop's tables."""
    with workspace.filling, workspace.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        try:
            yield Trial(workspace, cursor)
        finally:
            cursor.execute("ROLLBACK")


class _Kept:
    """A cursor that stays open."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        return self._cursor

    def __exit__(self, *_: object) -> None:
        """Leave the cursor open."""

    def __getattr__(self, name: str) -> object:
        return getattr(self._cursor, name)
