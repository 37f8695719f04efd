"""Exports of orders put together by chance from columns that shop systems write."""

from __future__ import annotations

import random
from collections.abc import Callable

Cell = Callable[[random.Random, int, int], str]
"""Write the cell of a line of an order."""


def day(order: int) -> str:
    """Return the day of an order."""
    return f"2024-{1 + order // 20:02}-{1 + order * 7 % 28:02}"


def _german(order: int) -> str:
    return ".".join(reversed(day(order).split("-")))


def _goods(order: int, line: int) -> int:
    return (order * 3 + line) % 13


def _pieces(order: int, line: int) -> int:
    return 1 + (order + line) % 3


def _one_of(*values: str) -> Cell:
    return lambda chance, order, line: chance.choice(values)


def _in_turn(*values: str) -> Cell:
    return lambda chance, order, line: values[order % len(values)]


def _money(of: Callable[[int], float]) -> Cell:
    return lambda chance, order, line: f"{of(order):.2f}"


def _dated(each: int, with_day: bool = True) -> Cell:
    """Write a day in one of so many orders, or in all others."""
    return lambda chance, order, line: day(order) if (order % each == 3) is with_day else ""


NUMBERS: dict[str, Cell] = {
    "Name": lambda chance, order, line: f"#{1000 + order}",
    "Order ID": lambda chance, order, line: str(5000 + order),
    "Bestellnummer": lambda chance, order, line: f"B-{order:05}",
}
DAYS: dict[str, Cell] = {
    "Created at": lambda chance, order, line: f"{day(order)} 10:11:12",
    "Date": lambda chance, order, line: day(order),
    "Datum": lambda chance, order, line: _german(order),
}
PEOPLE: dict[str, Cell] = {
    "Email": lambda chance, order, line: f"k{order % 17}@example.com",
    "Customer ID": lambda chance, order, line: str(100 + order % 17),
    "Kunde": lambda chance, order, line: f"Anna Meier{order % 17}",
}
OF_LINES: dict[str, Cell] = {
    "Lineitem name": lambda chance, order, line: f"thing {_goods(order, line)}",
    "SKU": lambda chance, order, line: f"S{_goods(order, line):03}",
    "Quantity": lambda chance, order, line: str(_pieces(order, line)),
    "Price": lambda chance, order, line: f"{5 + _goods(order, line)}.50",
    "Line total": lambda chance, order, line: f"{_pieces(order, line) * (5.5 + _goods(order, line)):.2f}",
    "Lineitem discount": _money(lambda order: 1.5 * (order % 4 == 0)),
    "Lineitem fulfillment status": _one_of("fulfilled", "pending", "returned", ""),
    "Qty Refunded": _one_of(*"0000001"),
    "Returned": _one_of("yes", "no", "no", "no"),
    "Returned on": _one_of("2024-12-24", *[""] * 9),
    "Pack": lambda chance, order, line: ["1", "6", "12"][_goods(order, line) % 3],
    "Back": _one_of("x", *[""] * 4),
    "Afdrif": _one_of(*["Sent"] * 8, "Endursent", "Hætt við"),
}
OF_ORDERS: dict[str, Cell] = {
    "Total": _money(lambda order: 40 + order * 37 % 89),
    "Subtotal": _money(lambda order: 35 + order * 37 % 89),
    "Shipping": _money(lambda order: order % 3 * 2.5),
    "Taxes": _money(lambda order: (40 + order * 37 % 89) / 6),
    "Discount Amount": _money(lambda order: 3 * (order % 5 == 0)),
    "Refunded Amount": _money(lambda order: 10 * (order % 11 == 0)),
    "Gift card": _money(lambda order: 5 * (order % 6 == 0)),
    "Deposit": _money(lambda order: (40 + order * 37 % 89) / 4),
    "Amount due": _money(lambda order: 12 * (order % 10 == 0)),
    "Financial Status": _in_turn(*["paid"] * 4, "refunded", *["paid"] * 2, "pending", "voided"),
    "Cancelled at": _dated(7),
    "Paid at": _dated(9, with_day=False),
    "Shipped on": _dated(8, with_day=False),
    "Storniert": lambda chance, order, line: "x" if order % 13 == 0 else "",
    "Status": _in_turn("Completed", "Processing", "Glimmering"),
    "Kept": _in_turn(*"YNYY"),
    "Type": _in_turn("Sale", "Sale", "Sale", "Return"),
    "Currency": _in_turn("EUR", "EUR", "USD"),
    "Exchange rate": _in_turn("1", "1", "0.9"),
    "Country": _in_turn("DE", "FR"),
    "Shop": _in_turn("North", "South"),
    "Phone": lambda chance, order, line: f"+49 170 {order % 17:07}",
}


def mixed_export(seed: int) -> str:
    """Write the text of an export with columns, rows, order of columns and delimiter drawn by chance."""
    chance = random.Random(seed)
    heads = [some for some in (NUMBERS, DAYS, PEOPLE) if chance.random() < 0.9]
    of_orders = dict(chance.choice(list(some.items())) for some in heads)
    of_orders |= dict(chance.sample(list(OF_ORDERS.items()), chance.randint(1, 7)))
    of_lines = dict(chance.sample(list(OF_LINES.items()), chance.choice([0, chance.randint(1, 7)])))
    first_only, delimiter = chance.random() < 0.5, chance.choice(",;\t")
    names = [*of_orders, *of_lines]
    chance.shuffle(names)
    rows = [delimiter.join(names)]
    for order in range(chance.choice([25, 120])):
        for line in range(chance.randint(1, 3) if of_lines else 1):
            left_out = {*of_orders} - {*NUMBERS} if first_only and line else set()
            cells = of_orders | of_lines
            row = ("" if name in left_out else cells[name](chance, order, line) for name in names)
            rows.append(delimiter.join(row))
    return "\n".join(rows) + "\n"
