"""The two sides of a movement: all segments, and what stands in their place where anybody is there."""

from __future__ import annotations

from collections.abc import Collection

from segmentation.track.movement.cells import Called
from segmentation.track.movement.steps import Outside
from segmentation.track.movement.words import side_name


def sides_of(k: int, found: Collection[int]) -> list[int]:
    """Return the labels (0-based) of all segments, and those in place of one that are found."""
    return [*range(k), *(int(one) for one in Outside if int(one) in found)]


def numbered(called: Called, side: int, before: bool) -> str:
    """Name a side, a segment with its number."""
    name = side_name(side, called, before)
    return f"{side + 1} {name}" if side >= 0 else name
