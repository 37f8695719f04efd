"""A discount in percent is in the price already, or not: told by what the same goods cost without it."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, value_of
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import Term
from segmentation.intake.roles import Role
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

PIECES, PRICE, PERCENT, AMOUNT, LIST = range(5)
ROWS = np.arange(160)
ORDERS, GOODS = ROWS // 2, ROWS * 7 % 11
COUNT = 1.0 + ROWS % 3
USUAL = np.round(4.15 + GOODS * 3.35, 2)
OFF = np.array([0.0, 10, 0, 20, 0])[ORDERS % 5]
LESS = np.round(USUAL * (1 - OFF / 100), 2)


def found_of(price: np.ndarray, amount: bool = True, before: np.ndarray | None = None) -> FoundMoney:
    numbers = {PIECES: COUNT, PRICE: price, PERCENT: OFF} | ({} if before is None else {LIST: before})
    amounts = (AMOUNT,) if amount else ()
    numbers |= {AMOUNT: np.round(COUNT * price, 2)} if amount else {}
    columns = MoneyColumns(
        numbers, ORDERS, GOODS, (PIECES,), (PRICE,), amounts, (PERCENT,),
        others=() if before is None else (LIST,), percents=frozenset({PERCENT}),
    )  # fmt: skip
    found = find_money(columns)
    assert found is not None
    return found


def paid(found: FoundMoney, price: np.ndarray) -> float:
    numbers = {PIECES: COUNT, PRICE: price, PERCENT: OFF, AMOUNT: np.round(COUNT * price, 2)}
    return float(value_of(MoneyColumns(numbers, None, None), found.rule).sum())


@pytest.mark.parametrize("amount", [True, False])
def test_goods_that_cost_the_same_without_a_discount_are_likely_less_by_it(amount: bool) -> None:
    found = found_of(USUAL, amount)
    assert paid(found, USUAL) == pytest.approx((COUNT * USUAL * (1 - OFF / 100)).sum())
    (asked,) = (one for one in found.rivals if one.question is Question.DISCOUNT_IN)
    assert paid(FoundMoney(asked.rule), USUAL) == pytest.approx((COUNT * USUAL).sum())


@pytest.mark.parametrize("amount", [True, False])
def test_goods_that_cost_less_by_a_discount_are_so_already(amount: bool) -> None:
    found = found_of(LESS, amount)
    assert paid(found, LESS) == pytest.approx((COUNT * LESS).sum())
    assert Question.DISCOUNT_IN not in {one.question for one in found.rivals}


def test_a_price_that_is_another_one_less_the_discount_holds_it() -> None:
    before = np.round(3.15 + ROWS * 13 % 97 * 1.7, 2)
    less = np.round(before * (1 - OFF / 100), 2)
    found = found_of(less, amount=False, before=before)
    assert paid(found, less) == pytest.approx((COUNT * less).sum())
    assert Question.DISCOUNT_IN not in {one.question for one in found.rivals}


def test_where_goods_cost_now_this_and_now_that_it_is_asked() -> None:
    found = found_of(np.round(3.15 + ROWS * 13 % 97 * 1.7, 2))
    assert Question.DISCOUNT_IN in {one.question for one in found.rivals}


def test_percents_of_whole_orders_beside_their_total_are_asked_about(
    load: Write, workspace: Workspace
) -> None:
    totals = [20.5 + at * 7 % 90 for at in range(120)]
    rows = [
        f"{501 + at},2024-{1 + at // 20:02}-{1 + at % 28:02},K{at % 17},{total},{at % 3 * 10}%"
        for at, total in enumerate(totals)
    ]
    load("Order number,Date,Customer ID,Order total,Discount", rows)
    (doubt,) = build_shop(workspace).doubts
    less = sum(total * (1 - at % 3 / 10) for at, total in enumerate(totals))
    assert [one.revenue for one in doubt.options] == pytest.approx([sum(totals), less])


def test_percents_of_whole_orders_that_no_header_calls_a_discount_are_asked_about() -> None:
    numbers = {PIECES: COUNT, PRICE: USUAL, PERCENT: OFF, AMOUNT: np.round(COUNT * USUAL, 2)}
    for percents, asked in ((frozenset({PERCENT}), [Question.DISCOUNT_IN]), (frozenset[int](), [])):
        columns = MoneyColumns(
            numbers, ORDERS, None, (PIECES,), (PRICE,), (AMOUNT,), others=(PERCENT,), percents=percents
        )
        found = find_money(columns)
        assert found is not None
        assert [one.question for one in found.rivals] == asked
    assert found.rule.terms == (Term(AMOUNT),)


def test_percents_number_no_orders(load: Write) -> None:
    rows = [
        f"{601 + order},2024-{1 + order // 28:02}-{1 + order % 28:02},K{order % 13},{cost},{off:g}%"
        for order, cost, off in zip(ORDERS, USUAL, OFF, strict=True)
    ]
    read = load("Nummerli,Date,Customer ID,Amount,Bawas sa order", rows)
    assert read.columns[4].role is not Role.ORDER_ID
