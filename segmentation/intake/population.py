"""Questions about customers, asked of one database, or of parts of it in which each customer is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import duckdb
import numpy as np
import pyarrow as pa

from segmentation.workspace import Workspace

_IDS = "SELECT customer_id FROM shop.customers ORDER BY sort_key NULLS FIRST, customer_id"
_WIDE = ("DECIMAL", "HUGEINT")


@dataclass(frozen=True)
class Query:
    """What is asked of the shop's tables and of `population` (customer: the place from 0, customer_id).

    Each of `selects` gives either rows with a column `customer`, which follow from that customer's rows and
    from `shop.products` alone and are ordered by customer first where a customer has several; or rows that
    hold for any part of the customers and are added up by who asked. `before` are statements that fill
    temporary tables; `values` are bound wherever they are named.
    """

    selects: tuple[str, ...]
    values: Mapping[str, object] = field(default_factory=dict)
    before: tuple[str, ...] = ()


class Population(Protocol):
    """Customers of whom something can be asked; `ids` are theirs (n,), object array of str, in order."""

    @property
    def ids(self) -> np.ndarray:
        """Who they are."""

    def ask(self, query: Query) -> tuple[pa.Table, ...]:
        """Return for each select the rows of all parts; those of customers are in the order of `ids`.

        Decimals are float64.
        """


class OneDatabase:
    """The customers of a workspace, asked of its database.

    :param ids: those meant, in any order; by default all of them, by (sort_key, customer_id).
    """

    def __init__(self, workspace: Workspace, ids: np.ndarray | None = None) -> None:
        self._workspace = workspace
        self._table = numbered(_all_ids(workspace) if ids is None else ids)

    @property
    def ids(self) -> np.ndarray:
        """Who they are."""
        return np.asarray(self._table["customer_id"].to_numpy(), dtype=object)

    def ask(self, query: Query) -> tuple[pa.Table, ...]:
        """Ask the database."""
        with self._workspace.cursor() as cursor:
            return answer(cursor, self._table, query)


def times_of(people: Population, select: str, values: Mapping[str, object] | None = None) -> dict[Any, int]:
    """Ask for rows of a key and how many times it is there; return them added up over all parts."""
    [found] = people.ask(Query((select,), values or {}))
    counted: dict[Any, int] = {}
    for key, times in zip(*(column.to_pylist() for column in found.columns), strict=True):
        counted[key] = counted.get(key, 0) + int(times)
    return counted


def numbered(ids: np.ndarray) -> pa.Table:
    """Return the customers as a table to join with: customer (from 0), customer_id."""
    places = pa.array(np.arange(len(ids)), type=pa.int64())
    return pa.table({"customer": places, "customer_id": pa.array(ids, type=pa.string())})


def answer(cursor: duckdb.DuckDBPyConnection, population: pa.Table, query: Query) -> tuple[pa.Table, ...]:
    """Answer a query about these customers from the shop's tables of one database."""
    cursor.register("population", population)
    try:
        for statement in query.before:
            cursor.execute(statement, _bound(statement, query))
        return tuple(_select(cursor, select, query) for select in query.selects)
    finally:
        cursor.unregister("population")


def _select(cursor: duckdb.DuckDBPyConnection, select: str, query: Query) -> pa.Table:
    found = cursor.sql(select, params=_bound(select, query))
    types = zip(found.columns, found.types, strict=True)
    columns = [
        f'CAST("{name}" AS DOUBLE) AS "{name}"' if str(kind).startswith(_WIDE) else f'"{name}"'
        for name, kind in types
    ]
    return found.project(", ".join(columns)).to_arrow_table()


def _bound(statement: str, query: Query) -> dict[str, object]:
    return {name: value for name, value in query.values.items() if f"${name}" in statement}


def _all_ids(workspace: Workspace) -> np.ndarray:
    with workspace.cursor() as cursor:
        return cursor.sql(_IDS).df()["customer_id"].to_numpy(dtype=object)
