"""The whole app under AppTest, through app.py, on a home folder of its own."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from pages.shell.routes import DATA
from pages.shell.workspace import StateKeys, job_manager
from segmentation.device import Device
from tests.pages.helpers import ROOT, forget_caches
from tests.pages.untouched import copies_of, patches_nothing
from tests.prepared import looking_ahead, prepared


@pytest.fixture(scope="session", autouse=True)
def _packages_looked_through_once() -> Iterator[None]:
    """Keep what Streamlit finds among the packages: it looks through all of them for every AppTest."""
    with pytest.MonkeyPatch.context() as patch:
        kept = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", kept)
        yield


@pytest.fixture(scope="session", autouse=True)
def _runs_waited_for_without_looking() -> Iterator[None]:
    """Wait for the thread of a run: AppTest looks a thousand times a second whether it has ended."""

    def wait(runner: LocalScriptRunner, timeout: float = 60) -> None:
        thread = runner._script_thread
        assert thread is not None
        thread.join(timeout)
        if not runner.script_stopped():
            runner.request_stop()
            runner.join()
            raise RuntimeError(f"AppTest script run timed out after {timeout}(s)")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """Give the app of a machine where nobody has uploaded anything."""
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("segmentation.device.available_devices", lambda: [Device.CPU])
    monkeypatch.setattr("pages.shell.people.settings._decided", [False])  # as the server does at its start
    forget_caches()
    yield AppTest.from_file(ROOT / "app.py", default_timeout=60)
    job_manager().close()
    forget_caches()


@pytest.fixture
def move_in(app: AppTest, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[Path], None]]:
    """Put a copy of a prepared home where the app looks for its own."""
    with ExitStack() as shared:

        def move(home: Path) -> None:
            copy = shutil.copytree(home, tmp_path / "home")
            if patches_nothing(request.node):
                shared.enter_context(copies_of(home).shared_with(copy))

        yield move


@pytest.fixture
def segmented(app: AppTest, move_in: Callable[[Path], None], home_with_segments: Path) -> AppTest:
    """Give the app of a machine where segments have been found, to a visitor who came before: on Data."""
    move_in(home_with_segments)
    app.session_state[StateKeys.FIRST_PAGE] = DATA
    return app


@pytest.fixture(scope="session")
def home_ahead(home_with_segments: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder of the small sample shop, at whose customers a job has looked ahead."""
    return prepared(tmp_path_factory, "sample ahead", looking_ahead(home_with_segments))


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
