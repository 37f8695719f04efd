"""Which way a step goes, and which of all steps matters most."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from segmentation.track.movement.cells import Cell

ALIKE = 0.1
"""Segments whose customers differ by less than this share in what they pay are worth the same."""


class Direction(StrEnum):
    """Whether the customers of the new segment pay more, less, or about as much as those of the old one."""

    UP = "up"
    DOWN = "down"
    ACROSS = "across"


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
    steps = [cell for cell in cells if cell.is_step]
    return max(steps, key=lambda cell: (_weight(cell, worth), cell.customers), default=None)


def _weight(cell: Cell, worth: dict[int, float]) -> float:
    return cell.customers * abs(worth.get(cell.now, 0.0) - worth.get(cell.was, 0.0))
