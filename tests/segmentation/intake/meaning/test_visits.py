"""Purchases that no number tells apart: people who come again on other days and pay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

CARE = {"Knippen": (30, 28.5), "Kleuren": (90, 68.5), "Brushing": (45, 31.0), "Scheren": (15, 12.0),
        "Permanent": (120, 95.0), "Epileren": (20, 19.5)}  # fmt: skip
PEOPLE = [
    f"{first} {last}"
    for first in ("Femke", "Bavo", "Ellen", "Stijn")
    for last in ("Maes", "Claes", "Wouters")
]


def visits(rows: int = 150) -> list[tuple[str, str, str, str, int, float]]:
    """Return the day, hour, person, treatment, minutes and price of each."""
    found = []
    for n in range(rows):
        care = [*CARE][n * n % 11 % 6]
        day = date(2023, 9, 1) + timedelta(days=n // 2)
        found.append((f"{day:%d/%m/%Y}", f"{9 + n % 2 * 5}:15", PEOPLE[n * 7 % 29 % 12], care, *CARE[care]))
    return found


def telephone(person: str) -> str:
    return f"0470 {11 + PEOPLE.index(person)} 34 56"


def found(workspace: Workspace) -> tuple[int, float]:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        query = "SELECT count(DISTINCT customer_id), sum(amount)::DOUBLE FROM shop.lines"
        customers, spend = cursor.execute(query).fetchall()[0]
        return customers, spend


def roles(upload: Upload) -> dict[str, Role]:
    return {column.name: column.role for column in upload.columns}


def test_visits_without_a_number_are_purchases_of_whom_they_name(load: Write, workspace: Workspace) -> None:
    rows = [f"{day};{hour};{who};{telephone(who)};{care};{minutes};€ {price:.2f}".replace(".", ",")
            for day, hour, who, care, minutes, price in visits()]  # fmt: skip
    upload = load("Datum;Uur;Klant;Gsm;Behandeling;Duur (min);Prijs", rows)
    assert upload.kind is Kind.ORDERS
    assert roles(upload)["Behandeling"] is Role.PRODUCT_NAME
    assert found(workspace) == (12, pytest.approx(sum(price for *_, price in visits())))


def test_under_headers_of_no_list_names_that_come_again_on_other_days_are_people(
    load: Write, workspace: Workspace
) -> None:
    rows = [f"{day};{hour};{who};{care};{price:.2f} €" for day, hour, who, care, _, price in visits()]
    upload = load("Zor;Qel;Vim;Hun;Jat", rows)
    assert (upload.kind, roles(upload)["Vim"]) == (Kind.ORDERS, Role.NAME)
    assert found(workspace) == (12, pytest.approx(sum(price for *_, price in visits())))


def test_goods_sold_again_on_other_days_are_no_people(load: Write) -> None:
    rows = [f"{day};{who};{minutes % 7 + 1};{(minutes % 7 + 1) * (3.5 + PEOPLE.index(who)):.2f}"
            for day, _, who, _, minutes, _ in visits()]  # fmt: skip
    assert load("Zor;Vim;Hun;Jat", rows).column_of(Role.NAME) is None


def test_those_who_serve_many_are_no_customers(load: Write) -> None:
    rows = [f"{day};{hour};{who};{n * 37 % 89}.50" for n, (day, hour, who, *_) in enumerate(visits(400))]
    assert load("Zor;Qel;Vim;Jat", rows).column_of(Role.NAME) is None
