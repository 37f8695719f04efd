"""Who is let into a workspace, with which role: by its owners, or by who runs the server."""

from __future__ import annotations

import re
import sqlite3

from segmentation.errors import NotAllowedError, OptionError
from segmentation.people.registry import FIRST, Place, Registry, new_id, now
from segmentation.people.role import Right, TeamRole
from segmentation.people.seat import Seat
from segmentation.people.visitor import Visitor

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_NAME = 80


class Team:
    """The people of one workspace; whoever changes them has to own it.

    :param seat: the place of who asks; None for who runs the server, and may do all of it.
    :raises NotAllowedError: at any change by who is no owner.
    """

    def __init__(self, registry: Registry, workspace_id: str, seat: Seat | None = None) -> None:
        if seat is not None:
            seat.require(Right.OWN)
            if seat.workspace_id != workspace_id:
                raise NotAllowedError("this is another workspace than the one you own.")
        self._registry, self._key = registry, workspace_id

    def invite(self, email: str, role: TeamRole) -> str:
        """Give a role to whoever signs in first with this address, verified.

        :returns: the id of the invitation; where just one person is known by the address, it is theirs at
            once, and the id is that person's.
        :raises OptionError: if this is no address.
        """
        address, key = email_of(email), new_id()[:12]
        with self._registry.change() as db:
            known = db.execute("SELECT person_id FROM people WHERE email = ?", [address]).fetchall()
            if len(known) == 1:
                self._give(db, known[0][0], role)
                return str(known[0][0])
            values = [self._key, address, role, now(), key]
            db.execute("INSERT OR REPLACE INTO invitations VALUES (?, ?, ?, ?, ?)", values)
        return key

    def withdraw(self, email: str) -> str:
        """Take an invitation back that nobody has taken up; return its id, "" where there is none."""
        with self._registry.change() as db:
            gone = db.execute(
                "DELETE FROM invitations WHERE workspace_id = ? AND email = ? RETURNING invitation_id",
                [self._key, email_of(email)],
            ).fetchall()
        return str(gone[0][0]) if gone else ""

    def set_role(self, person_id: str, role: TeamRole) -> None:
        """Give a person another role, or a first one.

        :raises NotAllowedError: if no owner were left.
        """
        with self._registry.change() as db:
            self._give(db, person_id, role)

    def remove(self, person_id: str) -> None:
        """Take a person's role away.

        :raises NotAllowedError: if no owner were left.
        """
        with self._registry.change() as db:
            if self._owners_beside(db, person_id) == 0:
                raise _last_owner()
            values = [self._key, person_id]
            db.execute("DELETE FROM members WHERE workspace_id = ? AND person_id = ?", values)

    def rename(self, name: str) -> None:
        """Call the workspace otherwise in lists of workspaces."""
        with self._registry.change() as db:
            db.execute("UPDATE workspaces SET name = ? WHERE workspace_id = ?", [_name(name), self._key])

    def _give(self, db: sqlite3.Connection, person_id: str, role: TeamRole) -> None:
        if role is not TeamRole.OWNER and self._owners_beside(db, person_id) == 0:
            raise _last_owner()
        db.execute("INSERT OR REPLACE INTO members VALUES (?, ?, ?)", [self._key, person_id, role])

    def _owners_beside(self, db: sqlite3.Connection, person_id: str) -> int | None:
        """Count the other owners of a workspace; None where this person is no owner of it."""
        owners = db.execute(
            "SELECT person_id FROM members WHERE workspace_id = ? AND role = ?", [self._key, TeamRole.OWNER]
        ).fetchall()
        return len(owners) - 1 if (person_id,) in owners else None


def start_workspace(registry: Registry, visitor: Visitor, name: str) -> Seat:
    """Make a workspace to share, which this person owns."""
    key, called = new_id(), _name(name)
    with registry.change() as db:
        values = [key, called, f"workspaces/{key}/workspace.duckdb", now(), None]
        db.execute("INSERT INTO workspaces VALUES (?, ?, ?, ?, ?)", values)
        db.execute(
            "INSERT INTO members SELECT ?, person_id, ? FROM people WHERE issuer = ? AND subject = ?",
            [key, TeamRole.OWNER, visitor.issuer, visitor.subject],
        )
    return next(one for one in registry.seats(visitor) if one.workspace_id == key)


def first_workspace(registry: Registry) -> Place:
    """Return the workspace that was there before anybody signed in; only the command line gives it away."""
    with registry.change() as db:
        db.execute(
            "INSERT OR IGNORE INTO workspaces VALUES (?, ?, ?, ?, NULL)", [new_id(), "Our shop", FIRST, now()]
        )
    return next(one for one in registry.workspaces() if one.path == registry.folder / FIRST)


def let_in(registry: Registry, email: str) -> None:
    """Let somebody in by their verified e-mail, to a workspace of their own, though strangers are not."""
    with registry.change() as db:
        db.execute("INSERT OR REPLACE INTO guests VALUES (?, ?)", [email_of(email), now()])


def remove_person(registry: Registry, person_id: str) -> tuple[Place, ...]:
    """Forget a person, and end all that they are signed in with; return workspaces that nobody owns now.

    The files of these stay, for somebody to be named their owner, or for who runs the server to delete.
    """
    with registry.change() as db:
        db.execute("UPDATE logins SET ended = 1, person_id = NULL WHERE person_id = ?", [person_id])
        db.execute(
            "DELETE FROM guests WHERE email IN (SELECT email FROM people WHERE person_id = ?)", [person_id]
        )
        owned = db.execute(
            "SELECT workspace_id FROM members WHERE person_id = ? AND role = ?", [person_id, TeamRole.OWNER]
        ).fetchall()
        db.execute("DELETE FROM people WHERE person_id = ?", [person_id])
    return tuple(
        one
        for one in registry.workspaces()
        if (one.workspace_id,) in owned
        and all(member.role is not TeamRole.OWNER for member in registry.members(one.workspace_id))
    )


def decides_on_server(registry: Registry, seat: Seat) -> bool:
    """Whether somebody owns the workspace whose owner was named by who runs the server."""
    return seat.role.may(Right.OWN) and seat.path == registry.folder / FIRST


def remove_from_server(registry: Registry, seat: Seat, person_id: str) -> None:
    """Forget a person at the wish of somebody who decides on the server, as `remove_person` does.

    :raises NotAllowedError: to anybody else; if a workspace that others use were left without an owner.
    """
    if not decides_on_server(registry, seat):
        raise NotAllowedError("only owners of the server's first workspace decide who is on it.")
    for place in registry.workspaces():
        members = registry.members(place.workspace_id)
        owners = [one.person_id for one in members if one.role is TeamRole.OWNER]
        if owners == [person_id] and (len(members) > 1 or place.workspace_id == seat.workspace_id):
            raise _last_owner(f"the workspace “{place.name}”")
    remove_person(registry, person_id)


def email_of(text: str) -> str:
    """Return an address as it is compared.

    :raises OptionError: if it is none.
    """
    address = text.strip().lower()
    if not ADDRESS.fullmatch(address):
        raise OptionError(f"“{text}” is no e-mail address.", "Write one such as ann@shop.example.")
    return address


def _name(text: str) -> str:
    name = " ".join(text.split())[:LONGEST_NAME]
    if not name:
        raise OptionError("a workspace needs a name.")
    return name


def _last_owner(which: str = "a workspace") -> NotAllowedError:
    return NotAllowedError(f"{which} needs an owner.", "Make somebody else an owner first.")
