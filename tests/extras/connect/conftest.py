"""A PostgreSQL with the sample shop in it, and the same shop as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from segmentation.connect.databases.address import Login
from segmentation.sample_shop import write_csvs
from tests.extras.connect.postgres_server import PASSWORD, USER, Server, server

TYPES = {
    "customers": "customer_id text PRIMARY KEY, name text, email text, phone text, country text, age int,"
    " newsletter text, signed_up date",
    "orders": "order_id text, order_date timestamp, customer_id text, product_id text, quantity int,"
    " unit_price numeric(12,2), discount numeric(12,2), amount numeric(12,2), status text, currency char(3)",
    "products": "product_id text PRIMARY KEY, product_name text, category text, description text,"
    " price numeric(12,2)",
    "reviews": "review_date date, customer_id text, product_id text, rating int, review_text text",
}


@pytest.fixture(scope="session")
def csvs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("shop")
    return {path.stem: path for path in write_csvs(folder, customers=150) if path.stem in TYPES}


@pytest.fixture(scope="session")
def postgres(csvs: dict[str, Path]) -> Iterator[Server]:
    with server() as running:
        for name, columns in TYPES.items():
            running.sql(f"CREATE TABLE {name} ({columns})", f"\\copy {name} FROM '{csvs[name]}' CSV HEADER")
        running.sql("ANALYZE")
        yield running


@pytest.fixture
def login() -> Login:
    return Login(USER, PASSWORD)
