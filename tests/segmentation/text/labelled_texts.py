"""Texts that people sorted into classes: at most 1,000 distinct ones of a set, cut evenly by a fixed seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

MOST, FEWEST_IN_A_CLASS = 1_000, 4
_GARMENTS = (
    "dress", "bikini", "swim", "short", "legging", "pant", "shirt", "blouse", "sandal", "slipper", "shoe",
    "necklace", "earring", "ring", "bag", "hat", "sunglasses", "bra", "jumpsuit", "skirt",
)  # fmt: skip


@dataclass(frozen=True)
class LabelledTexts:
    """Distinct texts, sorted, and the class of each, str (texts,)."""

    texts: tuple[str, ...]
    classes: np.ndarray

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(np.unique(self.classes))


def banking(folder: Path) -> LabelledTexts:
    """Read questions to a bank, 77 kinds."""
    frame = pd.read_csv(folder / "banking77/train.csv")
    return _cut(frame["text"], frame["category"])


def flipkart(column: str) -> Callable[[Path], LabelledTexts]:
    """Read names or descriptions of products, the root of their category."""

    def read(folder: Path) -> LabelledTexts:
        frame = pd.read_csv(folder / "flipkart-products/flipkart_com-ecommerce_sample_1050.csv")
        return _cut(frame[column], frame["product_category_tree"].str.extract(r'\["([^>"]+?) *(?:>>|")')[0])

    return read


def womens(folder: Path) -> LabelledTexts:
    """Read reviews of clothes, the department."""
    file = folder / "womens-clothing-reviews/womens_clothing_e-commerce_reviews.csv"
    frame = pd.read_csv(file, na_values="null")
    return _cut(frame["Review Text"], frame["Department Name"])


def wish(column: str) -> Callable[[Path], LabelledTexts]:
    """Read titles of clothes, in English or in French, the garment that the seller's tags name most."""

    def read(folder: Path) -> LabelledTexts:
        file = folder / "wish-products/summer-products-with-rating-and-performance_2020-08.csv"
        frame = pd.read_csv(file)
        return _cut(frame[column], frame["tags"].fillna("").map(_garment))

    return read


def superstore(folder: Path) -> LabelledTexts:
    """Read names of office products, the sub-category."""
    frame = pd.read_csv(folder / "superstore/Sample - Superstore.csv", encoding="latin-1")
    return _cut(frame["Product Name"], frame["Sub-Category"])


def chinese(folder: Path) -> LabelledTexts:
    """Read Chinese reviews, the category of what was bought."""
    frame = pd.read_csv(folder / "online-shopping-10-cats/online_shopping_10_cats.csv")
    return _cut(frame["review"], frame["cat"])


def portuguese(folder: Path) -> LabelledTexts:
    """Read Portuguese reviews of orders, what most readers took them to say."""
    frame = pd.read_csv(folder / "olist-classified/olist_classified_public_dataset.csv")
    return _cut(frame["review_comment_message"], frame["most_voted_subclass"])


def _garment(tags: str) -> str | None:
    counts = {one: sum(one in tag for tag in tags.lower().split(",")) for one in _GARMENTS}
    best = max(counts, key=lambda one: counts[one])
    return best if counts[best] >= 2 else None


def _cut(texts: pd.Series, classes: pd.Series) -> LabelledTexts:
    frame = pd.DataFrame({"text": texts, "class": classes}).dropna()
    frame["text"] = frame["text"].str.replace(r"\s+", " ", regex=True).str.strip()
    frame = frame[frame["text"] != ""].drop_duplicates("text")
    frame = frame.sample(min(MOST, len(frame)), random_state=0).sort_values("text")
    frame = frame[frame.groupby("class")["class"].transform("size") >= FEWEST_IN_A_CLASS]
    return LabelledTexts(tuple(frame["text"]), frame["class"].astype(str).to_numpy())
