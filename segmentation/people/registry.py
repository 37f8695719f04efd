"""Which people there are, which workspaces, and who is what in which: one SQLite file of the server."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from segmentation.people.role import TeamRole
from segmentation.people.seat import Seat
from segmentation.people.visitor import Visitor
from segmentation.workspace import home
from segmentation.workspace.beside import make_private_folder

FILE = "people.sqlite"
FIRST = "workspace.duckdb"
"""The workspace that was there before anybody signed in, as a path below the home."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (
    person_id TEXT PRIMARY KEY, issuer TEXT NOT NULL, subject TEXT NOT NULL, email TEXT, name TEXT,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, UNIQUE (issuer, subject));
CREATE TABLE IF NOT EXISTS workspaces (
    workspace_id TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL UNIQUE, made_at TEXT NOT NULL,
    private_of TEXT UNIQUE REFERENCES people ON DELETE SET NULL);
CREATE TABLE IF NOT EXISTS members (
    workspace_id TEXT NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people ON DELETE CASCADE,
    role TEXT NOT NULL, PRIMARY KEY (workspace_id, person_id));
CREATE TABLE IF NOT EXISTS invitations (
    workspace_id TEXT NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    email TEXT NOT NULL, role TEXT NOT NULL, invited_at TEXT NOT NULL, PRIMARY KEY (workspace_id, email));
"""


class Registry:
    """The people and workspaces of the server whose data lie below `folder`; any thread may ask it.

    Asking costs some 50 microseconds, so that nobody needs to remember an answer.

    :param folder: by default the home of this server's data; the file in it is the owner's alone (0600).
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home()
        make_private_folder(self.folder)
        path = self.folder / FILE
        path.touch(mode=0o600)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, timeout=10.0, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_SCHEMA)

    def arrive(self, visitor: Visitor) -> str:
        """Let somebody in who signed in: known from now on, with a workspace of their own.

        :returns: the id by which the registry knows them.
        """
        with self._change() as db:
            return _known(db, visitor)

    def seats(self, visitor: Visitor) -> list[Seat]:
        """List where this person has a role, their own workspace first; nothing for who never arrived."""
        rows = self._ask(
            """
            SELECT workspace_id, workspaces.name, role, path FROM members
            JOIN workspaces USING (workspace_id) JOIN people USING (person_id)
            WHERE issuer = ? AND subject = ?
            ORDER BY private_of IS NOT person_id, workspaces.made_at, workspace_id""",
            visitor.issuer,
            visitor.subject,
        )
        return [Seat(key, name, TeamRole(role), self.folder / path) for key, name, role, path in rows]

    def private_seat(self, visitor: Visitor) -> Seat:
        """Return a person's place in their own workspace, which is made where it is missing."""
        self.arrive(visitor)
        return self.seats(visitor)[0]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        """Give the file for one transaction, in which nobody else changes it."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield self._db


def _known(db: sqlite3.Connection, visitor: Visitor) -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    (person_id,) = db.execute(
        """
        INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (issuer, subject) DO UPDATE
        SET email = excluded.email, name = excluded.name, last_seen = excluded.last_seen
        RETURNING person_id""",
        [secrets.token_hex(16), visitor.issuer, visitor.subject, visitor.email, visitor.name, now, now],
    ).fetchone()
    if not db.execute("SELECT 1 FROM workspaces WHERE private_of = ?", [person_id]).fetchone():
        key = secrets.token_hex(16)
        path = f"workspaces/{key}/workspace.duckdb"
        db.execute(
            "INSERT INTO workspaces VALUES (?, ?, ?, ?, ?)", [key, visitor.called, path, now, person_id]
        )
        db.execute("INSERT INTO members VALUES (?, ?, ?)", [key, person_id, TeamRole.OWNER])
    return str(person_id)
