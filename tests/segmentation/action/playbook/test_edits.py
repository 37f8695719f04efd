"""Lines of one's own: they follow the segment, the generated text stays beside them, versions are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from segmentation.action.playbook.edits import edit_line, load_edits, said, versions_of
from segmentation.action.playbook.play import Aspect, Play, Playbook
from segmentation.errors import OptionError
from segmentation.workspace import Workspace
from segmentation.workspace.derived import forget_derived


@pytest.fixture
def play(playbook: Playbook) -> Play:
    """Give the play of the second segment."""
    return playbook.plays[1]


def test_a_line_of_ones_own_stands_over_the_generated_one(workspace: Workspace, play: Play) -> None:
    assert said(play, Aspect.GOAL, load_edits(workspace)) == play.lines[Aspect.GOAL].text
    assert edit_line(workspace, "run", play, Aspect.GOAL, "  Invite them to the shop.\n")
    edits = load_edits(workspace)
    assert edits == {(1, Aspect.GOAL): "Invite them to the shop."}
    assert said(play, Aspect.GOAL, edits) == "Invite them to the shop."
    assert said(replace(play, segment=0), Aspect.GOAL, edits) == play.lines[Aspect.GOAL].text


def test_older_versions_and_what_was_generated_can_be_seen(workspace: Workspace, play: Play) -> None:
    for text in ("First.", "Second.", ""):
        edit_line(workspace, "run", play, Aspect.OFFER, text)
    versions = versions_of(workspace, 1, Aspect.OFFER)
    assert [one.text for one in versions] == ["", "Second.", "First."]
    assert {one.generated for one in versions} == {play.lines[Aspect.OFFER].text}
    assert {one.run_id for one in versions} == {"run"}
    assert load_edits(workspace) == {}


def test_what_changes_nothing_makes_no_version(workspace: Workspace, play: Play) -> None:
    assert not edit_line(workspace, "run", play, Aspect.OWNER, "")
    assert not edit_line(workspace, "run", play, Aspect.GOAL, play.lines[Aspect.GOAL].text)
    assert edit_line(workspace, "run", play, Aspect.OWNER, "Ann")
    assert not edit_line(workspace, "run", play, Aspect.OWNER, "Ann ")
    assert len(versions_of(workspace, 1, Aspect.OWNER)) == 1


def test_what_is_counted_cannot_be_written(workspace: Workspace, play: Play) -> None:
    with pytest.raises(OptionError, match="counted"):
        edit_line(workspace, "run", play, Aspect.KPI, "100%")


def test_with_the_files_goes_what_was_generated_from_them(workspace: Workspace, play: Play) -> None:
    edit_line(workspace, "run", play, Aspect.GOAL, "Mine.")
    with workspace.transaction() as cursor:
        forget_derived(workspace, cursor)
    [version] = versions_of(workspace, 1, Aspect.GOAL)
    assert (version.text, version.generated) == ("Mine.", None)
