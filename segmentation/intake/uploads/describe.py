"""What was understood of an upload, as plain data for JSON."""

from __future__ import annotations

from typing import Any

from segmentation.intake.roles import Upload


def describe(upload: Upload) -> dict[str, Any]:
    """Return the facts that `inspect` prints for one file."""
    return {
        "file": upload.file_name,
        "kind": str(upload.kind),
        "encoding": upload.encoding,
        "delimiter": upload.delimiter,
        "rows": upload.rows,
        "rejected": upload.rejected,
        "columns": [
            {
                "name": column.name,
                "role": str(column.role),
                "confidence": round(column.confidence, 2),
                "reason": column.reason,
            }
            for column in upload.columns
        ],
    }
