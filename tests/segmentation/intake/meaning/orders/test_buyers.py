"""Rows that name several people: the buyer is the one that an order has once."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

TICKETS = [(7001 + at // 3, at // 3 % 17, at, 12 + at // 3 % 4) for at in range(150)]
"""Order, buyer, ticket and price of each row."""


def test_the_buyer_is_who_an_order_has_once(load: Write, workspace: Workspace) -> None:
    rows = [f"{order},2024-0{1 + order % 9}-11 10:{order % 60:02},Ada{at},Lee,a{at % 90}@x.test"
            f",{90017 + 13 * at},{price + at % 3}.50,Bo{who},Hill,b{who}@y.test"
            for order, who, at, price in TICKETS]  # fmt: skip
    header = "Order #,Order Date,First Name,Surname,Email,Attendee #,Total Paid"
    upload = load(f"{header},Buyer First Name,Buyer Surname,Buyer Email", rows)
    roles = {column.name: column.role for column in upload.columns}
    assert (roles["Order #"], roles["Buyer Email"]) == (Role.ORDER_ID, Role.EMAIL)
    assert {roles[name] for name in ("Email", "First Name", "Surname", "Attendee #")} == {Role.IGNORE}
    assert build_shop(workspace).customers == 17


def test_guests_whose_names_no_header_tells_are_no_goods(load: Write, workspace: Workspace) -> None:
    rows = [f"B{order},{90017 + 13 * at},2024-0{1 + order % 9}-11,a{at % 90}@x.test"
            f",{price + at % 3}.50,b{who}@y.test"
            for order, who, at, price in TICKETS]  # fmt: skip
    upload = load("Localizador,Billete,Fecha,Correo del pasajero,Importe,Correo del comprador", rows)
    roles = {column.name: column.role for column in upload.columns}
    assert (roles["Localizador"], roles["Correo del comprador"]) == (Role.ORDER_ID, Role.EMAIL)
    assert roles["Correo del pasajero"] is Role.IGNORE
    assert build_shop(workspace).customers == 17


def test_of_two_people_of_each_booking_it_is_asked_who_the_customer_is(
    load: Write, workspace: Workspace
) -> None:
    rows = [f"R{8000 + at},2024-0{1 + at % 9}-11,g{at * 7 % 41}@x.test,b{at % 13}@y.test,{80 + at % 7}.50"
            for at in range(120)]  # fmt: skip
    upload = load("Booking number,Booked on,Guest e-mail,Payer e-mail,Amount", rows)
    doubt = next(one for one in upload.doubts if one.code.startswith("customer:"))
    assert {one.answer: one.customers for one in doubt.options} == {
        "“Guest e-mail”": 41,
        "“Payer e-mail”": 13,
    }
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert build_shop(workspace).customers == doubt.options[1].customers


@pytest.mark.parametrize("header", ["Buyer e-mail,Gift for e-mail", "E-mail,Delivery e-mail"])
def test_headers_that_tell_buyers_from_others_decide(load: Write, header: str) -> None:
    rows = [f"R{8000 + at},2024-0{1 + at % 9}-11,b{at % 13}@y.test,g{at * 7 % 41}@x.test,{80 + at % 7}.50"
            for at in range(120)]  # fmt: skip
    upload = load(f"Order number,Ordered on,{header},Amount", rows)
    assert not [one for one in upload.doubts if one.code.startswith("customer:")]
    assert [column.name for column in upload.columns if column.role is Role.EMAIL] == header.split(",")[:1]
