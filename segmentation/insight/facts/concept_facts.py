"""What a concept's scores say: how they are spread, and which segments lean to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 20


@dataclass(frozen=True)
class ConceptFacts:
    """The spread of one concept's scores (0..100, 50 the average customer).

    `edges` (21,) part the scale evenly; `counts` (20,) are customers in each part; `means` (k,) the average
    of each segment, NaN where nobody has texts; `known` the share (0..1) of customers who have texts.
    """

    edges: np.ndarray
    counts: np.ndarray
    means: np.ndarray
    known: float


def measure_concept(scores: np.ndarray, labels: np.ndarray, k: int) -> ConceptFacts:
    """Measure the scores (n,), NaN without texts, for customers in segments 0..k-1 of `labels` (n,)."""
    has = np.isfinite(scores)
    counts, edges = np.histogram(scores[has], bins=BINS, range=(0, 100))
    members = np.bincount(labels[has], minlength=k)
    sums = np.bincount(labels[has], weights=scores[has], minlength=k)
    means = np.divide(sums, members, out=np.full(k, np.nan), where=members > 0)
    return ConceptFacts(edges, counts, means, float(has.mean()) if len(has) else 0.0)
