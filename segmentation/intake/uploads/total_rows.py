"""Rows of a file that add others up, by arithmetic or because they say so: no purchases."""

from __future__ import annotations

import duckdb

from segmentation.intake.meaning.summing_rows import keep_lines, summing_lines
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.typed_reading import Source, fields_of, person_of
from segmentation.intake.values.total_words import IS_TOTAL, SPEAKS_OF_TOTAL

_NUMBERS = (Role.NUMERIC, Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY, Role.DISCOUNT, Role.REFUND)
_READ = ("customer_id", "order_id", "moment", "product_id", "product_name")


def total_lines(cursor: duckdb.DuckDBPyConnection, source: Source, rows: str) -> str:
    """Return SQL of the lines of a file's totals.

    :param rows: where to read its lines with their customer, order, moment and product.
    """
    upload = source.upload
    numbers = {column.position: column.value_format for column in source.columns(*_NUMBERS)}
    words = [column.position for column in upload.columns if column.position not in numbers]
    keep_lines(cursor, "lines_of_sums", summing_lines(cursor, source.raw_table, numbers, words))
    said = _saying_total(cursor, source, rows)
    return "SELECT line FROM lines_of_sums" + (f" UNION {said}" if said else "")


def raw_total_lines(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> list[int]:
    """Return the lines of the totals of a file of which no typed reading is made yet."""
    source = Source(upload, *person_of(cursor, upload))
    read = fields_of(source)
    fields = ", ".join(f"{read.get(name, 'NULL')} AS {name}" for name in _READ)
    lines = total_lines(cursor, source, f"(SELECT line, {fields} FROM {source.raw_table})")
    return [line for (line,) in cursor.execute(lines).fetchall()]


def _saying_total(cursor: duckdb.DuckDBPyConnection, source: Source, rows: str) -> str | None:
    """Return SQL of the lines that say total, and neither what nor when; None where none can."""
    keys = [
        name for role, name in ((Role.ORDER_ID, "order_id"), (Role.TIMESTAMP, "moment")) if source.has(role)
    ]
    if source.kind is not Kind.ORDERS:
        return f"SELECT line FROM {rows} WHERE regexp_full_match(lower(customer_id), '{IS_TOTAL}')"
    if not keys:
        return None
    blank = " AND ".join(f"{key} IS NULL" for key in (*keys, "product_id"))
    blank += f" AND regexp_full_match(lower(coalesce(product_name, 'total')), '{IS_TOTAL}')"
    if not cursor.execute(f"SELECT count(*) FROM {rows} WHERE {blank}").fetchall()[0][0]:
        return None
    cells = ", ".join(f"c{column.position}" for column in source.upload.columns)
    return f"""
        SELECT line FROM (SELECT line, lower(concat_ws(' | ', {cells})) AS said FROM {source.raw_table}
                          SEMI JOIN (SELECT line FROM {rows} WHERE {blank}) USING (line))
        WHERE regexp_matches(said, '{SPEAKS_OF_TOTAL}')"""
