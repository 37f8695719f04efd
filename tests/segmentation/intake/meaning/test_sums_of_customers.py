"""Tables with a row for each customer, of what they bought in all: no orders, or asked about."""

from __future__ import annotations

import pytest

from segmentation.intake.roles import Kind, Role
from tests.segmentation.intake.meaning.conftest import Write


def people(sep: str, last: str) -> list[str]:
    return [
        sep.join(
            [f"k{at}@x.org", f"{1 + at * at % 7}", f"{20 + at * 37 % 700}", day(at), f"{last}{3000 + at * 3}"]
        )
        for at in range(90)
    ]


def day(at: int) -> str:
    return f"2024-{1 + at * 5 % 12:02}-{1 + at * 11 % 28:02}"


SUMS = [
    "Email,Orders,Total spent,Last order date,Last order number",
    "E-Mail,Anzahl Bestellungen,Umsatz gesamt,Letzte Bestellung,Letzte Bestellnummer",
    "E-mail,Nombre de commandes,Total,Dernière commande,Dernier numéro de commande",
]


@pytest.mark.parametrize("header", SUMS)
def test_the_last_order_of_each_customer_is_no_file_of_orders(load: Write, header: str) -> None:
    upload = load(header, people(",", "T"))
    assert upload.kind is Kind.CUSTOMERS
    assert [column.role for column in upload.columns[1:3]] == [Role.NUMERIC, Role.NUMERIC]


def test_what_may_count_orders_in_strange_words_is_asked_about(load: Write) -> None:
    upload = load("E-post;Tellimusi;Käive kokku;Viimane tellimus;Viimase tellimuse nr", people(";", "T"))
    assert "kind:" in [doubt.code for doubt in upload.doubts]


def test_one_order_of_each_customer_in_pieces_is_not_asked_about(load: Write) -> None:
    upload = load("Email,Quantity,Total,Date,Order number", people(",", "T"))
    assert upload.kind is Kind.ORDERS
    assert not upload.doubts


def test_a_column_for_each_month_is_a_table_of_customers(load: Write) -> None:
    months = "Urt;Ots;Mar;Api;Mai;Eka;Uzt;Abu;Ira;Urr;Aza;Abe"
    rows = [
        ";".join([f"B{200 + at}", *(f"{at * month * 37 % 389},{at % 9}0" for month in range(1, 13))])
        for at in range(90)
    ]
    assert load(f"Bezero kodea;{months}", rows).kind is Kind.CUSTOMERS
