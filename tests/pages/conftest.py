"""The whole app under AppTest, through app.py, on a home folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell.workspace import job_manager
from segmentation.device import Device
from tests.pages.helpers import ROOT


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """Give the app of a machine where nobody has uploaded anything."""
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("segmentation.device.available_devices", lambda: [Device.CPU])
    _forget_caches()
    yield AppTest.from_file(ROOT / "app.py", default_timeout=60)
    job_manager().close()
    _forget_caches()


def _forget_caches() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
