"""What several columns hold, counted together: over all rows, and by shape over many of the values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from segmentation.intake.values.cast import DECIMAL_POINT, for_ascii, number, unwrapped
from segmentation.intake.values.number_writing import (
    BARE,
    MARK,
    MEASURES,
    NUMERIC_SHARE,
    SETTLING,
    NumberReading,
    other_digits,
    read_numbers,
)

SAMPLE = 400
MEASURED = 5_000
MOST_MARKS = 50

_IDEOGRAPH = r"[\x{3040}-\x{30ff}\x{4e00}-\x{9fff}\x{ac00}-\x{d7af}]"
_CODE = r"^[a-zA-Z]*[-_#]?[0-9a-fA-F-]*\d[0-9a-fA-F-]*$"
_MEASURES = rf"""
    coalesce(sum(n), 0) AS measured,
    {MEASURES},
    coalesce(sum(n) FILTER (regexp_matches(v, '^0\d')), 0) AS leading_zeros,
    coalesce(sum(n) FILTER (regexp_matches(v, '^[^@\s]+@[^@\s]+\.[A-Za-z]+$')), 0) AS emails,
    coalesce(sum(n) FILTER (regexp_matches(v, '^(https?://|www\.)|\.(jpg|png|gif)$')), 0) AS links,
    coalesce(sum(n * length(v)), 0) AS characters,
    coalesce(sum(n * (1 + length(v) - length(replace(v, ' ', '')))), 0) AS words,
    coalesce(sum(n) FILTER (regexp_matches(v, '{_IDEOGRAPH}')), 0) AS ideographs,
    coalesce(sum(n) FILTER (regexp_matches(v, '{_CODE}')), 0) AS codes"""
_TOTALS = f"""
    coalesce(sum(n), 0)::BIGINT AS rows,
    coalesce(sum(n) FILTER (v IS NOT NULL), 0)::BIGINT AS filled,
    count(v) AS distinct_values,
    coalesce(max(n) FILTER (v IS NOT NULL), 0) AS most_common,
    count(*) FILTER (strlen(v) <> length(v) AND regexp_matches(v, '[0-9]')) AS marked_abroad,
    min_by(v, hash(v), {SAMPLE}) FILTER (v IS NOT NULL) AS sample,
    min_by(v, (-n, v), 50) FILTER (v IS NOT NULL) AS common"""


@dataclass(frozen=True)
class MeasuredColumn:
    """What was counted of a column: `found` by name, how numbers are written, whether whole, least and most.

    `script` is the prefix of formats whose digits are of another script; those of the sample are not.
    """

    found: dict[str, Any]
    numbers: NumberReading | None
    limits: tuple[bool, float, float]
    script: str


def measure_columns(
    cursor: duckdb.DuckDBPyConnection, table: str, places: range
) -> dict[int, MeasuredColumn]:
    """Count what the columns of a raw table hold: over all rows, and by shape over many of the values."""
    counts = " UNION ALL ".join(
        f"(SELECT {place} AS place, c{place} AS v, count(*) AS n FROM {table} GROUP BY v)" for place in places
    )
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE counted AS {counts}")
    totals = _by_place(cursor, f"SELECT place, {_TOTALS} FROM counted GROUP BY place", places)
    scripts = {place: other_digits(totals[place]["sample"] or ()) for place in places}
    for place, script in scripts.items():
        if script:
            totals[place]["sample"] = _write_digits_as_usual(cursor, place, script)
    in_ascii = not any(scripts.values()) and not any(totals[place]["marked_abroad"] for place in places)
    written = for_ascii if in_ascii else str
    steps = {place: 1 + totals[place]["distinct_values"] // MEASURED for place in places}
    chosen = "".join(
        f" AND (place <> {place} OR hash(v) % {step} = 0)" for place, step in steps.items() if step > 1
    )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE measured AS
        SELECT place, v, n, {written(BARE)} AS bare FROM counted
        WHERE v IS NOT NULL{chosen}"""
    )
    measures = _by_place(cursor, f"SELECT place, {written(_MEASURES)} FROM measured GROUP BY place", places)
    marks = _marks(cursor, [place for place in places if _is_numeric(measures[place])])
    readings = {
        place: _read_numbers(cursor, place, measures[place], marks[place]) if place in marks else None
        for place in places
    }
    ranges = _ranges(cursor, {place: found.value_format for place, found in readings.items() if found})
    cursor.execute("DROP TABLE counted; DROP TABLE measured")
    return {
        place: MeasuredColumn(
            totals[place] | measures[place],
            _prefixed(readings[place], scripts[place]),
            ranges.get(place, (False, 0.0, 0.0)),
            scripts[place],
        )
        for place in places
    }


def _by_place(
    cursor: duckdb.DuckDBPyConnection, query: str, places: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """Return the row of each column; zeros where there is none."""
    reading = cursor.execute(query)
    keys = [name for name, *_ in reading.description]
    rows = {row[0]: dict(zip(keys, row, strict=True)) for row in reading.fetchall()}
    return {place: {key: rows.get(place, {}).get(key) or 0 for key in keys} for place in places}


def _write_digits_as_usual(cursor: duckdb.DuckDBPyConnection, place: int, script: str) -> list[str]:
    """Rewrite the digits of another script in what was counted, and return a sample of it."""
    rewritten, _ = unwrapped("v", script)
    cursor.execute(f"UPDATE counted SET v = {rewritten} WHERE place = ? AND v IS NOT NULL", [place])
    rows = cursor.execute(
        "SELECT min_by(v, hash(v), ?) FROM counted WHERE place = ? AND v IS NOT NULL", [SAMPLE, place]
    ).fetchall()
    return list(rows[0][0])


def _prefixed(reading: NumberReading | None, script: str) -> NumberReading | None:
    if reading is None or not script:
        return reading
    value_format = script + (reading.value_format or DECIMAL_POINT)
    return replace(reading, value_format=value_format, others=tuple(script + one for one in reading.others))


def _is_numeric(found: dict[str, Any]) -> bool:
    return bool(found["numeric_like"] >= NUMERIC_SHARE * found["measured"])


def _marks(cursor: duckdb.DuckDBPyConnection, places: list[int]) -> dict[int, dict[str, int]]:
    """Count for each column what stands around its numbers, the most frequent marks first."""
    if not places:
        return {}
    found: dict[int, dict[str, int]] = {place: {} for place in places}
    rows = cursor.execute(
        f"""
        WITH marked AS (SELECT place, {MARK} AS mark, sum(n)::BIGINT AS times FROM measured
                        WHERE bare IS NOT NULL AND list_contains(?::INTEGER[], place) GROUP BY place, mark)
        FROM marked QUALIFY row_number() OVER (PARTITION BY place ORDER BY times DESC, mark) <= {MOST_MARKS}
        ORDER BY place, times DESC, mark""",
        [places],
    ).fetchall()
    for place, mark, times in rows:
        if mark:
            found[place][mark] = times
    return found


def _read_numbers(
    cursor: duckdb.DuckDBPyConnection, place: int, found: dict[str, Any], written: dict[str, int]
) -> NumberReading | None:
    """Decide by a sample of the values, and by all of them where it leaves the decimals open."""
    reading = read_numbers(found, written)
    if reading is None or not reading.others:
        return reading
    point, comma = cursor.execute(
        f"SELECT {', '.join(f'count(*) FILTER ({settles})' for settles in SETTLING)}"
        f" FROM (SELECT {BARE} AS bare FROM counted WHERE place = ? AND regexp_matches(v, '[.,]'))",
        [place],
    ).fetchall()[0]
    return read_numbers(found | {"point": point, "comma": comma}, written)


def _ranges(
    cursor: duckdb.DuckDBPyConnection, formats: dict[int, str]
) -> dict[int, tuple[bool, float, float]]:
    """Return for each column of numbers whether all are whole, and their range."""
    found: dict[int, tuple[bool, float, float]] = {}
    for number_format in set(formats.values()):
        places = [place for place, value in formats.items() if value == number_format]
        rows = cursor.execute(
            f"""
            WITH numbers AS (SELECT place, {number("v", number_format)} AS x FROM counted
                             WHERE place IN ({", ".join(map(str, places))}))
            SELECT place, coalesce(bool_and(x = trunc(x)), false), coalesce(min(x), 0), coalesce(max(x), 0)
            FROM numbers GROUP BY place"""
        ).fetchall()
        found |= {place: (bool(whole), float(low), float(high)) for place, whole, low, high in rows}
    return found
