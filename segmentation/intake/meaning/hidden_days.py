"""Days that only a header, or the order of the rows, tells from numbers: without a year, or counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.date_checks import DateColumn
from segmentation.intake.values.dates import DateReading
from segmentation.intake.values.short_dates import are_sorted, read_short_dates


def with_hidden_days(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    concepts: Sequence[frozenset[C]],
    evidence: Sequence[Evidence],
    said: Sequence[str],
) -> list[Evidence]:
    """Take numbers for days where the header speaks of a date: those of spreadsheets, and without a year.

    Days have no year where no other column is of dates; without such a header the rows must follow them.

    :param said: what stands beside the table.
    """
    undated = not any(values.dates for values in evidence)
    found = []
    for place, values in enumerate(evidence):
        spoken, dates = concepts[place], values.dates
        if dates is None and C.TIME in spoken:
            dates = values.serials
        if undated and dates is None and (C.TIME in spoken or not spoken - {C.ALONE}):
            short = short_dates(cursor, table, place, values, said)
            told = short and (C.TIME in spoken or are_sorted(_column(cursor, table, place, values), short))
            dates = short if told else None
        found.append(replace(values, dates=dates))
    return found


def short_dates(
    cursor: duckdb.DuckDBPyConnection, table: str, place: int, values: Evidence, said: Sequence[str]
) -> DateReading | None:
    """Return how a column writes days without a year; None where it does not."""
    return read_short_dates(_column(cursor, table, place, values), values.sample, said)


def _column(cursor: duckdb.DuckDBPyConnection, table: str, place: int, values: Evidence) -> DateColumn:
    return DateColumn(cursor, table, f"c{place}", values.rows)
