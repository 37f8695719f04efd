"""Which of two files a person said is newer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from segmentation.intake.roles import Upload

NEWER = "newer"
"""Begins the code of the question, and stands for a header among the answers."""


def keep_newer(cursor: duckdb.DuckDBPyConnection, newer: str, older: str) -> None:
    """Keep that one file, by its upload id, is newer than another."""
    pair = ":".join(sorted((newer, older)))
    cursor.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", [NEWER, pair, newer])


def newer_than(cursor: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """Return the older files of each newer one, by upload ids."""
    found: dict[str, tuple[str, ...]] = {}
    for pair, newer in cursor.execute(
        "SELECT code, answer FROM answers WHERE header = ? ORDER BY code", [NEWER]
    ).fetchall():
        found[newer] = (*found.get(newer, ()), *(one for one in pair.split(":") if one != newer))
    return found


def forget_newer(cursor: duckdb.DuckDBPyConnection, upload_id: str) -> None:
    """Forget what was said of the age of a file."""
    cursor.execute("DELETE FROM answers WHERE header = ? AND contains(code, ?)", [NEWER, upload_id])


def with_newer(uploads: Sequence[Upload], newer: str, older: str) -> list[Upload]:
    """Return the uploads as if somebody had said so."""
    said = {newer: (older,), older: ()}
    return [
        replace(
            upload,
            newer_than=(
                *(one for one in upload.newer_than if one not in said),
                *said.get(upload.upload_id, ()),
            )
            if upload.upload_id in said
            else upload.newer_than,
        )
        for upload in uploads
    ]
