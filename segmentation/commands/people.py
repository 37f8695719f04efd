"""`people`: who may use a server on which people sign in, as only who runs it can say."""

from __future__ import annotations

import argparse
from typing import Any

from segmentation.commands.shared import Commands
from segmentation.errors import OptionError
from segmentation.people import Registry, TeamRole, Visitor
from segmentation.people.audit import Audit
from segmentation.people.deed import COMMAND_LINE, Action
from segmentation.people.registry import KnownPerson, Place
from segmentation.people.team import Team, first_workspace, let_in, remove_person

WHO = "e-mail or id, as `people list` tells them"


def add_to(commands: Commands) -> None:
    """Declare the command and its parts."""
    people = commands.add_parser(
        "people",
        help="say who may use a server on which people sign in",
        description="Works on the data folder (TESSERA_HOME), also while the app runs.",
    )
    parts = people.add_subparsers(required=True, metavar="WHAT")
    parts.add_parser("list", help="list people and workspaces").set_defaults(command=_list)
    owner = parts.add_parser("owner", help="name the owner of the workspace from before people signed in")
    owner.add_argument("email", nargs="?", metavar="E-MAIL", help="verified by the provider")
    owner.add_argument("--issuer", metavar="ADDRESS", help="with --subject, in place of an e-mail")
    owner.add_argument("--subject", metavar="ID")
    owner.set_defaults(command=_owner)
    invite = parts.add_parser("invite", help="invite somebody, into a workspace where --role is given")
    invite.add_argument("email", metavar="E-MAIL", help="verified by the provider")
    invite.add_argument("--role", choices=list(TeamRole), type=TeamRole)
    invite.set_defaults(command=_invite)
    role = parts.add_parser("role", help="give somebody another role in a workspace")
    role.add_argument("who", metavar="WHO", help=WHO)
    role.add_argument("role", choices=list(TeamRole), type=TeamRole)
    role.set_defaults(command=_role)
    remove = parts.add_parser("remove", help="remove somebody, from one workspace where it is given")
    remove.add_argument("who", metavar="WHO", help=WHO)
    remove.set_defaults(command=_remove)
    for part in (owner, invite, role, remove):
        part.add_argument(
            "--workspace",
            metavar="ID",
            help="id of a workspace" + ("" if part is remove else " (default: the one from before sign-in)"),
        )
    parts.add_parser("audit", help="check that no line of the audit was changed or taken out").set_defaults(
        command=_audit
    )


def _list(_: argparse.Namespace) -> dict[str, Any]:
    registry = Registry()
    return {
        "people": [
            {"id": one.person_id, **vars(one.visitor), "last_seen": one.last_seen}
            for one in registry.people()
        ],
        "workspaces": [_workspace_facts(registry, one) for one in registry.workspaces()],
    }


def _owner(parsed: argparse.Namespace) -> dict[str, Any]:
    registry = Registry()
    place = _place(registry, parsed.workspace)
    team = Team(registry, place.workspace_id)
    if parsed.email and not parsed.issuer and not parsed.subject:
        named = team.invite(parsed.email, TeamRole.OWNER)
    elif parsed.issuer and parsed.subject and not parsed.email:
        named = registry.meet(Visitor(parsed.issuer, parsed.subject))
        team.set_role(named, TeamRole.OWNER)
    else:
        raise OptionError("it is not said who.", "Give an e-mail, or both --issuer and --subject.")
    Audit().record(COMMAND_LINE, place.workspace_id, Action.SET_ROLE, named, {"role": TeamRole.OWNER})
    return _workspace_facts(registry, place)


def _invite(parsed: argparse.Namespace) -> dict[str, Any]:
    registry = Registry()
    if parsed.role is None:
        let_in(registry, parsed.email)
        Audit().record(COMMAND_LINE, "", Action.INVITE)
        return {"invited": parsed.email}
    place = _place(registry, parsed.workspace)
    named = Team(registry, place.workspace_id).invite(parsed.email, parsed.role)
    Audit().record(COMMAND_LINE, place.workspace_id, Action.INVITE, named, {"role": parsed.role})
    return _workspace_facts(registry, place)


def _role(parsed: argparse.Namespace) -> dict[str, Any]:
    registry = Registry()
    place, person = _place(registry, parsed.workspace), _person(registry, parsed.who)
    Team(registry, place.workspace_id).set_role(person.person_id, parsed.role)
    counts = {"role": parsed.role}
    Audit().record(COMMAND_LINE, place.workspace_id, Action.SET_ROLE, person.person_id, counts)
    return _workspace_facts(registry, place)


def _remove(parsed: argparse.Namespace) -> dict[str, Any]:
    registry, audit = Registry(), Audit()
    person = _person(registry, parsed.who)
    if parsed.workspace:
        place = _place(registry, parsed.workspace)
        Team(registry, place.workspace_id).remove(person.person_id)
        audit.record(COMMAND_LINE, place.workspace_id, Action.REMOVE, person.person_id)
        return _workspace_facts(registry, place)
    left = remove_person(registry, person.person_id)
    audit.record(COMMAND_LINE, "", Action.REMOVE_PERSON, person.person_id)
    return {
        "removed": person.person_id,
        "lines_of_the_audit_without_a_name": audit.forget(person.person_id),
        "workspaces_without_an_owner": [_workspace_facts(registry, one) for one in left],
    }


def _audit(_: argparse.Namespace) -> dict[str, Any]:
    audit = Audit()
    broken = audit.check()
    before, lines = audit.keyed()
    return {"lines": lines, "with_key": lines - before, "whole": broken is None} | (
        {"broken": vars(broken)} if broken else {}
    )


def _place(registry: Registry, asked: str | None) -> Place:
    if asked is None:
        return first_workspace(registry)
    found = [one for one in registry.workspaces() if one.workspace_id == asked]
    if not found:
        raise OptionError(f"there is no workspace {asked}.", "`people list` tells their ids.")
    return found[0]


def _person(registry: Registry, asked: str) -> KnownPerson:
    names = (asked, asked.strip().lower())
    found = [one for one in registry.people() if one.person_id in names or one.visitor.email in names]
    if len(found) != 1:
        why = "nobody is" if not found else f"{len(found)} people are"
        raise OptionError(f"{why} known as {asked}.", "`people list` tells ids of those who signed in.")
    return found[0]


def _workspace_facts(registry: Registry, place: Place) -> dict[str, Any]:
    key = place.workspace_id
    return {
        "id": key,
        "name": place.name,
        "file": str(place.path),
        "members": [
            {"id": one.person_id, "email": one.email, "name": one.called, "role": one.role}
            for one in registry.members(key)
        ],
        "invited": [{"email": email, "role": role} for email, role in registry.invitations(key)],
    }
