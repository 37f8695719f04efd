"""Campaigns as if they had been handed over earlier."""

from __future__ import annotations

from datetime import datetime

from segmentation.workspace import Workspace


def date_back(workspace: Workspace, export_id: str, at: datetime) -> None:
    """Let a file have been handed over at this moment."""
    with workspace.transaction() as cursor:
        cursor.execute("UPDATE exports SET made_at = ? WHERE export_id = ?", [at, export_id])
