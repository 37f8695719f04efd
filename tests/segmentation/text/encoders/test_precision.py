import json
from pathlib import Path

import numpy as np
import pytest

from segmentation.device import Device
from segmentation.text.block import Reading
from segmentation.text.encoders import precision as module
from segmentation.text.encoders.engine import Engine
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.precision import Calibration, calibrate, in_precision, sample_texts
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.encoders.transformer import ModelEncoder, Precision
from segmentation.text.words import engine_sentence


class TimedModel:
    """Stands for a model: takes `seconds` per text in each precision, `off` from float32 by an angle."""

    device = Device.CPU
    model_key = "timed@1"
    precision = Precision.FLOAT32
    asked: list[str]

    def __init__(self, seconds: dict[str, float], cosine: float, clock: list[float]) -> None:
        self.seconds, self.cosine, self.clock, self.engine = seconds, cosine, clock, None
        self.asked = []

    def at(self, precision: Precision, engine: Engine | None = None) -> "TimedModel":
        """Return the same in another precision."""
        copied = TimedModel(self.seconds, self.cosine, self.clock)
        copied.precision, copied.engine, copied.device = precision, engine, self.device
        copied.asked = self.asked
        self.asked.append(precision)
        return copied

    def encode(self, texts: list[str]) -> np.ndarray:
        """Take its time, and turn by the angle of its precision."""
        self.clock[0] += self.seconds[self.precision] * len(texts)
        cosine = 1.0 if self.precision == Precision.FLOAT32 else self.cosine
        return np.tile(np.array([cosine, np.sqrt(1 - cosine**2)], dtype=np.float32), (len(texts), 1))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path / "machine"))
    return now


@pytest.mark.parametrize(
    ("short", "cosine", "taken", "speedup"),
    [
        (0.4, 0.999, Precision.BFLOAT16, 2.5),
        (0.4, 0.994, Precision.FLOAT32, 1.0),
        (0.4, np.nan, Precision.FLOAT32, 1.0),
        (0.95, 0.999, Precision.FLOAT32, 1.0),
        (50.0, 0.999, Precision.FLOAT32, 1.0),
    ],
)
def test_the_faster_precision_is_taken_only_where_it_reads_alike(
    clock: list[float], short: float, cosine: float, taken: Precision, speedup: float
) -> None:
    model = TimedModel({"float32": 1.0, "bfloat16": short}, cosine, clock)
    found = calibrate(model)  # type: ignore[arg-type]
    assert found.precision == taken and found.speedup == pytest.approx(speedup)
    if short == 50:  # a few texts are enough to see it
        assert clock[0] < 50 * len(sample_texts())


def test_a_graphics_card_is_measured_in_float16(clock: list[float]) -> None:
    model = TimedModel({"float32": 1.0, "float16": 0.25}, 1.0, clock)
    model.device = Device.CUDA
    assert calibrate(model).precision == Precision.FLOAT16  # type: ignore[arg-type]


def said(model: ModelEncoder) -> str:
    return engine_sentence(
        Reading("notes", "m", "en", 1, 0.0, "m", precision=model.precision, engine=model.engine)
    )


def test_a_machine_is_measured_once_and_a_choice_not_at_all(clock: list[float], tmp_path: Path) -> None:
    model = TimedModel({"float32": 1.0, "bfloat16": 0.5}, 0.999, clock)
    first = in_precision(model, "auto")  # type: ignore[arg-type]
    spent = clock[0]
    again = in_precision(model, "auto")  # type: ignore[arg-type]
    plain = in_precision(model, "float32")  # type: ignore[arg-type]
    assert clock[0] == spent > 0
    assert first.precision == again.precision == Precision.BFLOAT16 and plain.precision == Precision.FLOAT32
    assert first.engine == again.engine and "2.0 times as fast" in said(first)
    assert said(plain) == "Computed in float32, as chosen."
    (name,) = json.loads((tmp_path / "machine" / "calibrations.json").read_text())
    assert name.startswith("timed@1 on ") and "torch" in name


def test_a_damaged_file_is_made_anew(
    clock: list[float], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "machine" / "calibrations.json"
    path.parent.mkdir()
    path.write_text("{")
    in_precision(TimedModel({"float32": 1.0, "bfloat16": 0.5}, 0.999, clock), "auto")  # type: ignore[arg-type]
    assert "cannot be read" in caplog.text
    assert list(json.loads(path.read_text()).values()) == [
        {"precision": "bfloat16", "speedup": 2.0, "cosine": pytest.approx(0.999)}
    ]


def test_what_was_not_faster_is_said() -> None:
    reading = Reading(
        "notes", "m", "en", 1, 0.0, "m", precision="float32", engine=Calibration("float32").engine
    )
    assert engine_sentence(reading).startswith("Computed in float32: nothing shorter is both faster")


def test_the_real_model_reads_alike_in_bfloat16_under_another_key() -> None:
    plain = load_encoder(TextOptions(device="cpu", precision="float32"))
    short = load_encoder(TextOptions(device="cpu", precision="bfloat16"))
    assert isinstance(plain, ModelEncoder) and isinstance(short, ModelEncoder)
    assert plain.key.replace("fp32", "bf16") == short.key != plain.key
    texts = sample_texts()[:4]
    products = np.einsum("ij,ij->i", plain.encode(texts), short.encode(texts))
    assert products.min() > 0.995
