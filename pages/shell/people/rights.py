"""Rights in the workspace that a call is about, asked for where something is done, also in a download."""

from __future__ import annotations

from pages.shell.held.here import here
from segmentation.errors import NotAllowedError
from segmentation.people import Right


def require(right: Right) -> None:
    """Go on only with this right; where nobody signs in, and for the server itself, always.

    :raises NotAllowedError: without it.
    """
    role = here().role
    if role is not None and not role.may(right):
        raise NotAllowedError.in_role(role, right)


def may(right: Right) -> bool:
    """Whether the visitor has this right."""
    role = here().role
    return role is None or role.may(right)
