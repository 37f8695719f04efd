"""RFM scores and tiers: by hand on a few orders, and as properties of any orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import NoTiersError, OptionError, SegmentationError
from segmentation.features.rfm import (
    BEST,
    GRID,
    TIERS,
    CutPoints,
    Rfm,
    Tier,
    build_rfm,
    score_rfm,
    tier_places,
)
from segmentation.workspace import Workspace

NAN = float("nan")
SCORES = range(1, BEST + 1)


def score(recency: list[float], frequency: list[float], monetary: list[float]) -> Rfm:
    columns = (np.array(values, dtype=float) for values in (recency, frequency, monetary))
    return score_rfm(np.arange(len(recency)).astype(str).astype(object), *columns)


def test_fifths_of_five_customers() -> None:
    scored = score([1, 2, 3, 4, 5], [10, 8, 6, 4, 2], [50, 40, 30, 20, 10])
    assert scored.recency.tolist() == [5, 4, 3, 2, 1]
    assert scored.frequency.tolist() == [5, 4, 3, 2, 1]
    assert scored.monetary.tolist() == [5, 4, 3, 2, 1]
    assert scored.cuts == CutPoints((1, 2, 3, 4), (2, 4, 6, 8), (10, 20, 30, 40))
    tiers = [TIERS[place] for place in scored.tiers]
    assert tiers == [Tier.CHAMPIONS, Tier.LOYAL, Tier.NEED_ATTENTION, Tier.HIBERNATING, Tier.LOST]
    assert scored.sizes[Tier.CHAMPIONS] == 1


def test_one_time_buyers_all_score_alike() -> None:
    scored = score([1] * 10, [1, 1, 1, 1, 1, 1, 1, 1, 2, 9], [5] * 10)
    assert scored.frequency.tolist() == [1] * 8 + [5, 5]
    assert set(scored.recency.tolist()) == {5}
    assert set(scored.monetary.tolist()) == {1}


def test_those_who_never_ordered_are_prospects() -> None:
    scored = score([NAN, 3, 4], [0, 1, 2], [NAN, NAN, 5])
    assert scored.recency.tolist() == [0, 5, 3]
    assert TIERS[scored.tiers[0]] == Tier.PROSPECTS
    assert scored.sizes[Tier.PROSPECTS] == 1


def test_every_combination_of_scores_is_in_one_tier_and_every_tier_is_used() -> None:
    assert sorted(GRID) == sorted(product(SCORES, SCORES))
    combinations = np.array(list(product(SCORES, SCORES, SCORES)), dtype=np.int8)
    places = tier_places(*combinations.T)
    assert len(places) == 125
    assert {TIERS[place] for place in places} == set(Tier) - {Tier.PROSPECTS}


def test_cut_points_of_ones_own() -> None:
    cuts = CutPoints((30, 60, 90, 180), (1, 2, 4, 8), (-5, 10, 100, 1000))
    values = (np.array([30.0, 31.0, 400.0]), np.array([1.0, 5.0, 9.0]), np.array([-5.0, 1000.0, 1001.0]))
    scored = score_rfm(np.array(list("abc"), dtype=object), *values, cuts=cuts)
    assert scored.recency.tolist() == [5, 4, 1]
    assert scored.frequency.tolist() == [1, 4, 5]
    assert scored.monetary.tolist() == [1, 4, 5]


def test_who_first_ordered_long_ago_is_not_new() -> None:
    cuts = CutPoints((30, 60, 90, 180), (2, 3, 4, 8), (10, 20, 100, 1000))
    values = (np.array([5.0, 5.0]), np.array([1.0, 2.0]), np.array([5.0, 5.0]))
    ids = np.array(["ada", "ben"], dtype=object)
    scored = score_rfm(ids, *values, cuts, first_order=np.array([5.0, 700.0]))
    assert [TIERS[place] for place in scored.tiers] == [Tier.NEW, Tier.PROMISING]


@pytest.mark.parametrize("cuts", [(1, 2, 3), (4, 3, 2, 1), (1, 2, 3, NAN)])
def test_cut_points_that_make_no_sense_are_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(OptionError, match="frequency cut-points"):
        CutPoints((1, 2, 3, 4), cuts, (1, 2, 3, 4))


_customers = st.lists(
    st.tuples(st.integers(0, 700), st.integers(1, 6), st.integers(-50, 500)), min_size=1, max_size=60
)


@given(_customers, st.randoms(use_true_random=False))
def test_scores_rise_with_values_ties_are_equal_and_order_does_not_matter(
    customers: list[tuple[int, int, int]], random: Random
) -> None:
    scored = score(*map(list, zip(*customers, strict=True)))
    for place, (scores, sign) in enumerate(
        ((scored.recency, -1), (scored.frequency, 1), (scored.monetary, 1))
    ):
        values = np.array([customer[place] for customer in customers]) * sign
        rising = scores[np.argsort(values, kind="stable")]
        assert (np.diff(rising) >= 0).all()
        assert all(len(set(scores[values == value])) == 1 for value in values)
        assert scores.min() >= 1
        assert scores.max() <= BEST
    order = list(range(len(customers)))
    random.shuffle(order)
    shuffled = score(*map(list, zip(*(customers[place] for place in order), strict=True)))
    assert shuffled.tiers.tolist() == scored.tiers[order].tolist()
    assert shuffled.cuts == scored.cuts


def line(customer: str, day: int | None, amount: float | None) -> tuple[object, ...]:
    at = datetime(2024, 3, day) if day else None
    return (customer, f"{customer}{day}", "p1", at, 1.0, amount, None, False, True)


def test_rfm_of_a_shop(make_shop: Callable, workspace: Workspace) -> None:
    shop = make_shop(
        ["ann", "bob", "cy"],
        lines=[line("ann", 30, 50), line("ann", 2, 70), line("bob", 1, 9)],
    )
    scored = build_rfm(workspace, shop)
    assert scored.customer_ids.tolist() == ["ann", "bob", "cy"]
    assert [TIERS[place] for place in scored.tiers] == [
        Tier.POTENTIAL_LOYALISTS,
        Tier.ABOUT_TO_SLEEP,
        Tier.PROSPECTS,
    ]
    assert scored.cuts.recency == (1, 1, 30, 30)
    assert scored.cuts.monetary == (9, 9, 120, 120)


def test_a_shop_without_orders_dates_or_amounts_is_refused(make_shop: Callable, workspace: Workspace) -> None:
    with pytest.raises(NoTiersError, match="no file with orders"):
        build_rfm(workspace, make_shop(["ann"]))
    with pytest.raises(NoTiersError, match="give no dates"):
        build_rfm(workspace, make_shop(["ann"], lines=[line("ann", None, 5)]))
    with pytest.raises(SegmentationError, match="give no amounts"):
        build_rfm(workspace, make_shop(["ann"], lines=[line("ann", 3, None)]))
