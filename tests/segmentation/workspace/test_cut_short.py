"""Ended at any step, work on a workspace is done or not, and what is deleted is gone to the last byte."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

import numpy as np
import pytest

from segmentation.action.forget import forget_customer
from segmentation.action.playbook.edits import EDITABLE, versions_of
from segmentation.errors import OptionError, WorkspaceError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_customers, load_run
from segmentation.sample_shop import write_csvs
from segmentation.text.encoders.vectors import read_vectors
from segmentation.workspace import Workspace, database
from tests.conftest import HashEncoder
from tests.segmentation.workspace.workers import FILES, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Give what starts processes."""
    started = Workers()
    yield started
    started.close()


ONE_WITH_A_TEXT_OF_THEIR_OWN = """
    SELECT customer_id, emails[1], text FROM shop.reviews JOIN shop.contacts USING (customer_id)
    WHERE emails IS NOT NULL AND (SELECT count(*) FROM shop.reviews AS r WHERE r.text = reviews.text) = 1
    ORDER BY customer_id LIMIT 1"""


class Shop:
    """A workspace with segments, of which copies are made, and one of its customers."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        write_csvs(folder, customers=100, seed=5)
        with Workspace.open(self.home / "shop.duckdb") as workspace:
            for name in (*FILES, "customers.csv"):
                load_file(workspace, folder / name)
            options = RunOptions(k_range=(2, 3), resamples=1, resamples_of_suggested=1)
            find_segments(workspace, options, load=lambda _: HashEncoder())
            with workspace.cursor() as cursor:
                customer, self.address, text = cursor.execute(ONE_WITH_A_TEXT_OF_THEIR_OWN).fetchall()[0]
                found = cursor.execute("SELECT unnest(emails) FROM shop.contacts").fetchall()
        self.addresses = [one.encode() for (one,) in found]
        vector = HashEncoder().encode([text])[0].tobytes()
        self.needles = [customer.encode(), self.address.encode(), text.encode(), vector]
        shown = everything_in(self.home)
        assert all(needle in shown for needle in (self.needles[0], self.needles[1], vector))

    def copy(self, to: Path) -> Path:
        """Return the path of a workspace like it."""
        shutil.copytree(self.home, to)
        return to / "shop.duckdb"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Give a shop of 100 customers."""
    return Shop(tmp_path_factory.mktemp("cut"))


def everything_in(folder: Path) -> bytes:
    """Return all bytes of all files below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def check_forgotten(path: Path, shop: Shop) -> bool:
    """Open what is left of forgetting a customer, and forget them again; return whether they were gone."""
    with Workspace.open(path) as workspace:
        customers = build_shop(workspace).customers
        run = load_run(workspace)
        assert run is not None
        assert run.customers == customers == len(load_customers(workspace, run))
        gone = customers < 100
        if gone:
            bytes_left = everything_in(path.parent)
            assert not [needle for needle in shop.needles if needle in bytes_left]
        with suppress(OptionError) if gone else nullcontext():
            assert forget_customer(workspace, shop.address).is_gone
        assert build_shop(workspace).customers == 99
    bytes_left = everything_in(path.parent)
    assert not [needle for needle in shop.needles if needle in bytes_left]
    return gone


def check_deleted(path: Path, shop: Shop) -> bool:
    """Open what is left of deleting customers.csv; return whether it is gone."""
    with Workspace.open(path) as workspace:
        left = [upload.file_name for upload in list_uploads(workspace)]
        gone = "customers.csv" not in left
        assert len(left) == (3 if gone else 4)
        assert (load_run(workspace) is None) == gone
    if gone:
        bytes_left = everything_in(path.parent)
        assert not [one for one in shop.addresses if one in bytes_left]
    return gone


def check_empty(path: Path, shop: Shop) -> bool:
    """Open what is left of deleting everything; return whether it is gone."""
    with Workspace.open(path) as workspace:
        gone = not list_uploads(workspace)
        assert (load_run(workspace) is None) == gone
    if gone:
        assert {one.name for one in path.parent.rglob("*") if one.is_file()} == {path.name}
        bytes_left = everything_in(path.parent)
        assert not [one for one in (*shop.needles, *shop.addresses) if one in bytes_left]
    return gone


DELETIONS = {
    "forget": check_forgotten,
    "delete": check_deleted,
    "delete_everything": check_empty,
}


def end_at_steps(workers: Workers, shop: Shop, work: str, tmp_path: Path, shares: Sequence[float]) -> None:
    """End a piece of work after these shares of its steps, each on a copy, and check what is left."""
    who = "customers.csv" if work == "delete" else shop.needles[0].decode()
    steps = workers.steps_of(work, shop.copy(tmp_path / "undisturbed"), who=who)
    gone = []
    for stop in sorted({int(share * steps) for share in shares}):
        path, report = shop.copy(tmp_path / str(stop)), tmp_path / "report"
        workers.run(work, path, who=who, stop=stop, report=str(report))
        assert not report.exists(), "it was ended before its end"
        gone.append(DELETIONS[work](path, shop))
        shutil.rmtree(path.parent)
    assert gone == sorted(gone), "once it is committed, it stays"
    assert not gone[0]
    assert gone[-1]


@pytest.mark.parametrize("work", DELETIONS)
def test_ended_at_a_step_all_is_there_or_gone(
    workers: Workers, shop: Shop, tmp_path: Path, work: str
) -> None:
    end_at_steps(workers, shop, work, tmp_path, (0.4, 0.97))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("work", "times"), [("forget", 50), ("delete", 30), ("delete_everything", 20)])
def test_ended_at_many_steps_all_is_there_or_gone(
    workers: Workers, shop: Shop, tmp_path: Path, work: str, times: int
) -> None:
    end_at_steps(workers, shop, work, tmp_path, np.linspace(0.3, 0.999, times).tolist())


@pytest.mark.parametrize("reopened", [True, False])
def test_forgotten_late_they_are_said_to_be_gone(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reopened: bool
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path, who = shop.copy(tmp_path / "full"), shop.needles[0].decode()
    with Workspace.open(path) as workspace:
        monkeypatch.setattr(database, "swap", fail)
        with pytest.raises(WorkspaceError, match="no room left"):
            forget_customer(workspace, who)
        assert shop.needles[0] in everything_in(path.parent)
        if reopened:
            monkeypatch.undo()
            workspace.close()
            workspace = Workspace.open(path)
            assert shop.needles[0] not in everything_in(path.parent)
        else:
            with pytest.raises(WorkspaceError, match="no room left"):
                forget_customer(workspace, who)
            monkeypatch.undo()
        for name in (who, shop.address.upper()):
            found = forget_customer(workspace, name)
            assert found.is_gone and not found.deleted
            assert shop.needles[0] not in everything_in(path.parent)
        with pytest.raises(OptionError, match="no customer has"):
            forget_customer(workspace, "nobody")
        workspace.close()


def version_1(folder: Path) -> Path:
    """Write a workspace as the first version did: with cells as they stood in the file."""
    folder.mkdir()
    (folder / "a.csv").write_text("customer_id,city\nA1,Rome\nA2,Oslo\nA3,Bonn\n")
    with Workspace.open(folder / "w.duckdb") as workspace:
        raw = load_file(workspace, folder / "a.csv").raw_table
        with workspace.cursor() as cursor:
            cursor.execute(f"UPDATE {raw} SET c1 = ' Rome\t' WHERE c0 = 'A1'")
        workspace.set_meta("schema_version", "1")
        workspace.set_meta("name", "my shop")
    (folder / "a.csv").unlink()
    return folder / "w.duckdb"


def end_upgrades(workers: Workers, tmp_path: Path, shares: Sequence[float]) -> None:
    """End an upgrade after these shares of its steps; the next opening upgrades all the same."""
    old = version_1(tmp_path / "old")
    shutil.copytree(old.parent, tmp_path / "undisturbed")
    steps = workers.steps_of("upgrade", tmp_path / "undisturbed" / old.name)
    for stop in sorted({int(share * steps) for share in shares}):
        path = tmp_path / str(stop) / old.name
        shutil.copytree(old.parent, path.parent)
        workers.run("upgrade", path, stop=stop, report=str(tmp_path / "report"))
        with Workspace.open(path) as workspace:
            [upload] = list_uploads(workspace)
            with workspace.cursor() as cursor:
                cities = cursor.execute(f"SELECT c1 FROM {upload.raw_table} ORDER BY line").fetchall()
            assert cities == [("Rome",), ("Oslo",), ("Bonn",)]
            assert workspace.meta("name") == "my shop"
        assert {one.name for one in path.parent.rglob("*") if one.is_file()} == {path.name}
        assert b" Rome\t" not in path.read_bytes()


def test_an_upgrade_ended_at_a_step_is_done_at_the_next_opening(workers: Workers, tmp_path: Path) -> None:
    end_upgrades(workers, tmp_path, (0.5, 0.8, 0.95))


@pytest.mark.slow
def test_an_upgrade_ended_at_many_steps_is_done_at_the_next_opening(workers: Workers, tmp_path: Path) -> None:
    end_upgrades(workers, tmp_path, np.linspace(0.1, 0.999, 20).tolist())


def end_reading(workers: Workers, tmp_path: Path, shares: Sequence[float]) -> None:
    """End the keeping of vectors after these shares of its steps; what is kept is right, the rest follows."""
    reader = HashEncoder()
    texts = [f"text {part} {number}" for part in range(6) for number in range(40)]
    right, hashes = reader.encode(texts), np.arange(1, 241, dtype=np.uint64)
    steps = workers.steps_of("add_texts", tmp_path / "undisturbed" / "w.duckdb")
    for stop in sorted({int(share * steps) for share in shares}):
        path, into = tmp_path / str(stop) / "w.duckdb", np.zeros_like(right)
        workers.run("add_texts", path, stop=stop, report=str(tmp_path / "report"))
        with Workspace.open(path) as workspace:
            known = read_vectors(workspace, reader, hashes, into)
            assert (into[known] == right[known]).all()
        workers.run("add_texts", path)
        with Workspace.open(path) as workspace:
            assert read_vectors(workspace, reader, hashes, into).all()
            assert (into == right).all()


def test_reading_texts_ended_at_a_step_goes_on_from_there(workers: Workers, tmp_path: Path) -> None:
    end_reading(workers, tmp_path, (0.6, 0.9))


@pytest.mark.slow
def test_reading_texts_ended_at_many_steps_goes_on_from_there(workers: Workers, tmp_path: Path) -> None:
    end_reading(workers, tmp_path, np.linspace(0.3, 0.999, 20).tolist())


def kill_while_editing(workers: Workers, tmp_path: Path, times: int) -> None:
    """Kill a process that changes a play again and again; each change is there or not, in their order."""
    began = time.monotonic()
    workers.run("edit_plays", tmp_path / "undisturbed" / "w.duckdb")
    undisturbed = time.monotonic() - began
    aspect, kept = sorted(EDITABLE)[0], []
    for number, moment in enumerate(np.random.default_rng(3).uniform(0, undisturbed, times)):
        path = tmp_path / str(number) / "w.duckdb"
        worker = workers.start("edit_plays", path)
        time.sleep(moment)
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        workers.wait(worker)
        with Workspace.open(path) as workspace:
            texts = [one.text for one in versions_of(workspace, 1, aspect)]
        assert texts == [f"version {version}" for version in range(len(texts), 0, -1)]
        kept.append(len(texts))
    assert len(kept) == times


def test_killed_while_plays_are_edited_every_edit_is_whole(workers: Workers, tmp_path: Path) -> None:
    kill_while_editing(workers, tmp_path, 2)


@pytest.mark.slow
def test_killed_10_times_while_plays_are_edited_every_edit_is_whole(workers: Workers, tmp_path: Path) -> None:
    kill_while_editing(workers, tmp_path, 10)
