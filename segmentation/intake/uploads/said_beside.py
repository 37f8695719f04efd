"""What a file says beside its table, by which days without a year are told."""

from __future__ import annotations

import duckdb

from segmentation.intake.files.text_records import Fault


def said_beside(cursor: duckdb.DuckDBPyConnection, upload_id: str, file_name: str) -> tuple[str, ...]:
    """Return what stands above the header of a file, and its name."""
    above = cursor.execute(
        "SELECT content FROM rejects WHERE upload_id = ? AND reason = ? ORDER BY line",
        [upload_id, str(Fault.BEFORE_HEADER)],
    ).fetchall()
    return (*(content for (content,) in above), file_name)
