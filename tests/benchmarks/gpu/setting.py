"""What all parts share: where they run, what was packed, and the rows of what was found."""

from __future__ import annotations

import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PACKED = Path(os.environ.get("PACKED", ".gpu"))
MODEL = PACKED / "model"
TEXTS = PACKED / "texts.json.gz"
OUT = Path(os.environ.get("OUT", PACKED / "out"))
ROWS = OUT / "gpu.jsonl"
TABLE = OUT / "gpu.md"

DEVICE = os.environ.get("DEVICE", "cuda")
SCALE = float(os.environ.get("SCALE", "1"))
UNTIL = float(os.environ.get("UNTIL", "inf"))
"""When the part that runs is to have ended, in seconds of the system's clock."""

PART = os.environ.get("PART", "")
OURS = "Tessera"


@dataclass(frozen=True)
class Row:
    """What was found of one way: a figure and its unit, or for a check whether all was `right`.

    `why` says why there is no figure, or what belongs to it.
    """

    what: str
    way: str
    figure: float | None = None
    unit: str = ""
    right: bool | None = None
    why: str = ""
    part: str = PART


def say(row: Row) -> None:
    """Keep a row at once: what comes later may break off."""
    line = json.dumps(asdict(row), default=lambda number: number.item())
    with ROWS.open("a") as file:
        file.write(line + "\n")
    print(line, flush=True)


def rows() -> list[Row]:
    """Return all that was found so far."""
    return [Row(**json.loads(line)) for line in ROWS.read_text().splitlines()] if ROWS.exists() else []


def ceiling(what: str) -> float | None:
    """Return a limit of this device that the part “ceilings” has measured."""
    return next((row.figure for row in rows() if row.part == "ceilings" and row.what == what), None)


def scaled(size: int, least: int = 64) -> int:
    """Return a size at the scale that was asked for."""
    return max(least, int(size * SCALE))


def texts(kind: str, count: int) -> list[str]:
    """Return packed texts, “titles” or “reviews”."""
    with gzip.open(TEXTS, "rt", encoding="utf-8") as file:
        found = json.load(file)[kind]
    return found[:count]


def left() -> float:
    """Return the seconds that this part still has."""
    return UNTIL - time.time()


def wait() -> None:
    """Wait until the device has done all that was asked of it."""
    import torch

    if DEVICE == "cuda":
        torch.cuda.synchronize()


def seconds(work: Callable[[], Any], rounds: int = 1) -> float:
    """Return the median time of work and of what it asks of the device; fewer rounds where time ends."""
    spent: list[float] = []
    while len(spent) < rounds and (not spent or left() > 2 * spent[-1]):
        wait()
        began = time.perf_counter()
        work()
        wait()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


@contextmanager
def telling(what: str, way: str) -> Iterator[None]:
    """Keep what goes wrong with one way as its row, and go on with the others."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever a peer or a driver raises
        first = (str(error).strip() or "without words").splitlines()[0]
        say(Row(what, way, why=f"{type(error).__name__}: {first}"))


def model(device: str = DEVICE) -> Any:
    """Load the packed model as the product does, in float32."""
    from segmentation.text.encoders.load import load_model

    return load_model(str(MODEL), device)
