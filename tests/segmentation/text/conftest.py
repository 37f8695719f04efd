"""A small shop whose texts say who likes what."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from segmentation.intake.shop import TABLES, Shop
from segmentation.workspace import Workspace

PRODUCTS = [
    ("p1", "Red summer dress", "Clothing", "A light cotton dress for warm days, washable, made in Portugal."),
    ("p2", "Linen shirt", "Clothing", "A white shirt of linen that breathes on hot days and dries quickly."),
    ("p3", "Cast iron pan", "Kitchen", "A heavy pan that keeps its heat and lasts for generations of cooks."),
    ("p4", "Chef's knife", "Kitchen", "A sharp knife of hard steel for vegetables, meat and fresh herbs."),
]
LINES = [
    ("ann", "p1", 30),
    ("ann", "p2", 10),
    ("bob", "p3", 40),
    ("bob", "p4", 20),
    ("cid", "p1", 20),
    ("cid", "p1", -20),
]
CUSTOMERS = ["ann", "bob", "cid", "dan", "eve"]


def fill_shop(workspace: Workspace, shuffle_seed: int | None = None) -> None:
    """Fill the shop's tables by hand, in another order where a seed is given."""

    def ordered(rows: Sequence[tuple]) -> list[tuple]:
        if shuffle_seed is None:
            return list(rows)
        return random.Random(shuffle_seed).sample(list(rows), len(rows))

    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.executemany(
            "INSERT INTO shop.customers VALUES (?, NULL)", ordered([(one,) for one in CUSTOMERS])
        )
        cursor.executemany("INSERT INTO shop.products VALUES (?, ?, ?, ?, NULL)", ordered(PRODUCTS))
        cursor.executemany(
            "INSERT INTO shop.lines (customer_id, product_id, amount, is_return, is_product) "
            "VALUES (?, ?, ?, FALSE, TRUE)",
            ordered(LINES),
        )
        cursor.execute("UPDATE shop.lines SET is_return = TRUE WHERE amount < 0")
        cursor.execute(
            "INSERT INTO shop.events (customer_id, product_id, action) VALUES "
            "('dan', 'p4', 'view'), ('dan', 'p4', 'cart'), ('ann', 'p1', 'view'), ('dan', 'p1', 'other')"
        )


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Give a workspace with the small shop."""
    fill_shop(workspace)
    return workspace


@pytest.fixture
def shop() -> Shop:
    """Give the facts of the small shop."""
    return Shop(
        5, "a customer", None, None, frozenset({"lines", "products.description"}), (), (), (), (), "x"
    )
