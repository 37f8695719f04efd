"""Numbers that run along the days are of orders, under whatever header."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

NAMES = [
    f"{last} {first}" for last in ("Tau", "Noa", "Lelei", "Vai") for first in ("Ama", "Fetu", "Io", "Malo")
]
DAYS = [date(2022, 11, 2) + timedelta(days=4 * n + n % 3) for n in range(180)]


def numbers(within: str) -> list[tuple[str, int]]:
    """Give the shop and number of each order, numbered anew in each shop, year, or both."""
    counted: dict[str, int] = {}
    found = []
    for n, day in enumerate(DAYS):
        shop = "XY"[n % 3 == 0]
        key = {"shop": shop, "year": str(day.year), "shop and year": f"{shop}{day.year}"}[within]
        counted[key] = counted.get(key, 0) + 1
        found.append((shop, counted[key]))
    return found


@pytest.mark.parametrize("within", ["shop", "year", "shop and year"])
def test_numbers_that_begin_anew_are_orders_and_no_pieces(
    load: Write, workspace: Workspace, within: str
) -> None:
    rows, total = [], 0.0
    for n, (shop, number) in enumerate(numbers(within)):
        for line in range(1 + n % 3):
            goods = (n * 7 + line) % 11
            pieces, price = 1 + (n + line) % 4, 3.25 + goods % 9
            total += pieces * price
            rows.append(f"{number},{shop},{DAYS[n]},{NAMES[n * 5 % 13]},t{goods + 20},{pieces},{price}")
    upload = load("Zor,Qel,Vim,Hun,Jat,Pib,Kow", rows)
    column = upload.column_of(Role.ORDER_ID)
    assert column and column.name == "Zor"
    assert all(word in column.reason for word in within.replace("shop", "“Qel”").split(" and "))
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT count(DISTINCT order_id), count(DISTINCT customer_id), sum(amount)::DOUBLE"
            " FROM shop.lines"
        ).fetchall()
    assert found == [(180, 13, pytest.approx(total))]


def test_the_date_that_orders_follow_counts_and_no_birthday(load: Write) -> None:
    rows = [
        f"{600 + n},{date(1950 + 3 * (n * 5 % 13), 2, 9)},{day},{NAMES[n * 5 % 13]},{n * 37 % 89}.50"
        for n, day in enumerate(DAYS)
    ]
    upload = load("Zor,Vim,Tol,Hun,Kow", rows)
    assert {column.name: column.role for column in upload.columns} == {
        "Zor": Role.ORDER_ID,
        "Vim": Role.IGNORE,
        "Tol": Role.TIMESTAMP,
        "Hun": Role.NAME,
        "Kow": Role.AMOUNT,
    }


def test_people_numbered_as_they_came_are_no_orders(load: Write) -> None:
    towns = ("Alt Grau", "Neu Rot", "Ober Blau", "Unter Gelb")
    rows = [f"{600 + n},{day},{towns[n % 4]},{n * 37 % 89}.50" for n, day in enumerate(DAYS)]
    assert load("Zor,Vim,Hun,Kow", rows).column_of(Role.ORDER_ID) is None


def test_numbers_run_along_days_that_are_written_as_numbers(load: Write, workspace: Workspace) -> None:
    rows = [
        f"{10001 + n},{day:%Y%m%d},{NAMES[n * 7 % 16]},{20 + n * 37 % 89}.50,{n % 5}.90,"
        f"{21 + n * 37 % 89 + n % 5}.40"
        for n, day in enumerate(DAYS)
    ]
    upload = load("زاكاز نومۇرى,چېسلا,خېرىدار,مال پۇلى,توشۇش,جەمئىي", rows)
    assert [column.role for column in upload.columns[:3]] == [Role.ORDER_ID, Role.TIMESTAMP, Role.NAME]
    build_shop(workspace)
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT count(DISTINCT order_id) FROM shop.lines").fetchall()[0][0] == 180


OWN = {
    "long numbers": lambda n: str(3_000_000 + n * 7919 % 99_991),
    "letters and digits": lambda n: f"{hash_of(n):06X}"[-6:],
}


def hash_of(n: int) -> int:
    return (n + 1) * 2_654_435_761 % 2**24


@pytest.mark.parametrize("own", OWN.values(), ids=list(OWN))
def test_a_number_of_its_own_for_each_row_is_an_order_where_people_come_again(
    load: Write, workspace: Workspace, own: Callable[[int], str]
) -> None:
    rows = [
        f"{own(n)},{NAMES[n * 7 % 16]},{day:%d.%m.%Y},{20 + n * 7919 % 1801 * 0.11:.2f}"
        for n, day in enumerate(DAYS)
    ]
    upload = load("Broj rezervacije,Rezervirao,Datum,Cijena", rows)
    assert [column.role for column in upload.columns[:3]] == [Role.ORDER_ID, Role.NAME, Role.TIMESTAMP]
    build_shop(workspace)
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT count(DISTINCT customer_id) FROM shop.lines").fetchall()[0][0] == 16


def test_a_number_of_its_own_for_each_review_is_nobody_where_authors_come_again(load: Write) -> None:
    own, said = OWN["long numbers"], "came early and looks good"
    rows = [
        f"{own(n)},{NAMES[n * 7 % 16]},{day},{1 + n % 5},thing number {n} {said}"
        for n, day in enumerate(DAYS)
    ]
    upload = load("id,author,written,stars,review", rows)
    assert (upload.kind, upload.column_of(Role.CUSTOMER_ID), upload.doubts) == (Kind.REVIEWS, None, ())


def test_people_of_the_same_name_with_addresses_of_their_own_are_no_orders(load: Write) -> None:
    own = OWN["long numbers"]
    rows = [
        f"{own(n)},{NAMES[n * 7 % 16]},k{n}@example.fr,{day:%d/%m/%Y},{20 + n * 37 % 89}.50"
        for n, day in enumerate(DAYS)
    ]
    upload = load("Identifiant,Nom complet,Courriel,Inscrit le,CA total", rows)
    assert (upload.kind, upload.columns[0].role) == (Kind.CUSTOMERS, Role.CUSTOMER_ID)


def test_a_number_of_orders_that_may_be_a_telephone_is_none(load: Write) -> None:
    own = OWN["long numbers"]
    rows = [
        f"{own(n)},{day:%d/%m/%Y},{NAMES[n * 7 % 16]},k{n * 7 % 16}@example.ch,{20 + n * 37 % 89}.50"
        for n, day in enumerate(DAYS)
    ]
    upload = load("Numer d'empustaziun,Data,Client,E-mail,Total CHF", rows)
    assert (upload.kind, upload.columns[0].role) == (Kind.ORDERS, Role.ORDER_ID)


def test_numbers_run_along_days_in_the_digits_of_another_script(load: Write, workspace: Workspace) -> None:
    digits = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
    rows = [
        f"{1 + n},{day:%d/%m/%Y},{NAMES[n * 7 % 16]},0{12_345_678 + n * 7 % 16 * 7919},{20 + n * 37 % 89}.50"
        .translate(digits)
        for n, day in enumerate(DAYS)
        for _ in range(1 + n % 2)
    ]  # fmt: skip
    upload = load("លេខ,ថ្ងៃ,ឈ្មោះ,ទូរស័ព្ទ,សរុប", rows)
    assert [column.role for column in upload.columns[:3]] == [Role.ORDER_ID, Role.TIMESTAMP, Role.NAME]
    build_shop(workspace)
    with workspace.cursor() as cursor:
        found = "SELECT count(DISTINCT order_id), count(DISTINCT customer_id) FROM shop.lines"
        assert cursor.execute(found).fetchall() == [(180, 16)]
