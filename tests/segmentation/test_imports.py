"""What importing the library may and may not bring along."""

from __future__ import annotations

import subprocess
import sys

import pytest

import segmentation
from segmentation.device import Device, available_devices, choose_device
from segmentation.errors import DeviceError, UnknownColumnError


@pytest.mark.parametrize(
    "module", ["segmentation", "segmentation.workspace", "segmentation.cli", "segmentation.runs"]
)
def test_importing_loads_no_heavy_library(module: str) -> None:
    heavy = "{'torch', 'sklearn', 'sentence_transformers', 'transformers', 'streamlit', 'ray'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_verb_exists() -> None:
    for verb in segmentation.__all__:
        assert getattr(segmentation, verb) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = segmentation.nonsense


def test_an_explicit_device_wins_and_an_impossible_one_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_device("cpu") is Device.CPU
    monkeypatch.setattr("segmentation.device.available_devices", lambda: [Device.CPU])
    assert choose_device() is Device.CPU
    with pytest.raises(DeviceError, match="torch finds only cpu"):
        choose_device("cuda")
    with pytest.raises(DeviceError, match="“tpu” is not a device"):
        choose_device("tpu")


WITHOUT_A_DRIVER = """
import ctypes, pathlib, sys
from segmentation import device

def no_driver(name):
    raise OSError(name)

sys.platform, ctypes.CDLL, pathlib.Path.exists = "linux", no_driver, lambda self: False
print(device.available_devices(), "torch" in sys.modules)
"""


def test_where_there_is_no_driver_torch_is_not_asked_for_processors() -> None:
    command = [sys.executable, "-c", WITHOUT_A_DRIVER]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[<Device.CPU: 'cpu'>] False"


@pytest.mark.parametrize(
    ("system", "driver", "node"), [("linux", True, False), ("linux", False, True), ("darwin", False, False)]
)
def test_where_there_may_be_another_processor_torch_is_asked(
    monkeypatch: pytest.MonkeyPatch, system: str, driver: bool, node: bool
) -> None:
    def load(name: str) -> None:
        if not driver:
            raise OSError(name)

    monkeypatch.setattr("segmentation.device.sys.platform", system)
    monkeypatch.setattr("segmentation.device.ctypes.CDLL", load)
    monkeypatch.setattr("segmentation.device.Path.exists", lambda self: node)
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: True)
    assert available_devices() == [Device.CUDA, Device.MPS, Device.CPU]


def test_a_missing_column_names_the_ones_there_are() -> None:
    error = UnknownColumnError.from_missing_and_available("prize", ["price", "date"])
    assert str(error) == "No such column: there is no column “prize”. There are: price, date."


ON_ARRAYS_ALONE = """
import sys
from importlib.machinery import PathFinder

class Without:
    @staticmethod
    def find_spec(name, path=None, target=None):
        gone = {"pandas", "duckdb", "streamlit", "plotly", "pyarrow", "platformdirs"}
        return None if name.partition(".")[0] in gone else PathFinder.find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Without
try:
    import pandas
except ModuleNotFoundError:
    pass
import numpy as np
import segmentation.text.encoders.load, segmentation.text.encoders.precision
from segmentation.algorithms.lloyd import Points, assign
from segmentation.algorithms.sweep import sweep

rows = np.repeat(np.eye(4, dtype=np.float32) * 9, 25, axis=0)
(fit,) = sweep(rows, [4], 0, 4)
((_, labels),) = assign(Points.of(rows), [fit.centroids])
print(fit.sizes.tolist(), (labels[0] == fit.labels).all(), "pandas" in sys.modules)
"""


def test_reading_and_sweeping_need_no_table_no_database_and_no_screen() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_ARRAYS_ALONE], capture_output=True, text=True, check=False
    )
    assert (done.stdout.split("\n")[0], done.stderr) == ("[25.0, 25.0, 25.0, 25.0] True False", "")
