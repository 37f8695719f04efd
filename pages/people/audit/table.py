"""Lines of the audit as a table that people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from pages.people.audit.words import ACTIONS, ENDINGS
from segmentation.people.audit import AuditLine
from segmentation.people.deed import Action, Ending
from segmentation.people.registry import TeamMember

COLUMNS = ("When (UTC)", "Who", "What", "Of what", "Figures", "How it ended")


def told_lines(lines: Iterable[AuditLine], workspace_id: str, members: Sequence[TeamMember]) -> pd.DataFrame:
    """Tell the lines of a workspace, and when its people signed in and out, the newest first."""
    called = {one.person_id: one.called for one in members}
    shown = [one for one in lines if one.workspace_id == workspace_id or _is_sign_in(one, called)]
    return pd.DataFrame([_told(one, called) for one in reversed(shown)], columns=list(COLUMNS)).astype(
        {"When (UTC)": "datetime64[us]"}
    )


def _is_sign_in(line: AuditLine, called: dict[str, str]) -> bool:
    return line.action in (Action.SIGN_IN, Action.SIGN_OUT) and line.actor_id in called


def _told(line: AuditLine, called: dict[str, str]) -> tuple[object, ...]:
    who = line.person.get("email") or called.get(line.actor_id) or line.person.get("subject") or line.actor_id
    figures = ", ".join(f"{name}: {value}" for name, value in line.counts.items())
    of_what = called.get(line.object, line.object)
    return (
        line.at.replace(tzinfo=None),
        who,
        ACTIONS.get(Action(line.action)) if line.action in set(Action) else line.action,
        of_what,
        figures,
        ENDINGS.get(Ending(line.ending)) if line.ending in set(Ending) else line.ending,
    )
