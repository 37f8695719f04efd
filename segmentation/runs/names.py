"""The names that people gave to segments, by the segment's steady label."""

from __future__ import annotations

from segmentation.workspace import Workspace


def segment_names(workspace: Workspace) -> dict[int, str]:
    """Return the names that people gave, by the segment's steady label."""
    with workspace.cursor() as cursor:
        return dict(cursor.execute("SELECT identity, name FROM segment_names").fetchall())


def rename_segment(workspace: Workspace, label: int, name: str) -> None:
    """Give a segment a name of one's own; an empty one brings the generated name back."""
    tidy = " ".join(name.split())[:60]
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM segment_names WHERE identity = ?", [label])
        if tidy:
            cursor.execute("INSERT INTO segment_names VALUES (?, ?)", [label, tidy])
