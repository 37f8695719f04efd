"""Killed at any moment, a workspace opens again with all of a file or none of it, and keeps its vectors."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.errors import WorkspaceError
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_customers, load_run
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace, quote_identifier
from tests.segmentation.workspace.workers import FILES, ROOT, Workers


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    write_csvs(folder, customers=150, seed=6)
    return folder


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Give what starts and kills processes."""
    started = Workers()
    yield started
    started.close()


@pytest.fixture(scope="module")
def undisturbed(workers: Workers, shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Return the seconds that the work takes when nobody kills it."""
    path = tmp_path_factory.mktemp("calm") / "w.duckdb"
    began = time.monotonic()
    workers.run("import_and_find", path, files=paths(shop_folder))
    seconds = time.monotonic() - began
    with Workspace.open(path) as workspace:
        assert load_run(workspace) is not None
    return seconds


def paths(folder: Path) -> list[str]:
    """Return the files that a worker reads."""
    return [str(folder / name) for name in FILES]


def check_survivor(path: Path, folder: Path, encoder: Any) -> None:
    """Open what the killed process left, and go on with it."""
    with Workspace.open(path) as workspace:
        with workspace.cursor() as cursor:
            raw = {
                row[0]
                for row in cursor.execute(
                    "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'raw%'"
                ).fetchall()
            }
            uploads = list_uploads(workspace)
            assert raw == {upload.raw_table for upload in uploads}
            for upload in uploads:
                counted = cursor.execute(
                    f"SELECT count(*) FROM {quote_identifier(upload.raw_table)}"
                ).fetchall()[0][0]
                assert counted == upload.rows == (folder / upload.file_name).read_text().count("\n") - 1
        kept = kept_hashes(workspace)
        assert len(kept) == len(set(kept))
        for name in FILES:
            load_file(workspace, folder / name)
        read_before = encoder.texts_read
        run = find_segments(
            workspace,
            RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1),
            load=lambda _: encoder,
        )
        assert encoder.texts_read - read_before == len(kept_hashes(workspace)) - len(kept)
        assert len(load_customers(workspace, run)) == run.customers


def kept_hashes(workspace: Workspace) -> list[int]:
    """Return the hashes of all texts whose vectors are kept."""
    return [
        text for path in workspace.vectors.glob("*.hashes") for text in np.fromfile(path, np.uint64).tolist()
    ]


def kill_at_random_moments(
    times: int, seed: int, workers: Workers, undisturbed: float, folder: Path, home: Path, encoder: Any
) -> None:
    for number, moment in enumerate(np.random.default_rng(seed).uniform(0, undisturbed, times)):
        path = home / str(number) / "w.duckdb"
        worker = workers.start("import_and_find", path, files=paths(folder))
        time.sleep(moment)
        with suppress(ProcessLookupError):  # it was quicker than the undisturbed one
            os.kill(worker, signal.SIGKILL)
        workers.wait(worker)
        check_survivor(path, folder, encoder)


def test_killed_at_a_moment(
    workers: Workers, undisturbed: float, shop_folder: Path, tmp_path: Path, fake_encoder: Any
) -> None:
    kill_at_random_moments(1, 1, workers, undisturbed, shop_folder, tmp_path, fake_encoder)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_50_moments(
    workers: Workers, undisturbed: float, shop_folder: Path, tmp_path: Path, fake_encoder: Any
) -> None:
    kill_at_random_moments(50, 2, workers, undisturbed, shop_folder, tmp_path, fake_encoder)


def test_a_truncated_workspace_is_refused_and_left_alone(tmp_path: Path, shop_folder: Path) -> None:
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        load_file(workspace, shop_folder / "orders.csv")
    whole = (tmp_path / "w.duckdb").read_bytes()
    (tmp_path / "w.duckdb").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(WorkspaceError):
        Workspace.open(tmp_path / "w.duckdb")
    assert (tmp_path / "w.duckdb").read_bytes() == whole[: len(whole) // 3]


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, shop_folder: Path) -> None:
    """The limit on file sizes stands in for a full disk; it is a process's own, so a child has it."""
    code = (
        "import resource, signal, sys\n"
        "from segmentation.workspace import Workspace\n"
        "from segmentation.intake.uploads.load import load_file\n"
        "from segmentation.errors import SegmentationError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with Workspace.open(sys.argv[1]) as workspace:\n"
        "    load_file(workspace, sys.argv[2])\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "    try: load_file(workspace, sys.argv[3])\n"
        "    except SegmentationError as error: print('said:', error)\n"
    )
    paths = [str(tmp_path / "w.duckdb"), str(shop_folder / "products.csv"), str(shop_folder / "orders.csv")]
    done = subprocess.run(
        [sys.executable, "-c", code, *paths], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert "said: " in done.stdout, done.stderr[-2000:]
    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        assert [upload.file_name for upload in list_uploads(workspace)] == ["products.csv"]
