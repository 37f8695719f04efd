"""One database for all workspaces of a test process: starting one costs more than most tests do with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from segmentation.workspace.beside import Beside
from segmentation.workspace.rewriting import ALIAS, attach, connect


class LentDatabase:
    """A database that is lent to one workspace after the other, each with a file and a catalogue of its own.

    :param folder: where all of these files lie; outside of it the database may touch nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._database = connect(Beside(folder / "lent.duckdb"))
        self._database.execute(f"USE memory; DETACH {ALIAS}")

    def lend(self, beside: Beside, *_: object) -> _Lent:
        """Attach the file of a workspace, as `connect` does with a database that is started for it."""
        connection = self._database.cursor()
        attach(connection, beside)
        return _Lent(connection)

    def close(self) -> None:
        """End the database."""
        self._database.close()


class _Lent:
    """A connection that gives the database back when it is closed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.execute(f"USE memory; DETACH {ALIAS}")
        self._connection.close()
