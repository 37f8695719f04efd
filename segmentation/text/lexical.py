"""The lexical encoder: compares texts of any language by their letters, where no model can or may read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_DIMENSIONS = 100
_TERMS = 50_000
_MANY_TEXTS = 1_000
_FIT_TEXTS = 50_000
_LONGEST = 1_000
_MOST_TEXTS = 0.2


class LexicalEncoder:
    """Character 1-3-grams, TF-IDF with a logarithmic count, truncated SVD, unit length.

    It learns from `texts` (at most 50,000, spread evenly over the sorted ones) when it first reads, so that
    texts that are all in the cache cost nothing; its key holds their digest. Where texts are many, signs that
    a fifth of them hold or fewer than three say nothing.
    """

    name = "lexical"
    languages: frozenset[str] | None = None

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        distinct = sorted(set(texts))
        self._texts = distinct[:: -(-len(distinct) // _FIT_TEXTS) or 1]
        self._seed = seed
        self.dimensions = min(_DIMENSIONS, max(1, len(self._texts) - 1))
        digest = hashlib.sha256("\0".join(distinct).encode()).hexdigest()
        self.key = f"lexical@{digest[:16]}|char1-3|{_LONGEST}|{self.dimensions}|seed{seed}"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), dimensions)."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        found = self._fitted.transform([text[:_LONGEST] for text in texts])
        vectors[:, : found.shape[1]] = found
        return vectors

    def unknown_share(self, texts: Sequence[str]) -> float:
        """Letters are never unknown."""
        return 0.0

    @cached_property
    def _fitted(self) -> Pipeline:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import Normalizer

        texts = [text[:_LONGEST] for text in self._texts]
        many = len(texts) >= _MANY_TEXTS
        terms = TfidfVectorizer(
            analyzer="char",
            ngram_range=(1, 3),
            min_df=3 if many else 1,
            max_df=_MOST_TEXTS if many else 1.0,
            max_features=_TERMS,
            sublinear_tf=True,
            dtype=np.float32,
        )
        counts = terms.fit_transform(texts)
        reduce = TruncatedSVD(min(self.dimensions, counts.shape[1]), n_iter=4, random_state=self._seed).fit(
            counts
        )
        return make_pipeline(terms, reduce, Normalizer(copy=False))
