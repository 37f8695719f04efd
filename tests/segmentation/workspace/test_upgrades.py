"""Workspaces of earlier versions open, with everything in them."""

from pathlib import Path

import pytest

from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from segmentation.workspace import database as module
from segmentation.workspace.schema import SCHEMA_VERSION


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """Write a workspace as the first version did: with cells as they stood in the file."""
    (tmp_path / "a.csv").write_text("customer_id,city\nA1,Rome\nA2,Oslo\nA3,Bonn\n")
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        raw = load_file(workspace, tmp_path / "a.csv").raw_table
        with workspace.cursor() as cursor:
            cursor.execute(f"UPDATE {raw} SET c1 = ' Rome\t' WHERE c0 = 'A1'")
            cursor.execute(f"UPDATE {raw} SET c1 = 'n/a' WHERE c0 = 'A2'")
        workspace.set_meta("schema_version", "1")
        workspace.set_meta("name", "my shop")
    return tmp_path / "w.duckdb"


def test_cells_of_the_first_version_are_tidied(version_1: Path) -> None:
    with Workspace.open(version_1) as workspace:
        (upload,) = list_uploads(workspace)
        with workspace.cursor() as cursor:
            rows = cursor.execute(f"FROM {upload.raw_table} ORDER BY line").fetchall()
        assert rows == [(2, "A1", "Rome"), (3, "A2", None), (4, "A3", "Bonn")]
        assert workspace.meta("name") == "my shop"
        assert workspace.meta("schema_version") == str(SCHEMA_VERSION)
    assert [path.name for path in version_1.parent.glob("w.duckdb*")] == ["w.duckdb"]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(module, "upgrade", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        Workspace.open(version_1)
    monkeypatch.undo()
    with Workspace.open(version_1) as workspace:
        assert workspace.meta("schema_version") == str(SCHEMA_VERSION)
        assert workspace.meta("name") == "my shop"


def test_what_an_upgrade_cut_short_leaves_beside_the_file_goes_at_the_next_opening(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Workspace) -> None:
        self.path.with_suffix(".rewriting").write_bytes(b"half")
        raise RuntimeError("disk full")

    monkeypatch.setattr(Workspace, "rewrite", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        Workspace.open(version_1)
    assert len(list(version_1.parent.glob("w.*"))) > 1
    monkeypatch.undo()
    with Workspace.open(version_1) as workspace:
        assert workspace.meta("name") == "my shop"
    assert [path.name for path in version_1.parent.glob("w.*")] == ["w.duckdb"]
    assert b" Rome\t" not in version_1.read_bytes()


def test_deleting_everything_deletes_what_an_upgrade_left(version_1: Path) -> None:
    with Workspace.open(version_1) as workspace:
        version_1.with_name("w.duckdb.version1").write_bytes(b"Rome")
        workspace.delete_everything()
        assert not list(version_1.parent.glob("w.duckdb.version*"))


def test_vectors_of_the_second_version_are_dropped_and_gone_from_the_disk(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        with workspace.cursor() as cursor:
            cursor.execute("CREATE TABLE embeddings AS SELECT 'zanzibarine' AS encoder_key, [0.5] AS vector")
        workspace.set_meta("schema_version", "2")
    assert b"zanzibarine" in (tmp_path / "w.duckdb").read_bytes()
    with Workspace.open(tmp_path / "w.duckdb") as workspace, workspace.cursor() as cursor:
        assert not cursor.execute("FROM duckdb_tables() WHERE table_name = 'embeddings'").fetchall()
    assert b"zanzibarine" not in (tmp_path / "w.duckdb").read_bytes()
