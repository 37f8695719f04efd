"""What is written down of what people do: codes, and who did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from segmentation.people.visitor import Visitor


class Action(StrEnum):
    """What was done."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    UPLOAD = "upload"
    DELETE = "delete"
    FORGET = "forget"
    LET_RETURN = "let_return"
    RUN = "run"
    RENAME = "rename"
    EXPORT = "export"
    SCHEDULE = "schedule"
    INVITE = "invite"
    JOIN = "join"
    SET_ROLE = "set_role"
    REMOVE = "remove"
    START_WORKSPACE = "start_workspace"
    REMOVE_PERSON = "remove_person"


class Ending(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Flaw(StrEnum):
    """Why a line does not fit."""

    NO_LINE = "no_line"
    GAP = "gap"
    CHANGED = "changed"
    OTHER_PERSON = "other_person"
    CUT = "cut"
    NO_KEY = "no_key"
    WITHOUT_KEY = "without_key"


@dataclass(frozen=True)
class Actor:
    """Who did it: an id, and who that is, which can be taken out again later."""

    actor_id: str
    person: Mapping[str, str] = field(default_factory=dict)


SERVER = Actor("server")
"""The server itself, as by a schedule."""

COMMAND_LINE = Actor("command line")
"""Whoever may run commands where the server's data lie."""


def actor_of(person_id: str, visitor: Visitor) -> Actor:
    """Name a person who signed in as they are known now."""
    known = {"issuer": visitor.issuer, "subject": visitor.subject}
    return Actor(person_id, known | ({"email": visitor.email} if visitor.email else {}))
