"""What people may do in a workspace: three roles, each with all rights of the one before."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """What may be done: look and take plain files without contacts; change and hand people over; decide."""

    SEE = "see"
    EXPORT = "export"
    EDIT = "edit"
    OWN = "own"


class TeamRole(StrEnum):
    """What a person is in a workspace."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    def may(self, right: Right) -> bool:
        """Whether this role has the right."""
        return right in _RIGHTS[self]


_LOOK = frozenset({Right.SEE, Right.EXPORT})
_RIGHTS = {
    TeamRole.VIEWER: _LOOK,
    TeamRole.EDITOR: _LOOK | {Right.EDIT},
    TeamRole.OWNER: _LOOK | {Right.EDIT, Right.OWN},
}
