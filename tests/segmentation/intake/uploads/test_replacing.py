"""An upload takes the place of an older one: corrections stay, and nothing that was found is forgotten."""

from __future__ import annotations

from pathlib import Path

from segmentation import Workspace, load_file
from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import list_uploads, set_kind, set_role
from segmentation.intake.uploads.replacing import take_place

FIRST = "customer_id,city,note\nc1,Rome,plum\nc2,Oslo,fig\n"


def test_what_was_corrected_by_hand_stays_corrected(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(FIRST)
    (tmp_path / "other.csv").write_text("order_id,amount\n1,2.50\n2,3.50\n")
    older = load_file(workspace, tmp_path / "people.csv")
    load_file(workspace, tmp_path / "other.csv")
    set_kind(workspace, older.upload_id, Kind.OTHER)
    set_role(workspace, older.upload_id, "note", Role.TEXT)
    with workspace.transaction() as cursor:
        cursor.execute("INSERT INTO runs VALUES ('r1', now()::TIMESTAMP, 'f', '{}')")

    (tmp_path / "people.csv").write_text(FIRST + "c3,Bonn,secretquince\n")
    newer = load_file(workspace, tmp_path / "people.csv")
    found = take_place(workspace, newer.upload_id, older.upload_id)
    assert [upload.file_name for upload in list_uploads(workspace)] == ["people.csv", "other.csv"]
    assert (found.rows, found.kind, found.kind_reason) == (3, Kind.OTHER, "chosen by hand")
    assert [column.role for column in found.columns if column.name == "note"] == [Role.TEXT]
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT run_id FROM runs").fetchall() == [("r1",)]
        assert not cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name = ?", [older.raw_table]
        ).fetchall()


def test_the_bytes_of_the_older_one_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "w.duckdb"
    with Workspace.open(path) as workspace:
        (tmp_path / "people.csv").write_text(FIRST + "c9,Lima,veryoldquince\n")
        older = load_file(workspace, tmp_path / "people.csv")
        (tmp_path / "people.csv").write_text(FIRST)
        take_place(workspace, load_file(workspace, tmp_path / "people.csv").upload_id, older.upload_id)
    assert b"plum" in path.read_bytes() and b"veryoldquince" not in path.read_bytes()
