"""One order in two exports: the newer one says its state, and replaces what the earlier one held."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key

import duckdb

from segmentation.intake.cleaning.handed_on import Replaced
from segmentation.intake.cleaning.judge_order_lines import LATEST
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.order_states import State

_PROGRESS = {
    State.UNPAID: 0,
    State.PARTLY_RETURNED: 2,
    State.RETURNED: 3,
    State.CANCELLED: 3,
    State.TAKES_BACK: 3,
}
_SETTLED = " ".join(f"WHEN '{state}' THEN {step}" for state, step in _PROGRESS.items())
_THING = "coalesce(product_id, product_name, category, '')"


def oldest_first(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> list[Source]:
    """Order files by the last day that they hold, then as they were brought."""
    last = {
        source: cursor.execute(
            f"SELECT max(moment) FILTER (moment <= {LATEST}) FROM {source.typed_view}"
        ).fetchall()[0][0]
        for source in sources
    }
    return sorted(sources, key=lambda source: (last[source] is not None, last[source] or 0))


def find_replaced(cursor: duckdb.DuckDBPyConnection, lines: Sequence[Source]) -> dict[Source, Replaced]:
    """Find the orders that several files hold and say otherwise; of each the newest file's counts.

    Two files mean the same order where its customer and its first day agree and something in it is the same.

    :param lines: files of order lines, the oldest first.
    """
    keyed = [source for source in lines if source.has(Role.ORDER_ID)]
    if len(keyed) < 2 or not _gather(cursor, keyed):
        return {}
    _forget_namesakes(cursor)
    newest_last = _by_progress(cursor, range(len(keyed)))
    ages = ", ".join(f"({file}, {age})" for age, file in enumerate(newest_last))
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE replaced_orders AS
        WITH aged AS (SELECT held.*, age FROM orders_held_twice AS held
                      JOIN (VALUES {ages}) AS ages (file, age) USING (file)),
             newest AS (SELECT order_id, arg_max(file, age) AS newer, arg_max(content, age) AS content
                        FROM aged GROUP BY order_id)
        SELECT file, order_id, newer FROM aged JOIN newest USING (order_id)
        WHERE file <> newer AND aged.content <> newest.content"""
    )
    return {source: Replaced("replaced_orders", place) for place, source in enumerate(keyed)}


def _gather(cursor: duckdb.DuckDBPyConnection, files: Sequence[Source]) -> int:
    """Make orders_held_twice, each order of each file where more than one holds it; return how many."""
    held = " UNION ALL ".join(
        f"SELECT DISTINCT {place} AS file, order_id FROM {source.typed_view} WHERE order_id IS NOT NULL"
        for place, source in enumerate(files)
    )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ids_held_twice AS
        SELECT order_id FROM ({held}) GROUP BY order_id HAVING count(*) > 1"""
    )
    told = " UNION ALL ".join(
        f"""
        SELECT {place} AS file, order_id, min(moment) AS moment, min(customer_id) AS customer_id,
               min(order_status) AS state, list_sort(list(DISTINCT {_THING})) AS things,
               hash({_header(source)}, sum(content), count(*)) AS content
        FROM {source.typed_view} SEMI JOIN ids_held_twice USING (order_id) GROUP BY order_id"""
        for place, source in enumerate(files)
    )
    made = cursor.execute(f"CREATE OR REPLACE TEMP TABLE orders_held_twice AS {told}").fetchall()
    return int(made[0][0])


def _header(source: Source) -> str:
    names = "|".join(column.name for column in source.upload.columns)
    return "'" + names.replace("'", "''") + "'"


def _forget_namesakes(cursor: duckdb.DuckDBPyConnection) -> None:
    """Leave out orders that share no more than their number: of another customer, day and content."""
    cursor.execute(
        """
        DELETE FROM orders_held_twice AS mine
        WHERE NOT EXISTS (
            FROM orders_held_twice AS theirs
            WHERE mine.order_id = theirs.order_id AND mine.file <> theirs.file
              AND coalesce(mine.customer_id = theirs.customer_id, true)
              AND coalesce(abs(date_diff('hour', mine.moment, theirs.moment)) <= 36, true)
              AND list_has_any(mine.things, theirs.things))"""
    )


def _by_progress(cursor: duckdb.DuckDBPyConnection, files: Sequence[int]) -> list[int]:
    """Put the file later in whose common orders more has been settled; else keep the order."""
    rows = cursor.execute(
        f"""
        WITH ranked AS (SELECT file, order_id,
                               CASE coalesce(state, '{State.UNPAID}') {_SETTLED} ELSE 1 END AS settled
                        FROM orders_held_twice)
        SELECT a.file, b.file, sum(sign(a.settled - b.settled))
        FROM ranked AS a JOIN ranked AS b ON a.order_id = b.order_id AND a.file <> b.file
        GROUP BY ALL"""
    ).fetchall()
    ahead = {(a, b): int(margin) for a, b, margin in rows}

    def compare(a: int, b: int) -> int:
        return ahead.get((a, b), 0) or a - b

    return sorted(files, key=cmp_to_key(compare))
