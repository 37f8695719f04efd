"""Older workspace files brought up to today's format, a step for each version; what is here never changes."""

from __future__ import annotations

import json

import duckdb

from segmentation.workspace.stored_sentences import reject_code, run_of_facts

_BLANKS = " || ".join(f"chr({code})" for code in (32, 9, 10, 13, 160, 12288, 65279))
_MISSING = r"'', 'null', 'na', 'n/a', '#n/a', 'nan', 'nat', 'none', 'nil', '-', '--', '\n', '(null)', '<na>'"


def upgrade(cursor: duckdb.DuckDBPyConnection, version: int) -> None:
    """Take all steps from this version on, within the caller's transaction."""
    for step in _STEPS[version - 1 :]:
        step(cursor)


def _tidy_cells(cursor: duckdb.DuckDBPyConnection) -> None:
    """From 1 to 2: raw tables came to hold trimmed cells, and NULL where nothing was given."""
    for upload_id, width in cursor.execute(
        "SELECT upload_id, count(*) FROM upload_columns GROUP BY upload_id"
    ).fetchall():
        raw = '"raw_' + upload_id.replace('"', '""') + '"'
        bare = {f"c{i}": f"trim(c{i}, {_BLANKS})" for i in range(width)}
        cells = ", ".join(
            f"CASE WHEN lower({cell}) NOT IN ({_MISSING}) THEN {cell} END AS {name}"
            for name, cell in bare.items()
        )
        cursor.execute(f"CREATE TABLE upgraded AS SELECT line, {cells} FROM {raw} ORDER BY line")
        cursor.execute(f"DROP TABLE {raw}")
        cursor.execute(f"ALTER TABLE upgraded RENAME TO {raw}")


def _drop_vectors(cursor: duckdb.DuckDBPyConnection) -> None:
    """From 2 to 3: vectors of texts moved to files beside the workspace; texts are read anew once."""
    cursor.execute("DROP TABLE IF EXISTS embeddings")


def _turn_sentences_into_facts(cursor: duckdb.DuckDBPyConnection) -> None:
    """From 3 to 4: codes and facts came to be kept in place of sentences, which are made when shown."""
    for run_id, stored in cursor.execute("SELECT run_id, summary FROM runs").fetchall():
        summary = json.dumps(run_of_facts(json.loads(stored)))
        cursor.execute("UPDATE runs SET summary = ? WHERE run_id = ?", [summary, run_id])
    for (reason,) in cursor.execute("SELECT DISTINCT reason FROM rejects").fetchall():
        cursor.execute("UPDATE rejects SET reason = ? WHERE reason = ?", [reject_code(reason), reason])


def _forget_margins(cursor: duckdb.DuckDBPyConnection) -> None:
    """From 4 to 5: confidence came to be a probability, which the margin kept before is not."""
    columns = cursor.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE starts_with(table_name, 'run_') AND regexp_full_match(column_name, 'confidence_[0-9]+')"""
    ).fetchall()
    for table, column in columns:
        cursor.execute(f'UPDATE "{table}" SET {column} = NULL')
    for run_id, stored in cursor.execute("SELECT run_id, summary FROM runs").fetchall():
        summary = json.loads(stored)
        summary["shown"] = {k: list(map(_without_edge, some)) for k, some in summary.get("shown", {}).items()}
        cursor.execute("UPDATE runs SET summary = ? WHERE run_id = ?", [json.dumps(summary), run_id])


def _without_edge(shown: dict[str, object]) -> dict[str, object]:
    nobody = {"edge": ["int64", [0], []], "confidence": ["float32", [0], []], "second": ["uint8", [0], []]}
    return {**shown, **nobody}


def _only_new_tables(cursor: duckdb.DuckDBPyConnection) -> None:
    """From 5 to 6: what becomes of segments over time came to be kept, in tables that the schema adds."""


_STEPS = (_tidy_cells, _drop_vectors, _turn_sentences_into_facts, _forget_margins, _only_new_tables)
