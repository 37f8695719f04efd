"""The number of segments that a shop made its own: kept with the workspace, over the suggestion."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from segmentation.runs import Run, keep_number, number_of, own_number
from segmentation.workspace import Workspace

RUN = cast(Run, SimpleNamespace(suggestion=SimpleNamespace(k=4), cuts={3: None, 4: None, 5: None}))


def test_it_is_kept_and_given_back(workspace: Workspace) -> None:
    assert own_number(workspace) is None
    keep_number(workspace, 7)
    assert own_number(workspace) == 7
    keep_number(workspace, None)
    assert own_number(workspace) is None


def test_it_holds_instead_of_the_suggestion_where_the_run_has_it() -> None:
    assert [number_of(RUN, own) for own in (None, 3, 5, 9)] == [4, 3, 5, 4]
