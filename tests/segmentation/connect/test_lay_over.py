"""Newer rows laid over older ones come to what reading everything would have given."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from segmentation import Workspace, load_file
from segmentation.connect.lay_over import lay_over

NAMES = ("email", "part", "city")


def written(path: Path, *rows: tuple[str | None, ...]) -> Path:
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    pq.write_table(pa.table(columns, names=NAMES), path)
    return path


def read(path: Path) -> list[tuple[str | None, ...]]:
    return [tuple(row.values()) for row in pq.read_table(path).to_pylist()]


def test_a_row_of_the_same_key_takes_the_place_of_the_older_one(workspace: Workspace, tmp_path: Path) -> None:
    old = [
        ("a@x.org", "1", "Rome"),
        ("a@x.org", "2", None),
        ("b@x.org", "1", "Oslo"),
        ("c@x.org", "1", "Bonn"),
    ]
    upload = load_file(workspace, written(tmp_path / "old.parquet", *old))
    whole = tmp_path / "whole.parquet"
    newer = [
        ("b@x.org", "1", "Bergen"),
        (" a@x.org ", "2", "N/A"),  # as it was, once blanks and what says nothing are seen through
        ("d@x.org", "1", None),
        ("c@x.org", "2", "Bonn"),
    ]
    assert lay_over(workspace, upload, written(tmp_path / "newer.parquet", *newer), (0, 1), whole) == 3
    assert read(whole) == [
        ("a@x.org", "1", "Rome"),
        ("a@x.org", "2", None),
        ("c@x.org", "1", "Bonn"),
        ("b@x.org", "1", "Bergen"),
        ("d@x.org", "1", None),
        ("c@x.org", "2", "Bonn"),
    ]


def test_where_all_is_as_it_was_nothing_is_written(workspace: Workspace, tmp_path: Path) -> None:
    old = [("a@x.org", "1", "Rome"), ("b@x.org", "1", None)]
    upload = load_file(workspace, written(tmp_path / "old.parquet", *old))
    assert (
        lay_over(workspace, upload, written(tmp_path / "same.parquet", *old), (0, 1), tmp_path / "whole") == 0
    )
    assert not (tmp_path / "whole").exists()
