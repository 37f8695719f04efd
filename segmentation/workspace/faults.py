"""What can be wrong with a workspace file, said in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from segmentation.errors import HeldError, WorkspaceError

_FULL_DISK = re.compile(
    r"could not write|no space left|file too large|quota exceeded|out of disk", re.IGNORECASE
)
_DAMAGE = (duckdb.InternalException, duckdb.FatalException, duckdb.SerializationException)
_DAMAGED = re.compile(r"corrupt|checksum|deserializ", re.IGNORECASE)
_LOCKED = re.compile(r"could not set lock|conflicting lock", re.IGNORECASE)
_CLASH = re.compile(r"conflict|constraint", re.IGNORECASE)
_READ_ONLY = re.compile(r"read-only file system|permission denied", re.IGNORECASE)


def explain_write(path: Path, error: duckdb.Error | OSError) -> WorkspaceError | None:
    """Say why writing to a workspace failed, where it is the disk's doing."""
    if _READ_ONLY.search(str(error)):
        return _read_only(path)
    return _full_disk(path) if _FULL_DISK.search(str(error)) else None


def explain(path: Path, error: duckdb.Error | OSError) -> WorkspaceError | None:
    """Say what is wrong with a workspace, where it is the disk's doing, the file's or another person's."""
    if why := explain_write(path, error):
        return why
    if isinstance(error, duckdb.TransactionException) and _CLASH.search(str(error)):
        return WorkspaceError(
            "somebody else changed the same thing at the same moment.", "Nothing was changed; try again."
        )
    # Words of customers stand in the messages of other kinds, as of a value that cannot be converted.
    told = type(error) in (duckdb.Error, duckdb.IOException) and _DAMAGED.search(str(error))
    return _damaged(path, error) if told or isinstance(error, _DAMAGE) else None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what `explain` says of a failure within, where it says anything."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if why := explain(path, error):
            raise why from error
        raise


def explain_open(path: Path, log: Path, error: duckdb.Error) -> WorkspaceError:
    """Say why a workspace, of which `log` is the log, could not be opened."""
    text = str(error)
    if "already attached" in text:
        return WorkspaceError(f"{path} is open in this program already.", "Close it there, then try again.")
    if _LOCKED.search(text):
        return HeldError(
            f"another program holds {path}.",
            "Close the app (or the other command) that uses it, then try again.",
        )
    if why := explain_write(path, error):
        return why
    if log.exists():
        return WorkspaceError(
            f"the log of what was last done in {path} cannot be read ({text.splitlines()[0]}).",
            f"Move {log} to another folder to open the workspace as it was before; nothing was changed.",
        )
    if "not a valid DuckDB" in text or "newer version" in text or "version number" in text:
        return WorkspaceError(
            f"{path} is not a workspace that this version can read.", "Nothing was changed in it."
        )
    return _damaged(path, error)


def busy() -> WorkspaceError:
    """Say that a deletion has waited in vain."""
    return WorkspaceError(
        "somebody is still working with what is to be deleted.",
        "Nothing was deleted; try again when they have finished.",
    )


def _damaged(path: Path, error: duckdb.Error | OSError) -> WorkspaceError:
    return WorkspaceError(
        f"{path} is damaged ({str(error).splitlines()[0][:200]}).",
        "Restore it from a backup; nothing was changed in it.",
    )


def _read_only(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{path} may not be written to.",
        "Allow it, or name another folder in TESSERA_HOME; nothing was changed.",
    )


def _full_disk(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"there is no room left to write to {path}.", "Free some space on that disk; nothing in it was lost."
    )


def check_whole(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make sure that all of the file is there.

    :raises WorkspaceError: if it was cut short.
    """
    # The database reads blocks when they are wanted: a file cut short would fail in the middle of some job.
    # Free blocks do not count: those at the end of a sound file are given back to the disk.
    rows = connection.execute(
        "SELECT block_size * used_blocks FROM pragma_database_size() WHERE database_name = current_database()"
    ).fetchall()
    if path.stat().st_size < rows[0][0]:
        raise WorkspaceError(
            f"{path} is damaged: only {path.stat().st_size:,} of {rows[0][0]:,} bytes are there.",
            "Restore it from a backup; nothing was changed in it.",
        )


def check_version(connection: duckdb.DuckDBPyConnection, path: Path, ours: int) -> int:
    """Return the version of the file's format, ours where it is new.

    :raises WorkspaceError: if it is newer than ours.
    """
    version = int(noted(connection, "schema_version") or ours)
    if version > ours:
        raise WorkspaceError(
            f"{path} was written by a newer version (its format is {version}, ours {ours}).",
            "Update Tessera; nothing was changed in the file.",
        )
    return version


def noted(connection: duckdb.DuckDBPyConnection, key: str) -> str | None:
    """Return what a file notes of itself, None where it is new and has no table for it yet."""
    try:
        rows = connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchall()
    except duckdb.CatalogException:
        return None
    return rows[0][0] if rows else None
