"""Long work that must not outlive what it read: what is deleted meanwhile would come back with its result."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from segmentation.workspace.database import Workspace

Others = ParamSpec("Others")
Result = TypeVar("Result")


def undisturbed(
    work: Callable[Concatenate[Workspace, Others], Result],
) -> Callable[Concatenate[Workspace, Others], Result]:
    """Let nothing be deleted from a workspace while this work in it goes on."""

    @wraps(work)
    def whole(workspace: Workspace, *others: Others.args, **named: Others.kwargs) -> Result:
        with workspace.at_work():
            return work(workspace, *others, **named)

    return whole
