"""Rows that name several people: the buyer is the one that an order has once."""

from __future__ import annotations

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Role
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
