"""Keep a run in the workspace and read it back: its summary as JSON, its customers as a table of rows."""

from __future__ import annotations

import json
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from segmentation.features.column_labels import given_labels, with_labels
from segmentation.insight.facts.worth import Worth
from segmentation.runs.columns import EVERY_SEGMENT_COLUMN, confidence_column, segment_column
from segmentation.runs.forget import without_customers
from segmentation.runs.kept.history import drop_old_runs, drop_proposed, drop_runs, keep_data_of
from segmentation.runs.kept.texts import keep_texts_learned
from segmentation.runs.names import segment_names
from segmentation.runs.parts import keep_with_run, keep_within, part_of_run
from segmentation.runs.run import Run, with_features
from segmentation.runs.theme_names import given_names, with_theme_names
from segmentation.text.learned import TextsLearned
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table
from segmentation.workspace.facts import converter

WORTH = "worth"
# What is kept later counts as later, also where the clock was set back; the summary keeps the time as it was.
INSERT_RUN = """
    INSERT INTO runs SELECT ?, greatest(?, max(made_at) + INTERVAL 1 MICROSECOND), ?, ? FROM runs"""
_DRAFTS = """
    SELECT run_id FROM runs ANTI JOIN adopted USING (run_id)
    WHERE list_contains((summary -> '$.readings[*].draft')::BOOLEAN[], true)"""


def save_run(
    workspace: Workspace, run: Run, customers: pd.DataFrame, texts: TextsLearned | None = None
) -> None:
    """Keep a run and its customers' rows in one transaction; older ones than `KEEP_RUNS` go.

    A run in full replaces the quick drafts before it.

    Features are stored by position, since SQL takes names that differ only in case for the same.
    """
    with workspace.transaction() as cursor:
        summary = keep_rows(cursor, run, customers, texts)
        cursor.execute(INSERT_RUN, [run.run_id, run.made_at, run.fingerprint, summary])
        drop_old_runs(cursor)
        if not run.draft:
            drop_runs(cursor, [run_id for (run_id,) in cursor.execute(_DRAFTS).fetchall()])


def keep_rows(
    cursor: duckdb.DuckDBPyConnection, run: Run, customers: pd.DataFrame, texts: TextsLearned | None
) -> str:
    """Keep the rows of a run's customers and what it was made of; return its summary, which is not kept."""
    columns = {feature.name: f"feature_{position}" for position, feature in enumerate(run.features)}
    cursor.register("run_customers", customers.rename(columns=columns))
    cursor.execute(f"CREATE TABLE {rows_table(run.run_id)} AS SELECT * FROM run_customers")
    cursor.unregister("run_customers")
    if texts is not None:
        keep_texts_learned(cursor, run.run_id, texts)
    keep_data_of(cursor, run.run_id)
    return json.dumps(converter().unstructure(run))


def amend_run(workspace: Workspace, run: Run, k: int, confidence: pd.DataFrame) -> None:
    """Keep what is known now of a run's stability: its cuts and suggestion, and who is how sure at one k.

    :param confidence: customer_id and confidence of every customer; a run deleted meanwhile keeps nothing.
    """
    known = converter().unstructure(run)
    amended = {part: known[part] for part in ("cuts", "suggestion", "shown")}
    with workspace.transaction() as cursor:
        if keep_within(cursor, run.run_id, lambda _: amended):
            cursor.register("measured", confidence)
            cursor.execute(
                f"""
                UPDATE {rows_table(run.run_id)} AS kept SET {confidence_column(k)} = measured.confidence
                FROM measured WHERE kept.customer_id = measured.customer_id"""
            )
            cursor.unregister("measured")


def keep_worth(workspace: Workspace, run_id: str, worth: Worth) -> None:
    """Keep with a run what its segments are worth."""
    keep_with_run(workspace, run_id, lambda _: {WORTH: converter().unstructure(worth)})


def load_worth(workspace: Workspace, run_id: str) -> Worth | None:
    """Read what a run's segments are worth; None where it was not measured."""
    stored = part_of_run(workspace, run_id, WORTH)
    return converter().structure(stored, Worth) if stored else None


def forget_customers(
    cursor: duckdb.DuckDBPyConnection, customer_ids: Sequence[str], texts: Sequence[str]
) -> int:
    """Delete the rows of these customers from every run, and their texts from its examples; return the rows.

    Sizes follow, and the places of the customers who are shown.
    """
    deleted = 0
    drop_proposed(cursor)
    for run_id, stored in cursor.execute("SELECT run_id, summary FROM runs").fetchall():
        query = f"FROM {rows_table(run_id)} WHERE list_contains(?::VARCHAR[], customer_id)"
        gone = cursor.execute(
            f"SELECT rowid, COLUMNS('{EVERY_SEGMENT_COLUMN}') {query} ORDER BY rowid", [list(customer_ids)]
        ).df()
        run = without_customers(converter().structure(json.loads(stored), Run), gone, texts)
        cursor.execute(f"DELETE {query}", [list(customer_ids)])
        summary = json.dumps(converter().unstructure(run))
        cursor.execute("UPDATE runs SET summary = ? WHERE run_id = ?", [summary, run_id])
        deleted += len(gone)
    return deleted


def latest_run_id(workspace: Workspace) -> str | None:
    """Return the id of the newest run, if there is one."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT run_id FROM runs ORDER BY made_at DESC, run_id LIMIT 1").fetchall()
    return rows[0][0] if rows else None


def load_run(workspace: Workspace, run_id: str | None = None) -> Run | None:
    """Read a run, by default the newest one, with the names that people gave; None where there is none."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT summary FROM runs WHERE run_id = ?", [run_id or latest_run_id(workspace)]
        ).fetchall()
    return with_given_names(workspace, rows[0][0]) if rows else None


def with_given_names(workspace: Workspace, stored: str) -> Run:
    """Read a run from its summary as it is kept, with the names that people gave."""
    summary = json.loads(stored)
    summary["names"] = segment_names(workspace)
    labels = given_labels(workspace)
    run = with_features(converter().structure(summary, Run), lambda features: with_labels(features, labels))
    return with_theme_names(run, given_names(workspace, run.themes))


def load_customers(workspace: Workspace, run: Run, positions: np.ndarray | None = None) -> pd.DataFrame:
    """Read a row per customer: customer_id, segment_K and confidence_K for each k, map_x, map_y, features.

    :param positions: read only the customers at these places in the order of the run (ascending, from 0),
        which then are the index.
    """
    query = f"SELECT * FROM {rows_table(run.run_id)}"
    if positions is not None:
        query += " AS kept SEMI JOIN wanted ON kept.rowid = wanted.position ORDER BY kept.rowid"
    with workspace.cursor() as cursor:
        if positions is not None:
            cursor.register("wanted", pd.DataFrame({"position": positions}))
        rows = cursor.sql(query).df()
    features = [feature.name for feature in run.features]
    headers = [*rows.columns[: len(rows.columns) - len(features)], *features]
    return rows.set_axis(headers, axis=1).set_axis(positions if positions is not None else rows.index)


def load_map(workspace: Workspace, run: Run) -> dict[str, np.ndarray]:
    """Read where every customer is on the map, float32 x and y (n,), and the segment at the suggested k.

    A run of an earlier version keeps NaN for those who were not drawn.
    """
    segment = segment_column(run.suggestion.k)
    query = f"SELECT map_x AS x, map_y AS y, {segment} AS segment FROM {rows_table(run.run_id)}"
    with workspace.cursor() as cursor:
        return {name: np.asarray(values) for name, values in cursor.sql(query).fetchnumpy().items()}
