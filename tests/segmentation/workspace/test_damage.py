"""A damaged file is said to be damaged, in words and with a way out, wherever the damage is met."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from segmentation.errors import WorkspaceError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import delete_upload, list_uploads, preview
from segmentation.intake.uploads.load import load_file
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a closed workspace with a shop."""
    folder = tmp_path_factory.mktemp("shop")
    write_csvs(folder, customers=100, seed=5)
    with Workspace.open(folder / "home" / "w.duckdb") as workspace:
        for name in ("orders.csv", "reviews.csv", "customers.csv"):
            load_file(workspace, folder / name)
        build_shop(workspace)
        workspace.rewrite()
    return folder / "home" / "w.duckdb"


def use_all_of(path: Path) -> None:
    """Read and write all over a workspace."""
    with Workspace.open(path) as workspace:
        for upload in list_uploads(workspace):
            preview(workspace, upload.upload_id)
        with workspace.transaction() as cursor:
            cursor.execute("DELETE FROM meta WHERE key = 'shop'")
        build_shop(workspace)
        workspace.rewrite()
        for upload in list_uploads(workspace):
            delete_upload(workspace, upload.upload_id)


def damage(path: Path, at: int) -> None:
    """Turn eight bytes over."""
    with path.open("r+b") as file:
        file.seek(at)
        content = file.read(8)
        file.seek(at)
        file.write(bytes(byte ^ 0x5A for byte in content))


def met(whole: Path, tmp_path: Path, places: int) -> int:
    """Use copies of the file that are damaged at this many places; return how often it was noticed."""
    noticed, size = 0, whole.stat().st_size
    for number in range(places):
        path = tmp_path / f"{number}.duckdb"
        shutil.copyfile(whole, path)
        damage(path, 0 if not number else size * number // places + number * 37)
        try:
            use_all_of(path)
        except WorkspaceError as error:
            noticed += 1
            assert error.remedy
    return noticed


def test_changed_bytes_are_noticed_and_said(whole: Path, tmp_path: Path) -> None:
    assert met(whole, tmp_path, 8) >= 3


@pytest.mark.slow
def test_changed_bytes_at_100_places_are_noticed_and_said(whole: Path, tmp_path: Path) -> None:
    assert met(whole, tmp_path, 100) > 40


@pytest.fixture
def with_log(tmp_path: Path) -> Path:
    """Give a workspace whose last changes are in its log."""
    with Workspace.open(tmp_path / "first" / "w.duckdb") as workspace:
        workspace.set_meta("name", "before")
        with workspace.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        for number in range(20):
            workspace.set_meta("name", f"after {number}")
        shutil.copytree(tmp_path / "first", tmp_path / "second")
    return tmp_path / "second" / "w.duckdb"


def test_a_log_that_cannot_be_read_has_a_way_out(with_log: Path, tmp_path: Path) -> None:
    """Where its end is torn the database takes what came before, which is what a kill leaves."""
    refused, size = 0, with_log.with_name("w.duckdb.wal").stat().st_size
    for at in range(8, size, size // 12):
        shutil.copytree(with_log.parent, tmp_path / str(at))
        path = tmp_path / str(at) / "w.duckdb"
        log = path.with_name("w.duckdb.wal")
        damage(log, at)
        before = path.read_bytes(), log.read_bytes()
        try:
            with Workspace.open(path) as workspace:
                assert workspace.meta("name") in ["before", *(f"after {number}" for number in range(20))]
        except WorkspaceError as error:
            refused += 1
            assert "the log of what was last done" in error.found
            assert str(log) in error.remedy
            assert (path.read_bytes(), log.read_bytes()) == before
            log.rename(path.with_name("moved away"))
            with Workspace.open(path) as workspace:
                assert workspace.meta("name") == "before"
    assert refused > 5


def test_a_log_of_another_workspace_is_refused(with_log: Path) -> None:
    with Workspace.open(with_log.with_name("other.duckdb")) as other:
        other.set_meta("name", "other")
        shutil.copyfile(other.beside.log, with_log.with_name("w.duckdb.wal"))
    with pytest.raises(WorkspaceError, match="the log of what was last done"):
        Workspace.open(with_log)


def test_a_sound_log_is_read(with_log: Path) -> None:
    with Workspace.open(with_log) as workspace:
        assert workspace.meta("name") == "after 19"


@pytest.mark.parametrize("failure", [duckdb.InternalException, duckdb.FatalException])
def test_a_failure_inside_the_database_is_said(workspace: Workspace, failure: type[duckdb.Error]) -> None:
    with pytest.raises(WorkspaceError, match="is damaged"), workspace.cursor():
        raise failure("INTERNAL Error: something")
    with pytest.raises(duckdb.BinderException), workspace.cursor() as cursor:
        cursor.execute("SELECT nothing")


def test_a_customers_own_words_are_no_damage(workspace: Workspace) -> None:
    with pytest.raises(duckdb.ConversionException), workspace.cursor() as cursor:
        cursor.execute("SELECT 'a corrupt checksum'::INTEGER").fetchall()
