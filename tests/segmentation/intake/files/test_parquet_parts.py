"""Parquet files that are parts of one table are joined, in a process of their own."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segmentation.errors import UnreadableFileError
from segmentation.intake.files.apart.reading import join_apart
from segmentation.intake.files.parquet_parts import TablePart
from segmentation.jobs import silent


def part(path: Path, said: dict[str, str | None], **columns: list[object]) -> TablePart:
    pq.write_table(pa.table(columns), path)
    return TablePart(path, said)


def test_columns_are_matched_by_name_and_folders_say_the_rest(tmp_path: Path) -> None:
    parts = [
        part(tmp_path / "0.part", {"year": "2023", "odd 'name": "x"}, id=[1, 2], city=["Rome", None]),
        part(tmp_path / "1.part", {"year": "2023", "odd 'name": "x"}, city=["Oslo"], id=[3]),
        part(tmp_path / "2.part", {"year": None, "odd 'name": "y"}, id=[4], extra=[2.5]),
    ]
    join_apart(parts, tmp_path / "whole.parquet", silent)
    rows = pq.read_table(tmp_path / "whole.parquet").to_pylist()
    assert rows == [
        {"id": 1, "city": "Rome", "year": "2023", "odd 'name": "x", "extra": None},
        {"id": 2, "city": None, "year": "2023", "odd 'name": "x", "extra": None},
        {"id": 3, "city": "Oslo", "year": "2023", "odd 'name": "x", "extra": None},
        {"id": 4, "city": None, "year": None, "odd 'name": "y", "extra": 2.5},
    ]


def test_a_damaged_part_is_refused_as_a_damaged_file_is(tmp_path: Path) -> None:
    good = part(tmp_path / "0.part", {}, id=[1])
    (tmp_path / "1.part").write_bytes(b"PAR1" + b"\xff" * 200 + b"PAR1")
    with pytest.raises(UnreadableFileError, match="could not be read safely"):
        join_apart([good, TablePart(tmp_path / "1.part", {})], tmp_path / "whole.parquet", silent)
