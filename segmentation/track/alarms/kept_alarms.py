"""Alarms as they are kept in the workspace, with the people of a new kind."""

from __future__ import annotations

import json

import pandas as pd

from segmentation.track.alarms.alarm_facts import Alarms
from segmentation.workspace import Workspace
from segmentation.workspace.facts import converter


def keep_alarms(workspace: Workspace, alarms: Alarms, people: pd.DataFrame) -> None:
    """Keep what rang in place of what rang before.

    :param people: who is unlike anybody: customer_id, segment (0-based), in_group.
    """
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM alarms")
        cursor.execute("DELETE FROM strangers")
        facts = json.dumps(converter().unstructure(alarms))
        cursor.execute("INSERT INTO alarms VALUES (?, ?, ?)", [alarms.run_id, alarms.fingerprint, facts])
        cursor.register("found", people)
        cursor.execute("INSERT INTO strangers SELECT customer_id, segment, in_group FROM found")
        cursor.unregister("found")


def load_alarms(workspace: Workspace) -> Alarms | None:
    """Read what rang last; None where nobody has looked, or the run was deleted."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT facts FROM alarms SEMI JOIN runs USING (run_id)").fetchall()
    return converter().structure(json.loads(rows[0][0]), Alarms) if rows else None


def strangers(workspace: Workspace) -> pd.DataFrame:
    """Return who is unlike anybody, those of a group of their own first: customer_id, segment, in_group."""
    with workspace.cursor() as cursor:
        return cursor.execute("FROM strangers ORDER BY in_group DESC, customer_id").df()
