"""The lexical encoder: compares texts of any language by their letters, where no model can or may read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from segmentation.algorithms.neighbours import unit_rows
from segmentation.text.encoders.batches import Parts, plain_batches, plain_pieces
from segmentation.text.encoders.engine import Engine

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

_DIMENSIONS = 100
_TERMS = 50_000
_FIT_TEXTS = 50_000
_LONGEST = 1_000
_MANY_TEXTS = 1_000


@dataclass(frozen=True)
class Letters:
    """What the lexical encoder has learned: `terms` (t,) str with their weights `idf` (t,), and `directions`.

    The directions are float32 (p, t); `key` and `dimensions` are the encoder's.
    """

    key: str
    dimensions: int
    terms: tuple[str, ...]
    idf: np.ndarray
    directions: np.ndarray


class LexicalEncoder:
    """Character 1-3-grams, log of the count times log(texts / texts with it), truncated SVD, unit length.

    It learns from `texts` (at most 50,000, spread evenly over the sorted ones) when it first reads, so that
    texts that are all in the cache cost nothing; its key holds their digest.
    """

    name = "lexical"
    engine: Engine | None = None
    precision = "float32"
    draft = False
    languages: frozenset[str] | None = None

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        distinct = sorted(set(texts))
        self._texts = distinct[:: -(-len(distinct) // _FIT_TEXTS) or 1]
        self._seed = seed
        self.dimensions = min(_DIMENSIONS, max(1, len(self._texts) - 1))
        digest = hashlib.sha256("\0".join(distinct).encode()).hexdigest()
        self.key = f"lexical@{digest[:16]}|char1-3|{_LONGEST}|{self.dimensions}|seed{seed}"

    @classmethod
    def again(cls, letters: Letters) -> LexicalEncoder:
        """Return the encoder that has learned this already."""
        encoder = cls((), 0)
        encoder.key, encoder.dimensions = letters.key, letters.dimensions
        terms = _vectorizer(1)
        terms.set_params(vocabulary={term: place for place, term in enumerate(letters.terms)})
        terms.idf_ = letters.idf
        encoder._fitted = terms, letters.directions
        return encoder

    @property
    def letters(self) -> Letters:
        """What it has learned of its texts."""
        terms, directions = self._fitted
        known = tuple(map(str, terms.get_feature_names_out()))
        return Letters(self.key, self.dimensions, known, terms.idf_, directions)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), dimensions); a text with no telling sign is zero."""
        terms, directions = self._fitted
        weights = terms.transform([text[:_LONGEST] for text in texts])
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        vectors[:, : len(directions)] = weights @ directions.T
        return unit_rows(vectors)

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield the same in parts, as `Encoder.stream`."""
        return plain_batches(self.encode, texts)

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the places of texts that are read together, as `Encoder.pieces`."""
        return plain_pieces(texts)

    def unknown_share(self, texts: Sequence[str]) -> float:
        """Letters are never unknown."""
        return 0.0

    @cached_property
    def _fitted(self) -> tuple[TfidfVectorizer, np.ndarray]:
        from sklearn.utils.extmath import randomized_svd

        texts = [text[:_LONGEST] for text in self._texts]
        terms = _vectorizer(3 if len(texts) >= _MANY_TEXTS else 1)
        terms.fit(texts)
        # scikit-learn adds 1, which keeps weight on signs that every text holds; they tell nothing apart.
        terms.idf_ = terms.idf_ - 1
        weights = terms.transform(texts)
        count = min(self.dimensions, *weights.shape)
        _, _, directions = randomized_svd(weights, count, n_iter=4, random_state=self._seed)
        return terms, directions


def _vectorizer(least: int) -> TfidfVectorizer:
    """Return what counts characters, of terms that are in so many texts at least."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char",
        ngram_range=(1, 3),
        min_df=least,
        max_features=_TERMS,
        sublinear_tf=True,
        dtype=np.float32,
    )
