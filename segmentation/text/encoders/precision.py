"""The precision that a model computes in: measured once per machine, model and libraries, and kept."""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from segmentation.device import Device, processor_name
from segmentation.home import home
from segmentation.text.encoders.engine import Engine, Taken
from segmentation.text.encoders.transformer import ModelEncoder, Precision

log = logging.getLogger(__name__)

ALIKE = 0.995
WORTHWHILE = 1.1
_ROUNDS = 2
_HOPELESS = 3.0
_FIRST_TEXTS = 8
_TIMES_ON_GPU = 64
_FILE = "calibrations.json"
_SENTENCES = (
    "Blue cotton shirt, size M.",
    "The parcel came two days late and the box was torn, but the lamp inside works.",
    "Set of 6 hand-painted tea cups with saucers; dishwasher safe.",
    "I would buy these running shoes again: light, quick to dry, true to size.",
    "USB-C charger 65 W, black, 2 m cable.",
    "How do I return a dress that I ordered last week?",
    "Organic green tea from the hills of Uji, 100 g.",
    "Stopped working after three weeks and nobody answers my e-mails.",
    "Garden > Furniture > Folding chairs",
    "A gift for my mother's birthday; she uses the scarf every single day now.",
    "Stainless steel pan with a thick base that spreads the heat evenly on all hobs.",
    "Not what the picture shows.",
)


@dataclass(frozen=True)
class Calibration:
    """What was measured: the precision taken, how many times as fast as float32 it is, and how alike.

    `cosine` is the least one to float32 over the sample of texts.
    """

    precision: str
    speedup: float = 1.0
    cosine: float = 1.0

    @property
    def engine(self) -> Engine:
        """How an encoder in this precision computes."""
        return Engine(Taken.MEASURED, self.speedup, self.cosine, len(sample_texts()))


def in_precision(encoder: ModelEncoder, wanted: str) -> ModelEncoder:
    """Return a float32 encoder in the wanted precision, or in the one that suits this machine."""
    if wanted != Precision.AUTO:
        return encoder.at(Precision(wanted), Engine(Taken.AS_CHOSEN))
    found = _kept(encoder)
    if found is None:
        found = calibrate(encoder)
        _keep(encoder, found)
    return encoder.at(Precision(found.precision), found.engine)


def calibrate(encoder: ModelEncoder) -> Calibration:
    """Time float32 and the short numbers of its device by turns on a fixed sample; take the fastest alike.

    The least of two rounds counts. What is not a tenth faster than float32, or whose cosine to it is
    anywhere below 0.995, is not taken.
    """
    candidate = encoder.at(Precision.BFLOAT16 if encoder.device == Device.CPU else Precision.FLOAT16)
    texts = sample_texts() * (1 if encoder.device == Device.CPU else _TIMES_ON_GPU)
    both, first = (encoder, candidate), texts[:_FIRST_TEXTS]
    plain, short = (min(_seconds(one, first) for _ in range(2)) for one in both)
    if short > _HOPELESS * plain:  # a processor without such numbers takes minutes for the whole sample
        return Calibration(Precision.FLOAT32)
    rounds = np.array([[_seconds(one, texts) for one in both] for _ in range(_ROUNDS)])
    plain, short = rounds.min(axis=0)
    products = np.einsum("ij,ij->i", encoder.encode(texts), candidate.encode(texts))
    if products.min() >= ALIKE and plain / short >= WORTHWHILE:  # false for what is not a number, too
        return Calibration(candidate.precision, float(plain / short), float(products.min()))
    return Calibration(Precision.FLOAT32)


def sample_texts() -> list[str]:
    """Return the fixed texts: from a few words to a paragraph."""
    count = len(_SENTENCES)
    return [
        " ".join(_SENTENCES[(start + step) % count] for step in range(length))
        for length in (1, 2, 5)
        for start in range(count)
    ]


def _seconds(encoder: ModelEncoder, texts: list[str]) -> float:
    began = time.perf_counter()
    encoder.encode(texts)
    return time.perf_counter() - began


def _name(encoder: ModelEncoder) -> str:
    """Name what a calibration holds for."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("torch", "transformers"))
    return f"{encoder.model_key} on {processor_name(encoder.device)} with {libraries}"


def _kept(encoder: ModelEncoder) -> Calibration | None:
    found = _read(home() / _FILE).get(_name(encoder))
    return Calibration(**found) if found else None


def _keep(encoder: ModelEncoder, found: Calibration) -> None:
    """Add it to the file of this machine; where that cannot be written, the next job measures again."""
    path = home() / _FILE
    fresh = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(json.dumps(_read(path) | {_name(encoder): asdict(found)}, indent=1))
        fresh.chmod(0o600)
        fresh.replace(path)
    except OSError as error:
        log.warning("the calibration cannot be kept in %s (%s)", path, error.strerror)


def _read(path: Path) -> dict[str, dict]:
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("the calibrations in %s cannot be read (%s); they are made anew", path, error)
        return {}
