"""Alarms in words: what, by how much, and beside which months."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from segmentation.algorithms.drift.column_shift import ColumnShift
from segmentation.clusters.suggest import Structure
from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.facts.differences import Portrait
from segmentation.track.alarms.alarm_facts import Alarms, LookedAt, MixAlarm, MovedAlarm, NewKindAlarm
from segmentation.track.alarms.old_and_new import OldAndNew
from segmentation.track.alarms.usual import Usual
from segmentation.track.alarms.words import (
    alarms_line,
    left_out,
    mix_sentence,
    moved_sentence,
    moved_title,
    new_kind_sentence,
    new_kind_title,
    proposal_sentences,
    quiet_sentence,
    season_sentence,
)

NAMES = ["Best", "Others"]
SPEND = Feature("average_order_value", "Order value", "", Group.BEHAVIOUR, Unit.MONEY, skewed=True)
RECENCY = Feature("recency", "Days since the last order", "", Group.BEHAVIOUR, Unit.DAYS)
LATELY = Usual(6, False, 0.021, 0.03)
NOBODY_KNOWS = Usual(2, False)
MIX = MixAlarm(0, np.array([0.2, 0.8]), np.array([0.3, 0.7]), 0.0001, LATELY)
KIND = NewKindAlarm(30, 400, 0.05, 24, 1, Portrait(1, 24, 0.01, None, (), None, {}), LATELY)
MOVED = MovedAlarm(SPEND, 40.0, 60.0, True, ColumnShift(0.4, 0.41, 0.0, 0.0), Usual(6, False, 0.15, 0.2))


def month(back: int) -> LookedAt:
    return LookedAt(back, datetime(2024, 2, 10), 500, 100, 0.01, 0.5, 0.01, 0.0, {})


def alarms(**rang: object) -> Alarms:
    """Give the alarms of a month in which this rang."""
    months = tuple(month(back) for back in (6, 5, 4, 3, 2, 1))
    usual = {"mix": None, "new_kind": None, "moved": (), "months": months}
    days = {"since": datetime(2024, 1, 10), "until": datetime(2024, 2, 10)}
    return Alarms(
        "run", 2, "files", **days, figures=month(0), by_time=(RECENCY,), currency="EUR", **(usual | rang)
    )


def test_a_mix_is_told_by_the_segment_that_changed_most() -> None:
    assert mix_sentence(MIX, NAMES, alarms(mix=MIX)) == (
        "Best grew from 20.0% to 30.0% of all customers in the month to 10 Feb 2024: 10.0 points. In the "
        "6 earlier months it was at most 2.1 points."
    )
    shrunk = replace(MIX, label=1)
    assert mix_sentence(shrunk, NAMES, alarms()).startswith("Others shrank from 80.0% to 70.0%")


def test_a_new_kind_is_told_with_where_its_people_are_counted() -> None:
    assert new_kind_title(KIND) == "A new kind of customer arrived"
    assert new_kind_sentence(KIND, NAMES) == (
        "30 of 400 customers who did something (7.5%) are unlike anybody; 24 of them are a group of "
        "their own. In the 6 earlier months it was at most 2.1%. Most of them are counted in Others, for "
        "want of a better place."
    )


def test_strangers_without_anything_in_common_are_no_kind() -> None:
    alone = replace(KIND, together=0, usual=NOBODY_KNOWS)
    assert new_kind_title(alone) == "More customers than usual are unlike anybody"
    told = new_kind_sentence(alone, NAMES)
    assert "so that they are no group" in told
    assert "too few earlier months (2) to say what is usual" in told


def test_a_feature_is_told_in_its_own_unit() -> None:
    assert moved_title(MOVED).endswith("moved")
    told = moved_sentence(MOVED, "EUR")
    assert "typically from €40.00 to €60.00: 0.41 standard deviations." in told
    assert "at most 0.15 standard deviations" in told
    assert "more or less spread than before" in moved_sentence(replace(MOVED, after=40.0), "EUR")


@pytest.mark.parametrize(
    ("rang", "line"),
    [
        ({"mix": MIX}, "The mix of your customers changed, in the month to 10 Feb 2024."),
        (
            {"mix": MIX, "new_kind": KIND, "moved": (MOVED,)},
            "A new kind of customer arrived, and 2 more alarms, in the month to 10 Feb 2024.",
        ),
    ],
)
def test_one_line_tells_the_gravest_and_how_many_more(rang: dict, line: str) -> None:
    assert alarms_line(alarms(**rang)) == line


def test_quiet_months_say_so_and_too_few_say_what_is_missing() -> None:
    assert quiet_sentence(alarms()) == "Nothing is out of the ordinary beside 6 earlier months."
    few = quiet_sentence(alarms(months=(month(1),)))
    assert few == (
        "There is 1 earlier month, and 6 say what is usual: until then only a new kind of customer rings."
    )


def test_without_the_same_season_a_year_before_it_may_be_the_season() -> None:
    assert "no earlier February" in season_sentence(alarms(mix=MIX))
    known = replace(MIX, usual=Usual(8, True, 0.02, 0.03))
    assert season_sentence(alarms(mix=known)) == ""
    assert season_sentence(alarms(new_kind=KIND)) == ""


def test_what_time_alone_moves_is_named() -> None:
    assert left_out(alarms()).casefold() == "days since the last order"
    assert left_out(replace(alarms(), by_time=())) == "nothing here"


def test_a_proposal_says_who_changes_and_what_is_carried_on() -> None:
    found = OldAndNew("a", "b", "f", 5, 4, Structure.SLICES, Structure.SEGMENTS, 1_000, 900, ())
    assert proposal_sentences(found) == [
        "90.0% of 1,000 customers would stay in their segment, 100 would change.",
        "4 segments in place of 5, of which 0 keep their name.",
        "What was found as useful slices without gaps is segments with gaps between them now.",
    ]
