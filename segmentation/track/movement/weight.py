"""Which way a step goes, and which of all steps matters most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from segmentation.track.movement.cells import Cell
from segmentation.track.movement.steps import Outside

ALIKE = 0.1
"""Segments whose customers differ by less than this share in what they pay are worth the same."""


class Direction(StrEnum):
    """Whether the customers of the new segment pay more, less, or about as much as those of the old one."""

    UP = "up"
    DOWN = "down"
    ACROSS = "across"


@dataclass(frozen=True)
class Moved:
    """How many customers were there on both days, moved between segments (and why), came and left."""

    both: int
    moved: int
    did_something: int
    silence: int
    border: int
    new: int
    gone: int


def moved_of(cells: Sequence[Cell]) -> Moved:
    """Count who moved, over all segments."""
    steps = [cell for cell in cells if cell.is_step]
    return Moved(
        both=sum(cell.customers for cell in cells if cell.was >= 0 and cell.now >= 0),
        moved=sum(cell.customers for cell in steps),
        did_something=sum(cell.did_something for cell in steps),
        silence=sum(cell.silence for cell in steps),
        border=sum(cell.border for cell in steps),
        new=sum(cell.customers for cell in cells if cell.was == Outside.NOT_THERE),
        gone=sum(cell.customers for cell in cells if cell.now == Outside.NOT_THERE),
    )


def worth_of_segments(cells: Sequence[Cell]) -> dict[int, float]:
    """Return what a customer of each segment paid in the year, on average; empty where no amounts are known.

    Of all who are in it now.
    """
    totals: dict[int, tuple[float, int]] = {}
    for cell in cells:
        if cell.now >= 0 and cell.revenue is not None:
            money, people = totals.get(cell.now, (0.0, 0))
            totals[cell.now] = money + cell.revenue, people + cell.customers
    return {segment: money / people for segment, (money, people) in totals.items()}


def direction_of(was: int, now: int, worth: dict[int, float]) -> Direction:
    """Say which way a step between two segments goes."""
    old, new = worth.get(was), worth.get(now)
    if old is None or new is None or abs(new - old) < ALIKE * max(abs(old), abs(new)):
        return Direction.ACROSS
    return Direction.UP if new > old else Direction.DOWN


def most_important(cells: Sequence[Cell], worth: dict[int, float]) -> Cell | None:
    """Return the step whose customers times the difference of both segments' worth is largest.

    Where no amounts are known it is the one with the most customers; None where nobody moved.
    """
    return next((cell for cell in by_importance(cells, worth) if cell.is_step), None)


def by_importance(cells: Sequence[Cell], worth: dict[int, float]) -> list[Cell]:
    """Return steps first, the most important one first, then who is new or gone, then who stayed."""

    def order(cell: Cell) -> tuple[bool, bool, float, int]:
        stayed = cell.was == cell.now
        return not cell.is_step, stayed, -_weight(cell, worth), -cell.customers

    return sorted(cells, key=order)


def _weight(cell: Cell, worth: dict[int, float]) -> float:
    return cell.customers * abs(worth.get(cell.now, 0.0) - worth.get(cell.was, 0.0))
