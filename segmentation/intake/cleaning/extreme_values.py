"""Values that cannot be and orders beyond all others, told by robust measures of what is usual."""

from __future__ import annotations

import duckdb

from segmentation.intake.cleaning.handed_on import JudgedLines, Lines
from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.roles import Column

ENOUGH_ORDERS = 50
FAR_ORDER = 5.0
ENOUGH_VALUES = 20
FAR_VALUE = 4.0
LONE_GAP = 1.5
MOST_LONE = 0.005
OLDEST = 115
# The median absolute deviation of a normal distribution, times this, is its standard deviation.
MAD_TO_SD = 1.4826


def find_extreme_orders(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines) -> Lines:
    """Find the lines of the orders whose log amount is five spreads above the middle."""
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE extreme_lines AS
        WITH lines AS (SELECT line, hash(customer_id, order_id, if(order_id IS NULL, moment, NULL)) AS placed,
                              amount FROM {judged.table} WHERE rule IS NULL AND NOT backward),
             totals AS (SELECT placed, ln(sum(amount)::DOUBLE) AS size FROM lines
                        GROUP BY placed HAVING sum(amount) > 0),
             usual AS (SELECT median(size) AS middle, greatest(mad(size) * {MAD_TO_SD}, 0.2) AS spread,
                              count(*) AS n FROM totals),
             extreme AS (SELECT placed FROM totals, usual
                         WHERE n >= {ENOUGH_ORDERS} AND size > middle + {FAR_ORDER} * spread)
        SELECT line FROM lines SEMI JOIN extreme USING (placed)"""
    )
    return Lines("extreme_lines")


def impossible(cursor: duckdb.DuckDBPyConnection, table: str, name: str, column: Column) -> str:
    """Return the SQL condition that tells the values of a column which cannot be, "false" where all can.

    A value cannot be where it stands alone: four spreads from the middle and beyond a gap of 1.5 spreads,
    both as it is and on a log scale (so that a long tail is no fault), with one customer in 200 at most.
    Ages and years of birth have limits of their own.
    """
    low, high, middle = cursor.execute(
        f"""
        WITH given AS (SELECT {name} AS x, asinh({name}) AS y FROM {table} WHERE {name} IS NOT NULL),
             usual AS (SELECT median(x) AS mx, mad(x) * {MAD_TO_SD} AS sx, median(y) AS my,
                              mad(y) * {MAD_TO_SD} AS sy, count(*) AS n FROM given),
             sizes AS (SELECT x, y, count(*) AS n FROM given GROUP BY x, y),
             ranked AS (SELECT x, y, sum(n) OVER up AS below, sum(n) OVER (ORDER BY x DESC) AS above,
                               lead(x) OVER up AS next_x, lead(y) OVER up AS next_y,
                               lag(x) OVER up AS last_x, lag(y) OVER up AS last_y
                        FROM sizes WINDOW up AS (ORDER BY x)),
             lone AS (SELECT max(x) FILTER (below <= greatest(1, {MOST_LONE} * n)
                               AND mx - x > {FAR_VALUE} * sx AND my - y > {FAR_VALUE} * sy
                               AND next_x - x > {LONE_GAP} * sx AND next_y - y > {LONE_GAP} * sy) AS low,
                             min(x) FILTER (above <= greatest(1, {MOST_LONE} * n)
                               AND x - mx > {FAR_VALUE} * sx AND y - my > {FAR_VALUE} * sy
                               AND x - last_x > {LONE_GAP} * sx AND y - last_y > {LONE_GAP} * sy) AS high
                      FROM ranked, usual WHERE n >= {ENOUGH_VALUES} AND sx > 0 AND sy > 0)
        SELECT low, high, (SELECT mx FROM usual) FROM lone"""
    ).fetchall()[0]
    parts = [f"{name} <= {low!r}"] if low is not None else []
    parts += [f"{name} >= {high!r}"] if high is not None else []
    if middle is not None and Concept.BIRTH in concepts_of(column.name):
        parts += _no_age(name, middle)
    return " OR ".join(parts) or "false"


def _no_age(name: str, middle: float) -> list[str]:
    """Return the conditions of ages and years of birth that nobody has."""
    this_year = "year(now())"
    if 1900 < middle < 2100:
        return [f"{name} < {this_year} - {OLDEST}", f"{name} > {this_year}"]
    return [f"{name} < 0", f"{name} > {OLDEST}"] if 0 < middle < OLDEST else []
