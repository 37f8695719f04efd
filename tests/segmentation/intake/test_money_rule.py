"""What one answer changes in a money rule, carried over to what others made of it."""

from __future__ import annotations

from itertools import combinations

import pytest

from segmentation.intake.money_rule import Grain, MoneyRule, Off, Term, carried

LINES = MoneyRule(quantity=1, price=2, multiplied=True)
SUMS = MoneyRule(terms=(Term(3), Term(4, -1), Term(5, -1)), total=6)
ALL_PIECES, ANOTHER_PRICE = MoneyRule(1, 2, terms=(Term(2),)), MoneyRule(1, 8, True)
OF_LINES = [
    MoneyRule(1, 2, True, terms=(Term(4, -1, Grain.ORDER),)),
    MoneyRule(1, 2, True, off=7, off_way=Off.PERCENT),
    MoneyRule(1, 2, True, refund=Term(9, -1)),
    ALL_PIECES,
    ANOTHER_PRICE,
]
OF_SUMS = [
    MoneyRule(terms=(Term(3), Term(5, -1)), total=6),
    MoneyRule(terms=(Term(3), Term(4, -1)), total=6),
    MoneyRule(terms=(Term(3, 1, Grain.ORDER), Term(4, -1), Term(5, -1)), total=6),
]
PAIRS = [(LINES, *pair) for pair in combinations(OF_LINES, 2)]
PAIRS += [(SUMS, *pair) for pair in combinations(OF_SUMS, 2)]


@pytest.mark.parametrize(("before", "one", "other"), PAIRS)
def test_two_changes_make_the_same_rule_in_either_order(
    before: MoneyRule, one: MoneyRule, other: MoneyRule
) -> None:
    both = carried(one, before, other)
    assert both == carried(other, before, one)
    assert both not in (before, one, other)


def test_the_price_that_all_pieces_cost_is_the_one_that_was_chosen() -> None:
    assert carried(ALL_PIECES, LINES, ANOTHER_PRICE) == MoneyRule(1, 8, terms=(Term(8),))


def test_of_two_sums_that_took_the_place_of_one_the_rules_own_stays() -> None:
    before, mine, other = (MoneyRule(terms=(Term(at),)) for at in (3, 4, 5))
    assert carried(mine, before, other) == mine
