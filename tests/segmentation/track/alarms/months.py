"""A made-up shop of orders, a row each, in which a month can be made another."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FIRST, LAST = date(2023, 1, 1), date(2024, 2, 10)
LAST_MONTH = date(2024, 1, 10)
Row = dict[str, object]
Change = Callable[[Row], Row]

KINDS = ((5, 20.0, 40), (20, 20.0, 12), (5, 90.0, 25), (20, 90.0, 60))
"""Of each kind of customer: days between orders in tens, money for an order, orders on a weekday hour."""


def orders(customers: int, seed: int) -> list[Row]:
    """Draw a shop that grows little: customers of four kinds, most of them there from the beginning."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for number in range(customers):
        every, money, _ = KINDS[number % len(KINDS)]
        day = FIRST + timedelta(days=int(rng.integers(0, 120 if number % 10 else 400)))
        while day <= LAST:
            rows.append(
                {
                    "customer_id": f"c{number:04d}",
                    "order_id": f"o{len(rows):06d}",
                    "order_date": day,
                    "amount": round(float(money * rng.lognormal(0, 0.3)), 2),
                }
            )
            day += timedelta(days=max(1, int(rng.exponential(every * 3))))
    return rows


def in_the_last_month(rows: list[Row], change: Change) -> list[Row]:
    """Change every order of the last month."""
    return [change(dict(row)) if row["order_date"] > LAST_MONTH else row for row in rows]


def newcomers(number: int, seed: int, money: float) -> list[Row]:
    """Draw customers who come in the last month and order five times, for so much money each time."""
    rng = np.random.default_rng(seed)
    return [
        {
            "customer_id": f"n{at:04d}",
            "order_id": f"n{at:04d}-{time}",
            "order_date": LAST_MONTH + timedelta(days=1 + 6 * time + at % 3),
            "amount": round(float(money * rng.lognormal(0, 0.1)), 2),
        }
        for at in range(number)
        for time in range(5)
    ]


def write(rows: list[Row], path: Path) -> Path:
    """Write the orders as a file."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
