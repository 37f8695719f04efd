"""A made-up shop, told as WooCommerce and Shopify tell it: by their interfaces, and in their CSV exports."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

ZONE = "Europe/Berlin"
CENT = Decimal("0.01")
GOODS = [(f"SKU-{i:02}", name, Decimal(price)) for i, (name, price) in enumerate([
    ("Mug, blue", "12.50"), ("Tea pot", "34.00"), ("Linen towel", "18.90"), ("Candle", "9.90"),
    ("Vase “Nord”", "49.00"), ("Plate", "14.25"), ("Bread knife", "27.40"), ("Tray", "22.10"),
])]  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A buyer; guests have the number 0."""

    number: int
    email: str
    first: str
    last: str
    country: str


@dataclass(frozen=True)
class Line:
    """What was bought: the price of one piece and what was taken off the line, both without tax."""

    sku: str
    name: str
    quantity: int
    price: Decimal
    off: Decimal

    @property
    def full(self) -> Decimal:
        """Return what it would cost without a discount."""
        return self.price * self.quantity

    @property
    def paid(self) -> Decimal:
        """Return what was paid for it, without tax."""
        return self.full - self.off


@dataclass(frozen=True)
class Order:
    """An order; its moment is the shop's own time."""

    number: int
    who: Person
    moment: datetime
    state: str
    lines: tuple[Line, ...]
    shipping: Decimal
    rate: Decimal
    currency: str
    refunded: Decimal = Decimal("0.00")
    changed: datetime | None = None

    @property
    def tax(self) -> Decimal:
        """Return the tax on goods and shipping."""
        return ((self.net + self.shipping) * self.rate).quantize(CENT)

    @property
    def net(self) -> Decimal:
        """Return what the goods cost, without tax."""
        return sum((line.paid for line in self.lines), Decimal("0.00"))

    @property
    def off(self) -> Decimal:
        """Return what was taken off."""
        return sum((line.off for line in self.lines), Decimal("0.00"))

    @property
    def total(self) -> Decimal:
        """Return what was paid."""
        return self.net + self.shipping + self.tax

    @property
    def utc(self) -> datetime:
        """Return its moment in UTC."""
        return self.moment.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)

    @property
    def changed_utc(self) -> datetime:
        """Return the moment of its last change in UTC."""
        return self.changed or self.utc + timedelta(hours=2)


@dataclass
class World:
    """A shop: its people and orders."""

    people: list[Person]
    orders: list[Order]
    taxes_included: bool
    places: dict[int, int] = field(default_factory=dict)

    def change(self, number: int, **values: Any) -> None:
        """Change an order, as of now."""
        place = next(place for place, order in enumerate(self.orders) if order.number == number)
        self.orders[place] = replace(self.orders[place], changed=datetime.now(UTC), **values)


def make_world(seed: int, count: int = 230, taxes_included: bool = False, currencies: int = 1) -> World:
    """Make up a shop."""
    chance = Random(seed)
    people = [
        Person(
            0 if i % 4 == 0 else 100 + i, f"p{i}@mail.example", f"Ann{i}", f"Lee{i}", "DE" if i % 3 else "AT"
        )
        for i in range(60)
    ]
    start = datetime(2024, 1, 1, 9, 0)
    orders = []
    for i in range(count):
        chosen = chance.sample(GOODS, chance.randint(1, 3))
        reduced = chance.random() < 0.3
        lines = []
        for sku, name, price in chosen:
            pieces = chance.randint(1, 3)
            off = (price * pieces / 10).quantize(CENT) if reduced else Decimal("0.00")
            lines.append(Line(sku, name, pieces, price, off))
        state = chance.choices(["paid", "cancelled", "part_refunded", "refunded"], [85, 5, 6, 4])[0]
        order = Order(
            number=1001 + i,
            who=people[min(int(chance.expovariate(1 / 14)), 59)],
            moment=start + timedelta(hours=37 * i, minutes=chance.randint(0, 59)),
            state=state,
            lines=tuple(lines),
            shipping=Decimal(chance.choice(["0.00", "4.90"])),
            rate=Decimal("0.19"),
            currency="USD" if currencies > 1 and chance.random() < 0.12 else "EUR",
        )
        if state == "refunded":
            order = replace(order, refunded=order.total)
        if state == "part_refunded":
            order = replace(order, refunded=order.lines[0].paid)
        orders.append(order)
    return World(people, orders, taxes_included)


# WooCommerce

_WOO_STATES = {
    "paid": "completed",
    "cancelled": "cancelled",
    "part_refunded": "completed",
    "refunded": "refunded",
}


def woo_order(order: Order) -> dict[str, Any]:
    """Tell an order as `GET /wp-json/wc/v3/orders` does; amounts of lines are always without tax."""
    who = order.who
    return {
        "id": order.number,
        "number": str(order.number),
        "status": _WOO_STATES[order.state],
        "currency": order.currency,
        "date_created": order.moment.isoformat(),
        "date_modified_gmt": order.changed_utc.strftime("%Y-%m-%dT%H:%M:%S"),
        "discount_total": str(order.off),
        "shipping_total": str(order.shipping),
        "total": str(order.total),
        "total_tax": str(order.tax),
        "customer_id": who.number,
        "customer_note": "",
        "payment_method_title": "Card",
        "billing": {
            "first_name": who.first, "last_name": who.last, "city": "Ulm", "postcode": "89073",
            "country": who.country, "email": who.email, "phone": "",
        },
        "line_items": [
            {"id": 9 * order.number + place, "name": line.name, "sku": line.sku, "quantity": line.quantity,
             "subtotal": str(line.full), "total": str(line.paid), "price": float(line.paid / line.quantity)}
            for place, line in enumerate(order.lines)
        ],
        "coupon_lines": [{"code": "ten"}] if order.off else [],
        "refunds": [{"id": 7, "reason": "", "total": f"-{order.refunded}"}] if order.refunded else [],
    }  # fmt: skip


def woo_csv(world: World, path: Path) -> Path:
    """Write the same as the order export does: every field on every line of an order."""
    rows = [
        {
            "Order Number": order.number,
            "Order Status": _WOO_STATES[order.state].title(),
            "Order Date": order.moment.strftime("%Y-%m-%d %H:%M"),
            "Customer User ID": order.who.number,
            "Customer Note": "",
            "First Name (Billing)": order.who.first,
            "Last Name (Billing)": order.who.last,
            "Company (Billing)": "",
            "Address 1&2 (Billing)": "Gasse 1",
            "City (Billing)": "Ulm",
            "State Code (Billing)": "",
            "Postcode (Billing)": "89073",
            "Country Code (Billing)": order.who.country,
            "Email (Billing)": order.who.email,
            "Phone (Billing)": "",
            "Payment Method Title": "Card",
            "Currency": order.currency,
            "Cart Discount Amount": order.off,
            "Order Subtotal Amount": sum(line.full for line in order.lines),
            "Shipping Method Title": "Parcel",
            "Order Shipping Amount": order.shipping,
            "Order Refund Amount": order.refunded,
            "Order Total Amount": order.total,
            "Order Total Tax Amount": order.tax,
            "SKU": line.sku,
            "Item #": place,
            "Item Name": line.name,
            "Quantity": line.quantity,
            "Item Cost": (line.paid / line.quantity).quantize(CENT),
            "Coupon Code": "ten" if order.off else "",
        }
        for order in world.orders
        for place, line in enumerate(order.lines, start=1)
    ]
    return write_csv(rows, path)


# Shopify

_FINANCIAL = {
    "paid": "PAID",
    "cancelled": "VOIDED",
    "part_refunded": "PARTIALLY_REFUNDED",
    "refunded": "REFUNDED",
}


def shopify_money(world: World, order: Order) -> tuple[list[Decimal], list[Decimal], Decimal]:
    """Prices and discounts of lines, and the subtotal, as the shop enters them: with tax or without."""
    factor = 1 + order.rate if world.taxes_included else Decimal(1)
    prices = [(line.price * factor).quantize(CENT) for line in order.lines]
    offs = [(line.off * factor).quantize(CENT) for line in order.lines]
    pieces = [line.quantity for line in order.lines]
    return (
        prices,
        offs,
        sum((p * n - o for p, n, o in zip(prices, pieces, offs, strict=True)), Decimal("0.00")),
    )


def shopify_total(world: World, order: Order) -> tuple[Decimal, Decimal]:
    """Total and taxes: where prices include tax it is not added."""
    _, _, subtotal = shopify_money(world, order)
    if world.taxes_included:
        with_shipping = subtotal + order.shipping
        return with_shipping, (with_shipping - with_shipping / (1 + order.rate)).quantize(CENT)
    tax = ((subtotal + order.shipping) * order.rate).quantize(CENT)
    return subtotal + order.shipping + tax, tax


def shopify_lines(world: World, order: Order) -> list[dict[str, Any]]:
    """Tell an order and its lines as the file of a bulk operation does."""
    prices, offs, subtotal = shopify_money(world, order)
    total, tax = shopify_total(world, order)
    gid = f"gid://shopify/Order/{55500000 + order.number}"
    head = {
        "id": gid, "name": f"#{order.number}", "email": order.who.email, "phone": None, "note": None,
        "tags": [],
        "createdAt": order.utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "updatedAt": order.changed_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cancelledAt": order.utc.strftime("%Y-%m-%dT%H:%M:%SZ") if order.state == "cancelled" else None,
        "currencyCode": order.currency, "sourceName": "web", "discountCodes": ["TEN"] if order.off else [],
        "displayFinancialStatus": _FINANCIAL[order.state], "displayFulfillmentStatus": "FULFILLED",
        "customerAcceptsMarketing": order.who.number % 2 == 0,
        "billingAddress": {"name": f"{order.who.first} {order.who.last}", "city": "Ulm", "zip": "89073",
                           "countryCodeV2": order.who.country},
        "subtotalPriceSet": money(subtotal), "totalShippingPriceSet": money(order.shipping),
        "totalTaxSet": money(tax), "totalPriceSet": money(total), "totalDiscountsSet": money(sum(offs)),
        "totalRefundedSet": money(shopify_refund(world, order)),
    }  # fmt: skip
    lines = [
        {"id": f"gid://shopify/LineItem/{9 * order.number + place}", "name": line.name, "sku": line.sku,
         "quantity": line.quantity, "vendor": "Nord", "originalUnitPriceSet": money(prices[place]),
         "totalDiscountSet": money(offs[place]), "__parentId": gid}
        for place, line in enumerate(order.lines)
    ]  # fmt: skip
    return [head, *lines]


def shopify_refund(world: World, order: Order) -> Decimal:
    """Return what was given back, in the shop's own way of counting."""
    if order.state == "refunded":
        return shopify_total(world, order)[0]
    return order.refunded


def shopify_csv(world: World, path: Path) -> Path:
    """Write the same as orders_export.csv: what is of the whole order on its first line only."""
    rows = []
    for order in world.orders:
        prices, offs, subtotal = shopify_money(world, order)
        total, tax = shopify_total(world, order)
        local = order.utc.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%d %H:%M:%S %z")
        around = {
            "Financial Status": _FINANCIAL[order.state].lower(), "Paid at": local,
            "Fulfillment Status": "fulfilled", "Fulfilled at": local,
            "Accepts Marketing": "yes" if order.who.number % 2 == 0 else "no", "Currency": order.currency,
            "Subtotal": subtotal, "Shipping": order.shipping, "Taxes": tax, "Total": total,
            "Discount Code": "TEN" if order.off else "", "Discount Amount": sum(offs),
            "Shipping Method": "Parcel", "Created at": local,
        }  # fmt: skip
        after = {
            "Billing Name": f"{order.who.first} {order.who.last}", "Billing City": "Ulm",
            "Billing Zip": "'89073",
            "Billing Country": order.who.country, "Notes": "",
            "Cancelled at": local if order.state == "cancelled" else "", "Payment Method": "Card",
            "Refunded Amount": shopify_refund(world, order),
        }  # fmt: skip
        last = {"Id": 55500000 + order.number, "Tags": "", "Source": "web"}
        for place, line in enumerate(order.lines):
            own = {
                "Lineitem quantity": line.quantity, "Lineitem name": line.name,
                "Lineitem price": prices[place], "Lineitem compare at price": "", "Lineitem sku": line.sku,
                "Lineitem requires shipping": "true", "Lineitem taxable": "true",
                "Lineitem fulfillment status": "fulfilled",
            }  # fmt: skip
            more = {"Vendor": "Nord", "Lineitem discount": offs[place], "Phone": ""}
            head = {"Name": f"#{order.number}", "Email": order.who.email}
            rows.append(head | around | own | after | more | last)
            around, after, last = (dict.fromkeys(part, "") for part in (around, after, last))
    return write_csv(rows, path)


def money(amount: Decimal | int) -> dict[str, Any]:
    """Money as GraphQL has it."""
    return {"shopMoney": {"amount": f"{Decimal(amount):.2f}"}}


def write_csv(rows: Sequence[dict[str, Any]], path: Path) -> Path:
    """Write rows with their header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
