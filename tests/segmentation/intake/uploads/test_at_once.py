"""Several people, tabs and jobs may bring and delete files at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from segmentation.errors import Cancelled, SegmentationError
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.stages import Stage
from segmentation.workspace import Workspace

ROWS = 3_000


def write(folder: Path, number: int) -> Path:
    path = folder / f"orders-{number}.csv"
    rows = [f"{number}-{i},c{i % 700},2024-01-{1 + i % 28:02},{i % 90}.50" for i in range(ROWS)]
    path.write_text("\n".join(["order_id,customer_id,order_date,amount", *rows]))
    return path


def all_at_once(calls: list[Callable[[], object]]) -> list[object]:
    """Start all calls at one moment; return what each returned or raised."""
    start = threading.Barrier(len(calls))

    def one(call: Callable[[], object]) -> object:
        start.wait()
        try:
            return call()
        except SegmentationError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_one_file_brought_twice_at_once_is_there_once(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, 1)
    results = all_at_once([lambda: load_file(workspace, path)] * 4)
    assert [isinstance(result, Upload) for result in results] == [True] * 4
    assert [upload.rows for upload in list_uploads(workspace)] == [ROWS]


def test_several_files_at_once_are_all_there_in_an_order(workspace: Workspace, tmp_path: Path) -> None:
    paths = [write(tmp_path, number) for number in range(4)]
    all_at_once([lambda path=path: load_file(workspace, path) for path in paths])  # type: ignore[misc]
    assert {upload.file_name for upload in list_uploads(workspace)} == {path.name for path in paths}
    with workspace.cursor() as cursor:
        assert sorted(cursor.execute("SELECT position FROM uploads").fetchall()) == [(1,), (2,), (3,), (4,)]


def test_a_file_is_deleted_while_another_is_brought(workspace: Workspace, tmp_path: Path) -> None:
    old, new = load_file(workspace, write(tmp_path, 1)), write(tmp_path, 2)
    results = all_at_once(
        [lambda: load_file(workspace, new), lambda: delete_upload(workspace, old.upload_id)]
    )
    assert isinstance(results[0], Upload)
    assert [upload.file_name for upload in list_uploads(workspace)] == [new.name]


def test_waiting_for_another_file_can_be_cancelled(workspace: Workspace, tmp_path: Path) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        if step == Stage.WAITING_FOR_FILE:
            raise Cancelled

    with workspace.importing, pytest.raises(Cancelled):
        load_file(workspace, write(tmp_path, 1), on_progress=cancel)
    assert list_uploads(workspace) == ()
