"""What was handed over, when, and whom it named: so that a forgotten customer's copies can be named."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import numpy as np
import pandas as pd

from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Handover:
    """One export: what kind, of which segment ("all" or its number from 1), which files, how many rows."""

    made_at: datetime
    kind: str
    segment: str
    file_names: tuple[str, ...]
    rows: int


def log_export(
    workspace: Workspace,
    kind: str,
    segment: str,
    file_names: Sequence[str],
    rows: int,
    customer_ids: np.ndarray | None = None,
) -> str:
    """Write an export down; return its id.

    :param customer_ids: who is in it, kept as hashes; None for everyone.
    """
    export_id = uuid.uuid4().hex[:12]
    members = None if customer_ids is None else hashes(customer_ids)
    with workspace.transaction() as cursor:
        now = datetime.now(UTC).replace(tzinfo=None)
        cursor.register(
            "export_members",
            pd.DataFrame({"member": np.array([] if members is None else members, dtype=np.uint64)}),
        )
        cursor.execute(
            """
            INSERT INTO exports
            SELECT ?, ?, ?, ?, ?::VARCHAR[], ?, ?, (SELECT list(member) FROM export_members)""",
            [export_id, now, kind, segment, list(file_names), rows, customer_ids is None],
        )
        cursor.unregister("export_members")
    return export_id


def list_exports(workspace: Workspace) -> tuple[Handover, ...]:
    """Return what was handed over, the latest first."""
    return _read(workspace, "true", [])


def exports_with(workspace: Workspace, customer_ids: Sequence[str]) -> tuple[Handover, ...]:
    """Return the exports that named one of these customers; those of everyone count."""
    wanted = [int(one) for one in hashes(np.array(list(customer_ids), dtype=object))]
    return _read(workspace, "everyone OR list_has_any(members, ?::UBIGINT[])", [wanted])


def forget_members(cursor: duckdb.DuckDBPyConnection, customer_ids: Sequence[str]) -> None:
    """Take these customers' hashes out of the log, within the caller's transaction."""
    gone = [int(one) for one in hashes(np.array(list(customer_ids), dtype=object))]
    cursor.execute(
        "UPDATE exports SET members = [one FOR one IN members IF NOT list_contains(?::UBIGINT[], one)]"
        " WHERE members IS NOT NULL",
        [gone],
    )
    cursor.execute("DELETE FROM campaign_people WHERE list_contains(?::UBIGINT[], person)", [gone])


def hashes(customer_ids: np.ndarray) -> np.ndarray:
    """Return a uint64 for each id (n,), from which no id can be read."""
    return np.array(
        [int.from_bytes(hashlib.sha256(str(one).encode()).digest()[:8]) for one in customer_ids], np.uint64
    )


def hash_sql(cell: str) -> str:
    """Return SQL of the same of a cell."""
    return f"('0x' || left(sha256({cell}), 16))::UBIGINT"


def _read(workspace: Workspace, condition: str, values: list[object]) -> tuple[Handover, ...]:
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT made_at, kind, segment, file_names, row_count FROM exports"
            f" WHERE {condition} ORDER BY made_at DESC, export_id",
            values,
        ).fetchall()
    return tuple(
        Handover(at, kind, segment, tuple(names or ()), count) for at, kind, segment, names, count in rows
    )
