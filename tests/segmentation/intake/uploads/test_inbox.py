"""Files put into the inbox by hand are offered until they are loaded."""

import zipfile
from pathlib import Path

import pytest

from segmentation.intake.uploads.corrections import delete_upload
from segmentation.intake.uploads.inbox import inbox_folder, list_inbox, load_from_inbox
from segmentation.workspace import Workspace


def names(workspace: Workspace) -> list[str]:
    return [path.name for path in list_inbox(workspace)]


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    made = inbox_folder(workspace)
    (made / "a.csv").write_text("customer_id,age\n1,30\n2,40\n")
    with zipfile.ZipFile(made / "b.zip", "w") as archive:
        archive.writestr("first.csv", "customer_id,city\n1,Rome\n2,Bonn\n")
        archive.writestr("second.csv", "customer_id,score\n1,5\n2,7\n")
    return made


def test_the_folder_is_private_and_hidden_files_are_left_out(workspace: Workspace, folder: Path) -> None:
    (folder / ".hidden").write_text("x")
    (folder / "link.csv").symlink_to(folder / "a.csv")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert names(workspace) == ["a.csv", "b.zip"]


def test_what_is_loaded_is_listed_no_longer_an_archive_neither(workspace: Workspace, folder: Path) -> None:
    load_from_inbox(workspace, folder / "a.csv")
    assert names(workspace) == ["b.zip"]
    uploads = load_from_inbox(workspace, folder / "b.zip")
    assert [upload.file_name for upload in uploads] == ["first.csv", "second.csv"]
    assert names(workspace) == []


def test_a_file_that_changed_is_listed_anew_even_at_the_same_size(workspace: Workspace, folder: Path) -> None:
    load_from_inbox(workspace, folder / "a.csv")
    (folder / "a.csv").write_text("customer_id,age\n1,31\n2,41\n")
    assert names(workspace) == ["a.csv", "b.zip"]


def test_a_file_whose_table_was_deleted_is_listed_again(workspace: Workspace, folder: Path) -> None:
    first, _ = load_from_inbox(workspace, folder / "b.zip")
    assert names(workspace) == ["a.csv"]
    delete_upload(workspace, first.upload_id)
    assert names(workspace) == ["a.csv", "b.zip"]
