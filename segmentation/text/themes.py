"""Themes: groups of distinct texts about one thing, named by their words; how much of each a customer has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.terms import telling_words
from segmentation.text.stop_words import STOP_WORDS

FEWEST_ASKED, MOST_ASKED = 2, 60
"""The numbers of themes that a person may ask for."""

_FEWEST, _MOST = 6, 12
_TEXTS_PER_THEME = 4
_SAMPLE = 20_000
_SILHOUETTE_SAMPLE = 2_000
_WORDS, _WORDS_IN_NAME = 8, 3
_EXAMPLES, _LONGEST_EXAMPLE = 4, 300


@dataclass(frozen=True)
class Themes:
    """`labels` (texts,) of the theme each text is in; per theme its name, words, size and examples."""

    labels: np.ndarray
    names: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    examples: tuple[tuple[str, ...], ...]


def find_themes(vectors: np.ndarray, texts: Sequence[str], count: int | None, seed: int) -> Themes:
    """Group the distinct texts by their vectors (m, d), by default into 6 to 12 themes, the largest first.

    :param count: how many themes; None takes the number with the best silhouette.
    """
    labels = _largest_first(_cluster(vectors, count, seed))
    every = -(-len(texts) // _SAMPLE) or 1
    classes = int(labels.max()) + 1
    words = telling_words(texts[::every], labels[::every], classes, _WORDS, STOP_WORDS)
    sizes = np.bincount(labels, minlength=classes).tolist()
    examples = _typical_texts(vectors, texts, labels, classes)
    return Themes(labels, distinct_names(words), tuple(words), tuple(sizes), examples)


def distinct_names(words: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Name each theme by its first three words, numbered where that says nothing or is taken."""
    names: list[str] = []
    for place, row in enumerate(words, start=1):
        name = ", ".join(row[:_WORDS_IN_NAME])
        names.append(f"{name or 'theme'} {place}" if not name or name in names else name)
    return tuple(names)


def theme_shares(weights: sp.csr_matrix, labels: np.ndarray, count: int) -> np.ndarray:
    """Return the share of each theme in a customer's weights (n, count) float32; NaN rows without text."""
    member = sp.csr_matrix(
        (np.ones(len(labels)), (np.arange(len(labels)), labels)), shape=(len(labels), count)
    )
    amounts = np.asarray((weights @ member).todense())
    total = amounts.sum(axis=1, keepdims=True)
    return np.divide(amounts, total, out=np.full_like(amounts, np.nan), where=total > 0).astype(np.float32)


def _typical_texts(
    vectors: np.ndarray, texts: Sequence[str], labels: np.ndarray, classes: int
) -> tuple[tuple[str, ...], ...]:
    """Pick the texts nearest the middle of each theme, no two that begin alike, cut for reading."""
    examples = []
    for label in range(classes):
        rows = np.flatnonzero(labels == label)
        nearness = vectors[rows] @ vectors[rows].mean(axis=0)
        found: dict[str, str] = {}
        for row in rows[np.argsort(-nearness, kind="stable")][: 10 * _EXAMPLES]:
            text = texts[int(row)]
            found.setdefault(text[:40].lower(), shortened(text))
        examples.append(tuple(found.values())[:_EXAMPLES])
    return tuple(examples)


def shortened(text: str) -> str:
    """Cut a text to a length that is read at a glance."""
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[: _LONGEST_EXAMPLE - 1].rstrip()}…"


def _cluster(vectors: np.ndarray, count: int | None, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    sample = vectors[:: -(-len(vectors) // _SAMPLE) or 1]
    # Several threads add up centroids in any order; one thread gives the same themes every time.
    with threadpool_limits(limits=1):
        fits = [
            KMeans(k, n_init=3, random_state=seed).fit(sample)
            for k in _counts_to_try(len(np.unique(sample, axis=0)), count)
        ]
        if not fits:
            return np.zeros(len(vectors), dtype=np.int32)
        best = max(fits, key=lambda fit: _silhouette(sample, fit.labels_)) if len(fits) > 1 else fits[0]
        return np.asarray(best.predict(vectors))


def _counts_to_try(distinct: int, count: int | None) -> range:
    most = min(count or _MOST, distinct if count else distinct // _TEXTS_PER_THEME)
    fewest = most if count else min(_FEWEST, most)
    return range(fewest, most + 1) if most > 1 else range(0)


def _silhouette(vectors: np.ndarray, labels: np.ndarray) -> float:
    from sklearn.metrics import silhouette_score

    every = -(-len(vectors) // _SILHOUETTE_SAMPLE) or 1
    seen = labels[::every]
    return float(silhouette_score(vectors[::every], seen)) if 1 < len(np.unique(seen)) < len(seen) else -1.0


def _largest_first(labels: np.ndarray) -> np.ndarray:
    """Renumber the groups by size, without gaps; of equal ones the first met comes first."""
    _, first, compact, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[compact]
