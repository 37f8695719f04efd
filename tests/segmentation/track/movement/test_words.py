"""The words for who moved."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from segmentation.track.movement.cells import Called, Cell
from segmentation.track.movement.kept_movements import new_movement
from segmentation.track.movement.steps import Outside
from segmentation.track.movement.weight import Direction
from segmentation.track.movement.words import (
    cell_title,
    code_of,
    days_words,
    headline,
    reasons,
    side_of,
    why_sentence,
)

LAST, NAMES = datetime(2011, 12, 9), Called(["Best", "At risk"], ["Best", "At risk"])


def days(since: datetime, until: datetime, last: datetime | None = LAST) -> str:
    """Say the days of a movement."""
    return days_words(new_movement("run", "files", (since, until), (2,)), last)


def test_days_are_said_from_today() -> None:
    assert days(datetime(2011, 11, 9), LAST) == "this month"
    assert days(datetime(2011, 9, 9), LAST) == "since 9 Sep 2011"
    assert days(datetime(2011, 9, 9), datetime(2011, 10, 9)) == "between 9 Sep 2011 and 9 Oct 2011"


def test_a_cell_is_called_by_what_happened() -> None:
    moved, new = Cell(0, 1, 2, None, None, 0, 2, 0), Cell(Outside.NOT_THERE, 1, 2, None, None, 2, 0, 0)
    assert cell_title(moved, NAMES, Direction.DOWN, "this month") == "Fell from Best to At risk this month"
    assert cell_title(new, NAMES, Direction.ACROSS, "this month") == "New in At risk this month"
    renamed = Called(["Top", "Late"], NAMES.now)
    assert cell_title(moved, renamed, Direction.DOWN, "then") == "Fell from Top to At risk then"
    stayed = Cell(0, 0, 2, None, None, 0, 2, 0)
    assert cell_title(stayed, NAMES, Direction.ACROSS, "this month") == "Stayed in Best this month"


def test_the_headline_tells_people_money_and_reasons() -> None:
    cell = Cell(0, 1, 34, 12_300.0, 800.0, 4, 30, 1)
    step, more = headline(cell, NAMES, Direction.DOWN, "this month", "GBP")
    assert step == "34 customers fell from Best to At risk this month."
    assert more == (
        "They paid £12,300 in a year and are expected to bring £800 in the next. Only time passed for 30; 4 "
        "did something; 1 was on the border."
    )
    assert why_sentence(Cell(0, 1, 3, None, None, 3, 0, 0)) == "All of them did something."


def test_every_customer_has_a_reason() -> None:
    people = pd.DataFrame(
        {
            "orders": [2, 0, 0, 1],
            "acted": [True, True, False, True],
            "paid": [12.5, None, None, None],
            "border": [False, False, True, False],
            "last_order": [LAST, LAST, LAST, LAST],
        }
    )
    assert reasons(people, "GBP") == [
        "ordered on 2 days (£12.50)",
        "did something, no order",
        "only time passed: no order since 9 Dec 2011; on the border",
        "ordered once",
    ]


def test_codes_of_sides_lead_back() -> None:
    for before in (True, False):
        for side in (0, 1, Outside.NOT_THERE, Outside.NOT_COMPARABLE):
            assert side_of(code_of(side, before), 2, before) == side
    assert side_of("3", 2, before=True) is None
