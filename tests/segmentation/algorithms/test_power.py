"""The size of a test: against published tables, a simulation, and at its limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.effects.rates import TwoRates, newcombe
from segmentation.algorithms.power import customers_needed, plan_hold_out, power_of_test, target_of


@pytest.mark.parametrize(
    ("baseline", "target", "per_arm"),
    [(0.10, 0.15, 686), (0.20, 0.30, 294), (0.50, 0.60, 388), (0.05, 0.10, 435)],
)
def test_the_textbook_sizes_of_equal_groups_have_the_power(
    baseline: float, target: float, per_arm: int
) -> None:
    assert power_of_test(baseline, target, per_arm, per_arm) == pytest.approx(0.8, abs=0.004)


def test_it_agrees_with_a_simulation() -> None:
    rng = np.random.default_rng(0)
    kept, sent = rng.binomial(300, 0.2, 40_000) / 300, rng.binomial(900, 0.28, 40_000) / 900
    pooled = (300 * kept + 900 * sent) / 1200
    found = abs(sent - kept) > 1.96 * np.sqrt(pooled * (1 - pooled) * (1 / 300 + 1 / 900))
    assert power_of_test(0.2, 0.28, 300, 900) == pytest.approx(found.mean(), abs=0.015)


def test_as_few_as_can_be_are_held_out() -> None:
    plan = plan_hold_out(5_000, 0.2, 0.2)
    assert plan is not None
    assert plan.enough
    assert plan.target == pytest.approx(0.24)
    assert power_of_test(0.2, plan.target, plan.held_out, 5_000 - plan.held_out) >= 0.8
    assert power_of_test(0.2, plan.target, plan.held_out - 1, 5_001 - plan.held_out) < 0.8


def test_a_small_segment_says_what_it_could_find() -> None:
    plan = plan_hold_out(200, 0.2, 0.2)
    assert plan is not None
    assert not plan.enough
    assert plan.held_out == 100
    assert plan.detectable is not None
    assert plan.detectable > plan.target
    assert power_of_test(0.2, plan.detectable, 100, 100) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(("customers", "baseline"), [(78, 1.0), (78, 0.95), (4, 0.3)])
def test_where_not_even_everybody_could_be_told_from_chance_nobody_is_held_out(
    customers: int, baseline: float
) -> None:
    assert power_of_test(baseline, 1.0, customers // 2, customers // 2) < 0.8
    plan = plan_hold_out(customers, baseline, 0.2)
    assert plan is not None
    assert (plan.enough, plan.held_out, plan.detectable) == (False, 0, None)


def test_nobody_is_tested_on_three_customers() -> None:
    assert plan_hold_out(3, 0.2, 0.2) is None


def test_a_baseline_of_nothing_looks_for_one_point() -> None:
    plan = plan_hold_out(10_000, 0.0, 0.2)
    assert plan is not None
    assert plan.target == pytest.approx(0.01)


def test_of_many_who_do_it_already_a_fifth_fewer_stay_away() -> None:
    assert target_of(0.9, 0.2) == pytest.approx(0.92)
    assert target_of(0.999, 0.2) == 1.0


@given(
    st.integers(4, 200_000),
    st.floats(0, 1, allow_nan=False),
    st.floats(0.01, 3, allow_nan=False),
)
def test_a_plan_never_holds_out_more_than_half(customers: int, baseline: float, lift: float) -> None:
    plan = plan_hold_out(customers, baseline, lift)
    assert plan is not None
    assert baseline <= plan.target <= 1
    if plan.detectable is None:
        assert plan.held_out == 0
        return
    assert 1 <= plan.held_out <= customers // 2
    assert plan.detectable >= plan.target - 1e-9
    assert power_of_test(baseline, plan.detectable, plan.held_out, customers - plan.held_out) >= 0.8 - 1e-6


@pytest.mark.parametrize(
    ("baseline", "target", "customers"),
    [(0.02, 0.024, 120_463), (0.02, 0.03, 22_455), (0.10, 0.12, 21_853), (0.10, 0.15, 3_993)],
)
def test_as_many_as_are_needed_are_found_above_nothing_four_times_of_five(
    baseline: float, target: float, customers: int
) -> None:
    assert customers_needed(baseline, target, 0.1) == customers
    rng, draws, held = np.random.default_rng(1), 20_000, round(customers * 0.1)
    drawn = TwoRates(
        rng.binomial(customers - held, target, draws).astype(float),
        np.full(draws, float(customers - held)),
        rng.binomial(held, baseline, draws).astype(float),
        np.full(draws, float(held)),
    )
    assert (newcombe(drawn)[0] > 0).mean() == pytest.approx(0.8, abs=0.012)


def test_no_number_finds_what_is_not_there() -> None:
    assert customers_needed(0.1, 0.1, 0.1) is None


@given(st.floats(0.005, 0.5), st.floats(0.05, 1.0), st.floats(0.02, 0.5))
def test_one_customer_fewer_is_not_enough(baseline: float, lift: float, share: float) -> None:
    target = target_of(baseline, lift)
    needed = customers_needed(baseline, target, share)
    assert needed is not None
    held = needed * share
    assert power_of_test(baseline, target, held, needed - held) >= 0.8
