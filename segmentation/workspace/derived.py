"""What was made from uploads, deleted with them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.workspace.database import KEPT_SHOP, Workspace, rows_table
from segmentation.workspace.schema import MADE_SINCE, MADE_WITH_A_RUN


def forget_derived(
    workspace: Workspace, cursor: duckdb.DuckDBPyConnection, staying: Sequence[str] = ()
) -> None:
    """Delete what was made from the uploads: runs with their customers, vectors of texts, the shop.

    The vectors are gone even where the transaction of `cursor` fails: texts are then read anew.

    :param staying: ids of runs that saw nothing of what is deleted; they stay with what was made with them.
    """
    for (run_id,) in cursor.execute("SELECT run_id FROM runs UNION SELECT run_id FROM proposed").fetchall():
        if run_id not in staying:
            cursor.execute(f"DROP TABLE IF EXISTS {rows_table(run_id)}")
    for table in MADE_WITH_A_RUN:
        cursor.execute(f"DELETE FROM {table} WHERE NOT list_contains(?::VARCHAR[], run_id)", [list(staying)])
    for table in MADE_SINCE:
        cursor.execute(f"DELETE FROM {table}")
    workspace.delete_vectors()
    workspace.beside.delete_made()
    cursor.execute("UPDATE exports SET members = NULL")
    cursor.execute("UPDATE play_edits SET generated = NULL WHERE generated IS NOT NULL")
    cursor.execute("DELETE FROM meta WHERE key = ?", [KEPT_SHOP])
