"""What a name claims is true: recomputed by hand and on made-up shops, not by the code that names."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.features import orders
from segmentation.features.table import FeatureTable
from segmentation.insight.facts.centroids import centroid_tables
from segmentation.insight.facts.claims import Claims, find_claims
from segmentation.insight.facts.differences import find_differences
from segmentation.insight.naming.segment_names import ALL_ROUNDERS, name_every_k, name_segments

KNOWN = {candidate.feature.name: candidate.feature for candidate in orders.CANDIDATES}
GAP = 60.0
# What each word says, written out once more: lowest words first, so that the longer name is looked for first.
SAID = {
    "one-time": lambda rows: rows["frequency"] == 1,
    "repeat": lambda rows: rows["frequency"] >= 2,
    "frequent": lambda rows: (rows["frequency"] > rows["frequency"].median()) & (rows["frequency"] > 2),
    "regulars": lambda rows: (rows["frequency"] > rows["frequency"].median()) & (rows["frequency"] > 2),
    "occasional": lambda rows: rows["frequency"] < rows["frequency"].median(),
    "lapsed": lambda rows: rows["recency"] > GAP,
    "earlier": lambda rows: rows["recency"] > rows["recency"].median(),
    "recent": lambda rows: rows["recency"] < min(rows["recency"].median(), GAP),
    "new ": lambda rows: rows["recency"] + rows["active_span"].fillna(0) < GAP,
    "high-spending": lambda rows: rows["monetary"] > rows["monetary"].median(),
    "big spenders": lambda rows: rows["monetary"] > rows["monetary"].median(),
    "low-spending": lambda rows: rows["monetary"] < rows["monetary"].median(),
    "small spenders": lambda rows: rows["monetary"] < rows["monetary"].median(),
    "weekend": lambda rows: rows["weekend_share"] > max(0.5, rows["weekend_share"].mean()),
    "weekday": lambda rows: rows["weekend_share"] < min(0.5, rows["weekend_share"].mean()),
}


def made_up(seed: int, customers: int = 300, k: int = 4) -> tuple[FeatureTable, np.ndarray]:
    """Make a shop of k kinds of customers, each with its own rate, spend, recency and taste for weekends."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, k, customers)
    labels[:k] = np.arange(k)
    rate, lately, spend, weekend = (
        rng.exponential(2, k), rng.exponential(80, k), rng.exponential(50, k), rng.beta(0.5, 0.5, k)
    )  # fmt: skip
    frequency = 1 + rng.poisson(rate[labels])
    more = frequency > 1
    share = rng.binomial(frequency, weekend[labels]) / frequency
    values = pd.DataFrame(
        {
            "recency": rng.exponential(lately[labels]).round(),
            "frequency": frequency,
            "monetary": (frequency * rng.gamma(2, spend[labels])).round(2),
            "active_span": np.where(more, rng.exponential(100, customers).round() + 1, np.nan),
            "weekend_share": np.where(more, share, np.nan),
        },
        dtype=float,
    )
    ids = np.array([str(number) for number in range(customers)], dtype=object)
    features = tuple(KNOWN[name] for name in values)
    return FeatureTable(ids, values, features, (), None, None, usual_gap=GAP), labels


def claimed(name: str) -> str:
    """Leave of a name what it says of nearly everyone, not what it says of a middle beside that of others."""
    return re.sub(r"· (more|fewer|less|higher|lower|longer|shorter) [^·]*", "", name.lower()) + " "


def named(table: FeatureTable, labels: np.ndarray, k: int) -> tuple[tuple[str, ...], Claims]:
    claims = find_claims(table, {k: labels})[k]
    return name_segments(find_differences(centroid_tables(table, {k: labels})[k]), claims), claims


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(2, 8))
def test_what_a_name_says_is_true_of_four_fifths_and_of_nobody_more_unsaid(seed: int, k: int) -> None:
    table, labels = made_up(seed, k=k)
    names, _ = named(table, labels, k)
    plain = [claimed(name) for name in names]
    assert len(set(names)) == k
    for word, holds in SAID.items():
        true_of = np.array([holds(table.values)[labels == segment].mean() for segment in range(k)])
        said = np.array([word in name for name in plain])
        assert (true_of[said] >= 0.8).all(), (word, names)
        stronger = {"repeat": ("frequent", "regulars"), "recent": ("new ",), "occasional": ("one-time",)}
        synonyms = {"frequent": "regulars", "high-spending": "big spenders", "low-spending": "small spenders"}
        pairs = {**synonyms, **{b: a for a, b in synonyms.items()}}
        also = (word, pairs.get(word, word), *stronger.get(word, ()))
        silent = ~np.array([any(one in name for one in also) for name in plain])
        if said.any() and word not in ("earlier", "occasional"):
            assert true_of[silent].max(initial=0) <= true_of[said].min(), (word, names)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_all_rounders_differ_in_nothing(seed: int) -> None:
    table, labels = made_up(seed, k=3)
    names, _ = named(table, labels, 3)
    portraits = find_differences(centroid_tables(table, {3: labels})[3])
    for name, portrait in zip(names, portraits, strict=True):
        assert not name.startswith(ALL_ROUNDERS) or portrait.is_all_rounders


@pytest.mark.parametrize("share", [0.6, 0.8, 0.95])
def test_most_of_a_shop_that_differs_clearly_from_the_rest_is_no_all_rounder(share: float) -> None:
    rng = np.random.default_rng(0)
    labels = (rng.random(1000) > share).astype(int)
    values = pd.DataFrame({"monetary": np.exp(rng.normal(3, 0.5, 1000) + labels)})
    table = FeatureTable(
        np.arange(1000).astype(str).astype(object), values, (KNOWN["monetary"],), (), None, None
    )
    names, _ = named(table, labels, 2)
    assert not any(name.startswith(ALL_ROUNDERS) for name in names)


def test_a_middle_is_a_name_where_nearly_all_are_in_it() -> None:
    spend = [*np.linspace(1, 20, 30), *np.linspace(45, 55, 40), *np.linspace(80, 99, 30)]
    table = FeatureTable(
        np.arange(100).astype(str).astype(object),
        pd.DataFrame({"monetary": spend}), (KNOWN["monetary"],), (), None, None,
    )  # fmt: skip
    names, _ = named(table, np.repeat([0, 1, 2], [30, 40, 30]), 3)
    assert names == ("Small spenders", "Medium spenders", "Big spenders")


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_names_of_every_k_are_true_also_where_they_are_inherited(seed: int) -> None:
    table, labels = made_up(seed, k=5)
    of_k = {k: np.minimum(labels, k - 1) for k in (2, 3, 4, 5)}
    portraits = {k: find_differences(one) for k, one in centroid_tables(table, of_k).items()}
    names = name_every_k(portraits, find_claims(table, of_k), of_k, 3)
    for k, of_segments in names.items():
        assert len({name.casefold() for name in of_segments}) == k
        for segment, name in enumerate(of_segments):
            inside = of_k[k] == segment
            for word, holds in SAID.items():
                if word in claimed(name):
                    assert holds(table.values)[inside].mean() >= 0.8, (k, name, word)
