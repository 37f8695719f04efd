"""Which of several dates is the day of a row, where no header says it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from segmentation.intake.roles import Role
from tests.segmentation.intake.meaning.conftest import Write


def rows(*made: str) -> list[str]:
    """Write 60 order lines of 12 people: order, person, product, and dates by what is made of them."""
    found = []
    for n in range(60):
        order, person = n // 2, (n // 2) % 12
        day = date(2024, 1, 3) + timedelta(days=5 * order)
        dates = {
            "born": date(1960 + 2 * person, 1 + person, 3 + person),
            "since": date(2019, 1 + person, 5),
            "ordered": day,
            "paid": day + timedelta(days=order % 2),
            "sent": day + timedelta(days=2 + order % 3),
            "written": date(2024, 12, 31),
        }
        cells = ";".join(dates[name].isoformat() for name in made)
        found.append(f"{5000 + order};K{100 + person};P{200 + n % 9};{n % 4 + 1};{9.9 + n % 9:.2f};{cells}")
    return found


@pytest.mark.parametrize(
    "made",
    [
        ("ordered", "sent"),
        ("sent", "ordered"),
        ("born", "sent", "ordered"),
        ("written", "since", "paid", "ordered", "sent"),
        ("written", "sent", "born", "ordered", "since", "paid"),
    ],
)
def test_the_earliest_day_of_the_row_is_its_day(load: Write, made: tuple[str, ...]) -> None:
    header = "qwer;zuio;asdf;hjkl;yxcv;" + ";".join(f"w{n}x" for n in range(len(made)))
    found = load(header, rows(*made))
    [day] = [column.position for column in found.columns if column.role is Role.TIMESTAMP]
    assert made[day - 5] == "ordered"


def test_an_order_sent_in_parts_is_of_the_day_it_was_made(load: Write) -> None:
    lines = rows("ordered", "sent")
    parts = [
        line[:-10] + str(date.fromisoformat(line[-10:]) + timedelta(days=n % 2))
        for n, line in enumerate(lines)
    ]
    found = load("qwer;zuio;asdf;hjkl;yxcv;bnmq;tzui", parts)
    assert [c.position for c in found.columns if c.role is Role.TIMESTAMP] == [5]


def test_an_order_paid_in_parts_over_months_is_of_the_day_it_was_made(load: Write) -> None:
    lines = [
        f"{5000 + n};N{9000 + n};K{100 + n % 12};{30 + n * 7 % 50}.50;{made};{made + timedelta(days=part)}"
        for n in range(30)
        for part in (30, 60, 90)
        if (made := date(2024, 1, 3) + timedelta(days=5 * n))
    ]
    found = load("Pedido;Nota;Cliente;Valor da Parcela;w1x;w2x", lines)
    assert [c.name for c in found.columns if c.role is Role.TIMESTAMP] == ["w1x"]


def test_dates_that_do_not_follow_one_another_stay_as_they_were(load: Write) -> None:
    swapped = [line.replace(";2024-01-", ";2025-01-", 1) for line in rows("ordered", "sent")]
    found = load("qwer;zuio;asdf;hjkl;yxcv;bnmq;tzui", swapped)
    assert [c.position for c in found.columns if c.role is Role.TIMESTAMP] == [5]


def test_a_date_is_no_key_of_orders_or_people(load: Write) -> None:
    found = load("qwer;zuio;asdf;hjkl;yxcv;bnmq;tzui", rows("born", "ordered"))
    assert {found.columns[5].role, found.columns[6].role} <= {Role.TIMESTAMP, Role.IGNORE}


@pytest.mark.parametrize("nobody", ["0", "-1"])
def test_people_are_told_by_their_numbers_though_guests_have_one_of_all(load: Write, nobody: str) -> None:
    names = [
        f"{first} {last}"
        for first in ("Ann", "Ben", "Cleo", "Dora")
        for last in ("Hill", "Moor", "Lake", "West")
    ]
    lines = []
    for n in range(120):
        order = n // 2
        guest = order % 4 == 0
        who = nobody if guest else str(10200 + 7 * (order % 13))
        name = f"Guest{'abcdefghijklmno'[order // 4]} Stone" if guest else names[order % 13]
        day = date(2024, 1, 3) + timedelta(days=order)
        lines.append(f"{5000 + order};{day};{who};{name};P{200 + n % 9};{n % 4 + 1};{9.9 + n % 9:.2f}")
    found = load("qwer;zuio;asdf;hjkl;yxcv;bnmq;tzui", lines)
    assert found.columns[2].role is Role.CUSTOMER_ID


def test_one_meaning_heard_in_two_headers_is_none(load: Write) -> None:
    lines = [line.rpartition(";")[0] + f";{n % 7}" for n, line in enumerate(rows("ordered"))]
    days = [line.rpartition(";")[2] for line in rows("ordered")]
    cells = [line.split(";") for line in lines]
    written = [
        f"{c[0]};{day};{10300 + int(c[1][1:])};{c[2]};{c[3]};{c[4]}"
        for c, day in zip(cells, days, strict=True)
    ]
    found = load(
        "Eskaera zk.;Eskaeraren data;Bezeroaren kodea;Artikuluaren kodea;Kopurua;Aleko prezioa", written
    )
    assert Role.POSTAL_CODE not in {column.role for column in found.columns}
    assert found.columns[2].role is Role.CUSTOMER_ID


def test_days_of_a_spreadsheet_are_known_by_the_order_of_the_rows(load: Write) -> None:
    lines = [
        f"{7000 + 3 * n};{45294 + n // 2 * 3};MT{n % 14:03d};BD{n % 20:03d};{n % 3 + 1};{5 + n % 20}.90"
        for n in range(120)
    ]
    found = load("Oda;Tarehe;Mteja;Bidhaa;Idadi;Bei", lines)
    assert (found.columns[1].role, found.columns[1].value_format) == (Role.TIMESTAMP, "excel_serial")


def test_numbers_of_orders_are_no_days(load: Write) -> None:
    lines = [
        f"{45294 + n // 2};MT{n % 14:03d};BD{n % 20:03d};{n % 3 + 1};{5 + n % 20}.90" for n in range(120)
    ]
    found = load("Oda;Mteja;Bidhaa;Idadi;Bei", lines)
    assert Role.TIMESTAMP not in {column.role for column in found.columns}
