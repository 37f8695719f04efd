"""Segments found anew that replace nothing yet: kept apart from the runs until somebody takes them."""

from __future__ import annotations

import json

import pandas as pd

from segmentation.errors import FilesChangedError, OptionError
from segmentation.runs import Run
from segmentation.runs.kept.history import drop_old_runs, drop_proposed
from segmentation.runs.store import INSERT_RUN, keep_rows, with_given_names
from segmentation.runs.unchanged import state_for
from segmentation.text.learned import TextsLearned
from segmentation.track.alarms.old_and_new import OldAndNew
from segmentation.track.frozen import adopt, adopted_run
from segmentation.workspace import Workspace
from segmentation.workspace.facts import converter


def keep_proposed(
    workspace: Workspace, run: Run, customers: pd.DataFrame, texts: TextsLearned | None = None
) -> None:
    """Keep a run as what is proposed, in place of what was proposed before."""
    with workspace.transaction() as cursor:
        drop_proposed(cursor)
        summary = keep_rows(cursor, run, customers, texts)
        values = [run.run_id, run.made_at, run.fingerprint, summary]
        cursor.execute("INSERT INTO proposed VALUES (?, ?, ?, ?, NULL)", values)


def keep_comparison(workspace: Workspace, found: OldAndNew) -> None:
    """Keep what the proposed run is beside the old one."""
    with workspace.transaction() as cursor:
        facts = json.dumps(converter().unstructure(found))
        cursor.execute("UPDATE proposed SET beside = ? WHERE run_id = ?", [facts, found.new_run])


def load_comparison(workspace: Workspace) -> OldAndNew | None:
    """Read what is proposed beside what there is; None where nothing is proposed, or the old run is gone."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT beside FROM proposed WHERE beside IS NOT NULL").fetchall()
        found = converter().structure(json.loads(rows[0][0]), OldAndNew) if rows else None
        there = found and cursor.execute("SELECT 1 FROM runs WHERE run_id = ?", [found.old_run]).fetchall()
    return found if there else None


def proposed_run(workspace: Workspace) -> Run | None:
    """Read the run that is proposed."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT summary FROM proposed").fetchall()
    return with_given_names(workspace, rows[0][0]) if rows else None


def accept_proposed(workspace: Workspace) -> Run:
    """Make the proposed run the newest one, and the adopted one where another was adopted.

    :raises OptionError: if nothing is proposed.
    :raises FilesChangedError: if the files are others than those that it was made of.
    """
    run, adopted = proposed_run(workspace), adopted_run(workspace)
    if run is None:
        raise OptionError("no new segments are proposed.", "Let them be found first.")
    if state_for(workspace, run) != run.fingerprint:
        raise FilesChangedError
    with workspace.transaction() as cursor:
        rows = cursor.execute("SELECT run_id, made_at, fingerprint, summary FROM proposed").fetchall()
        cursor.execute(INSERT_RUN, list(rows[0]))
        cursor.execute("DELETE FROM proposed")
        drop_old_runs(cursor)
    if adopted:
        adopt(workspace, run.run_id, run.suggestion.k)
    return run


def refuse_proposed(workspace: Workspace) -> None:
    """Delete what is proposed: everything stays as it is."""
    with workspace.transaction() as cursor:
        drop_proposed(cursor)
