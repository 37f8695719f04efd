"""Two workers find and assign what one machine does, also where some of them are killed on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import ray

from segmentation.errors import EngineError
from segmentation.runs import load_customers, load_run
from segmentation.scale.assign import assign_in_parts
from segmentation.scale.find import find_in_parts
from segmentation.scale.readers import Actors, read_by
from segmentation.scale.storage import Folder
from segmentation.scale.tasks import OBJECT_STORE, Cluster
from segmentation.scale.workers import Workers
from segmentation.text.encoders.protocol import TextOptions
from segmentation.track.assign import assign_everybody
from segmentation.track.assign.files import assigned_csv
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace
from tests.conftest import HashEncoder
from tests.segmentation.track.conftest import OPTIONS

DEATHS = 3


class Dying:
    """Gives work to workers, who die in the middle of it as often as there are files in a folder."""

    def __init__(self, two: Cluster, folder: Path) -> None:
        self.two, self.folder = two, folder

    def __call__(self, work: Callable, items: object, /) -> Iterator:
        """Return work(item) of every item."""
        return self.two.each(partial(die_first, str(self.folder), work), items)  # type: ignore[arg-type]


def die_first(folder: str, work: Callable, item: object) -> object:
    done = work(item)
    die_once(folder)
    return done


def die_once(folder: str) -> None:
    for file in Path(folder).iterdir():
        file.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


class DyingEncoder(HashEncoder):
    """Reads as the fake one does, and dies in the middle as often as there are files in a folder."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the same, or die."""
        read = super().encode(texts)
        die_once(self.folder)
        return read


@pytest.fixture
def deaths(tmp_path: Path) -> Path:
    folder = tmp_path / "deaths"
    folder.mkdir()
    for number in range(DEATHS):
        (folder / str(number)).touch()
    return folder


def test_two_workers_find_the_same_segments(
    two: Cluster, shop: Workspace, tmp_path: Path, load_fake: Callable
) -> None:
    assert ray.cluster_resources()["CPU"] == 2
    assert ray.cluster_resources()["object_store_memory"] == OBJECT_STORE
    whole = load_run(shop)
    assert whole is not None
    rows, folder = load_customers(shop, whole), Folder.at(str(tmp_path / "parts"))
    load = read_by(Actors(two, folder, fewest=0), load_fake)
    shop.delete_vectors()  # so that the actors have something to read
    found = find_in_parts(shop, OPTIONS, Workers(two.each, folder, load, 4))
    pd.testing.assert_frame_equal(load_customers(shop, found), rows, check_exact=True)
    assert found.run_id != whole.run_id and found.suggestion == whole.suggestion
    assert not list((tmp_path / "parts").glob("texts/*/*"))


def test_workers_that_die_change_nothing(
    two: Cluster, shop: Workspace, tmp_path: Path, load_fake: Callable, deaths: Path
) -> None:
    workers = Workers(Dying(two, deaths), Folder.at(str(tmp_path / "parts")), load_fake, 4)
    found = assign_in_parts(shop, frozen_run(shop), workers)
    assert not list(deaths.iterdir())
    assert assigned_csv(found) == assigned_csv(assign_everybody(shop, frozen_run(shop), load=load_fake))


def test_an_actor_that_dies_changes_no_vector(two: Cluster, tmp_path: Path, deaths: Path) -> None:
    texts = [f"a text of the number {number}" for number in range(3_000)]
    driver, folder = os.getpid(), str(deaths)

    def load(options: TextOptions) -> HashEncoder:
        return HashEncoder() if os.getpid() == driver else DyingEncoder(folder)

    encoder = read_by(Actors(two, Folder.at(str(tmp_path / "parts")), fewest=0), load)(TextOptions())
    vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    for places, found in encoder.stream(texts):
        vectors[places] = found
    assert not list(deaths.iterdir())
    assert np.array_equal(vectors, HashEncoder().encode(texts))


def test_a_worker_with_another_model_is_refused(two: Cluster, tmp_path: Path) -> None:
    driver = os.getpid()

    class Other(HashEncoder):
        key = "another"

    def load(options: TextOptions) -> HashEncoder:
        return HashEncoder() if os.getpid() == driver else Other()

    encoder = read_by(Actors(two, Folder.at(str(tmp_path / "parts")), fewest=0), load)(TextOptions())
    with pytest.raises(EngineError, match="a worker reads by “another”"):
        list(encoder.stream(["one text", "another text"]))


def test_what_is_wrong_with_the_shop_is_said_as_on_one_machine(two: Cluster) -> None:
    with pytest.raises(EngineError, match="what is wrong"):
        list(two.each(refuse, [1]))


def refuse(item: int) -> int:
    raise EngineError("what is wrong.")
