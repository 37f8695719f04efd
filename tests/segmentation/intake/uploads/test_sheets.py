"""Of a workbook the sheet with the table is read; another can be chosen without a new upload."""

from pathlib import Path

import pytest

from segmentation.errors import OptionError
from segmentation.intake.uploads.corrections import delete_upload, list_uploads, preview
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.sheets import choose_sheet, sheets_of
from segmentation.workspace import Workspace
from tests.segmentation.intake.files.test_file_formats import save_workbook

ORDERS = [["order_id", "customer_id", "amount"], *([f"o{i}", f"c{i % 9}", 5 + i] for i in range(30))]
PEOPLE = [["customer_id", "age"], *([f"c{i}", 20 + i] for i in range(9))]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save_workbook(tmp_path / "shop.xlsx", {"Orders": ORDERS, "People": PEOPLE, "Empty": []})


def test_another_sheet_takes_the_place_of_the_one_found(
    workspace: Workspace, book: Path, tmp_path: Path
) -> None:
    upload = load_file(workspace, book)
    (tmp_path / "b.csv").write_text("customer_id,city\nc1,Rome\nc2,Oslo\n")
    load_file(workspace, tmp_path / "b.csv")
    assert upload.delimiter == "Orders"
    assert sheets_of(workspace, upload.upload_id) == ("Orders", "People")
    chosen = choose_sheet(workspace, upload.upload_id, "People")
    assert preview(workspace, chosen.upload_id, 1).to_dict("records") == [{"customer_id": "c0", "age": "20"}]
    assert [upload.file_name for upload in list_uploads(workspace)] == ["shop.xlsx", "b.csv"]
    back = choose_sheet(workspace, chosen.upload_id, "Orders")
    assert (back.rows, back.delimiter) == (30, "Orders")
    assert sheets_of(workspace, back.upload_id) == ("Orders", "People")


def test_a_sheet_that_is_not_there_changes_nothing(workspace: Workspace, book: Path) -> None:
    upload = load_file(workspace, book)
    with pytest.raises(OptionError, match="no sheet “Empty”"):
        choose_sheet(workspace, upload.upload_id, "Empty")
    assert list_uploads(workspace) == (upload,)


def test_a_workbook_of_one_sheet_is_not_kept_and_a_deleted_one_is_gone(
    workspace: Workspace, book: Path, tmp_path: Path
) -> None:
    single = load_file(workspace, save_workbook(tmp_path / "one.xlsx", {"Orders": ORDERS[:12]}))
    several = load_file(workspace, book)
    assert sheets_of(workspace, single.upload_id) == ()
    delete_upload(workspace, several.upload_id)
    with workspace.cursor() as cursor:
        assert cursor.execute("FROM workbooks").fetchall() == []
