"""The runs that are kept, what data each saw, and the deletion of those that nobody needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import duckdb

from segmentation.errors import OptionError
from segmentation.intake.uploads.corrections import runs_without
from segmentation.runs.kept.read_as import keep_reading
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table

KEEP_RUNS = 8
"""So many of the latest runs are kept, and the adopted one however old it is."""

OF_A_RUN = (
    "runs",
    "texts_learned",
    "review_themes",
    "data_seen",
    "read_as",
    "outlook",
    "recommended",
    "recommendations",
    "movements",
    "moved",
)
"""The tables that say something of a run by its id."""

_SEEN = """
WITH dated AS (
    SELECT CAST(ordered_at AS DATE) AS day FROM shop.lines
    UNION ALL SELECT CAST(happened_at AS DATE) FROM shop.events
    UNION ALL SELECT CAST(reviewed_at AS DATE) FROM shop.reviews
), files AS (
    SELECT coalesce(list(file_name ORDER BY position), []) AS file_names,
           coalesce(CAST(sum(row_count) AS BIGINT), 0) AS row_count FROM uploads
)
INSERT INTO data_seen
SELECT ?, file_names, row_count, (SELECT min(day) FROM dated), (SELECT max(day) FROM dated) FROM files
"""
_KEPT = """
SELECT runs.run_id, made_at, json_extract(summary, '$.customers')::BIGINT,
       json_extract(summary, '$.suggestion.k')::INTEGER, file_names, row_count, first_day, last_day,
       adopted.run_id IS NOT NULL
FROM runs LEFT JOIN data_seen USING (run_id) LEFT JOIN adopted USING (run_id)
ORDER BY made_at DESC, runs.run_id
"""
_OLD = """
SELECT run_id FROM runs ANTI JOIN adopted USING (run_id)
WHERE run_id NOT IN (SELECT run_id FROM runs ORDER BY made_at DESC, run_id LIMIT ?)
"""


@dataclass(frozen=True)
class GoesWith:
    """How many runs go with a file that is deleted, the adopted one among them or not, and how many stay."""

    runs: int
    adopted: bool
    staying: int


@dataclass(frozen=True)
class KeptRun:
    """A run that is kept, and the data it saw: files, their rows, the first and the last day in them.

    `made_at` is in UTC. Files are None for a run of an earlier version, days where the files have no dates.
    """

    run_id: str
    made_at: datetime
    customers: int
    suggested: int
    files: tuple[str, ...] | None
    rows: int | None
    first_day: date | None
    last_day: date | None
    adopted: bool


def list_runs(workspace: Workspace) -> tuple[KeptRun, ...]:
    """Return the runs that are kept, the newest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_KEPT).fetchall()
    kept = [KeptRun(*row) for row in rows]
    return tuple(replace(run, files=tuple(run.files) if run.files is not None else None) for run in kept)


def what_goes_with(workspace: Workspace, upload_id: str) -> GoesWith:
    """Say which runs are deleted with an upload: those that saw it."""
    with workspace.cursor() as cursor:
        staying = runs_without(cursor, upload_id)
    going = [run for run in list_runs(workspace) if run.run_id not in staying]
    return GoesWith(len(going), any(run.adopted for run in going), len(staying))


def delete_run(workspace: Workspace, run_id: str) -> None:
    """Delete an older run with all that is kept of it.

    :raises OptionError: for the newest run, which screens show, and the adopted one.
    """
    kept = list_runs(workspace)
    if kept and kept[0].run_id == run_id:
        raise OptionError("the newest segments are those that are shown.", "Delete older ones.")
    if any(run.adopted and run.run_id == run_id for run in kept):
        raise OptionError("these segments are adopted.", "Adopt others first.")
    with workspace.transaction() as cursor:
        drop_runs(cursor, [run_id])


def keep_data_of(cursor: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep with a run what the workspace holds now, and how it is read: it was made of that."""
    cursor.execute(_SEEN, [run_id])
    keep_reading(cursor, run_id)


def drop_old_runs(cursor: duckdb.DuckDBPyConnection) -> None:
    """Delete all but the latest runs and the adopted one."""
    drop_runs(cursor, [run_id for (run_id,) in cursor.execute(_OLD, [KEEP_RUNS]).fetchall()])


def drop_proposed(cursor: duckdb.DuckDBPyConnection) -> None:
    """Delete the run that is proposed, if there is one."""
    drop_runs(cursor, [run_id for (run_id,) in cursor.execute("SELECT run_id FROM proposed").fetchall()])
    cursor.execute("DELETE FROM proposed")


def drop_runs(cursor: duckdb.DuckDBPyConnection, run_ids: Sequence[str]) -> None:
    """Delete these runs with the rows of their customers."""
    for run_id in run_ids:
        cursor.execute(f"DROP TABLE IF EXISTS {rows_table(run_id)}")
        for table in OF_A_RUN:
            cursor.execute(f"DELETE FROM {table} WHERE run_id = ?", [run_id])
        from_it = "SELECT movement_id FROM movements WHERE from_run = ?"
        cursor.execute(f"DELETE FROM moved WHERE movement_id IN ({from_it})", [run_id])
        cursor.execute("DELETE FROM movements WHERE from_run = ?", [run_id])
