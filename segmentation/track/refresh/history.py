"""The lines that refreshes have left, one for each state of the data."""

from __future__ import annotations

import json

from segmentation.track.refresh.refreshed import MadeUp, Refreshed
from segmentation.workspace import Workspace
from segmentation.workspace.facts import converter

MOST_KEPT = 200
_FAILED, _MADE_UP = "refresh_failed", "refresh_made_up"


def keep_line(workspace: Workspace, digest: str, refreshed: Refreshed) -> None:
    """Write a refresh down.

    :param digest: tells the input of this refresh from that of another.
    """
    facts = json.dumps(converter().unstructure(refreshed))
    with workspace.transaction() as cursor:
        cursor.execute("INSERT INTO refreshes VALUES (?, ?, ?)", [refreshed.at, digest, facts])
        cursor.execute(
            "DELETE FROM refreshes WHERE refreshed_at NOT IN"
            " (SELECT refreshed_at FROM refreshes ORDER BY refreshed_at DESC LIMIT ?)",
            [MOST_KEPT],
        )


def list_refreshes(workspace: Workspace) -> tuple[Refreshed, ...]:
    """Return what refreshes did, the latest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT facts FROM refreshes ORDER BY refreshed_at DESC").fetchall()
    return tuple(converter().structure(json.loads(facts), Refreshed) for (facts,) in rows)


def line_of(workspace: Workspace, digest: str) -> Refreshed | None:
    """Return the last refresh, if it was of this input."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT input, facts FROM refreshes ORDER BY refreshed_at DESC LIMIT 1"
        ).fetchall()
    if not rows or rows[0][0] != digest:
        return None
    return converter().structure(json.loads(rows[0][1]), Refreshed)


def keep_failure(workspace: Workspace, why: str) -> None:
    """Remember why a refresh was not finished; nothing once one was."""
    workspace.set_meta(_FAILED, why)


def last_failure(workspace: Workspace) -> str:
    """Return why the last refresh was not finished; empty where it was."""
    return workspace.meta(_FAILED) or ""


def keep_made_up(workspace: Workspace, made_up: MadeUp | None) -> None:
    """Remember what was missed and made up for; None once a refresh came in time again."""
    workspace.set_meta(_MADE_UP, json.dumps(converter().unstructure(made_up)) if made_up else "")


def last_made_up(workspace: Workspace) -> MadeUp | None:
    """Return what was missed and made up for since the last refresh that came in time."""
    stored = workspace.meta(_MADE_UP)
    return converter().structure(json.loads(stored), MadeUp) if stored else None
