"""A movement as it is kept, and what is counted of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from segmentation.track.movement.cells import Cell, Look, count_cells, customers_of_cell, movers
from segmentation.track.movement.kept_movements import (
    MOST_KEPT,
    Movement,
    find_movement,
    keep_movement,
    new_movement,
)
from segmentation.track.movement.steps import Outside, Step
from segmentation.workspace import Workspace

SINCE, UNTIL = datetime(2024, 2, 1), datetime(2024, 3, 1)
NEW, GONE, UNKNOWN = Outside.NOT_THERE, Outside.NOT_THERE, Outside.NOT_COMPARABLE
IDS = np.array(["ann", "bob", "cem", "dot", "eve", "fay"], dtype=object)
WAS, NOW = [0, 0, 1, 0, NEW, UNKNOWN], [1, 1, 1, GONE, 0, 0]

MONEY = pa.decimal128(18, 4)
DID = pa.table(
    {
        "customer_id": ["ann", "bob", "eve"],
        "acted": [True, False, True],
        "orders": pa.array([2, 0, 1], pa.int32()),
        "paid": pa.array([Decimal(50), None, Decimal(7)], MONEY),
        "revenue": pa.array([Decimal(90), Decimal(20), Decimal(7)], MONEY),
        "last_order": pa.array([UNTIL, SINCE, UNTIL], pa.date32()),
    }
)


def yes(*which: int) -> np.ndarray:
    """Give a flag of each of the six, true of these."""
    return np.isin(np.arange(6), which)


@pytest.fixture
def kept(workspace: Workspace) -> Movement:
    """Keep what six customers did at 2 segments, and at 3, where nobody moved."""
    two = Step(2, np.array(WAS, dtype=np.int16), np.array(NOW, dtype=np.int16), yes(1), yes(0))
    three = Step(3, np.zeros(6, dtype=np.int16), np.zeros(6, dtype=np.int16), yes(), yes())
    movement = new_movement("run", "files", (SINCE, UNTIL), (2, 3))
    keep_movement(workspace, movement, IDS, [two, three], DID)
    return movement


def test_cells_part_everybody_with_money_and_reasons(workspace: Workspace, kept: Movement) -> None:
    assert count_cells(workspace, Look(kept, 2)) == (
        Cell(UNKNOWN, 0, 1, None, None, 0, 1, 0),
        Cell(NEW, 0, 1, 7.0, None, 1, 0, 0),
        Cell(0, GONE, 1, None, None, 0, 1, 0),
        Cell(0, 1, 2, 110.0, None, 1, 1, 1),
        Cell(1, 1, 1, None, None, 0, 1, 0),
    )
    assert count_cells(workspace, Look(kept, 3)) == (Cell(0, 0, 6, 117.0, None, 2, 4, 0),)


def test_who_is_not_clearly_nearer_stays_where_that_is_asked_for(
    workspace: Workspace, kept: Movement
) -> None:
    steady = {(cell.was, cell.now): cell for cell in count_cells(workspace, Look(kept, 2, steady=True))}
    assert steady[0, 1] == Cell(0, 1, 1, 90.0, None, 1, 0, 0)
    assert steady[0, 0] == Cell(0, 0, 1, 20.0, None, 0, 1, 0)
    assert steady[NEW, 0].customers == steady[0, GONE].customers == 1


def test_people_come_with_what_they_did_the_most_money_first(workspace: Workspace, kept: Movement) -> None:
    people = customers_of_cell(workspace, Look(kept, 2), 0, 1)
    assert people["customer_id"].tolist() == ["ann", "bob"]
    assert people["orders"].tolist() == [2, 0]
    assert people["border"].tolist() == [False, True]
    assert customers_of_cell(workspace, Look(kept, 2), 0, 1, most=1)["customer_id"].tolist() == ["ann"]


def test_movers_are_all_but_those_who_stayed_or_cannot_be_compared(
    workspace: Workspace, kept: Movement
) -> None:
    assert movers(workspace, Look(kept, 2))["customer_id"].tolist() == ["eve", "dot", "ann", "bob"]


def test_what_is_foreseen_counts_only_where_it_belongs_to_these_days(
    workspace: Workspace, kept: Movement
) -> None:
    with workspace.transaction() as cursor:
        cursor.execute("INSERT INTO outlook (run_id, customer_id, spend_365) VALUES ('run', 'ann', 12.5)")
    assert {cell.expected for cell in count_cells(workspace, Look(kept, 2))} == {None}
    expected = {cell: cell.expected for cell in count_cells(workspace, Look(kept, 2, expects=True))}
    assert sorted(value for value in expected.values() if value) == [12.5]


def test_the_same_days_are_kept_once_and_the_oldest_go(workspace: Workspace, kept: Movement) -> None:
    again = new_movement("run", "files", (SINCE, UNTIL), (2,))
    nobody = Step(2, *(np.array([], dtype=np.int16),) * 2, *(np.array([], dtype=bool),) * 2)
    nothing = DID.slice(0, 0)
    keep_movement(workspace, again, np.array([], dtype=object), [nobody], nothing)
    assert find_movement(workspace, "run", "files", (SINCE, UNTIL)) == again
    assert find_movement(workspace, "run", "files", (SINCE, UNTIL), "an earlier one") is None
    for day in range(2, MOST_KEPT + 2):
        other = new_movement("run", "files", (datetime(2024, 2, day), UNTIL), (2,))
        keep_movement(workspace, other, np.array([], dtype=object), [nobody], nothing)
    assert find_movement(workspace, "run", "files", (SINCE, UNTIL)) is None
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM movements").fetchall() == [(MOST_KEPT,)]
        assert cursor.execute("SELECT count(*) FROM moved").fetchall() == [(0,)]
