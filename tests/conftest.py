"""Fixtures that all tests share: a fresh workspace, the real data, a fake encoder."""

from __future__ import annotations

import atexit
import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.text.encoders.batches import Parts, plain_batches, plain_pieces
from segmentation.workspace import Workspace
from tests.lent_database import LentDatabase
from tests.prepared import prepared
from tests.sample_files import find_in_orders, load_sample

# A busy machine is no fault of the code; and where nobody watches, every run tries the same examples.
settings.register_profile("tessera", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tessera")


@atexit.register
def _end_quietly() -> None:
    """Say nothing after the last test: the database's binding lists a page of its own objects at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def pytest_collection_finish() -> None:
    """Keep the modules out of the sweeps of memory: each would go through half a million objects again."""
    gc.collect()
    gc.freeze()


SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


class HashEncoder:
    """A fake encoder: each text's vector depends on that text alone, so order and cache bugs show."""

    key = "fake-hash-32"
    name = "fake"
    engine = None
    precision = "float32"
    draft = False
    dimensions = 32
    languages: frozenset[str] | None = None

    def __init__(self) -> None:
        self.texts_read = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), 32)."""
        self.texts_read += len(texts)
        rows = [
            np.random.default_rng(
                int.from_bytes(hashlib.sha256(t.encode()).digest()[:8], "big")
            ).standard_normal(32)
            for t in texts
        ]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), 32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield the same, 256 at a time."""
        return plain_batches(self.encode, texts)

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the places of the texts that are read together."""
        return plain_pieces(texts)

    def unknown_share(self, texts: Sequence[str]) -> float:
        """Read everything."""
        return 0.0


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave the home folder of whoever runs the tests as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TESSERA_HOME", str(tmp_path_factory.mktemp("machine") / "home"))
        yield


@pytest.fixture(scope="session")
def _lent_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LentDatabase]:
    """Give the database that the workspaces of all tests take in turn."""
    database = LentDatabase(tmp_path_factory.getbasetemp())
    yield database
    database.close()


@pytest.fixture(scope="session")
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home folder with a workspace in which nothing is yet; nobody may change it."""
    home = tmp_path_factory.mktemp("empty") / "home"
    Workspace.open(home / "workspace.duckdb").close()
    return home


@pytest.fixture
def open_copy(tmp_path: Path, _lent_database: LentDatabase) -> Iterator[Callable[[Path], Workspace]]:
    """Open the workspace of a copy of a home that was prepared, one for each test."""
    with ExitStack() as opened:

        def open_it(home: Path) -> Workspace:
            copy = shutil.copytree(home, tmp_path / "home")
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("segmentation.workspace.database.connect", _lent_database.lend)
                return opened.enter_context(Workspace.open(copy / "workspace.duckdb"))

        yield open_it


@pytest.fixture
def workspace(open_copy: Callable[[Path], Workspace], _empty_home: Path) -> Workspace:
    """Give an empty workspace in a folder of its own."""
    return open_copy(_empty_home)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real exports, or skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder of real exports (../shared/data) is not beside this checkout")
    return SHARED_DATA


@pytest.fixture(scope="session")
def hostile_files() -> list[Path]:
    """Give the hostile files that were found by attacks, or skip where they are absent."""
    folder = SHARED_DATA.parent / "trials" / "server"
    files = [path for path in sorted(folder.glob("*.*")) if path.suffix != ".md"]
    if not files:
        pytest.skip("the folder of hostile files (../shared/trials/server) is not beside this checkout")
    return files


@pytest.fixture
def fake_encoder() -> HashEncoder:
    """Give an encoder that needs no model."""
    return HashEncoder()


@pytest.fixture(scope="session")
def load_fake() -> Callable[..., HashEncoder]:
    """Give a loader that returns a fake encoder whatever model is asked for."""

    def load(options: object) -> HashEncoder:
        return HashEncoder()

    return load


@pytest.fixture(scope="session")
def home_with_segments(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    """Give the home folder of a small sample shop with segments for 2 to 12; nobody may change it."""
    options = RunOptions(resamples=2, seed=3, text_weight=0.5)

    def find(home: Path) -> None:
        with Workspace.open(home / "workspace.duckdb") as workspace:
            load_sample(workspace, tmp_path_factory.mktemp("files"), customers=300, seed=5)
            find_segments(workspace, options, load=load_fake)

    return prepared(tmp_path_factory, "sample", find)


@pytest.fixture(scope="session")
def found_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder of a small shop's orders with segments for 2 to 4; nobody may change it."""
    return prepared(tmp_path_factory, "found", find_in_orders)
