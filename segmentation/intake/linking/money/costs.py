"""What the goods of a line cost the shop: by the line, the product, or the margin that a person said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

import duckdb

from segmentation.intake.cleaning.handed_on import JudgedLines, exchanged
from segmentation.intake.roles import Kind, Role
from segmentation.intake.shop import Costs
from segmentation.intake.typed_reading import Source, is_percent

OF_ORDERS = 0.9
"""In so many orders of several lines the cost is the same on each: it is that of the order."""


NO_COST = 0.95
"""What is equal to what was paid in so many lines is no cost."""


class CostOf(StrEnum):
    """What a written cost is of; one of a whole order stands on each of its lines."""

    LINE = "line"
    PIECE = "piece"
    ORDER = "order"


_PAID = "abs(coalesce(own_amount, amount))"
_PIECES = "abs(coalesce(quantity, 1))"
_SHARE_OF_ORDER = f"({_PAID}::DOUBLE / nullif(sum({_PAID}) OVER (PARTITION BY order_id), 0)::DOUBLE)"
_TIMES = {CostOf.LINE: "1", CostOf.PIECE: _PIECES, CostOf.ORDER: _SHARE_OF_ORDER}

# One row per product with a cost, of one piece; where files disagree the middle one counts.
_PRODUCT_COSTS = "SELECT coalesce(product_id, product_name) AS product, cost FROM {view} WHERE cost > 0"


def read_product_costs(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> bool:
    """Make the temporary table product_costs (product, unit_cost); return whether any file has them."""
    told = [source for source in sources if source.kind is Kind.PRODUCTS and source.has(Role.COST)]
    rows = " UNION ALL ".join(_PRODUCT_COSTS.format(view=source.typed_view) for source in told)
    given = rows or "SELECT NULL::VARCHAR AS product, NULL::DECIMAL(18,4) AS cost WHERE false"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE product_costs AS
        SELECT product, quantile_disc(cost, 0.5) AS unit_cost FROM ({given})
        WHERE product IS NOT NULL GROUP BY product"""
    )
    return bool(cursor.execute("SELECT count(*) > 0 FROM product_costs").fetchall()[0][0])


def settle_costs(
    cursor: duckdb.DuckDBPyConnection, source: Source, judged: JudgedLines, margin: float | None
) -> None:
    """Make the cost of each judged line that of the whole line, in the currency that counts.

    It has the sign of the amount, since what comes back costs nothing; NULL where nobody says it, and where
    it is written as zero, which is how shops write that nobody has said it.

    :param margin: the share (0..1) of what was paid that a person said is left where no file has a cost.
    """
    if "cost" not in judged.has:
        return
    by_product = cursor.execute("SELECT count(*) FROM product_costs").fetchall()[0][0] > 0
    own = _own_cost(cursor, source, judged)
    if not (own or by_product or margin is not None):
        return
    ways = [exchanged(f"try_cast({own} AS DECIMAL(18,4))")] if own else []
    ways += [f"unit_cost * {_PIECES}"] if by_product else []
    ways += [f"abs(amount) * {1 - margin:.4f}"] if margin is not None else []
    cursor.execute(
        f"""
        UPDATE {judged.table} AS mine SET cost = found.cost
        FROM (SELECT line, try_cast(sign(amount) * coalesce({", ".join(ways)}) AS DECIMAL(18,4)) AS cost
              FROM {judged.rows} AS judged LEFT JOIN product_costs USING (product)) AS found
        WHERE mine.line = found.line"""
    )


def count_in_margin(cursor: duckdb.DuckDBPyConnection, said: float | None) -> Costs | None:
    """Sum up what is known of costs, and let margin be what lines are worth where that is enough.

    Lines without a cost are then worth the average margin of those with one.

    :param said: the margin that a person said of what has no cost.
    """
    if not cursor.execute("SELECT count(cost) FROM shop.lines").fetchall()[0][0]:
        return None
    known, every, cost = cursor.execute(
        """
        SELECT sum(amount) FILTER (cost IS NOT NULL), sum(amount), sum(cost)
        FROM shop.lines WHERE amount > 0"""
    ).fetchall()[0]
    if not known or cost is None:
        return None
    losing, loss = cursor.execute(
        """
        WITH margins AS (SELECT sum(amount - cost) AS margin FROM shop.lines
                         WHERE cost IS NOT NULL GROUP BY customer_id)
        SELECT count(*), coalesce(sum(margin), 0)::DOUBLE FROM margins WHERE margin < 0"""
    ).fetchall()[0]
    costs = Costs(float(known / every), float(known), float(cost), said, losing, -loss)
    if costs.count:
        usual = round(Decimal(cost) / Decimal(known), 8)
        for table in ("lines", "undone"):
            cursor.execute(
                f"UPDATE shop.{table} SET value = amount - coalesce(cost, (amount * {usual})::DECIMAL(18,4))"
            )
    return costs


def _own_cost(cursor: duckdb.DuckDBPyConnection, source: Source, judged: JudgedLines) -> str | None:
    """Return SQL of what the file itself says that a line cost, above zero; None where it says nothing."""
    if source.has(Role.COST):
        of = _cost_of(cursor, judged, "written_cost")
        return f"nullif(abs(written_cost), 0) * {_TIMES[of]}" if of else None
    profit = source.upload.column_of(Role.PROFIT)
    if profit and is_percent(profit):
        return f"{_PAID} * (1 - written_profit / 100)"
    of = _cost_of(cursor, judged, "written_profit") if profit else None
    return f"{_PAID} - sign(coalesce(own_amount, amount)) * written_profit * {_TIMES[of]}" if of else None


def _cost_of(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines, column: str) -> CostOf | None:
    """Find what a cost, or a profit, is of: what it is of, it is the steadier share of what that cost.

    None where it is what was paid, by another name.
    """
    alike = cursor.execute(
        f"""
        WITH orders AS (SELECT min({column}) = max({column}) AS same FROM {judged.rows}
                        WHERE rule IS NULL AND order_id IS NOT NULL AND {column} IS NOT NULL
                        GROUP BY order_id HAVING count(*) > 1 AND min(amount) < max(amount))
        SELECT coalesce(avg(same::INT), 0) FROM orders"""
    ).fetchall()[0][0]
    if alike >= OF_ORDERS:
        return CostOf.ORDER
    of_line, of_piece, same = cursor.execute(
        f"""
        WITH shares AS (SELECT {column} / {_PAID} AS of_line, {column} * {_PIECES} / {_PAID} AS of_piece
                        FROM {judged.rows}
                        WHERE rule IS NULL AND NOT backward AND amount > 0 AND {column} <> 0)
        SELECT mad(of_line) / nullif(median(abs(of_line)), 0),
               mad(of_piece) / nullif(median(abs(of_piece)), 0),
               coalesce(avg((abs(of_line - 1) < 0.001 OR abs(of_piece - 1) < 0.001)::INT), 1)
        FROM shares"""
    ).fetchall()[0]
    if same >= NO_COST:
        return None
    return CostOf.PIECE if of_piece is not None and of_piece < of_line else CostOf.LINE
