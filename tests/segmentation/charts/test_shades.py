"""Tints of cells."""

from __future__ import annotations

import pytest

from segmentation.charts.shades import shade


@pytest.mark.parametrize(
    ("effect", "style"),
    [
        (0.1, ""),
        (-0.24, ""),
        (1.0, "background-color: rgba(0, 101, 159, 0.28)"),
        (-5.0, "background-color: rgba(255, 98, 4, 0.55)"),
    ],
)
def test_cells_are_tinted_by_their_distance_from_the_average(effect: float, style: str) -> None:
    assert shade(effect) == style
