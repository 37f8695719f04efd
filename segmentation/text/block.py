"""What reading the texts gives: vectors per customer, themes, and which encoder read what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.split_halves import Reliability
from segmentation.text.encoders.engine import Engine
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.learned import TextsLearned
from segmentation.text.treatment import Treatment


@dataclass(frozen=True)
class Theme:
    """A group of texts about one thing: its name, its telling words (best first), how many distinct texts.

    `examples` are some typical texts, cut where they are long; none in runs of an earlier version.
    """

    name: str
    words: tuple[str, ...]
    texts: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Which encoder read one source of texts, and why.

    `source` is "products", "reviews" or the name of a notes column; `language` an ISO 639-1 code or None
    where it is not clear; `texts` counts distinct texts; `unreadable_share` (0..1) is what the model that was
    `asked` for cannot read (None: nobody asked for one); `proposed` could read them, and may be here already.
    `engine` is how the encoder computes, in numbers of `precision`; None and empty where there is no choice,
    and in runs of an earlier version. `draft` marks a quick draft. `treatment` is what was done to vectors,
    and `words` how many a text has on average; None and 0 in runs of an earlier version.
    """

    source: str
    encoder: str
    language: str | None
    texts: int
    unreadable_share: float
    asked: str | None
    proposed: str | None = None
    proposed_is_here: bool = False
    precision: str = ""
    engine: Engine | None = None
    draft: bool = False
    treatment: Treatment | None = None
    words: float = 0.0


@dataclass(frozen=True)
class ThemeOfText:
    """The theme of each distinct text: its place among the themes, and the text's hash (uint64), (m,)."""

    hashes: np.ndarray
    theme: np.ndarray


@dataclass(frozen=True)
class TextBlock:
    """One row per customer, in the order asked for.

    `vectors` (n, p) float32: pooled, centred, reduced and shrunk; zero rows where a customer has no text.
    `items` (n,) is the effective number of items behind a row, 0 without text; a row was shrunk by
    items / (items + `kappa`).
    `theme_shares` (n, len(themes)) float32 sums to 1 per row; NaN rows where a customer has no text.
    `theme_of_text` is None where texts are read as others were read before.
    `taste` is how much the products of a customer's odd and even orders say the same; None where no orders
    hold products with texts. `learned` is what brings other customers into the same directions; None where
    they were brought there by it.
    """

    vectors: np.ndarray
    items: np.ndarray
    kappa: float
    themes: tuple[Theme, ...]
    theme_shares: np.ndarray
    readings: tuple[Reading, ...]
    options: TextOptions
    seed: int
    taste: Reliability | None = None
    learned: TextsLearned | None = None
    theme_of_text: ThemeOfText | None = None
