"""The workspace: a DuckDB file of uploads, runs and names, and vectors beside it, that survive restarts."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import platformdirs

from segmentation.errors import WorkspaceError
from segmentation.workspace.faults import check_version, check_whole, explain_open, explain_write, explained
from segmentation.workspace.schema import SCHEMA, SCHEMA_VERSION
from segmentation.workspace.upgrades import upgrade

KEPT_SHOP = "shop"
MEMORY = "1GiB"
"""What the database may hold; beyond, it writes to a folder beside its file. Larger is hardly faster."""


def quote_identifier(name: str) -> str:
    """Quote a table or column name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def rows_table(run_id: str) -> str:
    """Return the quoted name of the table that holds a run's row per customer."""
    return quote_identifier(f"run_{run_id}")


def forget_derived(workspace: Workspace, cursor: duckdb.DuckDBPyConnection) -> None:
    """Delete what was made from the uploads: runs with their customers, vectors of texts, the shop.

    The vectors are gone even where the transaction of `cursor` fails: texts are then read anew.
    """
    for (run_id,) in cursor.execute("SELECT run_id FROM runs").fetchall():
        cursor.execute(f"DROP TABLE IF EXISTS {rows_table(run_id)}")
    cursor.execute("DELETE FROM runs")
    cursor.execute("DELETE FROM recommended")
    cursor.execute("DELETE FROM recommendations")
    workspace.delete_vectors()
    cursor.execute("DELETE FROM theme_names")
    cursor.execute("DELETE FROM outlook")
    cursor.execute("DELETE FROM hold_out")
    cursor.execute("UPDATE exports SET members = NULL")
    cursor.execute("UPDATE play_edits SET generated = NULL WHERE generated IS NOT NULL")
    cursor.execute("DELETE FROM meta WHERE key = ?", [KEPT_SHOP])


def home() -> Path:
    """Return the folder for data: TESSERA_HOME, or the user's data directory."""
    return Path(os.environ.get("TESSERA_HOME") or platformdirs.user_data_dir("tessera", appauthor=False))


class Workspace:
    """One open workspace file; ask for a cursor per call and per thread.

    :param path: the DuckDB file, made where it is missing; its folder becomes private (0700).
    :param temporary: delete the folder of the file at close.
    :raises WorkspaceError: if another process holds the file, it is of a newer version, or not a workspace.
    """

    keeps_vectors = True
    """Whether vectors of texts that are read now are kept for later."""

    def __init__(self, path: Path, temporary: bool = False) -> None:
        self.path = path
        self._temporary = temporary
        self._lock = threading.RLock()
        self.filling = threading.Lock()
        """Held while the shop's tables are filled, which a page and a job may want at the same moment."""
        self.importing = threading.Lock()
        """Held while a file is read into the workspace or deleted from it: one at a time."""
        self.storing = threading.Lock()
        """Held while the files of vectors are read or written."""
        _make_private_folder(path.parent)
        if not path.exists():
            self.delete_vectors()  # those of a file that somebody deleted by hand
        self._connection = _connect(path)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def open(cls, path: Path | str | None = None) -> Workspace:
        """Open the file at `path`, by default workspace.duckdb in the data folder."""
        return cls(Path(path) if path else home() / "workspace.duckdb")

    @classmethod
    def temporary(cls) -> Workspace:
        """Open a new workspace in a temporary folder, gone when closed."""
        return cls(Path(tempfile.mkdtemp(prefix="tessera-")) / "workspace.duckdb", temporary=True)

    @property
    def staging(self) -> Path:
        """The private folder where uploaded bytes wait to be read; swept at start."""
        return self.path.parent / f".{self.path.stem}-staging"

    @property
    def vectors(self) -> Path:
        """The private folder of the vectors of texts, made when there are any."""
        return self.path.parent / f".{self.path.name}-vectors"

    def delete_vectors(self, named: str = "*", but: str = "") -> None:
        """Delete the files of vectors whose names match, all but those of the stem `but`."""
        with self.storing:
            for path in sorted(self.vectors.glob(named)):  # hashes first: vectors without any are nothing
                if path.stem != but:
                    path.unlink()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own for this call; close it, or use it in a `with` block."""
        with self._lock:
            return self._connection.cursor()

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

    def meta(self, key: str) -> str | None:
        """Read a remembered setting."""
        with self.cursor() as cursor:
            rows = cursor.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchall()
        return rows[0][0] if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Remember a setting."""
        with self.cursor() as cursor:
            cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])

    def rewrite(self) -> None:
        """Copy what is alive into a new file and swap, so that deleted bytes are gone from the disk.

        No other cursor may be in use.
        """
        fresh = self._rewriting
        fresh.unlink(missing_ok=True)
        with self._lock:
            self._connection.execute(f"ATTACH '{str(fresh).replace(chr(39), chr(39) * 2)}' AS fresh")
            try:
                name = self._connection.execute("SELECT current_database()").fetchall()[0][0]
                self._connection.execute(f"COPY FROM DATABASE {quote_identifier(name)} TO fresh")
            finally:
                self._connection.execute("DETACH fresh")
            self._connection.close()
            fresh.replace(self.path)
            _wal(self.path).unlink(missing_ok=True)
            self._connection = _connect(self.path)
            self.path.chmod(0o600)

    def delete_everything(self) -> None:
        """Delete the file with all that is in it and beside it, and start an empty one."""
        with self._lock:
            self.delete_vectors()
            self._connection.close()
            for path in (self.path, _wal(self.path), self._rewriting, *self._older_copies()):
                path.unlink(missing_ok=True)
            self._connection = _connect(self.path)
            self._prepare()

    def close(self) -> None:
        """Close the file; a temporary one is deleted."""
        with self._lock:
            self._connection.close()
        if self._temporary:
            shutil.rmtree(self.path.parent, ignore_errors=True)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self) -> None:
        check_whole(self._connection, self.path)
        version = check_version(self._connection, self.path, SCHEMA_VERSION)
        if version < SCHEMA_VERSION:
            self._upgrade(version)
        self._connection.execute(SCHEMA)
        self._connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)]
        )
        self.path.chmod(0o600)
        if self._older_copies() or self._rewriting.exists():
            self._finish_rewriting()
        shutil.rmtree(self.staging, ignore_errors=True)
        _make_private_folder(self.staging)

    def _upgrade(self, version: int) -> None:
        """Bring an older file up to date; a copy of it lies beside it until that is done."""
        copy = self.path.with_name(f"{self.path.name}.version{version}")
        self._connection.execute("CHECKPOINT")
        shutil.copyfile(self.path, copy)
        copy.chmod(0o600)
        with self.transaction() as cursor:
            upgrade(cursor, version)
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
        self._finish_rewriting()

    def _finish_rewriting(self) -> None:
        """Write the file anew and delete what an upgrade, or one that was cut short, has left beside it."""
        self.rewrite()  # the cells as they were are gone from the disk, too
        for copy in self._older_copies():
            copy.unlink()

    @property
    def _rewriting(self) -> Path:
        return self.path.with_suffix(".rewriting")

    def _older_copies(self) -> list[Path]:
        return [
            path for path in self.path.parent.iterdir() if path.name.startswith(f"{self.path.name}.version")
        ]


def _make_private_folder(folder: Path) -> None:
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if new:
            folder.chmod(0o700)
    except OSError as error:
        why = explain_write(folder, error)
        raise why or WorkspaceError(f"the folder {folder} cannot be made ({error.strerror}).") from error


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",
    }
    try:
        connection = duckdb.connect(str(path), config=config)
    except duckdb.Error as error:
        raise explain_open(path, error) from error
    # Nothing a file or a person types may reach outside the workspace's own folder.
    allowed = str(path.parent.resolve()).replace("'", "''")
    connection.execute(f"SET allowed_directories = ['{allowed}']")
    connection.execute("SET enable_external_access = false")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET lock_configuration = true")
    return connection
