"""What a name claims is true: recomputed by hand and on made-up shops, not by the code that names."""

from __future__ import annotations

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
from tests.segmentation.insight.claims_by_hand import SAME, claimed, said_by_words, says

KNOWN = {candidate.feature.name: candidate.feature for candidate in orders.CANDIDATES}
GAP = 60.0


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
    for word, holds in said_by_words(table.values, GAP).items():
        true_of = np.array([holds[labels == segment].mean() for segment in range(k)])
        said = np.array([says(name, word) for name in plain])
        assert (true_of[said] >= 0.8).all(), (word, names)
        also = SAME.get(word, (word,))
        silent = ~np.array([says(name, *also) for name in plain])
        if said.any():
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
    found = name_every_k(portraits, find_claims(table, of_k), of_k, 3)
    names = {k: [name.text for name in of_segments] for k, of_segments in found.items()}
    for k, of_segments in names.items():
        assert len({name.casefold() for name in of_segments}) == k
        for segment, name in enumerate(of_segments):
            inside = of_k[k] == segment
            for word, holds in said_by_words(table.values, GAP).items():
                if says(claimed(name), word):
                    assert holds[inside].mean() >= 0.8, (k, name, word)
