"""What people write over the lines of a play: kept by the segment's steady label, older versions too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from segmentation.action.playbook.play import EDITABLE, Aspect, Play
from segmentation.errors import OptionError
from segmentation.workspace import Workspace

LONGEST = 1_000
Edits = Mapping[tuple[int, Aspect], str]
"""What people wrote, by segment and line; only what stands over the generated text."""


@dataclass(frozen=True)
class Version:
    """One state of a line: what a person wrote (empty: the generated text came back), when, in which run.

    `generated` is the text that the rules had made then; None once its files are deleted.
    """

    text: str
    generated: str | None
    run_id: str
    at: datetime


def edit_line(workspace: Workspace, run_id: str, play: Play, aspect: Aspect, text: str) -> bool:
    """Write a line of one's own; an empty one, or the generated one, brings the generated one back.

    :return: whether anything changed.
    :raises OptionError: for a line that is counted, not written.
    """
    if aspect not in EDITABLE:
        raise OptionError(f"“{aspect}” is counted from the files.", f"Edit {', '.join(EDITABLE)}.")
    generated = play.lines[aspect].text
    tidy = text.strip()[:LONGEST]
    wanted = "" if tidy == generated else tidy
    if wanted == load_edits(workspace).get((play.segment, aspect), ""):
        return False
    with workspace.transaction() as cursor:
        cursor.execute(
            """
            INSERT INTO play_edits
            SELECT coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, now()::TIMESTAMP FROM play_edits""",
            [play.segment, str(aspect), wanted, generated, run_id],
        )
    return True


def load_edits(workspace: Workspace) -> Edits:
    """Return what people wrote and did not take back."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            """
            SELECT identity, aspect, arg_max(text, version) AS latest FROM play_edits
            GROUP BY identity, aspect HAVING latest <> '' ORDER BY identity, aspect"""
        ).fetchall()
    return {(segment, Aspect(aspect)): text for segment, aspect, text in rows}


def versions_of(workspace: Workspace, segment: int, aspect: Aspect) -> tuple[Version, ...]:
    """Return the versions of a line, the newest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            """
            SELECT text, generated, run_id, edited_at FROM play_edits
            WHERE identity = ? AND aspect = ? ORDER BY version DESC""",
            [segment, str(aspect)],
        ).fetchall()
    return tuple(Version(*row) for row in rows)


def said(play: Play, aspect: Aspect, edits: Edits) -> str:
    """Return what a line says now: a person's own text, or the generated one."""
    return edits.get((play.segment, aspect)) or play.lines[aspect].text
