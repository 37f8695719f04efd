"""The workspace file: private, transactional, really forgetful, and clear about what is wrong."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from segmentation.errors import WorkspaceError
from segmentation.workspace import Workspace, quote_identifier
from segmentation.workspace.rewriting import WHOLE, Share
from segmentation.workspace.schema import SCHEMA, SCHEMA_VERSION


def test_quotes_identifiers_so_that_a_name_cannot_end_them() -> None:
    assert quote_identifier('a"; DROP TABLE x; --') == '"a""; DROP TABLE x; --"'


def test_file_and_folder_are_private(workspace: Workspace) -> None:
    assert stat.S_IMODE(workspace.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(workspace.path.parent.stat().st_mode) == 0o700


def test_settings_survive_a_restart(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as first:
        first.set_meta("name", "Käsehaus")
    with Workspace.open(tmp_path / "w.duckdb") as second:
        assert second.meta("name") == "Käsehaus"


def test_a_failed_transaction_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(KeyError), workspace.transaction() as cursor:
        cursor.execute("CREATE TABLE half AS SELECT 1 AS a")
        raise KeyError
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == []


def test_rewriting_removes_deleted_bytes_and_keeps_the_rest(workspace: Workspace) -> None:
    with workspace.cursor() as cursor:
        cursor.execute("CREATE TABLE gone AS SELECT 'UNFORGETTABLE' AS s")
        cursor.execute("CHECKPOINT")
    workspace.set_meta("kept", "yes")
    assert b"UNFORGETTABLE" in workspace.path.read_bytes()
    with workspace.cursor() as cursor:
        cursor.execute("DROP TABLE gone")
    workspace.rewrite()
    assert b"UNFORGETTABLE" not in workspace.path.read_bytes()
    assert workspace.meta("kept") == "yes"


def test_deleting_everything_leaves_an_empty_workspace(workspace: Workspace) -> None:
    workspace.set_meta("name", "shop")
    workspace.delete_everything()
    assert workspace.meta("name") is None
    assert workspace.meta("schema_version") == str(SCHEMA_VERSION)


def test_staging_is_swept_at_start(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as first:
        (first.staging / "left-behind").write_text("x")
    with Workspace.open(tmp_path / "w.duckdb") as second:
        assert list(second.staging.iterdir()) == []


def test_only_a_file_that_stays_is_put_in_order_as_it_grows(tmp_path: Path) -> None:
    sizes = []
    for workspace in (Workspace.temporary(), Workspace.open(tmp_path / "w.duckdb")):
        with workspace, workspace.cursor() as cursor:
            sizes += cursor.execute("SELECT current_setting('checkpoint_threshold')").fetchall()[0]
    assert sizes == ["931.3 GiB", "16.0 MiB"]


def test_a_temporary_workspace_is_gone_when_closed() -> None:
    with Workspace.temporary() as workspace:
        folder = workspace.path.parent
    assert not folder.exists()


def test_nothing_outside_its_folder_can_be_read(workspace: Workspace) -> None:
    with workspace.cursor() as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute("SELECT * FROM read_csv('/etc/passwd')")


def test_a_second_process_gets_a_clear_message(workspace: Workspace) -> None:
    code = (
        "import sys\nfrom segmentation.workspace import Workspace\n"
        "from segmentation.errors import WorkspaceError\n"
        "try: Workspace.open(sys.argv[1])\n"
        "except WorkspaceError as error: print(error.found, error.remedy)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(workspace.path)], capture_output=True, text=True, check=True
    )
    assert "another program holds" in done.stdout
    assert "Close the app" in done.stdout


def test_garbage_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(b"not a database " * 500)
    with pytest.raises(WorkspaceError, match="not a workspace"):
        Workspace.open(path)
    assert path.read_bytes() == b"not a database " * 500


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        workspace.set_meta("schema_version", "99")
    with pytest.raises(WorkspaceError, match="newer version"):
        Workspace.open(tmp_path / "w.duckdb")


def test_tables_that_came_since_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspace.open(tmp_path / "w.duckdb").close()
    grown = SCHEMA + "CREATE TABLE IF NOT EXISTS tomorrow (day DATE);"
    monkeypatch.setattr("segmentation.workspace.database.SCHEMA", grown)
    monkeypatch.setattr("segmentation.workspace.database.DIGEST", "of the grown schema")
    with Workspace.open(tmp_path / "w.duckdb") as workspace, workspace.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM tomorrow").fetchall() == [(0,)]


def test_a_file_that_noted_nothing_has_its_tables_made(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace, workspace.cursor() as cursor:
        cursor.execute("DELETE FROM meta; DROP TABLE concepts")
    with Workspace.open(tmp_path / "w.duckdb") as workspace, workspace.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM concepts").fetchall() == [(0,)]
        assert workspace.meta("schema_version") == str(SCHEMA_VERSION)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceError, match="cannot be made"):
        Workspace.open(tmp_path / "file" / "w.duckdb")


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Give a function that makes a folder with a workspace in it read-only, even for root, and returns it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    is_root = os.geteuid() == 0
    if is_root and subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk, and root may write everywhere else")
    Workspace.open(folder / "w.duckdb").close()

    def lock() -> Path:
        command = ["mount", "-o", "remount,ro", folder] if is_root else ["chmod", "-R", "a-w", folder]
        subprocess.run(command, check=True)
        return folder

    yield lock
    subprocess.run(["umount", "-l", folder] if is_root else ["chmod", "-R", "u+w", folder], check=True)


@pytest.mark.parametrize("place", ["w.duckdb", "other.duckdb", "new/w.duckdb"])
def test_a_folder_that_may_only_be_read_is_said(read_only: Callable[[], Path], place: str) -> None:
    with pytest.raises(WorkspaceError, match="may not be written to"):
        Workspace.open(read_only() / place)


def test_what_workers_have_left_goes_with_everything(workspace: Workspace) -> None:
    left = workspace.beside.parts / "tables" / "lines.parquet"
    left.parent.mkdir(parents=True)
    left.write_text("C1")
    assert left in set(workspace.beside.all_files())
    workspace.delete_everything()
    assert not workspace.beside.parts.exists()


@pytest.mark.parametrize(("told", "share", "threads"), [("1", WHOLE, 1), ("3", Share(threads=2), 2)])
def test_it_takes_as_many_threads_as_all_else_that_computes_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, share: Share, threads: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    with Workspace(tmp_path / "home" / "workspace.duckdb", share=share) as workspace:
        rows = workspace.cursor().execute("SELECT current_setting('threads')").fetchall()
    assert rows == [(threads,)]


def test_many_rows_that_follow_none_in_one_transaction_are_kept(workspace: Workspace) -> None:
    """DuckDB 2.0.0 lost them: of two files the first filled nothing, and the shop was empty."""
    with workspace.transaction() as cursor:
        cursor.execute("CREATE TABLE numbers AS SELECT range AS number FROM range(400_000)")
    with workspace.transaction() as cursor:
        cursor.execute("CREATE TABLE several (number BIGINT)")
        cursor.execute("INSERT INTO several SELECT number FROM numbers WHERE number < 0")
        cursor.execute("INSERT INTO several SELECT number FROM numbers")
    with workspace.cursor() as cursor:
        assert cursor.execute("SELECT sum(number) FROM several").fetchall() == [(79_999_800_000,)]
