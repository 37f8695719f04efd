"""A mix that drifts too slowly for any month rings beside the month of the segments, and others do not.

The slow battery is the figures that are told; months of five segments, a year before them and a year since.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from segmentation.algorithms.drift.mix_change import mix_change
from segmentation.track.alarms.slow import anchor_of, backs_of, slow_mix, usual_drift
from segmentation.track.alarms.usual import LATELY, usual
from tests.segmentation.track.alarms.slow_shops import (
    BEFORE,
    SINCE,
    Mix,
    christmas,
    counts,
    drifting,
    shaken,
    steady,
    wandering,
)

LAST = datetime(2024, 3, 10)
CALM: dict[str, Mix] = {
    "steady": steady,
    "shaken by one point": shaken(1),
    "wandering by half a point": wandering(0.5),
    "wandering by a point": wandering(1),
    "Christmas": christmas,
    "always a point each month": drifting(1, always=True),
}


def rings(found: np.ndarray, since: int) -> bool:
    """Look so many months after the segments were found."""
    by_back = {BEFORE + since - month: one for month, one in enumerate(found[: BEFORE + since + 1])}
    return slow_mix(by_back, since, LAST) is not None


def rates(mix: Mix, customers: int, shops: int) -> tuple[float, float, float]:
    """Return the share of looks that rang, of shops that ever did, and the median month of the first ring."""
    drawn = [counts(mix, customers, seed) for seed in range(shops)]
    looks = [[rings(found, since) for since in range(1, SINCE + 1)] for found in drawn]
    first = [row.index(True) + 1 for row in looks if any(row)]
    return float(np.mean(looks)), len(first) / shops, float(np.median(first)) if first else np.inf


def monthly_rings(found: np.ndarray, month: int) -> bool:
    """Whether the alarm of a single month rings."""
    shares = found / found.sum(axis=1, keepdims=True)
    step = [float(np.abs(shares[at] - shares[at - 1]).max()) for at in range(1, len(shares))]
    known = usual([step[month - 1 - back] for back in LATELY])
    return mix_change(found[month - 1], found[month]).is_news and known.is_exceeded(step[month - 1])


@pytest.mark.parametrize("name", CALM)
def test_calm_shops_ring_seldom(name: str) -> None:
    assert rates(CALM[name], 2_000, 10)[0] <= 0.04


def test_a_point_each_month_rings_within_the_year_and_never_month_by_month() -> None:
    assert rates(drifting(1), 2_000, 10)[1] == 1
    months = range(BEFORE + 1, BEFORE + SINCE + 1)
    assert not any(
        monthly_rings(counts(drifting(1), 2_000, seed), month) for seed in range(5) for month in months
    )


def test_the_alarm_says_what_went_from_where_to_where() -> None:
    found = counts(drifting(2), 5_000, 0)
    rung = slow_mix({24 - month: one for month, one in enumerate(found)}, SINCE, LAST)
    assert rung is not None and rung.since == datetime(2023, 3, 10)
    gone = rung.after[rung.label] - rung.before[rung.label]
    assert rung.label in (0, 1) and abs(gone) == pytest.approx(0.24, abs=0.02) and abs(gone) > rung.bar


def test_without_a_year_before_or_of_a_young_shop_nothing_is_said() -> None:
    found = {24 - month: one for month, one in enumerate(counts(drifting(2), 5_000, 0))}
    assert slow_mix({back: one for back, one in found.items() if back < 24}, SINCE, LAST) is None
    assert slow_mix({**found, 24: found[24] // 3}, SINCE, LAST) is None


def test_the_month_of_the_segments_is_the_last_that_ended_before_them() -> None:
    assert [anchor_of(datetime(*day), LAST) for day in ((2024, 3, 10), (2024, 3, 9), (2023, 12, 10))] == [
        0,
        1,
        3,
    ]
    assert backs_of(1) == () and backs_of(3) == tuple(range(3, 16))


def test_a_pace_adds_up() -> None:
    assert usual_drift([0.3, 0.31, 0.32, 0.33], 6) == pytest.approx(0.06)
    assert usual_drift([0.3, 0.32, 0.3, 0.32, 0.3], 4) == pytest.approx(6 * 0.02 * np.sqrt(4 / 3))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("customers", [500, 2_000, 5_000])
def test_false_alarms_of_calm_shops(customers: int) -> None:
    for name, mix in CALM.items():
        looks, _, _ = rates(mix, customers, 100)
        assert looks <= 0.04, (name, customers, looks)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("customers", "ever", "months"), [(500, 0.3, 12), (2_000, 0.95, 6), (5_000, 1.0, 4)])
def test_a_point_each_month_is_found(customers: int, ever: float, months: int) -> None:
    _, found, first = rates(drifting(1), customers, 100)
    assert found >= ever and first <= months
