"""Which people there are, which workspaces, and who is what in which: one SQLite file of the server."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from segmentation.errors import NotAllowedError, NotSignedInError
from segmentation.home import home
from segmentation.people.door import Door
from segmentation.people.role import TeamRole
from segmentation.people.seat import Seat
from segmentation.people.visitor import Visitor
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
CREATE TABLE IF NOT EXISTS guests (email TEXT PRIMARY KEY, invited_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS invitations (
    workspace_id TEXT NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    email TEXT NOT NULL, role TEXT NOT NULL, invited_at TEXT NOT NULL, invitation_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, email));
"""


@dataclass(frozen=True)
class TakenUp:
    """An invitation that became a role."""

    workspace_id: str
    invitation_id: str
    role: TeamRole


@dataclass(frozen=True)
class Arrival:
    """Somebody who has just signed in, and the invitations that were waiting for them."""

    person_id: str
    taken_up: tuple[TakenUp, ...]


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who signed in, when last (UTC, ISO 8601), and the id by which the registry knows them."""

    person_id: str
    visitor: Visitor
    last_seen: str


@dataclass(frozen=True)
class Place:
    """A workspace, whoever may use it."""

    workspace_id: str
    name: str
    path: Path


@dataclass(frozen=True)
class TeamMember:
    """Somebody's role in a workspace, and what to call them."""

    person_id: str
    role: TeamRole
    called: str
    email: str | None


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

    def admit(self, visitor: Visitor, login: str, door: Door) -> Arrival | None:
        """Let somebody in who signed in; tell what that brought where this sign-in is new.

        They are known from then on, have a workspace of their own, and invitations to their verified e-mail
        are theirs and nobody else's.

        :param login: names the sign-in, as `login_of` does.
        :raises NotSignedInError: if this sign-in was ended.
        :raises NotAllowedError: to a stranger who is not let in.
        """
        found = self._ask("SELECT ended FROM logins WHERE login = ?", login)
        if found and found[0][0]:
            raise NotSignedInError("you have signed out.", "Sign in again to go on.")
        if found:
            return None
        with self.change() as db:
            _let_in(db, visitor, door)
            person_id = _known(db, visitor)
            taken_up = _take_up(db, visitor, person_id)
            db.execute("DELETE FROM logins WHERE began < ?", [now(timedelta(days=-_KEPT))])
            db.execute("INSERT OR IGNORE INTO logins VALUES (?, ?, ?, 0)", [login, person_id, now()])
        return Arrival(person_id, taken_up)

    def end(self, login: str) -> None:
        """End a sign-in, wherever its cookie may still be."""
        with self.change() as db:
            db.execute(
                "INSERT INTO logins VALUES (?, NULL, ?, 1) ON CONFLICT DO UPDATE SET ended = 1",
                [login, now()],
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
            ORDER BY private_of IS NOT person_id, workspaces.made_at, workspaces.rowid""",
            visitor.issuer,
            visitor.subject,
        )
        return [Seat(key, name, TeamRole(role), self.folder / path) for key, name, role, path in rows]

    def meet(self, visitor: Visitor) -> str:
        """Know somebody before they first sign in, by issuer and subject; return their id."""
        with self.change() as db:
            return _known(db, visitor)

    def person_id(self, visitor: Visitor) -> str | None:
        """Return the id by which somebody is known here."""
        found = self._ask(
            "SELECT person_id FROM people WHERE issuer = ? AND subject = ?", visitor.issuer, visitor.subject
        )
        return str(found[0][0]) if found else None

    def people(self) -> list[KnownPerson]:
        """List everybody who ever signed in and was not removed, the first who came first."""
        rows = self._ask(
            "SELECT person_id, issuer, subject, email, name, last_seen FROM people ORDER BY first_seen, rowid"
        )
        return [KnownPerson(key, Visitor(*who), seen) for key, *who, seen in rows]

    def workspaces(self) -> list[Place]:
        """List the workspaces, the oldest first."""
        rows = self._ask("SELECT workspace_id, name, path FROM workspaces ORDER BY made_at, rowid")
        return [Place(key, name, self.folder / path) for key, name, path in rows]

    def at(self, path: Path) -> str:
        """Return the id of the workspace in a file; "" where that is none of the server's."""
        return next((one.workspace_id for one in self.workspaces() if one.path == path), "")

    def members(self, workspace_id: str) -> list[TeamMember]:
        """List who has which role in a workspace, owners first."""
        rows = self._ask(
            """
            SELECT person_id, role, name, email, subject FROM members JOIN people USING (person_id)
            WHERE workspace_id = ?
            ORDER BY role = 'viewer', role = 'editor', coalesce(name, email, subject), person_id""",
            workspace_id,
        )
        return [
            TeamMember(key, TeamRole(role), name or email or subject, email)
            for key, role, name, email, subject in rows
        ]

    def invitations(self, workspace_id: str) -> list[tuple[str, TeamRole]]:
        """List whom somebody invited who has not signed in since: e-mail and role."""
        rows = self._ask(
            "SELECT email, role FROM invitations WHERE workspace_id = ? ORDER BY email", workspace_id
        )
        return [(email, TeamRole(role)) for email, role in rows]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Give the file for one transaction, in which nobody else changes it."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield self._db


def _let_in(db: sqlite3.Connection, visitor: Visitor, door: Door) -> None:
    known = "SELECT 1 FROM people WHERE issuer = ? AND subject = ?"
    invited = "SELECT 1 FROM (SELECT email FROM invitations UNION SELECT email FROM guests) WHERE email = ?"
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
        [new_id(), visitor.issuer, visitor.subject, visitor.email, visitor.name, now(), now()],
    ).fetchone()
    if not db.execute("SELECT 1 FROM workspaces WHERE private_of = ?", [person_id]).fetchone():
        key = new_id()
        values = [key, visitor.called, f"workspaces/{key}/workspace.duckdb", now(), person_id]
        db.execute("INSERT INTO workspaces VALUES (?, ?, ?, ?, ?)", values)
        db.execute("INSERT INTO members VALUES (?, ?, ?)", [key, person_id, TeamRole.OWNER])
    return str(person_id)


def _take_up(db: sqlite3.Connection, visitor: Visitor, person_id: str) -> tuple[TakenUp, ...]:
    """Turn the invitations to a verified e-mail into this person's roles; a role they have stays."""
    mine = db.execute(
        "DELETE FROM invitations WHERE email = ? RETURNING workspace_id, role, invitation_id", [visitor.email]
    ).fetchall()
    for workspace_id, role, _ in mine:
        db.execute("INSERT OR IGNORE INTO members VALUES (?, ?, ?)", [workspace_id, person_id, role])
    return tuple(TakenUp(key, invitation, TeamRole(role)) for key, role, invitation in mine)


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_hex(16)


def now(plus: timedelta = timedelta()) -> str:
    """Return the time as the registry keeps it: UTC, ISO 8601."""
    return (datetime.now(UTC) + plus).isoformat(timespec="seconds")
