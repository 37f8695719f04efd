"""Uploads are listed, corrected and really removed."""

from pathlib import Path

import pytest

from segmentation.errors import OptionError, UnknownColumnError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.corrections import (
    delete_upload,
    get_upload,
    list_uploads,
    preview,
    rejects,
    set_kind,
    set_role,
    swap_day_and_month,
)
from segmentation.intake.uploads.describe import describe
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

TEXT = "customer_id,born,city,points\n1,1980-05-01,Ulm,10\n2,1990-06-02,Bonn,20\n3,oops\n"


@pytest.fixture
def upload(workspace: Workspace, tmp_path: Path) -> Upload:
    path = tmp_path / "people.csv"
    path.write_text(TEXT)
    return load_file(workspace, path)


def test_the_same_bytes_are_recognised(workspace: Workspace, tmp_path: Path, upload: Upload) -> None:
    (tmp_path / "again.csv").write_text(TEXT)
    assert load_file(workspace, tmp_path / "again.csv") == upload
    assert list_uploads(workspace) == (upload,)


def test_uploads_survive_a_restart(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(TEXT)
    home = tmp_path / "other" / "workspace.duckdb"
    with Workspace.open(home) as workspace:
        upload = load_file(workspace, tmp_path / "people.csv")
    with Workspace.open(home) as workspace:
        assert list_uploads(workspace) == (upload,)


def test_preview_and_rejects(workspace: Workspace, upload: Upload) -> None:
    assert preview(workspace, upload.upload_id, 1).to_dict("records") == [
        {"customer_id": "1", "born": "1980-05-01", "city": "Ulm", "points": "10"}
    ]
    assert rejects(workspace, upload.upload_id).to_dict("records") == [
        {"line": 4, "reason": "2 cells where the header has 4", "content": "3,oops"}
    ]


def test_set_role_decides_the_format_anew(workspace: Workspace, upload: Upload) -> None:
    changed = set_role(workspace, upload.upload_id, "born", "timestamp")
    assert (changed.columns[1].role, changed.columns[1].value_format) == (Role.TIMESTAMP, "%Y-%m-%d")
    assert (changed.columns[1].confidence, changed.columns[1].reason) == (1.0, "chosen by hand")
    assert set_role(workspace, upload.upload_id, "born", Role.IGNORE).columns[1].value_format == ""


def test_set_role_and_kind_are_validated(workspace: Workspace, upload: Upload) -> None:
    with pytest.raises(
        UnknownColumnError, match=r"no column “age”\. There are: customer_id, born, city, points"
    ):
        set_role(workspace, upload.upload_id, "age", Role.NUMERIC)
    with pytest.raises(UnknownColumnError, match="no role “nonsense”"):
        set_role(workspace, upload.upload_id, "city", "nonsense")
    with pytest.raises(OptionError, match="no dates"):
        set_role(workspace, upload.upload_id, "city", Role.TIMESTAMP)
    with pytest.raises(OptionError, match="no numbers"):
        set_role(workspace, upload.upload_id, "city", Role.NUMERIC)
    with pytest.raises(UnknownColumnError, match="no kind"):
        set_kind(workspace, upload.upload_id, "nonsense")
    with pytest.raises(OptionError, match="no upload"):
        get_upload(workspace, "000000000000")


def test_a_correction_changes_the_fingerprint(workspace: Workspace, upload: Upload) -> None:
    before = build_shop(workspace).fingerprint
    assert build_shop(workspace).fingerprint == before
    set_role(workspace, upload.upload_id, "points", Role.IGNORE)
    assert build_shop(workspace).fingerprint != before
    assert set_kind(workspace, upload.upload_id, "other").kind is Kind.OTHER


def test_a_deleted_upload_is_gone_from_the_disk(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("customer_id,motto\n" + "".join(f"{i},zanzibarine{i:05}\n" for i in range(3000)))
    upload = load_file(workspace, path)
    build_shop(workspace)
    delete_upload(workspace, upload.upload_id)
    assert list_uploads(workspace) == ()
    assert b"zanzibarine" not in workspace.path.read_bytes()


def test_describe_is_the_json_of_inspect(upload: Upload) -> None:
    facts = describe(upload)
    assert list(facts) == [
        *("file", "kind", "encoding", "delimiter", "rows", "rejected", "columns", "money", "doubts")
    ]
    assert (facts["file"], facts["kind"], facts["encoding"], facts["delimiter"]) == (
        "people.csv",
        "customers",
        "ASCII",
        ",",
    )
    assert (facts["rows"], facts["rejected"]) == (2, 1)
    assert facts["columns"][0] == {
        "name": "customer_id",
        "role": "customer_id",
        "confidence": 0.97,
        "reason": upload.columns[0].reason,
    }


def test_day_and_month_can_be_swapped_where_both_are_dates(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"c{i % 4},{1 + i % 12:02}/{1 + i * 5 % 12:02}/2024 10:00\n" for i in range(40))
    (tmp_path / "a.csv").write_text("customer_id,visited\n" + rows)
    upload = load_file(workspace, tmp_path / "a.csv")
    before = upload.columns[1].value_format
    assert upload.columns[1].confidence == 0.5
    assert "day and month could be the other way round" in upload.columns[1].reason
    swapped = swap_day_and_month(workspace, upload.upload_id, "visited").columns[1]
    assert {before, swapped.value_format} == {"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"}
    assert (swapped.reason, swapped.confidence) == ("chosen by hand", 1)
    assert swap_day_and_month(workspace, upload.upload_id, "visited").columns[1].value_format == before


def test_days_beyond_the_twelfth_cannot_be_months(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"c{i % 4},{1 + i % 28:02}/{1 + i % 12:02}/2024\n" for i in range(60))
    (tmp_path / "a.csv").write_text("customer_id,visited\n" + rows)
    upload = load_file(workspace, tmp_path / "a.csv")
    with pytest.raises(OptionError, match="the other way round, only 47%"):
        swap_day_and_month(workspace, upload.upload_id, "visited")
    assert list_uploads(workspace) == (upload,)
