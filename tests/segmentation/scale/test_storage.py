"""A folder is the same wherever it is: files are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from segmentation.errors import OptionError
from segmentation.scale.storage import Folder


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder = Folder.at(str(tmp_path / "a b?c#d%20")).folder("in it")
    table = pa.table({"customer": [1, 2], "name": ["a", None]})
    assert folder.files() == [] and not folder.has("some/table.parquet")
    folder.write_table("some/table.parquet", table.replace_schema_metadata({"said": "yes"}))
    folder.write("done", b"it is")
    assert folder.files() == ["done", "some/table.parquet"] and folder.files("some") == ["some/table.parquet"]
    assert folder.read("done") == b"it is" and folder.has("some/table.parquet")
    assert folder.read_table("some/table.parquet").equals(table)
    assert folder.read_table("some/table.parquet", ["name"]).column_names == ["name"]
    assert folder.read_facts("some/table.parquet") == {b"said": b"yes"}
    assert folder.stamp("done")[0] == 5 and folder.local == tmp_path / "a b?c#d%20" / "in it"
    folder.remove("done")
    folder.delete()
    folder.delete()
    assert folder.files() == []


def test_a_folder_takes_and_gives_folders_of_this_machine(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "part=0").mkdir(parents=True)
        (tmp_path / name / "part=0" / name).write_text(name)
    folder = Folder.at(str(tmp_path / "target"))
    for name in ("old", "new"):
        folder.take(tmp_path / name)
    assert folder.files() == ["part=0/new"]
    folder.give("part=0", tmp_path / "given" / "lines")
    assert (tmp_path / "given" / "lines" / "new").read_text() == "new"


def test_options_of_an_address_stay_behind_its_folders() -> None:
    assert Folder("s3://bucket/a?scheme=http").folder("b").uri == "s3://bucket/a/b?scheme=http"
    with pytest.raises(OptionError, match="s4://bucket cannot be opened"):
        Folder.at("s4://bucket")
