"""A cursor that counts as being in the workspace, and that says in words what is wrong with the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import duckdb

from segmentation.workspace.faults import explain
from segmentation.workspace.gate import Gate
from segmentation.workspace.rewriting import ALIAS


class Cursor:
    """Gives a cursor of the workspace for a `with` block; while it lasts, the file stays where it is.

    Used without a block it is a cursor as well, for which nobody waits.
    """

    def __init__(self, gate: Gate, make: Callable[[], duckdb.DuckDBPyConnection], path: Path) -> None:
        self._gate, self._make, self._path = gate, make, path
        self._cursor: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        self._who = self._gate.enter()
        try:
            return self._opened()
        except BaseException:
            self._gate.leave(self._who)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened().close()
        self._gate.leave(self._who)
        if isinstance(error, duckdb.Error) and (why := explain(self._path, error)):
            raise why from error

    def __getattr__(self, name: str) -> object:
        return getattr(self._opened(), name)

    def _opened(self) -> duckdb.DuckDBPyConnection:
        if self._cursor is None:
            self._cursor = self._make()
            self._cursor.execute(f"USE {ALIAS}")
        return self._cursor
