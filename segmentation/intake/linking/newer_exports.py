"""One order in two exports: the newer one says its state, and replaces what the earlier one held."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.handed_on import Replaced
from segmentation.intake.cleaning.judge_order_lines import LATEST
from segmentation.intake.linking.file_ages import oldest_to_newest
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.order_states import State

_THING = "coalesce(product_id, product_name, category, '')"
_VALUE = "coalesce(amount, TRY((unit_price * coalesce(quantity, 1))::DECIMAL(18,4)))"
_TAKES_BACK = f"coalesce(order_status = '{State.TAKES_BACK}', false)"
_PAID = f"if({_TAKES_BACK}, -abs({_VALUE}), {_VALUE})"
_BACKWARD = f"({_TAKES_BACK} OR coalesce({_VALUE} < 0, false) OR coalesce(quantity < 0, false))"


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

    Two files mean the same order where its customer and its first day agree and something in it is the same,
    or all things and the very moment; rows that only take back come on top of what another file says was
    bought.

    :param lines: files of order lines, the oldest first.
    """
    keyed = [source for source in lines if source.has(Role.ORDER_ID)]
    if len(keyed) < 2 or not _gather(cursor, keyed):
        return {}
    _forget_namesakes(cursor)
    newest_last = oldest_to_newest(cursor, keyed)
    ages = ", ".join(f"('{source.upload.upload_id}', {age})" for age, source in enumerate(newest_last))
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
    return {source: Replaced("replaced_orders", source.upload.upload_id) for source in keyed}


def _gather(cursor: duckdb.DuckDBPyConnection, files: Sequence[Source]) -> int:
    """Make orders_held_twice, each order of each file where more than one holds it; return how many."""
    held = " UNION ALL ".join(
        f"SELECT DISTINCT '{source.upload.upload_id}' AS file, order_id FROM {source.typed_view}"
        " WHERE order_id IS NOT NULL"
        for source in files
    )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ids_held_twice AS
        SELECT order_id FROM ({held}) GROUP BY order_id HAVING count(*) > 1"""
    )
    told = " UNION ALL ".join(
        f"""
        SELECT '{source.upload.upload_id}' AS file, order_id, min(moment) AS moment,
               min(customer_id) AS customer_id, min(order_status) AS state,
               list_sort(list(DISTINCT {_THING})) AS things, bool_and({_BACKWARD}) AS back,
               sum({_PAID}) - coalesce(sum(abs(refund)), 0) AS paid, {_header(source)} AS header,
               hash({_header(source)}, sum(content), count(*)) AS content
        FROM {source.typed_view} SEMI JOIN ids_held_twice USING (order_id)
        GROUP BY order_id"""
        for source in files
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
            WHERE mine.order_id = theirs.order_id AND mine.file <> theirs.file AND mine.back = theirs.back
              AND (coalesce(mine.customer_id = theirs.customer_id, true)
                   OR (mine.moment = theirs.moment AND mine.moment <> date_trunc('day', mine.moment)
                       AND mine.things = theirs.things))
              AND coalesce(abs(date_diff('hour', mine.moment, theirs.moment)) <= 36, true)
              AND list_has_any(mine.things, theirs.things))"""
    )
