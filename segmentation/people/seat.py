"""A person's place in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from segmentation.errors import NotAllowedError
from segmentation.people.role import Right, TeamRole


@dataclass(frozen=True)
class Seat:
    """A place in a workspace, with the role that goes with it.

    :param path: the workspace's DuckDB file, alone in a folder of its own but for what lies beside it.
    """

    workspace_id: str
    name: str
    role: TeamRole
    path: Path

    def require(self, right: Right) -> None:
        """Go on only with this right.

        :raises NotAllowedError: without it.
        """
        if not self.role.may(right):
            raise NotAllowedError.in_role(self.role, right)
