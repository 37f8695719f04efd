"""A shop that is linked already is assigned from Parquet files as it is from a workspace."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segmentation.errors import NoCustomersError, UnreadableFileError
from segmentation.scale.assign_files import LinkedFiles, assign_linked_files
from segmentation.scale.linked_files import part_linked_files
from segmentation.scale.storage import Folder
from segmentation.scale.workers import Workers
from segmentation.track.assign import assign_everybody
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace


def write_tables(shop: Workspace, folder: Path) -> None:
    """Write the shop's tables, the order lines in three files of which one has fewer columns."""
    for table in ("lines", "events", "reviews", "products", "customers"):
        (folder / table).mkdir(parents=True)
        with shop.cursor() as cursor:
            rows = cursor.sql(f"SELECT * FROM shop.{table}").to_arrow_table()
        cuts = [0, 100, 2_000, len(rows)] if table == "lines" else [0, len(rows)]
        for start, end in pairwise(cuts):
            some = rows.slice(start, end - start)
            some = some.drop_columns(["currency", "own_amount"]) if start == 100 else some
            pq.write_table(some, folder / table / f"{start}.parquet")


def test_files_are_assigned_as_the_workspace_is(shop: Workspace, tmp_path: Path, load_fake: Callable) -> None:
    write_tables(shop, tmp_path / "linked")
    workers = Workers(map, Folder.at(str(tmp_path / "parts")), load_fake, 6)
    source, target = Folder.at(str(tmp_path / "linked")), Folder.at(str(tmp_path / "out"))
    facts = assign_linked_files(shop, frozen_run(shop), workers, LinkedFiles(source, target))
    assert facts["files"] == [f"assigned-{number:05d}.parquet" for number in range(6)] == target.files()
    rows = pa.concat_tables([target.read_table(name) for name in target.files()]).sort_by("customer_id")
    whole = assign_everybody(shop, frozen_run(shop), load=load_fake)
    assert rows["customer_id"].to_pylist() == whole.assigned.customer_ids.tolist()
    assert np.array_equal(rows["segment"].to_numpy(), whole.assigned.segment.astype(int) + 1)
    for column in ("distance", "margin", "unlike_anybody"):
        assert np.array_equal(rows[column].to_numpy(), getattr(whole.assigned, column))
    assert facts["customers"] == 400 and sum(one["size"] for one in facts["segments"]) == 400
    assert facts["day"] == whole.day.isoformat() if whole.day else None

    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").rglob("*.parquet")}
    assert assign_linked_files(shop, frozen_run(shop), workers, LinkedFiles(source, target)) == facts
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").rglob("*.parquet")} == before


def test_files_that_are_no_tables_of_a_shop_are_refused(tmp_path: Path) -> None:
    source, parts = Folder.at(str(tmp_path / "linked")), Folder.at(str(tmp_path / "parts"))
    with pytest.raises(NoCustomersError, match="holds no customers"):
        part_linked_files(source, parts, 2, map)
    (tmp_path / "linked" / "lines").mkdir(parents=True)
    duckdb.sql("SELECT 'a' AS customer_id, 'yesterday' AS ordered_at").write_parquet(
        str(tmp_path / "linked" / "lines" / "one.parquet")
    )
    with pytest.raises(UnreadableFileError, match="is no table “lines”"):
        part_linked_files(source, parts, 2, map)
