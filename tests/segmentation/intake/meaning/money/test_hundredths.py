"""Money in hundredths is read by its header, left where the same sum stands beside it, or asked about."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.corrections import set_role
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

CENTS = [1999, 2495, 999, 14900, 3250, 899, 5995, 4450]
SOLD = [(at, 1 + at % 3, CENTS[at * 5 % 8]) for at in range(90)]
SPENT = sum(pieces * price for _, pieces, price in SOLD) / 100
START = "Order,Date,Customer,Product"


def rows(form: str) -> list[str]:
    return [
        f"A-{700 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},P{at % 8:02},"
        + form.format(
            pieces=pieces, price=price, whole=price / 100, paid=pieces * price / 100, cents=pieces * price
        )
        for at, pieces, price in SOLD
    ]


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Qty,price_cents,price", "{pieces},{price},{whole:.2f}"),
        ("Qty,Price,Unit price", "{pieces},{price},{whole:.2f}"),
        ("Kvanto,Prezo,Prezo granda", "{pieces},{price},{whole:.2f}"),
    ],
)
def test_of_a_sum_and_a_hundred_times_it_the_one_with_cents_counts(
    load: Write, workspace: Workspace, header: str, form: str
) -> None:
    load(f"{START},{header}", rows(form))
    assert spend(workspace) == pytest.approx(SPENT, abs=0.001)


@pytest.mark.parametrize("header", ["Qty,Price", "Antal,Pris"])
def test_whole_prices_that_end_as_cents_do_are_asked_about(
    load: Write, workspace: Workspace, header: str
) -> None:
    upload = load(f"{START},{header}", rows("{pieces},{price}"))
    (doubt,) = upload.doubts
    assert [option.revenue for option in doubt.options] == pytest.approx([100 * SPENT, SPENT])
    assert spend(workspace) == pytest.approx(100 * SPENT)
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert spend(workspace) == pytest.approx(SPENT)


@pytest.mark.parametrize(
    "prices",
    [[500, 750, 1200, 2500, 90, 350, 1800, 4200], [12900, 9900, 25000, 18500, 43900, 990, 1980, 750]],
)
def test_whole_money_whose_last_digit_is_idle_is_not_asked_about(load: Write, prices: list[int]) -> None:
    lines = [f"{row},{prices[at * 5 % 8]}" for at, row in enumerate(rows("{pieces}"))]
    assert load(f"{START},Qty,Price", lines).doubts == ()


def test_money_of_a_country_without_hundredths_is_not_asked_about(load: Write) -> None:
    assert load(f"{START},Qty,Price,Currency", rows("{pieces},{price},JPY")).doubts == ()


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("cantidad,total_centimos", "{pieces},{cents}"),
        ("Qty,amount_minor", "{pieces},{cents}"),
        ("Antal,Pris i øre,Beløb", "{pieces},{price},{cents}"),
        ("Kusů,Částka v haléřích", "{pieces},{cents}"),
        ("Qty,unitPriceCents,Total", "{pieces},{price},{paid:.2f}"),
    ],
)
def test_a_header_that_names_the_coin_is_believed(
    load: Write, workspace: Workspace, header: str, form: str
) -> None:
    assert load(f"{START},{header}", rows(form)).doubts == ()
    assert spend(workspace) == pytest.approx(SPENT, abs=0.001)


def test_what_is_named_so_in_money_without_hundredths_is_left(load: Write, workspace: Workspace) -> None:
    load(f"{START},Qty,amount_minor,Currency", rows("{pieces},{cents},JPY"))
    assert spend(workspace) == pytest.approx(100 * SPENT)


def test_a_role_given_by_hand_leaves_the_coin(load: Write, workspace: Workspace) -> None:
    upload = load(f"{START},Qty,price_cents", rows("{pieces},{price}"))
    for role in (Role.NUMERIC, Role.UNIT_PRICE):
        upload = set_role(workspace, upload.upload_id, "price_cents", role)
    assert spend(workspace) == pytest.approx(SPENT, abs=0.001)
