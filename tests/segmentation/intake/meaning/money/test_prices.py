"""Of several prices of each article, as bought, sold and recommended, it is asked which one was paid."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Număr,Data emiterii,Cod client,Cod articol,Denumire,Cantitate"
COST, PRICE, LISTED = (lambda at: 2.5 + at), (lambda at: 4.1 + 1.63 * at), (lambda at: 7.5 + 3.1 * at)
LINES = [
    (order, (order * 7 + line * 3) % 11, 1 + (order + line) % 4) for order in range(90) for line in range(2)
]


def rows(*prices: object) -> list[str]:
    return [
        f"{7000 + order},2024-{1 + order // 20:02}-{1 + order % 28:02},C{order % 19 + 10},A{at:03},Oală {at},"
        f"{pieces}," + ",".join(f"{price(at):.2f}" for price in prices if callable(price))
        for order, at, pieces in LINES
    ]


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def test_of_three_prices_the_middle_one_is_taken_and_all_are_offered(
    load: Write, workspace: Workspace
) -> None:
    upload = load(f"{HEADER},Preț achiziție,Preț vânzare,Preț recomandat", rows(COST, PRICE, LISTED))
    worth = {name: pytest.approx(sum(pieces * each(at) for _, at, pieces in LINES), abs=1)
             for name, each in (("vânzare", PRICE), ("achiziție", COST), ("recomandat", LISTED))}  # fmt: skip
    doubt = next(one for one in upload.doubts if one.code.startswith("which_price:"))
    assert [(one.answer, one.revenue) for one in doubt.options] == [
        (f"“Preț {name}”", total) for name, total in worth.items()
    ]
    assert spend(workspace) == worth["vânzare"]
    answer_doubt(workspace, upload.upload_id, doubt.code, 2)
    assert spend(workspace) == worth["recomandat"]


def test_a_price_that_is_pieces_times_another_number_is_the_sum_of_the_line(
    load: Write, workspace: Workspace
) -> None:
    """Orders stand on their first rows alone, with their totals, which nobody may add to sums of lines."""
    sums = [round(pieces * PRICE(at), 2) for _, at, pieces in LINES]
    lines = []
    for row, (order, at, pieces) in enumerate(LINES):
        day, total = f"2024-{1 + order // 20:02}-{1 + order % 28:02}", sum(sums[row : row + 2])
        head = f"V{7000 + order},C{order % 19 + 10},{day},{total:.2f}"
        lines.append(f"{',,,' if row % 2 else head},A{at:03},{pieces},{PRICE(at):.2f},{sums[row]:.2f}")
    load("ID,Customer,Posting Date,Grand Total,Item Code,Quantity,Rate (Items),Amount (Items)", lines)
    assert spend(workspace) == pytest.approx(sum(sums), abs=0.01)


def test_a_number_of_another_kind_is_no_price(load: Write) -> None:
    upload = load(f"{HEADER},Preț,Greutate", rows(PRICE, lambda at: 90 + at * 37 % 11 * 13.5))
    assert not [one for one in upload.doubts if one.code.startswith("which_price:")]


def test_a_price_that_is_less_in_some_rows_is_what_was_left_to_pay(load: Write, workspace: Workspace) -> None:
    sold = [(order, at, PRICE(at), PRICE(at) * (0.9 if order % 5 == 0 else 1)) for order, at, _ in LINES]
    lines = [f"{7000 + order},2024-{1 + order // 20:02}-11,C{order % 19 + 10},A{at:03},{price:.2f},{paid:.2f}"
             for order, at, price, paid in sold]  # fmt: skip
    upload = load("Order No,Day of sale,Customer No,Article No,Price,Price paid", lines)
    doubt = next(one for one in upload.doubts if one.code.startswith("which_price:"))
    assert [one.answer for one in doubt.options] == ["“Price paid”", "“Price”"]
    assert spend(workspace) == pytest.approx(sum(paid for *_, paid in sold), abs=1)
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert spend(workspace) == pytest.approx(sum(price for _, _, price, _ in sold), abs=1)


def test_of_prices_the_one_that_is_another_times_pieces_is_the_sum(load: Write, workspace: Workspace) -> None:
    lines = [f"{7000 + order},2024-{1 + order // 20:02}-11,C{order % 19 + 10},A{at:03},{LISTED(at):.2f}"
             f",{PRICE(at):.2f},{pieces},{pieces * PRICE(at):.2f}"
             for order, at, pieces in LINES]  # fmt: skip
    load("Order No,Day of sale,Customer No,Article No,Price before,Sale price,Pieces,Net price", lines)
    assert spend(workspace) == pytest.approx(sum(pieces * PRICE(at) for _, at, pieces in LINES), abs=1)
