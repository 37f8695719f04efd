"""Any file name works, and two workspaces in one folder share nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.errors import WorkspaceError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ORDERS = "order_id,customer_id,order_date,amount\n1,Zanzi,2024-01-05,5.5\n2,B,2024-02-05,7.5\n"
NAMES = [
    "shop.duckdb",
    "fresh.duckdb",
    "memory.duckdb",
    "temp",
    "system.db",
    "main",
    "tessera",
    "tessera_fresh.duckdb",
    "meta",
    "shop.2024",
    "a shop's “best”.duckdb",
    "x.sqlite",
    "md:shop",
    ":memory:",
    "ünïcödé-店.duckdb",
    "a" * 240,
]


def test_a_file_that_is_named_like_a_part_of_the_database_takes_a_shop(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    with Workspace.open(tmp_path / "shop.duckdb") as workspace:
        upload = load_file(workspace, tmp_path / "orders.csv")
        assert build_shop(workspace).customers == 2
        delete_upload(workspace, upload.upload_id)
        assert not list_uploads(workspace)
    assert b"Zanzi" not in (tmp_path / "shop.duckdb").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_any_name_works(tmp_path: Path, name: str) -> None:
    with Workspace.open(tmp_path / "home" / name) as workspace:
        workspace.set_meta("name", "Zanzi")
        with workspace.transaction() as cursor:
            cursor.execute("CREATE TABLE shop.kept AS SELECT 7 AS seven")
        workspace.rewrite()
    with Workspace.open(tmp_path / "home" / name) as workspace:
        with workspace.cursor() as cursor:
            assert cursor.execute("FROM shop.kept").fetchall() == [(7,)]
        assert workspace.meta("name") == "Zanzi"
        workspace.delete_everything()
    assert {path.name for path in (tmp_path / "home").iterdir()} == {name, f".{name}-staging"}
    assert b"Zanzi" not in (tmp_path / "home" / name).read_bytes()


def test_a_relative_name_and_a_link_lead_to_the_file_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.duckdb").symlink_to(tmp_path / "disk" / "real.duckdb")
    monkeypatch.chdir(tmp_path)
    with Workspace.open("link.duckdb") as workspace:
        workspace.set_meta("kept", "Zanzi")
        workspace.delete_everything()
    assert (tmp_path / "link.duckdb").is_symlink()
    assert b"Zanzi" not in (tmp_path / "disk" / "real.duckdb").read_bytes()


def test_names_that_begin_alike_share_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "shop.2024") as first:
        (first.staging / "an upload in progress").write_text("x")
        (tmp_path / "shop.2024.rewriting").write_text("in progress")
        with Workspace.open(tmp_path / "shop.2025") as second:
            second.set_meta("name", "2025")
            second.rewrite()
            second.delete_everything()
            assert not set(first.beside.all_files()) & set(second.beside.all_files())
        with Workspace.open(tmp_path / "shop"):
            assert (first.staging / "an upload in progress").read_text() == "x"
            assert (tmp_path / "shop.2024.rewriting").read_text() == "in progress"


@pytest.mark.parametrize("name", ["w.duckdb.wal", "w.rewriting", "w.duckdb.version2", "w.tmp"])
def test_a_name_of_another_workspaces_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkspaceError, match="cannot be called"):
        Workspace.open(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a" * 257, "a" * 252, "\udcff.duckdb", "folder"])
def test_a_name_that_no_disk_takes_is_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(WorkspaceError):
        Workspace.open(tmp_path / name)


def test_a_file_that_is_open_is_not_opened_twice(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="open in this program already"):
        Workspace.open(workspace.path)
    workspace.set_meta("still", "open")
