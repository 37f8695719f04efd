"""Rows that a file holds twice, and those that two exports of overlapping periods both hold."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.handed_on import Lines
from segmentation.intake.typed_reading import Source


def find_repeats(cursor: duckdb.DuckDBPyConnection, source: Source, condition: str) -> Lines:
    """Find the rows equal to an earlier one of the file, among those of a condition in SQL."""
    # Numbers sort in little memory; a hash table of as many would be written to disk where files are large.
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE repeats AS
        WITH known AS (SELECT line, content FROM {source.typed_view} WHERE {condition}),
             sorted AS (SELECT content, lag(content) OVER (ORDER BY content) AS before FROM known),
             twice AS (SELECT DISTINCT content FROM sorted WHERE content = before)
        SELECT line FROM known SEMI JOIN twice USING (content)
        QUALIFY row_number() OVER (PARTITION BY content ORDER BY line) > 1"""
    )
    return Lines("repeats")


def find_overlaps(cursor: duckdb.DuckDBPyConnection, source: Source, others: Sequence[Source]) -> Lines:
    """Find the rows that an earlier file of the same columns holds, field by field.

    :param others: the files to compare with; those that came later, or are of other columns, do not count.
    """
    cursor.execute("CREATE OR REPLACE TEMP TABLE held_before (line BIGINT)")
    header = _header(source)
    for other in others:
        if other is source:
            break
        if other.kind is source.kind and _header(other) == header:
            shared = f"{source.typed_view} SEMI JOIN {other.typed_view} USING (content)"
            cursor.execute(f"INSERT INTO held_before SELECT line FROM {shared}")
    return Lines("held_before")


def _header(source: Source) -> tuple[str, ...]:
    return tuple(column.name for column in source.upload.columns)
