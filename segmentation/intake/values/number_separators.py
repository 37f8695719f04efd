"""Dots and commas that could part thousands or decimals, decided by the other columns of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.values.cast import DECIMAL_COMMA, DECIMAL_POINT, PERCENT, PERCENT_COMMA, number
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.number_writing import NumberReading


def agree_on_separators(
    cursor: duckdb.DuckDBPyConnection, table: str, measured: Sequence[Evidence]
) -> list[Evidence]:
    """Return what is known of the columns, with doubtful numbers read as the sure ones are written.

    `2,000` beside `12,50` is a two. Round amounts like `150.000` stay in doubt beside a mark of `4.5`.
    """
    sure = {values.numbers.value_format for values in measured if values.numbers and values.numbers.settled}
    commas, points = sure & {DECIMAL_COMMA, PERCENT_COMMA}, sure & {"", DECIMAL_POINT, PERCENT}
    if bool(commas) == bool(points):
        return list(measured)
    agreed = DECIMAL_COMMA if commas else DECIMAL_POINT
    return [
        _read_anew(cursor, table, place, values, agreed) if _is_doubtful(values, agreed) else values
        for place, values in enumerate(measured)
    ]


def _is_doubtful(values: Evidence, agreed: str) -> bool:
    reading = values.numbers
    if reading is None or not reading.others or values.dates is not None:
        return False
    return agreed == DECIMAL_COMMA or reading.value_format in ("", DECIMAL_POINT)


def _read_anew(
    cursor: duckdb.DuckDBPyConnection, table: str, place: int, values: Evidence, agreed: str
) -> Evidence:
    value_format = "" if agreed == DECIMAL_POINT and values.number_format == "" else agreed
    whole, low, high = cursor.execute(
        f"SELECT coalesce(bool_and(x = trunc(x)), false), coalesce(min(x), 0), coalesce(max(x), 0)"
        f" FROM (SELECT {number(f'c{place}', value_format)} AS x FROM {table})"
    ).fetchall()[0]
    numbers = NumberReading(value_format, marks=values.numbers.marks if values.numbers else ())
    return replace(values, numbers=numbers, whole=bool(whole), minimum=float(low), maximum=float(high))
