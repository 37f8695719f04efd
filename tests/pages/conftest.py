"""The whole app under AppTest, through app.py, on a home folder of its own."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from pages.shell.routes import DATA
from pages.shell.workspace import StateKeys, job_manager
from segmentation.device import Device
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.pages.helpers import ROOT, forget_caches
from tests.sample_files import load_sample


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> Iterator[None]:
    """Keep what Streamlit finds among the packages: it looks through all of them for every AppTest."""
    with pytest.MonkeyPatch.context() as patch:
        kept = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", kept)
        yield


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """Give the app of a machine where nobody has uploaded anything."""
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("segmentation.device.available_devices", lambda: [Device.CPU])
    forget_caches()
    yield AppTest.from_file(ROOT / "app.py", default_timeout=60)
    job_manager().close()
    forget_caches()


@pytest.fixture(scope="session")
def home_with_segments(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    """Give the home folder of a small sample shop with segments for 2 to 12; nobody may change it."""
    files, home = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("finished") / "home"
    with Workspace.open(home / "workspace.duckdb") as workspace:
        load_sample(workspace, files, customers=300, seed=5)
        find_segments(workspace, RunOptions(resamples=2, seed=3, text_weight=0.5), load=load_fake)
    return home


@pytest.fixture
def segmented(app: AppTest, home_with_segments: Path, tmp_path: Path) -> AppTest:
    """Give the app of a machine where segments have been found, to a visitor who came before: on Data."""
    shutil.copytree(home_with_segments, tmp_path / "home")
    app.session_state[StateKeys.FIRST_PAGE] = DATA
    return app


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """Collect what the download buttons of the page write, by their keys."""
    buttons: dict[str, Callable[[], bytes]] = {}
    original = st.download_button

    def note(label: str, **options: object) -> bool:
        buttons[str(options["key"])] = options["data"]  # type: ignore[assignment]
        return original(label, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", note)
    return buttons
