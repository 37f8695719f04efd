"""The open file: attached under one name whatever it is called, written anew, and swapped for that."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from segmentation.workspace.beside import Beside, reach_disk
from segmentation.workspace.faults import explain_open

ALIAS, _FRESH = "tessera", "tessera_fresh"
UNFINISHED, FINISHED = "unfinished_deletion", "finished_deletion"
"""The settings that say: what was deleted from the tables is to go from the disk as well; it has gone."""
EVERYTHING = "everything"
Fill = Callable[[duckdb.DuckDBPyConnection, str], None]


@dataclass(frozen=True)
class Share:
    """What a database may take of the machine: bytes it may hold, and threads; None for as many as is usual.

    That is one per core, or what OMP_NUM_THREADS says, as all else that computes here goes by.

    Beyond that much memory it writes to a folder beside its file.
    """

    memory: int = 768 << 20
    threads: int | None = None


WHOLE = Share()
"""For one workspace alone: more memory is hardly faster."""


def connect(beside: Beside, temporary: bool = False, share: Share = WHOLE) -> duckdb.DuckDBPyConnection:
    """Start the database and attach the workspace's file, which is made where it is missing.

    :param temporary: never put the file in order, neither in between nor at the end, which takes seconds.
    :raises WorkspaceError: if it cannot be opened.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",
        "temp_directory": str(beside.spill),
    }
    if threads := share.threads or _threads_told():
        config |= {"threads": threads, "async_threads": threads}
    connection = duckdb.connect(":memory:", config=config)
    try:
        # Nothing a file or a person types may reach outside the workspace's own folder.
        connection.execute(f"SET allowed_directories = [{_text(beside.path.parent)}]")
        connection.execute("SET enable_external_access = false")
        connection.execute(f"SET memory_limit = '{share.memory}B'")
        connection.execute("SET TimeZone = 'UTC'")
        if temporary:
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")
            connection.execute("SET checkpoint_threshold = '1TB'")
        connection.execute("SET lock_configuration = true")
        attach(connection, beside)
    except BaseException:
        connection.close()
        raise
    return connection


def _threads_told() -> int | None:
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdecimal() and int(told) else None


def attach(connection: duckdb.DuckDBPyConnection, beside: Beside) -> None:
    """Attach the file under its one name: its own could be that of a schema.

    :raises WorkspaceError: if it cannot be opened.
    """
    try:
        connection.execute(f"ATTACH {_text(beside.path)} AS {ALIAS} (TYPE duckdb)")
    except duckdb.Error as error:
        raise explain_open(beside.path, beside.log, error) from error
    connection.execute(f"USE {ALIAS}")


def swap(
    connection: duckdb.DuckDBPyConnection,
    beside: Beside,
    fill: Fill,
) -> None:
    """Write a new file and put it in the place of the workspace's; nobody else may be in.

    :param fill: fills the new file, which is attached under the name it is given.
    :raises WorkspaceError: if the file that is there then cannot be attached.
    """
    _write(connection, beside, fill)
    connection.execute(f"CHECKPOINT {ALIAS}")  # a log that stayed would be taken for the new file's
    connection.execute("USE memory")
    connection.execute(f"DETACH {ALIAS}")
    try:
        beside.log.unlink(missing_ok=True)
        beside.rewriting.replace(beside.path)
        reach_disk(beside.path.parent)
    finally:
        attach(connection, beside)


def _write(
    connection: duckdb.DuckDBPyConnection,
    beside: Beside,
    fill: Fill,
) -> None:
    for draft in (beside.rewriting, beside.rewriting_log):
        draft.unlink(missing_ok=True)
    connection.execute(f"ATTACH {_text(beside.rewriting)} AS {_FRESH} (TYPE duckdb)")
    try:
        fill(connection, _FRESH)
        connection.execute(f"CHECKPOINT {_FRESH}")
    finally:
        connection.execute(f"DETACH {_FRESH}")


def what_is_alive(connection: duckdb.DuckDBPyConnection, fresh: str) -> None:
    """Fill a new file with all that is not deleted; the note that something was says now that it is gone."""
    connection.execute(f"COPY FROM DATABASE {ALIAS} TO {fresh}")
    connection.execute(f"DELETE FROM {fresh}.meta WHERE key = ?", [FINISHED])
    connection.execute(f"UPDATE {fresh}.meta SET key = ? WHERE key = ?", [FINISHED, UNFINISHED])


def nothing(connection: duckdb.DuckDBPyConnection, fresh: str) -> None:
    """Leave a new file empty but for the note that what lies beside it is to go."""
    connection.execute(f"CREATE TABLE {fresh}.meta (key VARCHAR PRIMARY KEY, value VARCHAR)")
    connection.execute(f"INSERT INTO {fresh}.meta VALUES (?, ?)", [UNFINISHED, EVERYTHING])


def _text(path: Path) -> str:
    """Write a path as a text of SQL, where no value can be bound."""
    return "'" + str(path).replace("'", "''") + "'"
