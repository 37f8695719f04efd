"""The better way is taken where the test says so beyond chance, and only there."""

from __future__ import annotations

import pytest

from segmentation.action.recommend.better import ahead_of_ours, following
from segmentation.action.recommend.check import Measured
from segmentation.action.recommend.model import RankedBy, Settings

OURS = Settings(taste=RankedBy.BLEND, again=1.0)


def ways(lately: tuple[float, tuple[float, float]], often: tuple[float, tuple[float, float]]) -> dict:
    return {
        "recommended": Measured(0.50, 0.2),
        "popularity": Measured(0.10, 0.1, behind=(0.35, 0.45)),
        "popular lately": Measured(lately[0], 0.1, behind=lately[1]),
        "buy again": Measured(often[0], 0.1, behind=often[1]),
        "blend": Measured(0.99, 0.9, behind=(-0.6, -0.4)),
    }


@pytest.mark.parametrize(
    ("lately", "often", "ahead"),
    [
        ((0.30, (0.1, 0.3)), (0.60, (-0.15, -0.05)), "buy again"),
        ((0.70, (-0.3, -0.1)), (0.60, (-0.15, -0.05)), "popular lately"),
        ((0.30, (0.1, 0.3)), (0.55, (-0.10, 0.01)), None),  # chance explains it
        ((0.30, (0.1, 0.3)), (0.20, (0.2, 0.4)), None),
    ],
)
def test_only_a_simple_way_that_is_ahead_beyond_chance_is_taken(
    lately: tuple[float, tuple[float, float]], often: tuple[float, tuple[float, float]], ahead: str | None
) -> None:
    assert ahead_of_ours(ways(lately, often)) == ahead


@pytest.mark.parametrize(
    ("fresh", "every", "taste", "again"),
    [
        (None, "buy again", RankedBy.BLEND, None),
        ("popular lately", None, RankedBy.LATELY, 1.0),
        ("popular lately", "buy again", RankedBy.LATELY, None),
        ("buy again", None, RankedBy.POPULAR, 1.0),
        (None, "segment popularity", RankedBy.SEGMENT, 0.0),
        ("popularity", "popular lately", RankedBy.POPULAR, 1.0),
    ],
)
def test_the_lists_follow_what_was_ahead(
    fresh: str | None, every: str | None, taste: RankedBy, again: float | None
) -> None:
    found = following(OURS, fresh, every)
    assert (found.taste, found.again) == (taste, again)
