"""Money of which no header speaks: pieces, parts of a total and money off, by their figures; else asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Term
from segmentation.intake.roles import Role
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ROWS = np.arange(60)
PIECES = np.array([1, 1, 2, 1, 3, 1], dtype=np.float64)[ROWS * 7 % 6]
ORDERS, GOODS = ROWS // 2, ROWS * 11 % 13
PRICES = 2.0 + 1.75 * GOODS
VARYING = PRICES * (1 + ROWS % 5 / 50)


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


def test_what_goods_bring_is_not_guessed_in_percent(workspace: Workspace, tmp_path: Path) -> None:
    off = np.where(ROWS % 7 < 3, 5.0 * (1 + ROWS % 4), 0.0)
    header = "Nr. fature,Data e faturës,Kodi i blerësit,Artikulli,Sasia,Çmimi njësi,Zbritja %"
    upload = load_file(workspace, write(tmp_path, header, off))
    assert (upload.column_of(Role.PROFIT), upload.column_of(Role.COST)) == (None, None)
    discount = upload.column_of(Role.DISCOUNT)
    assert discount is not None
    assert discount.name == "Zbritja %"
