"""How often each alarm rings on planted shops, and the sceptic's own alarms on the same.

The slow battery is the figures that are told; the fast one sees to it that they stay.
"""

from __future__ import annotations

import pytest

from tests.segmentation.track.alarms.planted import rates

SEVERAL = 8
MANY = 30


@pytest.mark.parametrize("customers", [500, 2_000])
def test_where_nothing_changed_nothing_rings(customers: int) -> None:
    found = rates("none", customers, SEVERAL)
    assert (found["mix"], found["new"], found["moved"]) == (0, 0, 0)


@pytest.mark.parametrize(("case", "alarm"), [("feature", "moved"), ("new 5", "new"), ("shares", "mix")])
def test_a_change_rings_its_own_alarm_and_no_other(case: str, alarm: str) -> None:
    found = rates(case, 2_000, SEVERAL)
    assert found[alarm] == 1
    assert sum(found[other] for other in {"moved", "new", "mix"} - {alarm}) == 0


def test_a_new_kind_is_found_as_a_group_of_its_own() -> None:
    found = rates("new 5", 2_000, SEVERAL)
    assert found["group"] == 1
    assert found["found"] > 0.9


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("case", "alarm", "at_least"),
    [
        ("feature", "moved", {500: 1.0, 2_000: 1.0, 5_000: 1.0}),
        ("new 5", "new", {500: 1.0, 2_000: 1.0, 5_000: 1.0}),
        ("new 2", "new", {500: 0.2, 2_000: 0.9, 5_000: 1.0}),
        ("shares", "mix", {500: 0.8, 2_000: 1.0, 5_000: 1.0}),
    ],
)
def test_planted_changes_are_found(case: str, alarm: str, at_least: dict[int, float]) -> None:
    for customers, least in at_least.items():
        found = rates(case, customers, MANY)
        assert found[alarm] >= least, (customers, found)
        others = [found[other] for other in {"moved", "new", "mix"} - {alarm}]
        assert max(others) <= 0.04, (customers, found)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("case", "customers", "alarm"), [("shares", 500, "mix"), ("new 2", 2_000, "new")])
def test_beside_a_shop_known_well_small_changes_are_found(case: str, customers: int, alarm: str) -> None:
    """Beside as few customers before as after, a chi-square cannot do better than 0.88, the limit 0.86."""
    assert rates(case, customers, MANY, known=10_000)[alarm] >= 0.9


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("customers", [500, 2_000, 5_000, 50_000])
def test_false_alarms_are_rare_and_no_more_than_the_sceptics(customers: int) -> None:
    found = rates("none", customers, MANY)
    assert max(found["mix"], found["new"], found["moved"]) <= 0.04, found
    assert found["mix"] <= max(found["chi_alone"], found["points_fixed"])
    assert found["new"] <= found["far_fixed"]
    assert found["moved"] <= found["psi_tenth"]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_stability_index_misses_what_the_alarms_find() -> None:
    for case, alarm in (("new 5", "new"), ("shares", "mix")):
        found = rates(case, 5_000, MANY)
        assert found[alarm] == 1
        assert found["psi_fifth"] == 0
