"""How much each theme weighs: among customers, in revenue, and in each segment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.features.table import Feature, FeatureTable

PREFIX = "theme_"
MUCH, LEAST, SURE = 1.25, 0.02, 3.0
"""A segment has much of a theme from so many times the part of all customers' texts that are about it, so
many hundredths more, and so many standard errors between its customers and the others."""


@dataclass(frozen=True)
class ThemeFacts:
    """One theme, by its place among the run's.

    All are shares (0..1): of all customers, who have anything of it; of revenue, each customer's spent on it
    in proportion to their texts (None without money); `part` of the texts of those who have any, on average;
    `inside` the same part in each segment (k,), NaN where nobody has texts; `much`, bool (k,), is where that
    is clearly more than of all customers.
    """

    theme: int
    feature: Feature
    customers: float
    revenue: float | None
    part: float
    inside: np.ndarray
    much: np.ndarray

    @property
    def strongholds(self) -> tuple[int, ...]:
        """The segments that have clearly more of it than all customers, the strongest first."""
        order = np.argsort(-np.nan_to_num(self.inside), kind="stable")
        return tuple(int(label) for label in order if self.much[label])


def has_much(shares: np.ndarray, labels: np.ndarray, k: int) -> np.ndarray:
    """Return which of k segments have clearly more of a theme than all customers, bool (k,).

    More by a size that people notice, and by more than chance: a test of two means with one variance.

    :param shares: what part of each customer's texts is about it (n,), NaN without texts.
    """
    known = np.isfinite(shares)
    told, of = shares[known], labels[known]
    members = np.bincount(of, minlength=k).astype(np.float64)
    others = len(told) - members
    if not len(told) or told.std() == 0:
        return np.zeros(k, dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.bincount(of, weights=told, minlength=k) / members
        outside = (told.sum() - inside * members) / others
        errors = told.std() * np.sqrt(1 / members + 1 / others)
        enough = (inside >= MUCH * told.mean()) & (inside - told.mean() >= LEAST)
        return np.asarray(enough & (inside - outside >= SURE * errors))


def measure_themes(table: FeatureTable, labels: np.ndarray, k: int) -> tuple[ThemeFacts, ...]:
    """Measure each theme of the table for customers in segments 0..k-1 of `labels` (n,)."""
    spend = None
    if "monetary" in table.values.columns:
        spend = np.maximum(np.nan_to_num(table.values["monetary"].to_numpy(np.float64)), 0)
    return tuple(
        _measure(feature, table.values[feature.name].to_numpy(np.float64), spend, labels, k)
        for feature in table.features
        if feature.name.startswith(PREFIX)
    )


def _measure(
    feature: Feature, shares: np.ndarray, spend: np.ndarray | None, labels: np.ndarray, k: int
) -> ThemeFacts:
    known = np.isfinite(shares)
    told = np.where(known, shares, 0.0)
    members = np.bincount(labels[known], minlength=k)
    sums = np.bincount(labels, weights=told, minlength=k)
    return ThemeFacts(
        theme=int(feature.name.removeprefix(PREFIX)),
        feature=feature,
        customers=float(np.mean(told > 0)),
        revenue=float(told @ spend / spend.sum()) if spend is not None and spend.sum() > 0 else None,
        part=float(told.sum() / max(known.sum(), 1)),
        inside=np.divide(sums, members, out=np.full(k, np.nan), where=members > 0),
        much=has_much(shares, labels, k),
    )
