"""What was understood of an upload, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from segmentation.intake.roles import Doubt, Upload
from segmentation.intake.uploads.money_words import money_words


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
        "money": money_words(upload),
        "doubts": doubts_as_data(upload.doubts),
    }


def doubts_as_data(doubts: Sequence[Doubt]) -> list[dict[str, Any]]:
    """Return open questions with their answers' figures, for JSON."""
    return [
        {
            "question": doubt.question,
            "options": [
                {
                    "answer": option.answer,
                    "revenue": option.revenue,
                    "customers": option.customers,
                    "orders": option.orders,
                    "first": option.first.isoformat() if option.first else None,
                    "last": option.last.isoformat() if option.last else None,
                }
                for option in doubt.options
            ],
            "taken": doubt.options[doubt.taken].answer,
        }
        for doubt in doubts
    ]
