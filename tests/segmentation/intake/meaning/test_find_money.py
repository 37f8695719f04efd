"""What was paid, by what adds up: small tables written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.intake.meaning.money.adds_up import find_sum, grain_of, per_order, price_of
from segmentation.intake.meaning.money.facts import MoneyColumns, Question, value_of
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Off, Term

QUANTITY, PRICE, AMOUNT, DISCOUNT, FEE, TOTAL = range(6)
PIECES = np.array([1, 2, 3, 1, 2, 1, 4, 2, 1, 3, 2, 5] * 4, dtype=np.float64)
PRICES = np.array([5, 7.5, 2, 9.99, 3, 12, 1.5, 8, 20, 4, 6, 2.5] * 4, dtype=np.float64)
ORDERS = np.repeat(np.arange(24), 2)
PRODUCTS = np.tile(np.arange(12), 4)


def columns(numbers: dict[int, np.ndarray], **kinds: tuple[int, ...]) -> MoneyColumns:
    return MoneyColumns(numbers, ORDERS, None, **kinds)  # type: ignore[arg-type]


def rule_of(found: object) -> MoneyRule:
    assert found is not None
    return found.rule  # type: ignore[attr-defined, no-any-return]


def test_quantity_times_price_is_the_amount() -> None:
    numbers = {QUANTITY: PIECES, PRICE: PRICES, AMOUNT: PIECES * PRICES}
    rule = rule_of(find_money(columns(numbers, quantities=(0,), prices=(1,), amounts=(2,))))
    assert (rule.terms, rule.multiplied, rule.law) == ((Term(AMOUNT),), False, Law.LINE_SUM)


@pytest.mark.parametrize("sign", [1, -1])
def test_an_amount_that_holds_the_discount_already(sign: int) -> None:
    off = np.where(np.arange(48) % 8 < 3, 1.5, 0.0)
    numbers = {QUANTITY: PIECES, PRICE: PRICES, AMOUNT: PIECES * PRICES - off, DISCOUNT: sign * off}
    rule = rule_of(find_money(columns(numbers, quantities=(0,), prices=(1,), amounts=(2,), discounts=(3,))))
    assert (rule.terms, rule.law) == ((Term(AMOUNT),), Law.LINE_SUM)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_discount_beside_quantity_and_price_is_taken_off_and_asked(sign: int) -> None:
    off = np.where(np.arange(48) % 8 < 3, 1.5, 0.0)
    numbers = {QUANTITY: PIECES, PRICE: PRICES, DISCOUNT: sign * off}
    found = find_money(columns(numbers, quantities=(0,), prices=(1,), discounts=(3,)))
    assert found is not None
    assert (found.rule.multiplied, found.rule.terms) == (True, (Term(DISCOUNT, -sign),))
    assert [(rival.question, rival.column) for rival in found.rivals] == [(Question.DISCOUNT_IN, DISCOUNT)]


def test_a_discount_in_percent_and_as_a_share() -> None:
    share = np.where(np.arange(48) % 8 < 3, 0.2, 0.0)
    for values, percents, way in (
        (share, frozenset(), Off.SHARE),
        (100 * share, frozenset({3}), Off.PERCENT),
    ):
        numbers = {QUANTITY: PIECES, PRICE: PRICES, DISCOUNT: values}
        rule = rule_of(
            find_money(columns(numbers, quantities=(0,), prices=(1,), discounts=(3,), percents=percents))  # type: ignore[arg-type]
        )
        assert (rule.off, rule.off_way) == (DISCOUNT, way)


def test_of_gross_and_net_the_net_is_paid() -> None:
    gross, off = PIECES * PRICES, np.where(np.arange(48) % 4 == 0, -2.0, 0.0)
    fee = np.where(np.arange(48) % 2 == 0, 4.9, 3.9)
    numbers = {0: gross, 1: off, 2: gross + off, 3: fee, 4: gross + off + fee}
    rule = rule_of(find_money(columns(numbers, amounts=(0, 2, 4), discounts=(1,), fees=(3,))))
    assert rule.terms == (Term(2),)


def test_postage_and_tax_in_a_total_are_told_apart_from_goods() -> None:
    goods, off = PIECES * PRICES, np.where(np.arange(48) % 4 == 0, 2.0, 0.0)
    fee = np.where(np.arange(48) % 2 == 0, 4.9, 3.9)
    numbers = {0: goods, 1: off, 3: fee, 4: goods - off + fee}
    rule = rule_of(find_money(columns(numbers, amounts=(4, 0), discounts=(1,), fees=(3,))))
    assert (set(rule.terms), rule.fees, rule.total) == ({Term(0), Term(1, -1)}, (3,), 4)


def test_a_total_on_each_line_counts_once() -> None:
    total = np.repeat(np.bincount(ORDERS, weights=PIECES * PRICES), 2)
    rule = rule_of(find_money(columns({TOTAL: total}, amounts=(TOTAL,))))
    assert (rule.terms, rule.law) == ((Term(TOTAL, 1, Grain.ORDER),), Law.REPEATED)


def test_a_price_of_each_ticket_is_no_total_of_the_order() -> None:
    tickets = np.tile([1, 3, 1, 2], 15)
    orders = np.repeat(np.arange(60), tickets)
    price = np.repeat(np.tile([12.0, 18.0, 18.0, 12.0, 18.0, 12.0], 10), tickets)
    found = find_money(MoneyColumns({TOTAL: price}, orders, None, amounts=(TOTAL,)))
    assert rule_of(found).terms == (Term(TOTAL),)
    assert found is not None
    assert [rival.question for rival in found.rivals] == [Question.TOTAL_OF]
    total = price * np.repeat(tickets, tickets)
    paid = rule_of(find_money(MoneyColumns({TOTAL: total}, orders, None, amounts=(TOTAL,))))
    assert paid.terms == (Term(TOTAL, 1, Grain.ORDER),)


def test_the_discount_of_an_order_on_its_first_line() -> None:
    lines = np.bincount(ORDERS, weights=PIECES * PRICES)
    off = np.where(np.arange(24) % 2 == 0, 2.0, 1.0)
    first = np.arange(48) % 2 == 0
    on_first = np.where(first, np.repeat(off, 2), np.nan)
    total = np.where(first, np.repeat(lines - off, 2), np.nan)
    numbers = {QUANTITY: PIECES, PRICE: PRICES, DISCOUNT: on_first, TOTAL: total}
    found = columns(numbers, quantities=(0,), prices=(1,), amounts=(TOTAL,), discounts=(3,))
    rule = rule_of(find_money(found))
    assert (rule.terms, rule.law, rule.total) == ((Term(DISCOUNT, -1, Grain.FIRST),), Law.ORDER_SUM, TOTAL)


def test_orders_that_cost_less_than_their_lines_cost_what_the_total_says() -> None:
    lines = np.bincount(ORDERS, weights=PIECES * PRICES)
    total = np.repeat(np.round(lines * np.where(np.arange(24) % 2, 0.8, 1.0), 2), 2)
    numbers = {QUANTITY: PIECES, PRICE: PRICES, TOTAL: total}
    rule = rule_of(find_money(columns(numbers, quantities=(0,), prices=(1,), amounts=(TOTAL,))))
    assert (rule.terms, rule.law) == ((Term(TOTAL, 1, Grain.ORDER),), Law.BELOW_LINES)


def test_a_price_that_grows_with_the_pieces_is_of_all_of_them() -> None:
    usual = np.arange(1, 13, dtype=np.float64) * 3
    pieces = np.where(np.arange(48) < 24, 1.0, 3.0)
    of_all = usual[PRODUCTS] * pieces
    assert price_of(PRODUCTS, pieces, of_all).decided
    found = find_money(MoneyColumns({0: pieces, 1: of_all}, None, PRODUCTS, quantities=(0,), prices=(1,)))
    assert rule_of(found).terms == (Term(1),)
    found = find_money(
        MoneyColumns({0: pieces, 1: usual[PRODUCTS]}, None, PRODUCTS, quantities=(0,), prices=(1,))
    )
    assert rule_of(found).multiplied


def test_without_products_it_is_asked_what_a_price_is_of() -> None:
    pieces = np.where(np.arange(48) < 24, 1.0, 3.0)
    found = find_money(
        MoneyColumns({0: pieces, 1: PRICES * pieces}, None, np.arange(48), quantities=(0,), prices=(1,))
    )
    assert found is not None
    assert [rival.question for rival in found.rivals] == [Question.PRICE_OF]


def test_a_number_that_goes_with_the_product_is_its_price_whatever_its_header() -> None:
    usual = np.arange(1, 13, dtype=np.float64) * 3
    pieces = np.where(np.arange(48) < 24, 1.0, 3.0)
    numbers = {0: pieces, 1: usual[PRODUCTS], 2: np.arange(48.0) % 7}
    rule = rule_of(find_money(MoneyColumns(numbers, None, PRODUCTS, quantities=(0,), others=(2, 1))))
    assert (rule.multiplied, rule.price) == (True, 1)


def test_a_share_that_differs_within_products_is_a_discount_and_a_rate_of_tax_is_none() -> None:
    share = np.where(np.arange(48) % 7 < 2, 0.25, 0.0)
    tax = np.where(PRODUCTS % 2 == 0, 0.2, 0.0)
    for values, off in ((share, 2), (tax, None)):
        numbers = {0: np.where(np.arange(48) < 24, 1.0, 3.0), 1: np.arange(1.0, 13)[PRODUCTS], 2: values}
        found = find_money(MoneyColumns(numbers, None, PRODUCTS, quantities=(0,), prices=(1,), others=(2,)))
        assert found is not None
        assert (found.rule.off, bool(found.rivals)) == (off, off is not None)


def test_money_off_a_line_is_told_by_what_the_line_costs_and_asked() -> None:
    pieces, prices = np.where(np.arange(48) < 24, 1.0, 3.0), np.arange(1.0, 13)[PRODUCTS]
    rows = np.arange(48)
    off = np.where(rows % 7 < 3, pieces * prices * 0.1 * (1 + rows % 3), 0.0)
    tax = pieces * prices * np.where(PRODUCTS % 2 == 0, 0.2, 0.0)
    sent_back = np.where(rows % 7 < 3, 1.0, 0.0)
    for values, place in (
        (off, 2),
        (-off, 2),
        (tax, None),
        (sent_back, None),
        (3 * off + 2 * sent_back, None),
    ):
        numbers = {0: pieces, 1: prices, 2: values}
        found = find_money(MoneyColumns(numbers, None, PRODUCTS, quantities=(0,), prices=(1,), others=(2,)))
        assert found is not None
        assert [term.position for term in found.rule.terms] == ([] if place is None else [place])
        assert [rival.question for rival in found.rivals] == [Question.DISCOUNT_IN] * len(found.rule.terms)


def test_money_off_a_line_that_came_back_has_the_sign_of_the_line() -> None:
    pieces, prices = np.where(np.arange(48) < 24, 1.0, 3.0), np.arange(1.0, 13)[PRODUCTS]
    prices = np.where(np.arange(48) % 11 == 0, -prices, prices)
    off = np.where(np.arange(48) % 7 < 3, pieces * prices * 0.1 * (1 + np.arange(48) % 3), 0.0)
    numbers = {0: pieces, 1: prices, 2: off}
    found = find_money(MoneyColumns(numbers, None, PRODUCTS, quantities=(0,), prices=(1,), others=(2,)))
    assert found is not None
    assert value_of(MoneyColumns(numbers, None, None), found.rule) == pytest.approx(pieces * prices - off)


def test_money_off_whole_orders_is_told_by_what_they_cost_and_asked() -> None:
    orders, products = np.repeat(np.arange(40), 2), np.tile(np.arange(10), 8)
    prices = np.tile(np.linspace(5, 50, 10), 8)
    cost = per_order(orders, prices, Grain.LINE)
    off = np.where(np.arange(40) % 5 < 3, cost * np.array([0.1, 0.15, 0.2, 0.25])[np.arange(40) % 4], 0.0)
    postage = np.where(cost > 60, 0.0, 4.5)
    for values, terms in ((off, (Term(2, -1, Grain.FIRST),)), (postage, ())):
        written = np.where(np.arange(80) % 2 == 0, np.repeat(values, 2), np.nan)
        numbers = {0: np.ones(80), 1: prices, 2: written}
        found = find_money(MoneyColumns(numbers, orders, products, quantities=(0,), prices=(1,), others=(2,)))
        assert found is not None
        assert found.rule.terms == terms
        assert [rival.question for rival in found.rivals] == [Question.DISCOUNT_IN] * len(terms)


def test_of_a_header_that_is_guessed_the_figures_say_whether_it_is_a_discount() -> None:
    pieces, prices = np.where(np.arange(48) < 24, 1.0, 3.0), np.arange(1.0, 13)[PRODUCTS]
    off = np.where(np.arange(48) % 7 < 3, pieces * prices * 0.1 * (1 + np.arange(48) % 3), 0.0)
    numbers = {0: pieces, 1: prices, 2: off, 3: np.where(prices > 6, 0.0, 4.5)}
    for guessed, place in ((frozenset({3}), 2), (frozenset[int](), 3)):
        sorted_so = MoneyColumns(
            numbers, None, PRODUCTS, (0,), (1,), discounts=(3,), others=(2,), guessed=guessed
        )
        rule = rule_of(find_money(sorted_so))
        assert {rule.off, *(term.position for term in rule.terms)} - {None} == {place}


@pytest.mark.parametrize("by_piece", [True, False])
def test_money_off_each_piece_has_the_rates_of_single_pieces(by_piece: bool) -> None:
    pieces, prices = np.where(np.arange(96) < 48, 1.0, 3.0), np.tile(np.arange(20.0, 32), 8)
    rates = np.array([0, 0.1, 0, 0.25, 0])[np.arange(96) % 5]
    off = rates * prices * (1 if by_piece else pieces)
    numbers = {0: pieces, 1: prices, 2: off}
    found = find_money(MoneyColumns(numbers, None, None, quantities=(0,), prices=(1,), discounts=(2,)))
    assert found is not None
    paid = pieces * prices * (1 - rates)
    assert value_of(MoneyColumns(numbers, None, None), found.rule) == pytest.approx(paid)
    assert (found.rule.off_way is Off.EACH) is by_piece
    assert Question.DISCOUNT_IN in [rival.question for rival in found.rivals]


def test_a_refund_is_kept_apart_unless_the_amount_holds_it() -> None:
    refund = np.where(np.arange(48) % 5 == 0, 2.0, 0.0)
    apart = find_money(columns({0: PIECES * PRICES, 1: refund}, amounts=(0,), refunds=(1,)))
    assert rule_of(apart).refund == Term(1, -1)
    net = PIECES * PRICES - refund
    held = find_money(columns({0: PIECES * PRICES, 1: refund, 2: net}, amounts=(0, 2), refunds=(1,)))
    assert (rule_of(held).terms, rule_of(held).refund) == ((Term(2),), None)


def test_no_money_no_rule() -> None:
    assert find_money(columns({QUANTITY: PIECES}, quantities=(0,))) is None


def test_grains() -> None:
    each = np.repeat(np.arange(24, dtype=np.float64), 2)
    assert grain_of(ORDERS, each) is Grain.ORDER
    assert grain_of(ORDERS, np.where(np.arange(48) % 2, np.nan, each)) is Grain.FIRST
    assert grain_of(ORDERS, np.arange(48, dtype=np.float64)) is Grain.LINE
    assert grain_of(ORDERS, np.full(48, 4.9)) is Grain.LINE
    assert grain_of(None, each) is Grain.LINE


def test_the_fewest_columns_that_add_up_are_found() -> None:
    base, fee, noise = np.arange(1.0, 41), np.tile([4.9, 3.9], 20), np.tile([0.5, 0.25], 20)
    found = find_sum((9, base + fee), (0, base), {1: fee, 2: noise})
    assert found is not None
    assert (found.signs, found.agreement) == ({1: 1}, 1.0)
    assert find_sum((9, base * 2), (0, base), {1: fee}) is None


def test_a_sum_for_each_order() -> None:
    orders = np.array([0, 0, 1, -1])
    assert per_order(orders, np.array([1.0, 2, 3, 9]), Grain.LINE).tolist() == [3, 3]
    assert per_order(orders, np.array([7.0, np.nan, 3, 9]), Grain.FIRST).tolist() == [7, 3]


GIVEN_BACK = np.where(np.arange(48) % 8 == 0, PIECES * PRICES, 0.0)


@pytest.mark.parametrize("header", ["amounts", "others"])
def test_what_is_nothing_in_most_rows_else_all_that_was_paid_is_money_back(header: str) -> None:
    numbers = {QUANTITY: PIECES, PRICE: PRICES, AMOUNT: GIVEN_BACK}
    kinds = {"quantities": (0,), "prices": (1,), header: (2,)}
    rule = rule_of(find_money(columns(numbers, **kinds)))
    assert (rule.multiplied, rule.terms, rule.refund) == (True, (), Term(AMOUNT, -1))


def test_money_back_of_a_whole_order_on_its_first_line() -> None:
    orders, pieces, prices = np.repeat(np.arange(50), 2), np.tile(PIECES[:10], 10), np.tile(PRICES[:10], 10)
    of_orders = per_order(orders, pieces * prices, Grain.LINE)
    first = np.where(np.arange(100) % 2 == 0, np.repeat(of_orders * (np.arange(50) % 6 == 0), 2), np.nan)
    numbers = {QUANTITY: pieces, PRICE: prices, TOTAL: first}
    rule = rule_of(find_money(MoneyColumns(numbers, orders, None, (0,), (1,), (5,))))
    assert (rule.multiplied, rule.refund) == (True, Term(TOTAL, -1, Grain.FIRST))


def test_prices_without_a_header_count_beside_a_column_of_money_back() -> None:
    prices = np.array([5, 7.5, 2, 9.99, 3, 12])
    numbers = {QUANTITY: PIECES, PRICE: np.tile(prices, 8), AMOUNT: np.zeros(48)}
    numbers[AMOUNT][::8] = (PIECES * numbers[PRICE])[::8]
    found = MoneyColumns(numbers, ORDERS, np.tile(np.arange(6), 8), (0,), amounts=(2,), others=(1,))
    rule = rule_of(find_money(found))
    assert (rule.multiplied, rule.price, rule.refund) == (True, PRICE, Term(AMOUNT, -1))


def test_what_is_nothing_in_half_of_the_rows_stays_what_was_paid() -> None:
    paid = np.repeat(np.arange(24) % 2 == 0, 2)
    numbers = {QUANTITY: PIECES, PRICE: PRICES, AMOUNT: np.where(paid, PIECES * PRICES, 0)}
    rule = rule_of(find_money(columns(numbers, quantities=(0,), prices=(1,), amounts=(2,))))
    assert (rule.terms, rule.refund) == ((Term(AMOUNT),), None)


def test_what_the_seller_is_left_with_was_not_paid_however_many_columns_lead_to_it() -> None:
    at = np.arange(48)
    goods, off = 20.0 + at * 37 % 89, np.where(at % 5 == 0, 2.0, 0.0)
    tax = np.round(0.2 * (goods - off), 2)
    paid = goods - off + tax + 2.9
    fee = np.round(0.03 * paid + 0.25, 2)
    numbers = {0: goods, 1: off, 2: np.full(48, 2.9), 3: tax, 4: paid, 5: fee, 6: paid - fee}
    money = MoneyColumns(numbers, at, None, (), (), (0, 4, 6), (1,), (), (2, 3, 5))
    rule = rule_of(find_money(money))
    assert value_of(money, rule) == pytest.approx(paid)


def test_a_discount_beside_an_amount_that_nothing_explains_is_asked_about() -> None:
    off = np.where(np.arange(48) % 8 < 3, 1.5, 0.0)
    found = find_money(columns({AMOUNT: PIECES * PRICES, DISCOUNT: off}, amounts=(2,), discounts=(3,)))
    assert found is not None
    assert found.rule.terms == (Term(AMOUNT),)
    assert [(one.question, one.rule.terms) for one in found.rivals] == [
        (Question.DISCOUNT_IN, (Term(AMOUNT), Term(DISCOUNT, -1)))
    ]


def test_of_two_sums_the_one_that_pieces_times_the_other_make_was_paid() -> None:
    numbers = {QUANTITY: PIECES, PRICE: PRICES, AMOUNT: PIECES * PRICES}
    rule = rule_of(find_money(columns(numbers, quantities=(0,), amounts=(1, 2))))
    assert (rule.law, rule.price, rule.terms) == (Law.LINE_SUM, PRICE, (Term(AMOUNT),))
