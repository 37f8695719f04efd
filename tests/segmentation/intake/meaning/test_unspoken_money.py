"""Money of which no header speaks: pieces, parts of a total and money off, by their figures; else asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from segmentation.intake.meaning.money.adds_up import is_cost_of_paying
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, value_of
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Off, Term
from segmentation.intake.roles import Role
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ROWS = np.arange(60)
PIECES = np.array([1, 1, 2, 1, 3, 1], dtype=np.float64)[ROWS * 7 % 6]
ORDERS, GOODS = ROWS // 2, ROWS * 11 % 13
PRICES = 2.0 + 1.75 * GOODS
VARYING = np.round(PRICES * (1 + ROWS % 5 / 50), 2)


def found_in(columns: MoneyColumns) -> FoundMoney:
    found = find_money(columns)
    assert found is not None
    return found


def asked_in(found: FoundMoney) -> list[tuple[Question, int]]:
    return [(rival.question, rival.column) for rival in found.rivals]


@pytest.mark.parametrize("prices", [PRICES, VARYING])
def test_small_numbers_mostly_one_beside_a_price_are_pieces_and_asked(prices: np.ndarray) -> None:
    found = found_in(MoneyColumns({0: PIECES, 1: prices}, ORDERS, GOODS, prices=(1,), others=(0,)))
    assert (found.rule.quantity, found.rule.price, found.rule.multiplied) == (0, 1, True)
    assert asked_in(found) == [(Question.PIECES, 0)]
    assert found.rivals[0].rule == MoneyRule(terms=(Term(1),))


def test_marks_are_no_pieces_but_asked() -> None:
    marks = np.array([5, 4, 5, 3, 5, 1], dtype=np.float64)[ROWS * 7 % 6]
    found = found_in(MoneyColumns({0: marks, 1: VARYING}, ORDERS, GOODS, prices=(1,), others=(0,)))
    assert (found.rule.multiplied, asked_in(found)) == (False, [(Question.PIECES, 0)])


@pytest.mark.parametrize(
    "numbers",
    [ROWS % 2 + 1.0, 1.0 + ORDERS % 3, 1.0 + GOODS % 4, PIECES / 2, PIECES - 1],
    ids=["lines of an order", "people of an order", "of the goods", "halves", "from nothing on"],
)
def test_what_goes_with_an_order_or_with_goods_is_not_asked_about(numbers: np.ndarray) -> None:
    found = found_in(MoneyColumns({0: numbers, 1: VARYING}, ORDERS, GOODS, prices=(1,), others=(0,)))
    assert (found.rule.terms, asked_in(found)) == ((Term(1),), [])


@pytest.mark.parametrize("pieces", [6 * PIECES, PIECES * 0.371], ids=["packs", "kilograms"])
def test_packs_and_weights_multiply_a_price_too_and_are_asked(pieces: np.ndarray) -> None:
    found = found_in(MoneyColumns({0: pieces, 1: VARYING}, ORDERS, GOODS, prices=(1,), others=(0,)))
    assert (found.rule.quantity, found.rule.multiplied) == (0, True)
    assert asked_in(found) == [(Question.PIECES, 0)]


def test_pieces_price_and_sum_are_found_by_how_they_multiply() -> None:
    off = np.where(ROWS % 4 == 0, 15.0, 0.0)
    total = np.round(PIECES * VARYING * (1 - off / 100), 2)
    numbers = {0: PIECES, 1: VARYING, 2: off, 3: total}
    found = found_in(MoneyColumns(numbers, ORDERS, None, amounts=(1,), others=(0, 2, 3)))
    assert (found.rule.terms, found.rule.law) == ((Term(3),), Law.LINE_SUM)
    assert (found.rule.quantity, found.rule.price, found.rivals) == (0, 1, ())


def test_a_number_that_is_what_most_orders_cost_and_never_more_was_paid() -> None:
    lines = np.bincount(ORDERS, weights=PIECES * PRICES)
    paid = np.round(lines * np.where(np.arange(30) % 4 == 0, 0.9, 1.0), 2)
    last = np.where(ROWS % 2 == 1, paid[ORDERS], np.nan)
    numbers = {0: PIECES, 1: PRICES, 2: last}
    found = found_in(MoneyColumns(numbers, ORDERS, GOODS, quantities=(0,), prices=(1,), others=(2,)))
    assert (found.rule.law, found.rule.terms) == (Law.BELOW_LINES, (Term(2, 1, Grain.FIRST),))
    postage = np.where(ROWS % 2 == 1, (lines * 0.07)[ORDERS], np.nan)
    other = MoneyColumns({**numbers, 2: postage}, ORDERS, GOODS, quantities=(0,), prices=(1,), others=(2,))
    assert found_in(other).rule.terms == ()


def test_gross_less_discounts_and_returns_is_net_whatever_the_headers() -> None:
    gross = 10 * VARYING
    off, back = np.where(ROWS % 3 == 0, -2.5, 0.0), np.where(ROWS % 8 == 0, -gross + 2.5, 0.0)
    net = gross + off + back
    tax = np.round(0.21 * net, 2)
    numbers = {0: gross, 1: off, 2: back, 3: net, 4: tax, 5: net + tax}
    found = found_in(MoneyColumns(numbers, None, None, discounts=(1,), refunds=(2,), others=(0, 3, 4, 5)))
    assert np.allclose(value_of(MoneyColumns(numbers, None, None), found.rule), net)
    assert found.rule.refund is None


def test_a_price_that_grows_with_such_numbers_is_of_all_pieces() -> None:
    columns = MoneyColumns({0: PIECES, 1: PRICES * PIECES}, ORDERS, GOODS, prices=(1,), others=(0,))
    found = found_in(columns)
    assert (found.rule.terms, found.rule.law, asked_in(found)) == ((Term(1),), Law.PIECES, [])
    unknown = found_in(replace(columns, products=None))
    assert (unknown.rule.terms, asked_in(unknown)) == ((Term(1),), [(Question.PIECES, 0)])


def test_an_amount_that_goods_have_whatever_the_pieces_is_of_one_piece() -> None:
    found = found_in(MoneyColumns({0: PIECES, 1: PRICES}, ORDERS, GOODS, quantities=(0,), amounts=(1,)))
    assert (found.rule.multiplied, asked_in(found)) == (True, [(Question.PRICE_OF, 1)])
    dearer = MoneyColumns({0: PIECES, 1: VARYING * PIECES}, ORDERS, GOODS, quantities=(0,), amounts=(1,))
    assert found_in(dearer).rule.terms == (Term(1),)


def test_the_figures_of_an_order_say_what_is_taken_off_it_whatever_the_headers() -> None:
    first = ROWS % 2 == 0
    lines = np.bincount(ORDERS, weights=PIECES * PRICES)
    off = np.where(np.arange(30) % 4 == 0, np.round(0.2 * lines, 2), 0.0)
    at_first = {2: np.where(first, -off[ORDERS], np.nan), 3: np.where(first, (lines - off)[ORDERS], np.nan)}
    columns = MoneyColumns(
        {0: PIECES, 1: PRICES} | at_first, ORDERS, GOODS, quantities=(0,), others=(1, 2, 3)
    )
    found = found_in(columns)
    assert (found.rule.law, found.rule.terms) == (Law.ORDER_SUM, (Term(2, 1, Grain.FIRST),))
    assert (found.rivals, found.unspoken) == ((), None)


def test_what_was_paid_first_and_what_later_is_paid_together_and_asked() -> None:
    total = np.round(10 * VARYING, 2)
    first = np.round(0.3 * total, 2)
    numbers = {0: total, 1: first, 2: total - first}
    for amounts, others in (((1,), (0, 2)), ((1, 0), (2,))):
        guessed = frozenset({0, 1, 2})
        found = found_in(MoneyColumns(numbers, None, None, amounts=amounts, others=others, guessed=guessed))
        assert (found.rule.terms, [one for one, _ in asked_in(found)]) == ((Term(0),), [Question.FEES])


def test_a_voucher_of_which_no_header_speaks_leaves_what_was_paid() -> None:
    total = 10 * VARYING
    voucher = np.where(ROWS % 7 == 0, 10.0, 0.0)
    found = found_in(
        MoneyColumns({0: total, 1: total - voucher, 2: voucher}, None, None, amounts=(0,), others=(1, 2))
    )
    assert found.rule.terms == (Term(1),)


def test_what_is_kept_for_passing_money_on_was_paid_as_well() -> None:
    gross = np.round(10 * VARYING, 2)
    commission, passing = np.round(0.15 * gross, 2), np.round(0.029 * gross + 0.3, 2)
    numbers = {0: gross, 1: -commission, 2: -passing, 3: np.round(gross - commission - passing, 2)}
    for kinds in (
        {"amounts": (3,), "others": (0, 1, 2), "guessed": frozenset({3})},
        {"amounts": (0, 3), "fees": (1, 2)},
    ):
        found = found_in(MoneyColumns(numbers, None, None, **kinds))  # type: ignore[arg-type]
        assert (found.rule.terms, [one for one, _ in asked_in(found)]) == ((Term(0),), [Question.FEES])
    assert is_cost_of_paying(gross, passing)
    assert not is_cost_of_paying(gross, np.round(0.21 * gross, 2))
    assert not is_cost_of_paying(gross, np.where(ROWS % 3 == 0, 4.9, 5.9))


def test_a_rate_of_which_no_header_speaks_may_be_tax_or_a_commission_and_is_asked() -> None:
    net = np.round(10 * VARYING, 2)
    rate = np.round(0.12 * net, 2)
    numbers = {0: net, 1: rate, 2: net + rate}
    found = found_in(MoneyColumns(numbers, None, None, amounts=(2,), others=(0, 1), guessed=frozenset({2})))
    assert (found.rule.terms, asked_in(found)) == ((Term(0),), [(Question.FEES, 1)])
    spoken = found_in(MoneyColumns(numbers, None, None, amounts=(2, 0), fees=(1,)))
    assert (spoken.rule.terms, asked_in(spoken)) == ((Term(0),), [])


def test_round_numbers_of_which_no_header_speaks_may_be_percents_and_are_asked() -> None:
    off = np.where(ORDERS % 3 == 0, 30.0 * (1 + ORDERS % 2), 0.0)
    numbers = {0: PIECES, 1: PRICES, 2: off}
    found = found_in(MoneyColumns(numbers, ORDERS, GOODS, quantities=(0,), prices=(1,), others=(2,)))
    assert (found.rule.off, asked_in(found)) == (None, [(Question.DISCOUNT_IN, 2)])
    assert (found.rivals[0].rule.off, found.rivals[0].rule.off_way) == (2, Off.PERCENT)


@pytest.mark.parametrize("percents", [frozenset({2}), frozenset()])
def test_a_rate_that_all_lines_of_an_order_have_is_no_sum_of_the_order(percents: frozenset[int]) -> None:
    off = np.where(ORDERS % 3 == 0, 20.0 if percents else 0.2, 0.0)
    numbers = {0: PIECES, 1: PRICES, 2: off}
    kinds = {"quantities": (0,), "prices": (1,), "discounts": (2,), "percents": percents}
    found = found_in(MoneyColumns(numbers, ORDERS, GOODS, **kinds))  # type: ignore[arg-type]
    assert (found.rule.off, found.rule.off_way) == (2, Off.PERCENT if percents else Off.SHARE)
    assert found.rule.of_orders == ()


def test_an_answer_says_whether_the_discount_is_taken_off_in_the_reading_that_it_stands_for(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [f"A-{order:05},{1 + order % 28:02}.03.2024,K{order % 9 + 10},Jug {goods},{pieces:.0f},{price},"
            f"{20 * (order % 3 == 0)},{pieces * price}"
            for order, goods, pieces, price in zip(ORDERS, GOODS, PIECES, PRICES, strict=True)]  # fmt: skip
    header = "Order ID,Order date,Customer ID,Product name,Quantity,Unit price,Discount %,Amount"
    (tmp_path / "orders.csv").write_text("\n".join([header, *rows]) + "\n")
    upload = load_file(workspace, tmp_path / "orders.csv")
    asked = next(doubt for doubt in upload.doubts if doubt.code == "discount_in:Discount %")
    said = {option.answer.split(",")[0]: option.revenue for option in asked.options}
    less = PIECES * PRICES * np.where(ORDERS % 3 == 0, 0.8, 1.0)
    assert said == {"Yes": pytest.approx(less.sum()), "No": pytest.approx((PIECES * PRICES).sum())}


def write(folder: Path, header: str, last: np.ndarray | None = None) -> Path:
    columns = zip(ORDERS, GOODS, PIECES, PRICES, PIECES if last is None else last, strict=True)
    rows = [f"F-{order:05},{1 + order % 28:02}.03.2024,K{order % 9 + 10},Vazo {goods},{pieces:.0f},{price}"
            + ("" if last is None else f",{more:.0f}")
            for order, goods, pieces, price, more in columns]  # fmt: skip
    (folder / "orders.csv").write_text("\n".join([header, *rows]) + "\n")
    return folder / "orders.csv"


def test_an_answer_counts_the_pieces_or_does_not(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, "Order ID,Order date,Customer ID,Product name,Wvu,Unit price")
    upload = load_file(workspace, path)
    asked = next(doubt for doubt in upload.doubts if doubt.code == "pieces:Wvu")
    by_piece, plain = asked.options
    assert by_piece.revenue == pytest.approx(float((PIECES * PRICES).sum()))
    assert plain.revenue == pytest.approx(float(PRICES.sum()))
    upload = answer_doubt(workspace, upload.upload_id, asked.code, 1)
    assert upload.money is not None
    assert not upload.money.multiplied
    assert upload.column_of(Role.QUANTITY) is None


def test_what_goods_bring_is_not_guessed(workspace: Workspace, tmp_path: Path) -> None:
    off = np.where(ROWS % 7 < 3, 5.0 * (1 + ROWS % 4), 0.0)
    header = "Nr. fature,Data e faturës,Kodi i blerësit,Artikulli,Sasia,Çmimi njësi,Zbritja %"
    upload = load_file(workspace, write(tmp_path, header, off))
    assert (upload.column_of(Role.PROFIT), upload.column_of(Role.COST)) == (None, None)
    discount = upload.column_of(Role.DISCOUNT)
    assert discount is not None
    assert discount.name == "Zbritja %"


def test_numbers_of_lines_are_no_pieces(workspace: Workspace, tmp_path: Path) -> None:
    columns = zip(ROWS, ORDERS, GOODS, PIECES, PRICES, strict=True)
    rows = [f"A-{order:05},2024-03-{1 + order % 28:02},K{order % 9 + 10},{row % 2 + 1},Kiln Jug {goods} blue,"
            f"{pieces:.0f},{price}" for row, order, goods, pieces, price in columns]  # fmt: skip
    header = "order_id,order_date,customer_id,Xyx,Zyx,Wvu,Tsr"
    (tmp_path / "orders.csv").write_text("\n".join([header, *rows]) + "\n")
    quantity = load_file(workspace, tmp_path / "orders.csv").column_of(Role.QUANTITY)
    assert quantity is not None
    assert quantity.name == "Wvu"
