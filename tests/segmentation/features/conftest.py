"""A shop written by hand into the tables that intake fills."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import duckdb
import pytest

from segmentation.intake.linking.build import count_filled
from segmentation.intake.shop import TABLES, ProfileColumn, Shop
from segmentation.workspace import Workspace

MakeShop = Callable[..., Shop]


def insert_first(cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Fill the first columns of a table of the shop; the others are NULL."""
    given = cursor.execute(f"SELECT * FROM shop.{table} LIMIT 0").description or ()
    columns = ", ".join(name for name, *_ in given[: len(rows[0])])
    marks = ", ".join("?" * len(rows[0]))
    cursor.executemany(f"INSERT INTO shop.{table} ({columns}) VALUES ({marks})", rows)


@pytest.fixture
def make_shop(workspace: Workspace) -> Iterator[MakeShop]:
    """Give a function that fills the tables named as keywords with rows."""

    def make(
        customers: list[str],
        as_of: datetime | None = datetime(2024, 3, 31, 12),
        profile_columns: tuple[ProfileColumn, ...] = (),
        profile_ddl: str = "",
        **tables: list[tuple[object, ...]],
    ) -> Shop:
        with workspace.cursor() as cursor:
            cursor.execute(TABLES)
            cursor.execute(profile_ddl or "SELECT 1")
            cursor.executemany("INSERT INTO shop.customers VALUES (?, NULL)", [[name] for name in customers])
            for table, rows in tables.items():
                insert_first(cursor, table, rows)
            filled = count_filled(cursor)
        return Shop(
            customers=len(customers),
            customer_meaning="a customer",
            as_of=as_of,
            currency="EUR",
            has=frozenset(name for name, count in filled.items() if count),
            profile=profile_columns,
            links=(),
            notes=(),
            fingerprint="by hand",
        )

    return make
