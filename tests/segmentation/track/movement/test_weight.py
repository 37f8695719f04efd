"""Which way steps go, and which matters most."""

from __future__ import annotations

from segmentation.track.movement.cells import Cell
from segmentation.track.movement.steps import Outside
from segmentation.track.movement.weight import (
    Direction,
    Moved,
    by_importance,
    direction_of,
    most_important,
    moved_of,
    worth_of_segments,
)

NEW, GONE = Outside.NOT_THERE, Outside.NOT_THERE


def cell(was: int, now: int, customers: int, revenue: float | None = None, silence: int = 0) -> Cell:
    """Give a cell of whom so many did nothing."""
    return Cell(was, now, customers, revenue, None, customers - silence, silence, 0)


CELLS = (
    cell(0, 0, 10, 10_000.0),
    cell(0, 1, 3, 600.0, silence=2),
    cell(1, 0, 1, 1_000.0),
    cell(1, 1, 90, 9_000.0),
    cell(1, 2, 20, 2_000.0),
    cell(2, 2, 20, 2_200.0),
    cell(NEW, 1, 7, 700.0),
    cell(2, GONE, 1),
)


def test_a_segment_is_worth_what_a_customer_of_it_pays() -> None:
    assert worth_of_segments(CELLS) == {0: 11_000 / 11, 1: 10_300 / 100, 2: 4_200 / 40}


def test_up_and_down_need_a_difference_of_a_tenth() -> None:
    worth = worth_of_segments(CELLS)
    assert direction_of(0, 1, worth) is Direction.DOWN
    assert direction_of(1, 0, worth) is Direction.UP
    assert direction_of(1, 2, worth) is Direction.ACROSS  # 103 and 105
    assert direction_of(0, 1, {}) is Direction.ACROSS


def test_few_between_unlike_segments_matter_more_than_many_between_alike_ones() -> None:
    worth = worth_of_segments(CELLS)
    first = most_important(CELLS, worth)
    assert first is not None
    assert (first.was, first.now) == (0, 1)
    order = [(one.was, one.now) for one in by_importance(CELLS, worth)]
    assert order[:3] == [(0, 1), (1, 0), (1, 2)]
    assert set(order[3:5]) == {(NEW, 1), (2, GONE)}


def test_without_amounts_the_most_customers_matter_most() -> None:
    cells = (cell(0, 1, 3), cell(1, 0, 5), cell(1, 1, 90))
    first = most_important(cells, worth_of_segments(cells))
    assert first == cells[1]
    assert most_important((cell(1, 1, 90),), {}) is None


def test_who_moved_is_counted_over_all_segments() -> None:
    assert moved_of(CELLS) == Moved(144, 24, 22, 2, 0, 7, 1)
