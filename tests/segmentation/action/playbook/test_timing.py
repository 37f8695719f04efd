"""Best times: a habit of one's own is found, chance and the habits of few keen customers are not."""

from __future__ import annotations

import numpy as np

from segmentation.action.playbook.order_counts import SlotCounts
from segmentation.action.playbook.timing import Habit, best_times


def counts_of(*segments: np.ndarray) -> SlotCounts:
    """Count up segments, each an array of orders (customers, slots)."""
    return SlotCounts(
        np.array([s.sum(axis=0) for s in segments], dtype=float),
        np.array([(s**2).sum(axis=0) for s in segments], dtype=float),
        np.array([(s * s.sum(axis=1, keepdims=True)).sum(axis=0) for s in segments], dtype=float),
        np.array([s.sum() for s in segments], dtype=float),
        np.array([(s.sum(axis=1) ** 2).sum() for s in segments], dtype=float),
    )


def orders(seed: int, customers: int, weights: list[float]) -> np.ndarray:
    """Draw five orders for each customer."""
    chances = np.array(weights) / sum(weights)
    return np.random.default_rng(seed).multinomial(5, chances, customers)


EVEN = [1.0] * 7
FRIDAY = [1.0, 1, 1, 1, 2, 1, 1]


def test_a_day_of_ones_own_is_found() -> None:
    own, other = best_times(counts_of(orders(0, 300, FRIDAY), orders(1, 2000, EVEN)))
    assert (own.slot, own.habit) == (4, Habit.OWN)
    assert own.share > own.others
    assert own.alike == ()
    assert other.habit != Habit.OWN


def test_the_day_of_the_whole_shop_is_no_ones_own() -> None:
    found = best_times(counts_of(orders(0, 400, FRIDAY), orders(1, 400, FRIDAY)))
    assert [(one.slot, one.habit) for one in found] == [(4, Habit.SHOP)] * 2


def test_evenly_spread_orders_have_no_best_day() -> None:
    wrong = sum(
        one.habit != Habit.NONE
        for seed in range(40)
        for one in best_times(counts_of(orders(seed, 200, EVEN), orders(100 + seed, 200, EVEN)))
    )
    assert wrong <= 6


def test_one_keen_customer_makes_no_habit() -> None:
    segment = orders(0, 60, EVEN)
    segment[0] = [0, 0, 120, 0, 0, 0, 0]
    keen, _ = best_times(counts_of(segment, orders(1, 600, EVEN)))
    assert keen.habit == Habit.NONE


def test_few_orders_say_nothing() -> None:
    few, _ = best_times(counts_of(orders(0, 5, [0, 0, 0, 0, 1, 0, 0]), orders(1, 500, EVEN)))
    assert (few.slot, few.habit) == (None, Habit.NONE)


def test_the_shops_day_is_not_told_to_those_who_avoid_it() -> None:
    avoiding, _ = best_times(
        counts_of(orders(0, 400, [3, 3, 3, 3, 1, 3, 3]), orders(1, 3000, [1, 1, 1, 1, 4, 1, 1]))
    )
    assert avoiding.slot != 4
