"""A contact with far more orders than anybody's, where nothing else says who ordered: whoever came."""

from __future__ import annotations

import duckdb

from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source

VISIT = "coalesce(order_id, moment::VARCHAR, line::VARCHAR)"
ENOUGH_VISITS, ENOUGH_OTHERS = 30, 10
MOST_OF_ALL, FAR_MORE = 0.2, 3


def stands_out(cursor: duckdb.DuckDBPyConnection, source: Source) -> set[str]:
    """Return the address or telephone of a fifth of the orders, and of far more than any other has."""
    if source.person is None or source.person.role not in (Role.EMAIL, Role.PHONE):
        return set()
    rows = cursor.execute(
        f"""
        WITH visits AS (SELECT customer_id, count(DISTINCT {VISIT}) AS n FROM {source.typed_view}
                        WHERE customer_id IS NOT NULL GROUP BY customer_id),
             others AS (SELECT customer_id, n, sum(n) OVER () AS of_all, count(*) OVER () - 1 AS others,
                               max(n) OVER (ORDER BY n DESC, customer_id ROWS BETWEEN 1 FOLLOWING
                                            AND UNBOUNDED FOLLOWING) AS next
                        FROM visits)
        SELECT customer_id FROM others
        WHERE others >= {ENOUGH_OTHERS} AND of_all >= {ENOUGH_VISITS}
          AND n >= {MOST_OF_ALL} * of_all AND n >= {FAR_MORE} * next"""
    ).fetchall()
    return {contact for (contact,) in rows}
