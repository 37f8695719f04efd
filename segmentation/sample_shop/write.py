"""A generated shop with known segments: two ways of buying, three tastes that only the texts tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.errors import OptionError
from segmentation.sample_shop.customers import (
    BEHAVIOURS,
    FIRST_DAY,
    GUEST_SHARE,
    TASTES,
    Assortment,
    People,
    draw_events,
    draw_orders,
    draw_people,
    draw_reviews,
)
from segmentation.sample_shop.phones import phones_of
from segmentation.sample_shop.texts import Text, write_texts

CUSTOMERS_PER_PART = 50_000
NUMBERS_PER_CUSTOMER = 100
COUNTRIES = ("Germany", "United Kingdom", "France", "Netherlands", "Spain", "Austria", "Sweden")
COUNTRY_SHARES = (0.34, 0.22, 0.15, 0.11, 0.08, 0.06, 0.04)
FIRST_NAMES = (
    "Anna",
    "Ben",
    "Chloé",
    "David",
    "Elif",
    "Felix",
    "Grace",
    "Hugo",
    "Inés",
    "Jonas",
    "Lena",
    "Marta",
)
LAST_NAMES = (
    "Becker",
    "Costa",
    "Dubois",
    "Evans",
    "Fischer",
    "García",
    "Jansen",
    "Kaya",
    "Lindqvist",
    "Novak",
)


@dataclass(frozen=True)
class SampleShop:
    """The shop's exports as frames; `truth` has customer_id and segment, which no other frame tells."""

    customers: pd.DataFrame
    products: pd.DataFrame
    orders: pd.DataFrame
    events: pd.DataFrame
    reviews: pd.DataFrame
    truth: pd.DataFrame
    seed: int


def generate(customers: int = 2_000, seed: int = 7) -> SampleShop:
    """Return a shop of this many registered customers.

    :raises OptionError: for fewer than one customer.
    """
    parts = list(_parts(customers, seed))
    names = ("customers", "products", "orders", "events", "reviews", "truth")
    frames = {name: [part[name] for part in parts if name in part] for name in names}
    return SampleShop(**{name: pd.concat(frames[name], ignore_index=True) for name in names}, seed=seed)


def write_csvs(folder: Path, customers: int = 2_000, seed: int = 7) -> list[Path]:
    """Write the shop's exports and truth.csv, part by part so that any size fits in memory; return the files.

    :raises OptionError: for fewer than one customer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for part in _parts(customers, seed):
        for name, frame in part.items():
            path = folder / f"{name}.csv"
            _append(frame, path, first=path not in files)
            files += [] if path in files else [path]
    return files


def _append(frame: pd.DataFrame, path: Path, first: bool) -> None:
    import pyarrow as pa
    from pyarrow import csv

    options = csv.WriteOptions(include_header=first, quoting_style="needed")
    with path.open("wb" if first else "ab") as target:
        csv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), target, options)


def _parts(customers: int, seed: int) -> Iterator[dict[str, pd.DataFrame]]:
    """Give the shop in parts of at most 50,000 customers; the first one also has the products."""
    if customers < 1:
        raise OptionError(f"a shop of {customers} customers was asked for.", "Ask for at least one.")
    texts = write_texts()
    assortment = Assortment(texts, np.random.default_rng(seed))
    for first in range(0, customers, CUSTOMERS_PER_PART):
        rng = np.random.default_rng([seed, first])
        part = _part(rng, first, min(CUSTOMERS_PER_PART, customers - first), texts, assortment)
        countries = part["customers"]["country"]
        part["customers"].insert(3, "phone", phones_of(countries, seed, first))
        yield part if first else {"products": _export_products(texts, assortment), **part}


def _part(
    rng: np.random.Generator, first: int, count: int, texts: list[Text], assortment: Assortment
) -> dict[str, pd.DataFrame]:
    people = draw_people(rng, count)
    ids = _numbered("C", 10_000_000 + first + np.arange(count))
    lines = draw_orders(rng, people, assortment)
    guests = draw_orders(rng, draw_people(rng, int(count * GUEST_SHARE), behaviour=0), assortment)
    guests = guests.assign(customer=count, order=guests["order"] + lines["order"].max() + 1)
    numbers = first * NUMBERS_PER_CUSTOMER
    return {
        "customers": _export_customers(rng, ids, people),
        "orders": _export_orders(
            pd.concat([lines, guests]), np.array([*ids, None], dtype=object), assortment, numbers
        ),
        "events": _export_events(draw_events(rng, people, assortment, lines), ids, assortment, numbers),
        "reviews": _export_reviews(draw_reviews(rng, lines, texts), ids, assortment),
        "truth": pd.DataFrame({"customer_id": ids, "segment": _segments(people)}),
    }


def _segments(people: People) -> np.ndarray:
    names = np.array([[f"{each.name}, {taste}" for taste in TASTES] for each in BEHAVIOURS], dtype=object)
    return names[people.behaviour, people.taste]


def _export_customers(rng: np.random.Generator, ids: np.ndarray, people: People) -> pd.DataFrame:
    count = len(ids)
    first, last = rng.choice(FIRST_NAMES, count), rng.choice(LAST_NAMES, count)
    age = np.clip(rng.normal(42, 14, count).round(), 18, 88)
    host = rng.choice(["example.com", "example.org", "example.net"], count)
    signed_up = (FIRST_DAY + people.first_day - rng.geometric(0.3, count)).astype("datetime64[s]")
    return pd.DataFrame(
        {
            "customer_id": ids,
            "name": pd.Series(first) + " " + last,
            "email": (pd.Series(ids).str.lower() + "@" + host).mask(rng.random(count) < 0.06),
            "country": pd.Series(rng.choice(COUNTRIES, count, p=COUNTRY_SHARES)).mask(
                rng.random(count) < 0.03
            ),
            "age": pd.Series(age).mask(rng.random(count) < 0.18).astype("Int64"),
            "newsletter": np.where(rng.random(count) < 0.45, "yes", "no"),
            "signed_up": pd.Series(signed_up).dt.date,
        }
    )


def _export_products(texts: list[Text], assortment: Assortment) -> pd.DataFrame:
    products = pd.DataFrame(
        {
            "product_id": assortment.ids,
            "product_name": [text.name for text in texts],
            "category": [text.category for text in texts],
            "description": [text.description for text in texts],
            "price": assortment.price,
        }
    )
    return products.sort_values("product_id", ignore_index=True)


def _export_orders(
    lines: pd.DataFrame, ids: np.ndarray, assortment: Assortment, numbers: int
) -> pd.DataFrame:
    lines = lines.sort_values(["at", "order"], ignore_index=True)
    price = assortment.price[lines["product"]]
    return pd.DataFrame(
        {
            "order_id": _numbered("O", 10_000_000 + numbers + lines["order"].to_numpy()),
            "order_date": lines["at"],
            "customer_id": ids[lines["customer"]],
            "product_id": assortment.ids[lines["product"]],
            "quantity": lines["quantity"],
            "unit_price": price,
            "discount": lines["discount"],
            "amount": (lines["quantity"] * price * (1 - lines["discount"])).round(2),
            "status": np.where(lines["is_return"], "returned", "completed"),
            "currency": "EUR",
        }
    )


def _export_events(
    events: pd.DataFrame, ids: np.ndarray, assortment: Assortment, numbers: int
) -> pd.DataFrame:
    events = events.sort_values(["at", "session"], kind="stable", ignore_index=True)
    return pd.DataFrame(
        {
            "event_time": events["at"],
            "customer_id": ids[events["customer"]],
            "session_id": _numbered("S", 10_000_000 + numbers + events["session"].to_numpy()),
            "event_type": events["action"],
            "product_id": assortment.ids[events["product"]],
        }
    )


def _export_reviews(reviews: pd.DataFrame, ids: np.ndarray, assortment: Assortment) -> pd.DataFrame:
    reviews = reviews.sort_values(["at", "customer"], ignore_index=True)
    return pd.DataFrame(
        {
            "review_date": reviews["at"].dt.date,
            "customer_id": ids[reviews["customer"]],
            "product_id": assortment.ids[reviews["product"]],
            "rating": reviews["rating"],
            "review_text": reviews["text"],
        }
    )


def _numbered(prefix: str, numbers: np.ndarray) -> np.ndarray:
    return (prefix + pd.Series(numbers).astype(str)).to_numpy(dtype=object)
