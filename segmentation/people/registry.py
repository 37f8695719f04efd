"""Which people there are, which workspaces, and who is what in which: one SQLite file of the server."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from segmentation.errors import NotAllowedError, NotSignedInError
from segmentation.people.door import Door
from segmentation.people.role import TeamRole
from segmentation.people.seat import Seat
from segmentation.people.visitor import Visitor
from segmentation.workspace import home
from segmentation.workspace.beside import make_private_folder

FILE = "people.sqlite"
FIRST = "workspace.duckdb"
"""The workspace that was there before anybody signed in, as a path below the home."""

_KEPT = 32
"""Days for which a sign-in is known; its cookie is good for 30."""

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
CREATE TABLE IF NOT EXISTS logins (
    login TEXT PRIMARY KEY, person_id TEXT REFERENCES people ON DELETE CASCADE, began TEXT NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0);
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

    def admit(self, visitor: Visitor, login: str, door: Door) -> bool:
        """Let somebody in who signed in; return whether it is the first time with this sign-in.

        They are known from then on, have a workspace of their own, and invitations to their verified e-mail
        are theirs and nobody else's.

        :param login: names the sign-in, as `login_of` does.
        :raises NotSignedInError: if this sign-in was ended.
        :raises NotAllowedError: to a stranger who is not let in.
        """
        found = self._ask("SELECT ended FROM logins WHERE login = ?", login)
        if found and found[0][0]:
            raise NotSignedInError("you have signed out.", "Sign in again to go on.")
        if not found:
            with self._change() as db:
                _let_in(db, visitor, door)
                person_id = _known(db, visitor)
                _take_up(db, visitor, person_id)
                db.execute("DELETE FROM logins WHERE began < ?", [_now(timedelta(days=-_KEPT))])
                db.execute("INSERT OR IGNORE INTO logins VALUES (?, ?, ?, 0)", [login, person_id, _now()])
        return not found

    def end(self, login: str) -> None:
        """End a sign-in, wherever its cookie may still be."""
        with self._change() as db:
            db.execute(
                "INSERT INTO logins VALUES (?, NULL, ?, 1) ON CONFLICT DO UPDATE SET ended = 1",
                [login, _now()],
            )

    def has_ended(self, login: str) -> bool:
        """Whether this sign-in was ended."""
        return bool(self._ask("SELECT 1 FROM logins WHERE login = ? AND ended", login))

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


def _let_in(db: sqlite3.Connection, visitor: Visitor, door: Door) -> None:
    known = "SELECT 1 FROM people WHERE issuer = ? AND subject = ?"
    invited = "SELECT 1 FROM invitations WHERE email = ?"
    if (
        not door.lets_in(visitor)
        and not db.execute(known, [visitor.issuer, visitor.subject]).fetchone()
        and not db.execute(invited, [visitor.email]).fetchone()
    ):
        raise NotAllowedError(
            "nobody has invited you to this server.",
            "Ask who runs it, or who owns a workspace, to invite the e-mail address you sign in with.",
        )


def _known(db: sqlite3.Connection, visitor: Visitor) -> str:
    """Keep who somebody is, and make a workspace of their own where it is missing; return their id."""
    (person_id,) = db.execute(
        """
        INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (issuer, subject) DO UPDATE
        SET email = excluded.email, name = excluded.name, last_seen = excluded.last_seen
        RETURNING person_id""",
        [new_id(), visitor.issuer, visitor.subject, visitor.email, visitor.name, _now(), _now()],
    ).fetchone()
    if not db.execute("SELECT 1 FROM workspaces WHERE private_of = ?", [person_id]).fetchone():
        key = new_id()
        values = [key, visitor.called, f"workspaces/{key}/workspace.duckdb", _now(), person_id]
        db.execute("INSERT INTO workspaces VALUES (?, ?, ?, ?, ?)", values)
        db.execute("INSERT INTO members VALUES (?, ?, ?)", [key, person_id, TeamRole.OWNER])
    return str(person_id)


def _take_up(db: sqlite3.Connection, visitor: Visitor, person_id: str) -> None:
    """Turn the invitations to a verified e-mail into this person's roles; a role they have stays."""
    if visitor.email:
        db.execute(
            "INSERT OR IGNORE INTO members SELECT workspace_id, ?, role FROM invitations WHERE email = ?",
            [person_id, visitor.email],
        )
        db.execute("DELETE FROM invitations WHERE email = ?", [visitor.email])


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_hex(16)


def _now(plus: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + plus).isoformat(timespec="seconds")
