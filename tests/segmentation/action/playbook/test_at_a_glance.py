"""The table of all plays: every segment in a row, the figures those of its play, a person's words first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from segmentation.action.playbook.at_a_glance import at_a_glance, at_stake, first_actions, money_title
from segmentation.action.playbook.edits import said
from segmentation.action.playbook.glance_words import AT_RISK, NO_TEST
from segmentation.action.playbook.play import Aspect, Figures, Play, Playbook, Stakes
from segmentation.algorithms.power import HoldOut, plan_hold_out
from tests.segmentation.action.conftest import Segmented


def test_each_segment_has_a_row_with_the_figures_of_its_play(
    segmented: Segmented, playbook: Playbook
) -> None:
    rows = at_a_glance(playbook, segmented.view.names, {(0, Aspect.GOAL): "Invite them"})
    assert [row.segment for row in rows] == list(range(segmented.k))
    assert rows[0].goal == "Invite them"
    assert rows[1].goal == playbook.plays[1].lines[Aspect.GOAL].brief != ""
    for row, play in zip(rows, playbook.plays, strict=True):
        assert row.people == f"{play.customers:,}"  # no file is asked here who can be reached
        test = play.figures.test
        assert test is not None
        assert row.hold_out == (NO_TEST if test.detectable is None else f"{test.held_out:,}")
        assert row.finds.startswith("only ") == (test.detectable is not None and not test.enough)


@pytest.mark.parametrize(
    ("customers", "baseline", "hold_out", "finds"),
    [
        (10_000, 0.3, "515", "from 30.0% to 36.0%"),
        (100, 0.3, "50", "only from 30.0% to 57.5%"),
        (100, 1.0, NO_TEST, ""),
    ],
)
def test_a_hold_out_is_told_with_what_it_finds(
    segmented: Segmented, playbook: Playbook, customers: int, baseline: float, hold_out: str, finds: str
) -> None:
    row = at_a_glance(with_test(playbook, plan_hold_out(customers, baseline, 0.2)), segmented.view.names, {})[
        0
    ]
    assert (row.hold_out, row.finds) == (hold_out, finds)


def test_what_is_at_risk_goes_before_what_was_paid(playbook: Playbook) -> None:
    assert money_title(playbook) == "Paid in 365 days"
    risked = replace(playbook, plays=tuple(map(with_risk, playbook.plays)))
    assert money_title(risked) == AT_RISK
    assert at_stake(risked.plays[2]) == 3.0
    assert money_title(replace(playbook, plays=tuple(map(without_figures, playbook.plays)))) == ""


def test_first_comes_where_most_money_is_and_nothing_that_is_not_trusted(playbook: Playbook) -> None:
    risked = [replace(with_risk(one), warning="") for one in playbook.plays]
    actions = first_actions(replace(playbook, plays=tuple(risked)), {}, most=9)
    assert sorted(one.segment for plays in actions for one in plays) == [0, 1, 2, 3]
    money = [sum(map(at_stake, plays)) for plays in actions]
    assert money == sorted(money, reverse=True)
    for plays in actions:
        assert len({said(one, Aspect.GOAL, {}) for one in plays}) == 1
    doubtful = [replace(one, warning="Do not act") for one in risked]
    assert first_actions(replace(playbook, plays=tuple(doubtful)), {}) == ()


def with_test(playbook: Playbook, test: HoldOut | None) -> Playbook:
    """Return the playbook with this test of its first play."""
    first, *others = playbook.plays
    return replace(playbook, plays=(replace(first, figures=replace(first.figures, test=test)), *others))


def with_risk(play: Play) -> Play:
    """Return a play with as much money at risk as its segment's number from 1."""
    stakes = Stakes(365, 100.0, at_risk=play.segment + 1.0)
    return replace(play, figures=replace(play.figures, stakes=stakes))


def without_figures(play: Play) -> Play:
    """Return a play of which nothing was counted."""
    return replace(play, figures=Figures())
