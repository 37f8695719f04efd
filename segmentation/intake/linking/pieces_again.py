"""Files whose rows are pieces of other files' order lines, at the prices of these and on a later day."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import money

NEARLY_ALL, LATER = 0.95, 0.8
CENT = 0.011
_MAY_BE_SUMS = (Role.REFUND, Role.AMOUNT, Role.UNIT_PRICE, Role.NUMERIC)


def worth_of_pieces(cursor: duckdb.DuckDBPyConnection, source: Source, bases: Sequence[Source]) -> str | None:
    """Return SQL of what the pieces of each row are worth, on the raw table; None where rows are no pieces.

    Nearly each row names an order and is of no more pieces than one of its lines, at its price; a sum of the
    row is what one of them costs or all. Most are of a later day, none of an earlier one.
    """
    known = [base for base in bases if base.has(Role.TIMESTAMP) and base.has(Role.AMOUNT, Role.UNIT_PRICE)]
    if source.person is not None or not known or not source.has(Role.TIMESTAMP):
        return None
    pieces = "typed.quantity" if source.has(Role.QUANTITY) else "NULL"
    cells = [money(f"raw.c{c.position}", c.value_format) for c in source.columns(*_MAY_BE_SUMS)]
    found = {
        each: _share(cursor, source, known, each, pieces) for cell in cells for each in _ways(cell, pieces)
    }
    best = max(found, key=lambda way: found[way], default=None)
    return best if best is not None and found[best] >= NEARLY_ALL else None


def _ways(cell: str, pieces: str) -> tuple[str, ...]:
    """Return what a sum may be worth: itself, or that for each of the pieces."""
    return (cell,) if pieces == "NULL" else (cell, f"({cell} * {pieces})::DECIMAL(18,4)")


def _share(
    cursor: duckdb.DuckDBPyConnection, source: Source, bases: Sequence[Source], worth: str, pieces: str
) -> float:
    """Return the share of rows worth so many pieces of a line of their order; 0 where few are later."""
    lines = " UNION ALL ".join(
        f"SELECT order_id, moment, coalesce(quantity, 1) AS bought,"
        f" coalesce(amount, unit_price * coalesce(quantity, 1)) / nullif(coalesce(quantity, 1), 0) AS price"
        f" FROM {base.typed_view}"
        for base in bases
    )
    match, later = cursor.execute(
        f"""
        WITH lines AS ({lines}),
             told AS (SELECT typed.line, typed.order_id, typed.moment, {worth} AS worth, {pieces} AS pieces
                      FROM {source.typed_table} AS typed JOIN {source.raw_table} AS raw USING (line)),
             found AS (
                SELECT told.line, bool_or(
                           lines.moment <= told.moment AND lines.price > 0
                           AND coalesce(told.pieces, round(worth / lines.price)) BETWEEN 1 AND bought
                           AND abs(worth - coalesce(told.pieces, round(worth / lines.price)) * lines.price)
                               <= {CENT}) AS fits,
                       min(lines.moment) < min(told.moment) AS is_later
                FROM told LEFT JOIN lines USING (order_id) GROUP BY told.line)
        SELECT coalesce(avg(coalesce(fits, false)::INT), 0), coalesce(avg(coalesce(is_later, false)::INT), 0)
        FROM found"""
    ).fetchall()[0]
    return float(match) if later >= LATER else 0.0
