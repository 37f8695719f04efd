"""Orders of shops whose customers behave in ways of their own, and of shops where nobody has any.

`TRAITS` are the ways that the method was tried on, `KEPT_BACK` others that it was only scored on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

Rng = np.random.Generator
DAYS = 540
START = pd.Timestamp("2023-01-02")
SMALLEST = 0.1
CUSTOMERS = (1_000, 1_800)

USUAL = {"orders": 7.0, "value": 40.0, "hour": 14.0, "discounted": 0.3, "items": 2.0, "weekend": 0.3}
TRAITS: Mapping[str, tuple[float, float]] = {
    "orders": (4, 16),
    "value": (15, 90),
    "hour": (9, 20),
    "discounted": (0.05, 0.6),
}
KEPT_BACK: Mapping[str, tuple[float, float]] = {
    "orders": (5, 22),
    "items": (1.2, 8),
    "value": (20, 120),
    "weekend": (0.08, 0.75),
    "hour": (10, 21),
}


@dataclass(frozen=True)
class Orders:
    """A frame of orders as an export has them, and the group of every customer by id."""

    frame: pd.DataFrame
    truth: pd.Series
    told: str

    @property
    def k(self) -> int:
        """How many groups there are."""
        return int(self.truth.max()) + 1


def ways(rng: Rng, traits: Mapping[str, tuple[float, float]], k: int) -> np.ndarray:
    """Draw k ways of buying, low or high in each trait, of which any two differ in two traits or more."""
    while True:
        found = rng.integers(0, 2, (k, len(traits)))
        if all((left != right).sum() >= 2 for left, right in combinations(found, 2)):
            return found


def deal_out(rng: Rng, levels: dict[str, np.ndarray], n: int) -> pd.DataFrame:
    """Write the orders of n customers whose usual figures are these, with each one's own leaning and luck."""
    lean = rng.gamma(6, 1 / 6, n)
    count = 1 + rng.poisson(np.maximum(levels["orders"] - 1, 0) * lean)
    who = np.repeat(np.arange(n), count)
    first = rng.uniform(0, DAYS * 0.6, n)
    life = rng.uniform(0.3, 1, n) * (DAYS - first)
    day = np.floor(first[who] + rng.random(len(who)) * life[who])
    day = to_weekend(rng, day, levels["weekend"][who])
    hour = np.clip(rng.normal(levels["hour"][who], 2), 0, 23.9)
    value = levels["value"][who] * np.exp(rng.normal(0, 0.2, n)[who] + rng.normal(0, 0.4, len(who)))
    own = rng.beta(10 * levels["discounted"], 10 * (1 - levels["discounted"]))
    discounted = rng.random(len(who)) < own[who]
    items = 1 + rng.poisson(np.maximum(levels["items"] * rng.gamma(12, 1 / 12, n) - 1, 0)[who])
    return pd.DataFrame(
        {
            "order_id": [f"O{number:06d}" for number in rng.permutation(len(who))],
            "customer_id": [f"C{one:05d}" for one in who],
            "order_date": START + pd.to_timedelta(day * 24 + hour, unit="h").round("s"),
            "quantity": items,
            "amount": value.round(2),
            "discount": np.where(discounted, 0.2, 0.0),
        }
    )


def to_weekend(rng: Rng, day: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Move every day within its week to a Saturday or Sunday with this chance, else to a weekday."""
    weekend = rng.random(len(day)) < share
    return day // 7 * 7 + np.where(weekend, rng.integers(5, 7, len(day)), rng.integers(0, 5, len(day)))


def plant_orders(traits: Mapping[str, tuple[float, float]], seed: int, place: int) -> Orders:
    """Make the shop of this place, of 2 to 5 ways of buying."""
    rng = np.random.default_rng([seed, 5_000 + place])
    k, n = 2 + place % 4, int(rng.integers(*CUSTOMERS))
    shares = SMALLEST + (1 - SMALLEST * k) * rng.dirichlet(np.full(k, 4.0))
    truth = rng.choice(k, n, p=shares)
    chosen = ways(rng, traits, k)[truth]
    levels = {name: np.full(n, usual) for name, usual in USUAL.items()}
    for column, (name, ends) in enumerate(traits.items()):
        levels[name] = np.array(ends)[chosen[:, column]]
    ids = [f"C{one:05d}" for one in range(n)]
    return Orders(deal_out(rng, levels, n), pd.Series(truth, index=ids), f"k={k} n={n}")


def plain_orders(seed: int, place: int) -> Orders:
    """Make the shop of this place in which customers differ only in how often they come, smoothly.

    Every second one has a usual value of each customer's own, too, and every third many who came once.
    """
    rng = np.random.default_rng([seed, 9_000 + place])
    n = int(rng.integers(*CUSTOMERS))
    levels = {name: np.full(n, usual) for name, usual in USUAL.items()}
    levels["orders"] = np.exp(rng.normal(1.2, 0.8, n))
    if place % 2:
        levels["value"] = np.exp(rng.normal(3.5, 0.6, n))
    if place % 3 == 0:
        levels["orders"][rng.random(n) < 0.5] = 1
    ids = [f"C{one:05d}" for one in range(n)]
    return Orders(deal_out(rng, levels, n), pd.Series(0, index=ids), f"plain n={n}")


def chance_orders(seed: int, place: int) -> Orders:
    """Make the shop of this place in which all customers are alike, and chance alone tells them apart."""
    rng = np.random.default_rng([seed, 13_000 + place])
    n, rate = int(rng.integers(*CUSTOMERS)), rng.uniform(3, 15)
    count = rng.poisson(rate, n)
    who = np.repeat(np.arange(n), count)
    moment = rng.uniform(0, DAYS, len(who))
    return Orders(
        pd.DataFrame(
            {
                "order_id": [f"O{number:06d}" for number in rng.permutation(len(who))],
                "customer_id": [f"C{one:05d}" for one in who],
                "order_date": START + pd.to_timedelta(moment, unit="D").round("s"),
                "quantity": 1 + rng.poisson(1, len(who)),
                "amount": np.exp(rng.normal(3.5, 0.6, len(who))).round(2),
            }
        ),
        pd.Series(0, index=[f"C{one:05d}" for one in range(n)]),
        f"chance rate={rate:.1f} n={n}",
    )


def dealt_anew(orders: Orders, seed: int) -> Orders:
    """Give every order another customer, as many to each as before: what nobody does by habit is left."""
    shuffled = np.random.default_rng([seed, 77]).permutation(orders.frame["customer_id"])
    return Orders(orders.frame.assign(customer_id=shuffled), 0 * orders.truth, f"dealt, {orders.told}")
