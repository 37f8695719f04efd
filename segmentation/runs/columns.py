"""What the columns of a run's rows are called, a few of them for each number of segments k."""

from __future__ import annotations

from segmentation.workspace.database import rows_table

EVERY_SEGMENT_COLUMN = "^segment_[0-9]+$"
"""Matches the segment columns of all k."""


def segment_column(k: int) -> str:
    """Name the column with the segment 0..k-1 of each customer."""
    return f"segment_{k}"


def second_column(k: int) -> str:
    """Name the column with the segment that is nearest after the customer's own."""
    return f"second_{k}"


def confidence_column(k: int) -> str:
    """Name the column with how likely the customer keeps the segment, 0..1; NULL where nobody measured it."""
    return f"confidence_{k}"


def k_of(column: str) -> int:
    """Return the k of a segment column."""
    return int(column.rpartition("_")[2])


def segmented(run_id: str, k: int) -> str:
    """Return the SQL of a table with a row per customer: position, customer_id, segment, confidence."""
    return f"""(
        SELECT rowid AS position, customer_id, {segment_column(k)} AS segment,
               {confidence_column(k)} AS confidence
        FROM {rows_table(run_id)})"""
