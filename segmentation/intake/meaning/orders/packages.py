"""Orders of several goods told by a row with the money, above rows with the goods and none.

What the first row says goes into each row of goods, which cost pieces times price, and the row itself away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import duckdb
import numpy as np

from segmentation.intake.values.cast import DECIMAL_COMMA, number
from segmentation.intake.values.column_evidence import gather

TRIED, MOST_COLUMNS = 20_000, 60
FEWEST, NEARLY_ALL, CENT = 5, 0.98, 0.011


@dataclass(frozen=True)
class _Packages:
    """The columns of the money of a whole package, and of the pieces and the price of its goods."""

    money: int
    pieces: int
    price: int


def unfold_packages(cursor: duckdb.DuckDBPyConnection, table: str, width: int) -> int:
    """Let the rows of goods say what the row above them says of all; return how many such rows went away."""
    if not 4 <= width <= MOST_COLUMNS:
        return 0
    found = _find(cursor, table, width)
    if found is None:
        return 0
    money, price = f"c{found.money}", f"c{found.price}"
    head, part = f"({money} IS NOT NULL AND {price} IS NULL)", f"({money} IS NULL AND {price} IS NOT NULL)"
    cells = ", ".join(f"c{place} = {_value(cursor, table, found, place, width)}" for place in range(width))
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE packed AS
        WITH told AS (SELECT line, {part} AS is_part,
                             last_value(if({head}, line, NULL) IGNORE NULLS) OVER (ORDER BY line) AS head
                      FROM {table})
        SELECT told.line, heads.* EXCLUDE (line) FROM told JOIN {table} AS heads ON heads.line = told.head
        WHERE is_part"""
    )
    gone = cursor.execute(f"SELECT count(*) FROM {table} WHERE {head}").fetchall()[0][0]
    cursor.execute(
        f"""
        UPDATE {table} AS mine SET {cells} FROM packed WHERE mine.line = packed.line;
        DELETE FROM {table} WHERE {head};
        DROP TABLE packed"""
    )
    return int(gone)


def _value(cursor: duckdb.DuckDBPyConnection, table: str, found: _Packages, place: int, width: int) -> str:
    """Return SQL of what a row of goods says in a column: its own, else what the row above it says.

    Of numbers that each row of the file has for itself that of the row above, which numbers the order.
    """
    cell = f"c{place}"
    if place == found.money:
        cost = " * ".join(_number(cursor, table, one, "mine") for one in (found.pieces, found.price))
        written = f"printf('%.2f', {cost})"
        return f"replace({written}, '.', ',')" if _is_comma(cursor, table, place) else written
    [(own,)] = cursor.execute(
        f"SELECT count({cell}) = count(*) AND count(DISTINCT {cell}) = count(*) FROM {table}"
    ).fetchall()
    return f"packed.{cell}" if own else f"coalesce(mine.{cell}, packed.{cell})"


def _is_comma(cursor: duckdb.DuckDBPyConnection, table: str, place: int) -> bool:
    return (gather(cursor, table, place).number_format or "").endswith(DECIMAL_COMMA)


def _number(cursor: duckdb.DuckDBPyConnection, table: str, place: int, of: str) -> str:
    return number(f"{of}.c{place}", gather(cursor, table, place).number_format or "")


def _find(cursor: duckdb.DuckDBPyConnection, table: str, width: int) -> _Packages | None:
    """Find money that stands where a price does not, and what the prices and pieces below it come to."""
    fields = ", ".join(f"c{place} IS NOT NULL AS f{place}" for place in range(width))
    read = f"SELECT {fields} FROM {table} ORDER BY line LIMIT {TRIED}"
    filled = np.column_stack([*cursor.execute(read).fetchnumpy().values()])
    for money, price in _pairs(filled):
        values = [gather(cursor, table, place) for place in (money, price)]
        if not all(one.is_number and one.minimum >= 0 for one in values):
            continue
        for pieces in range(width):
            counts = pieces not in (money, price) and filled[filled[:, price], pieces].all()
            if counts and gather(cursor, table, pieces).is_number:
                found = _Packages(money, pieces, price)
                if _adds_up(cursor, table, found):
                    return found
    return None


def _pairs(filled: np.ndarray) -> Iterator[tuple[int, int]]:
    """Return columns of which each row fills one or both, and rows of the second alone follow on the first.

    Several of these, on the whole.
    """
    some = [place for place in range(filled.shape[1]) if 0 < filled[:, place].mean() < 1]
    for money, price in permutations(some, 2):
        head, part = filled[:, money] & ~filled[:, price], filled[:, price] & ~filled[:, money]
        either = filled[:, money] | filled[:, price]
        begins, below = part & ~np.roll(part, 1), np.roll(head, 1)
        told = not head[-1] and not part[0] and bool(either.all())
        if told and FEWEST <= head.sum() < part.sum() and np.array_equal(begins, below):
            yield money, price


def _adds_up(cursor: duckdb.DuckDBPyConnection, table: str, found: _Packages) -> bool:
    """Whether pieces times price are the money of nearly every package, and of rows that say both."""
    fields = (_number(cursor, table, place, "told") for place in (found.money, found.pieces, found.price))
    names = zip(fields, ("paid", "pieces", "price"), strict=True)
    read = ", ".join(f"coalesce({field}, 'nan') AS {name}" for field, name in names)
    rows = cursor.execute(f"SELECT {read} FROM {table} AS told ORDER BY line LIMIT {TRIED}").fetchnumpy()
    paid, cost = np.asarray(rows["paid"]), np.asarray(rows["pieces"]) * np.asarray(rows["price"])
    orders = np.cumsum(np.isfinite(paid)) - 1
    sums = np.bincount(orders, np.nan_to_num(cost))
    same = np.abs(sums - paid[np.isfinite(paid)]) <= CENT
    return bool(same.mean() >= NEARLY_ALL)
