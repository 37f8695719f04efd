"""What makes a total less: money off, or what customers pay with (credit, a card bought before)."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.meaning.money.adds_up import find_sum
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import Law, Term
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

ROWS = np.arange(60)
GOODS = np.round(15.35 + 7.45 * (ROWS * 7 % 23), 2)
POSTAGE = np.where(ROWS % 3 == 0, 0.0, 4.9)
OFF = np.where(ROWS % 5 == 0, np.round(0.1 * GOODS, 2), 0.0)
CREDIT = np.where(ROWS % 4 == 1, np.minimum(5.0 + 2.5 * (ROWS % 7), GOODS - 1), 0.0)
NET, SENT, TAX, CUT, USED, TOTAL = range(6)


def found_of(tax: np.ndarray, off: np.ndarray, used: np.ndarray, **kinds: tuple[int, ...]) -> FoundMoney:
    numbers = {NET: GOODS, SENT: POSTAGE, TAX: tax, CUT: off, USED: used}
    numbers[TOTAL] = np.round(GOODS + POSTAGE + tax - off - used, 2)
    found = find_money(MoneyColumns(numbers, None, None, amounts=(TOTAL, NET), **kinds))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_what_tax_is_paid_on_was_paid_with_and_what_it_is_not_was_money_off() -> None:
    of_all, of_rest = np.round(0.19 * GOODS, 2), np.round(0.19 * (GOODS - CREDIT), 2)
    kinds = {"fees": (SENT, TAX), "others": (USED, CUT)}
    tender, off = (found_of(tax, np.zeros(60), CREDIT, **kinds) for tax in (of_all, of_rest))
    assert (tender.rule.terms, tender.rivals) == ((Term(NET),), ())
    assert (off.rule.terms, off.rivals) == ((Term(NET), Term(USED, -1)), ())


def test_what_pays_for_postage_too_is_no_money_off() -> None:
    used = np.where(ROWS % 6 == 1, GOODS + 4.9, 0.0)
    found = found_of(np.zeros(60), np.zeros(60), used, fees=(SENT,), others=(USED,))
    assert (found.rule.terms, found.rivals) == ((Term(NET),), ())


def test_a_few_rates_of_the_goods_are_money_off() -> None:
    found = found_of(np.zeros(60), np.zeros(60), OFF, fees=(SENT,), others=(USED,))
    assert (found.rule.terms, found.rivals) == ((Term(NET), Term(USED, -1)), ())


@pytest.mark.parametrize(
    ("off", "terms"), [(OFF, (Term(NET), Term(CUT, -1))), (0 * OFF, (Term(NET), Term(USED, -1)))]
)
def test_where_nothing_tells_it_is_asked_and_money_off_is_likelier_where_no_other_is(
    off: np.ndarray, terms: tuple[Term, ...]
) -> None:
    found = found_of(np.zeros(60), off, CREDIT, fees=(SENT,), discounts=(CUT,), others=(USED,))
    assert found.rule.terms == terms
    (rival,) = found.rivals
    assert (rival.question, rival.column) == (Question.TENDER, USED)
    assert {*rival.rule.terms} ^ {*terms} == {Term(USED, -1)}


def test_credit_beside_lines_is_what_their_orders_were_paid_with() -> None:
    orders, first = ROWS // 2, ROWS % 2 == 0
    lines = np.bincount(orders, GOODS)
    tax, used = np.round(0.2 * lines, 2), np.where(np.arange(30) % 4 == 1, 12.35, 0.0)
    head = {TAX: tax, USED: used, TOTAL: np.round(lines + tax - used, 2)}
    numbers = {NET: GOODS} | {place: np.where(first, one[orders], np.nan) for place, one in head.items()}
    found = find_money(MoneyColumns(numbers, orders, None, amounts=(NET, TOTAL), fees=(TAX,), others=(USED,)))
    assert found is not None
    assert (found.rule.terms, found.rule.law, found.rivals) == ((Term(NET),), Law.ORDER_SUM, ())


def test_more_columns_than_are_tried_one_by_one_make_up_a_total() -> None:
    parts = {at: np.round(1 + at * (ROWS * (at + 2) % 11) / 7, 2) for at in range(1, 7)}
    total = GOODS + sum(values if at % 2 else -values for at, values in parts.items())
    found = find_sum((9, total), (0, GOODS), {**parts, 7: parts[1], 8: ROWS * 1.5})
    assert found is not None
    assert found.signs == {at: 1 if at % 2 else -1 for at in range(1, 7)}


def test_credit_of_a_shop_counts_as_spent(load: Write, workspace: Workspace) -> None:
    tax = np.round(0.19 * (GOODS - OFF), 2)
    card = np.where(ROWS % 9 == 2, 10.0, 0.0)
    total = GOODS + tax + POSTAGE - OFF - CREDIT - card
    columns = zip(GOODS, tax, POSTAGE, OFF, CREDIT, card, total, strict=True)
    rows = [
        f"{100 + at},2024-03-{1 + at % 28:02},K{at % 17 + 10},{','.join(f'{one:.2f}' for one in cells)}"
        for at, cells in enumerate(columns)
    ]
    load("Order,Date,Customer ID,Subtotal,Tax,Shipping,Discount,Store Credit,Gift Card,Grand Total", rows)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        [(spent,)] = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()
    assert spent == pytest.approx((GOODS - OFF).sum(), abs=0.01)


@pytest.mark.parametrize("header", ["Points used", "利用ポイント数"])
def test_points_of_few_orders_make_a_total_add_up_beside_coupons(load: Write, header: str) -> None:
    rows = []
    for at in range(120):
        goods, sent = 2000 + at * 371 % 8900, at % 3 * 400
        coupon, points = goods // 5 if at % 4 == 1 else 0, (at % 7) * 100 if at % 5 == 2 else 0
        start = f"{10001 + at},2024-{1 + at // 20:02}-{1 + at % 28:02},k{at % 17}@example.jp,{goods},{sent}"
        rows.append(f"{start},{coupon},{points},{goods + sent - coupon - points}")
    upload = load(f"Order No,Order Date,E-mail,Goods total,Shipping,Coupon discount,{header},Billed", rows)
    assert upload.money is not None
    assert upload.money.law is Law.LINE_SUM
    assert {(term.position, term.sign) for term in upload.money.terms} >= {(3, 1), (5, -1)}
