"""Rules that figures allow as well: each differs from the likeliest by what its question is about alone."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import Grain, MoneyRule, Term

PIECES, PRICE, OFF, BACK = range(4)
ROWS = np.arange(80)
ORDERS = ROWS // 2
COUNT = np.where(ROWS < 40, 1.0, 3.0)


@pytest.fixture
def of_lines() -> FoundMoney:
    """Prices of which nothing tells whether they are of all pieces, money off orders, and money back."""
    cost = np.round((5.15 + ROWS % 13) * COUNT, 2)
    off = np.where(ORDERS % 4 == 1, 3.3, 0.0)
    numbers = {PIECES: COUNT, PRICE: cost, OFF: off, BACK: np.where(ROWS % 9 == 2, 2.5, 0.0)}
    columns = MoneyColumns(
        numbers, ORDERS, ROWS, quantities=(PIECES,), prices=(PRICE,), discounts=(OFF,), refunds=(BACK,)
    )
    found = find_money(columns)
    assert found is not None
    return found


def test_what_is_taken_off_whole_orders_is_so_whatever_a_price_is_of(of_lines: FoundMoney) -> None:
    off = Term(OFF, -1, Grain.ORDER)
    rules = {one.question: one.rule for one in of_lines.rivals}
    assert of_lines.rule.terms == (off,)
    assert rules[Question.PRICE_OF].terms == (Term(PRICE), off)
    assert not rules[Question.DISCOUNT_IN].terms


def test_what_was_given_back_is_so_under_every_answer(of_lines: FoundMoney) -> None:
    rules: list[MoneyRule] = [of_lines.rule, *(one.rule for one in of_lines.rivals)]
    assert len(rules) == 3
    assert {rule.refund for rule in rules} == {Term(BACK, -1)}
