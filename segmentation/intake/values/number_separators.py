"""Dots and commas that could part thousands or decimals, decided by the other columns of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.values.cast import DECIMAL_COMMA, DECIMAL_POINT, PERCENT_COMMA, number
from segmentation.intake.values.column_evidence import Evidence

FAR_FROM_ONE = 10
_DECIMALS = re.compile(r".*\.(\d{1,2}|\d{4,})\D*")
_THREES = {separator: re.compile(rf"\D*[1-9]\d{{0,2}}(\{separator}\d{{3}})+\D*") for separator in (",", ".")}
_SIGN = re.compile(r"[^\d\s.,+()-]")


def agree_on_separators(
    cursor: duckdb.DuckDBPyConnection, table: str, measured: Sequence[Evidence]
) -> list[Evidence]:
    """Return what is known of the columns, with doubtful numbers read as the sure ones are written.

    `2,000` beside `12,50` is a two; `$12.990`, where all dots stand before three digits, is twelve thousand.
    """
    commas = any(values.number_format in (DECIMAL_COMMA, PERCENT_COMMA) for values in measured)
    points = any(values.is_number and any(map(_DECIMALS.fullmatch, values.sample)) for values in measured)
    if points or not (commas or any(map(_are_large_prices, measured))):
        return list(measured)
    return [
        _read_anew(cursor, table, place, values) if _is_doubtful(values) else values
        for place, values in enumerate(measured)
    ]


def _is_doubtful(values: Evidence) -> bool:
    plain = values.number_format in ("", DECIMAL_POINT) and values.dates is None
    return plain and (_all_threes(values.sample, ",") or _all_threes(values.sample, "."))


def _are_large_prices(values: Evidence) -> bool:
    """Whether the values have a sign of a currency, and dots before three digits, as no price has cents."""
    signed = values.is_number and any(map(_SIGN.search, values.sample))
    return signed and values.maximum >= FAR_FROM_ONE and _all_threes(values.sample, ".")


def _all_threes(sample: Iterable[str], separator: str) -> bool:
    """Whether some values have the separator, each before three digits, and none has the other."""
    other = "." if separator == "," else ","
    texts = list(sample)
    parted = [text for text in texts if separator in text]
    threes = all(map(_THREES[separator].fullmatch, parted))
    return bool(parted) and threes and not any(other in text for text in texts)


def _read_anew(cursor: duckdb.DuckDBPyConnection, table: str, place: int, values: Evidence) -> Evidence:
    whole, low, high = cursor.execute(
        f"SELECT coalesce(bool_and(x = trunc(x)), false), coalesce(min(x), 0), coalesce(max(x), 0)"
        f" FROM (SELECT {number(f'c{place}', DECIMAL_COMMA)} AS x FROM {table})"
    ).fetchall()[0]
    return replace(
        values, number_format=DECIMAL_COMMA, whole=bool(whole), minimum=float(low), maximum=float(high)
    )
