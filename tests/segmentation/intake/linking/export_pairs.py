"""Pairs of exports that both hold some orders, part of which were refunded in between, with what is right."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

BACKS = ("column", "less", "fewer", "gone", "negative_same_day", "negative_own_day")
"""How a refund is written: in a column, as a smaller total, fewer pieces, a line left out, negative lines."""
LAYOUTS = {"grown": 90, "window": 120, "again": 180, "month": 180, "changed": 180}
"""The days that the early export holds; the late one holds more, later ones, the same, March, or the changed
orders alone."""
START = datetime(2024, 1, 1)
GOODS = (("Cup", 12), ("Pot", 35), ("Plate", 9), ("Knife", 48), ("Bowl", 17), ("Lamp", 80))
OF_ORDERS = ("state", "subtotal", "shipping", "total", "back")


@dataclass(frozen=True)
class Line:
    """Pieces of one thing, of which some came back."""

    thing: str
    pieces: int
    price: int
    back: int = 0


@dataclass(frozen=True)
class Order:
    """What somebody bought at a moment, and when part of it came back."""

    number: int
    person: int
    at: datetime
    lines: tuple[Line, ...]
    back_at: datetime | None = None

    @property
    def total(self) -> int:
        """What all of it cost."""
        return sum(line.pieces * line.price for line in self.lines)

    @property
    def back(self) -> int:
        """What was given back."""
        return sum(line.back * line.price for line in self.lines)


@dataclass(frozen=True)
class Shape:
    """How a system writes orders: its headers by what they are, its words, its numbers and dates."""

    name: str
    headers: dict[str, str]
    paid: str = ""
    partly: str = ""
    date: str = "%Y-%m-%d %H:%M:%S"
    decimal: str = "."
    first_only: bool = False
    number: str = "{}"

    @property
    def of_lines(self) -> bool:
        """Whether each row is a line of an order."""
        return "thing" in self.headers


SHAPES = (
    Shape(
        "shopify-en",
        {"number": "Name", "mail": "Email", "state": "Financial Status", "subtotal": "Subtotal",
         "shipping": "Shipping", "total": "Total", "at": "Created at", "pieces": "Lineitem quantity",
         "thing": "Lineitem name", "price": "Lineitem price", "back": "Refunded Amount"},
        "paid", "partially_refunded", "%Y-%m-%d %H:%M:%S +0100", first_only=True, number="#{}",
    ),
    Shape(
        "woocommerce-de",
        {"number": "Bestellnummer", "at": "Bestelldatum", "state": "Bestellstatus", "person": "Kundennummer",
         "total": "Gesamtsumme", "back": "Erstattungsbetrag"},
        "Abgeschlossen", "", "%d.%m.%Y %H:%M", ",",
    ),
    Shape(
        "woocommerce-lines-de",
        {"number": "Bestellnummer", "at": "Bestelldatum", "state": "Bestellstatus", "person": "Kundennummer",
         "thing": "Artikel", "pieces": "Menge", "price": "Einzelpreis", "line_total": "Positionssumme",
         "line_back": "Erstattet"},
        "Abgeschlossen", "Teilweise erstattet", "%d.%m.%Y %H:%M", ",",
    ),
    Shape(
        "plain-en",
        {"number": "order_id", "person": "customer_id", "at": "order_date", "thing": "product",
         "pieces": "quantity", "price": "unit_price"},
        date="%Y-%m-%d",
    ),
    Shape(
        "plain-es",
        {"number": "Pedido", "person": "Cliente", "at": "Fecha", "total": "Importe", "back": "Reembolso"},
        date="%d/%m/%Y", decimal=",",
    ),
    Shape(
        "plain-fr",
        {"number": "N° commande", "person": "N° client", "at": "Date de commande", "thing": "Produit",
         "pieces": "Quantité", "line_total": "Montant", "state": "Statut"},
        "Payée", "Partiellement remboursée", "%d/%m/%Y", ",",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two exports of one shop: `told` where a state says that part came back, `late_first` as brought."""

    shape: Shape
    back: str
    layout: str
    told: bool
    late_first: bool

    def __str__(self) -> str:
        told, first = ("told" if self.told else "untold"), ("late" if self.late_first else "early")
        return f"{self.shape.name} {self.back} {self.layout} {told} {first} first"

    @property
    def possible(self) -> bool:
        """Whether a system of this shape writes refunds so."""
        headers = self.shape.headers
        if self.told and not self.shape.partly:
            return False
        if self.back == "column":
            return "back" in headers or "line_back" in headers
        if self.back == "less":
            return not self.shape.of_lines
        return not self.shape.first_only and (self.shape.of_lines or self.back.startswith("negative"))


def all_pairs() -> list[Pair]:
    """Return every way of writing a pair."""
    pairs = product(SHAPES, BACKS, LAYOUTS, (True, False), (False, True))
    return [pair for one in pairs if (pair := Pair(*one)).possible]


def write_pair(pair: Pair, folder: Path, seed: int) -> tuple[list[Path], dict[str, int]]:
    """Write both exports; return them as they are brought, and what each customer spent."""
    early, late = _split(pair, random.Random(seed))
    files = [_write(early, pair, folder / "a.csv"), _write(late, pair, folder / "b.csv")]
    spent: dict[str, int] = {}
    for order in ({one.number: one for one in early} | {one.number: one for one in late}).values():
        who = f"K{order.person}" if "person" in pair.shape.headers else f"p{order.person}@example.com"
        spent[who] = spent.get(who, 0) + order.total - order.back
    return files[::-1] if pair.late_first else files, spent


def _split(pair: Pair, rng: random.Random) -> tuple[list[Order], list[Order]]:
    """Return the orders as the early export holds them, and as the late one does."""
    cut = START + timedelta(days=LAYOUTS[pair.layout])
    now: list[tuple[Order, Order]] = []
    for order in _orders(rng):
        known = _refunded(order, rng) if order.at < cut - timedelta(days=8) and rng.random() < 0.08 else order
        now.append((known, _refunded(order, rng) if known is order and rng.random() < 0.15 else known))
    march = START + timedelta(days=59)
    held = {
        "window": [one for _, one in now if one.at >= START + timedelta(days=60)],
        "month": [one for _, one in now if march <= one.at < march + timedelta(days=31)],
        "changed": [one for known, one in now if one is not known],
    }
    early = [known for known, _ in now if known.at < cut]
    return early, held.get(pair.layout, [one for _, one in now])


def _orders(rng: random.Random) -> Iterator[Order]:
    for place in range(240):
        at = START + timedelta(days=place * 0.75, hours=rng.randrange(6), minutes=rng.randrange(60))
        goods = rng.sample(GOODS, rng.choice((1, 2, 2, 3)))
        lines = tuple(Line(name, rng.choice((1, 1, 2, 3)), price) for name, price in goods)
        yield Order(1001 + place, 100 + rng.randrange(60), at, lines)


def _refunded(order: Order, rng: random.Random) -> Order:
    """Give part of an order back, where it has parts: a piece of several, else a line of several."""
    able = [place for place, line in enumerate(order.lines) if line.pieces > 1 or len(order.lines) > 1]
    if not able:
        return order
    chosen = rng.choice(able)
    lines = [replace(line, back=1 if at == chosen else 0) for at, line in enumerate(order.lines)]
    return replace(order, lines=tuple(lines), back_at=order.at + timedelta(days=rng.randrange(3, 7)))


def _write(orders: list[Order], pair: Pair, path: Path) -> Path:
    headers = pair.shape.headers
    names = [name for name in headers if pair.back == "column" or name not in ("back", "line_back")]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, delimiter=";" if pair.shape.decimal == "," else ",")
        out.writerow([headers[name] for name in names])
        out.writerows([row.get(name, "") for name in names] for order in orders for row in _rows(order, pair))
    return path


def _rows(order: Order, pair: Pair) -> Iterator[dict[str, object]]:
    shape, back = pair.shape, order.back if pair.back == "column" else 0
    facts = {
        "number": shape.number.format(order.number), "person": f"K{order.person}",
        "mail": f"p{order.person}@example.com", "at": order.at.strftime(shape.date),
        "state": shape.partly if order.back and pair.told else shape.paid,
        "subtotal": _money(order.total, shape), "shipping": _money(0, shape), "back": _money(back, shape),
        "total": _money(order.total - (order.back if pair.back == "less" else 0), shape),
    }  # fmt: skip
    if not shape.of_lines:
        yield facts
    kept = [line for line in order.lines if pair.back != "gone" or line.back < line.pieces]
    for place, line in enumerate(kept if shape.of_lines else ()):
        pieces = line.pieces - (line.back if pair.back in ("fewer", "gone") else 0)
        hidden = dict.fromkeys(OF_ORDERS if shape.first_only and place else (), "")
        came_back = line.back * line.price if pair.back == "column" else 0
        yield facts | _line(line, pieces, shape) | {"line_back": _money(came_back, shape)} | hidden
    if order.back and pair.back.startswith("negative"):
        day = order.at if pair.back.endswith("same_day") else order.back_at or order.at
        facts |= {"at": day.strftime(shape.date), "total": _money(-order.back, shape)}
        for line in (one for one in order.lines if one.back):
            yield facts | _line(line, -line.back, shape) | {"line_back": _money(0, shape)}


def _line(line: Line, pieces: int, shape: Shape) -> dict[str, object]:
    return {"thing": line.thing, "pieces": pieces, "price": _money(line.price, shape),
            "line_total": _money(pieces * line.price, shape)}  # fmt: skip


def _money(value: int, shape: Shape) -> str:
    return f"{value:.2f}".replace(".", shape.decimal)
