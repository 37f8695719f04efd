"""A segment beside everyone else: figures by hand, and effects that giants and size do not move."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from segmentation.features import orders
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.centroids import centroid_table
from segmentation.insight.facts.contrasts import contrast_with_others, superiority
from segmentation.insight.facts.differences import find_differences
from segmentation.insight.sentences.segments import contrast_sentences

NAN = float("nan")
KNOWN = {candidate.feature.name: candidate.feature for candidate in orders.CANDIDATES} | {
    name: Feature(name, f"Theme: {name}", "", Group.TEXT, Unit.SHARE)
    for name in ("theme_0", "theme_1", "theme_2", "theme_3")
}


def table_of(**columns: object) -> FeatureTable:
    values = pd.DataFrame({name: np.asarray(column, dtype=float) for name, column in columns.items()})
    ids = np.array([f"c{number:05d}" for number in range(len(values))], dtype=object)
    return FeatureTable(ids, values, tuple(KNOWN[name] for name in columns), (), None, "GBP")


def test_differences_are_from_the_others_and_in_their_units() -> None:
    table = table_of(
        days_between_orders=[20, 21, 22, 46, 48, 50, 52, 54],
        weekend_share=[0.5, 0.1, 0.3, 0.1, 0.5, 0.3, 0.5, 0.1],
    )
    members = np.arange(8) < 3
    found = contrast_with_others(table, members)
    assert [(one.feature.name, one.value, one.overall) for one in found.differences] == [
        ("days_between_orders", 21, 50)
    ]
    assert found.superiority == {"days_between_orders": 0, "weekend_share": 0.5}
    assert contrast_sentences(found) == (
        "Order every 21 days (2.4× as often as the typical 50 days of the others).",
    )


def test_a_share_that_rounds_to_nothing_is_no_percentage() -> None:
    table = table_of(morning_share=[0, 0, 0.001, 0.4, 0.5, 0.6], theme_0=[0, 0, 0, 0.2, 0.3, 0.4])
    assert contrast_sentences(contrast_with_others(table, np.arange(6) < 3)) == (
        "Place hardly any of their orders before noon (average of the others: 50.0%).",
        "Hardly any of what they choose or write is about theme_0 (average of the others: 30.0%).",
    )


def test_a_giant_among_the_others_moves_no_effect() -> None:
    spend = [10, 20, 30, 40, 50, 60, 70, 80]
    members = np.array([False] * 4 + [True] * 4)
    plain = contrast_with_others(table_of(monetary=spend), members)
    giant = contrast_with_others(table_of(monetary=[*spend[:-1], 8e9]), members)
    assert giant.superiority == plain.superiority == {"monetary": 1.0}
    assert giant.differences[0].effect == plain.differences[0].effect


def test_a_large_segment_is_compared_with_the_others_not_with_itself() -> None:
    rng = np.random.default_rng(0)
    members = np.arange(2000) < 1500
    table = table_of(monetary=np.exp(rng.normal(4, 1, 2000) + 0.8 * members))
    portrait = find_differences(centroid_table(table, np.where(members, 0, 1), 2))[0]
    assert not portrait.is_all_rounders
    found = contrast_with_others(table, members)
    assert not found.is_all_rounders
    assert found.differences[0].effect == pytest.approx(0.8, abs=0.1)


def test_a_segment_like_the_others_is_all_rounders() -> None:
    table = table_of(monetary=[10, 100, 1000] * 2, recency=[3, 2, 1] * 2)
    found = contrast_with_others(table, np.arange(6) < 3)
    assert found.is_all_rounders
    assert contrast_sentences(found) == (
        "Like the other customers in everything: nothing sets them clearly apart.",
    )


def test_at_most_five_and_strongest_first() -> None:
    rng = np.random.default_rng(1)
    members = np.arange(400) < 200
    names = (
        "weekend_share",
        "discount_share",
        "return_share",
        "recency",
        "monetary",
        "products",
        "frequency",
    )
    columns = {name: rng.random(400) + members * (0.2 + 0.05 * place) for place, name in enumerate(names)}
    found = contrast_with_others(table_of(**columns), members)
    effects = [abs(one.effect) for one in found.differences]
    assert len(effects) == 5
    assert effects == sorted(effects, reverse=True)
    assert len(contrast_with_others(table_of(**columns), members, count=2).differences) == 2


def test_two_themes_are_told_those_that_are_there_before_those_that_lack() -> None:
    rng = np.random.default_rng(2)
    members = np.arange(400) < 200
    shifts = {"theme_0": -0.5, "theme_1": 0.2, "theme_2": 0.3, "theme_3": -0.4}
    table = table_of(
        recency=rng.random(400) + 0.2 * members,
        **{name: 1 + rng.random(400) + shift * members for name, shift in shifts.items()},
    )
    found = contrast_with_others(table, members)
    assert {one.feature.name for one in found.differences} == {"theme_2", "theme_1", "recency"}


_values = st.lists(st.one_of(st.just(NAN), st.integers(-3, 3).map(float)), min_size=1, max_size=30)


@given(_values, _values)
def test_superiority_is_the_statistic_of_mann_and_whitney(inside: list[float], outside: list[float]) -> None:
    table = table_of(monetary=[*inside, *outside])
    members = np.arange(len(table)) < len(inside)
    one, other = (np.array(side)[~np.isnan(side)] for side in (inside, outside))
    expected = (
        mannwhitneyu(one, other).statistic / (len(one) * len(other)) if len(one) and len(other) else 0.5
    )
    both = superiority(table, np.where(members, 0, 1), 2)[0]
    assert both == pytest.approx([expected, 1 - expected])


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(2, 60), st.floats(0, 3))
def test_every_figure_told_is_that_of_the_customers(
    seed: int, inside: int, outside: int, shift: float
) -> None:
    rng = np.random.default_rng(seed)
    members = rng.permutation(np.arange(inside + outside) < inside)
    spend = np.exp(rng.normal(3, 1, len(members)) + shift * members)
    gaps = np.where(rng.random(len(members)) < 0.3, NAN, rng.integers(1, 60, len(members)) * (1 + members))
    table = table_of(monetary=spend, days_between_orders=gaps, weekend_share=rng.random(len(members)))
    for one in contrast_with_others(table, members).differences:
        middle = np.nanmedian if one.is_median else np.nanmean
        values = table.values[one.feature.name].to_numpy()
        assert one.value == pytest.approx(middle(values[members]))
        assert one.overall == pytest.approx(middle(values[~members]))
        assert (one.value > one.overall) == (one.effect > 0)
        assert one.ratio is None or one.ratio == pytest.approx(one.value / one.overall)
