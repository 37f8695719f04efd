"""Distributions: every customer is in one bin, on the right side, and few values stand for themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from segmentation.features import orders
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.distributions import MOST_BINS, distributions
from segmentation.insight.sentences.profile import bin_ranges, bin_ticks, without_value

NAN = float("nan")
KNOWN = {candidate.feature.name: candidate.feature for candidate in orders.CANDIDATES}
RATING = Feature("rating", "Average rating", "", Group.BEHAVIOUR, Unit.RATING)
COLOUR = Feature("profile.c=red", "Colour: red", "", Group.PROFILE, Unit.SHARE, value="red")


def table_of(feature: Feature, values: object) -> FeatureTable:
    frame = pd.DataFrame({feature.name: np.asarray(values, dtype=float)})
    ids = np.array([f"c{number:05d}" for number in range(len(frame))], dtype=object)
    return FeatureTable(ids, frame, (feature,), (), None, "GBP")


def test_few_values_stand_for_themselves() -> None:
    table = table_of(RATING, [1, 2, 2, 5, NAN, 5, NAN])
    first, second = distributions(table, RATING, np.array([0, 0, 1, 1, 0, 1, 1]), 2)
    assert (first.inside.tolist(), first.others.tolist()) == ([1, 1, 0], [0, 1, 2])
    assert first.without == second.without == (1, 1)
    assert bin_ranges(first, None) == ["1.0", "2.0", "5.0"]
    assert bin_ticks(first, None) == [(0.5, "1.0"), (1.5, "2.0"), (2.5, "5.0")]
    assert without_value(first) == "33.3% of this segment and 25.0% of the others have no such value."
    assert [share.tolist() for share in second.shares] == [[0, 1 / 3, 2 / 3], [0.5, 0.5, 0]]
    alone = replace(first, without=(0, 1))
    assert without_value(alone) == "25.0% of the others have no such value."


def test_a_flag_is_no_or_yes() -> None:
    (all_of_it,) = distributions(table_of(COLOUR, [0, 1, 1]), COLOUR, np.zeros(3, dtype=int), 1)
    assert bin_ranges(all_of_it, None) == ["no", "yes"]
    assert without_value(all_of_it) == ""


def test_many_orders_are_whole_numbers_on_a_logarithm() -> None:
    counts = np.repeat(np.arange(1, 201), 2)
    found = distributions(table_of(KNOWN["frequency"], counts), KNOWN["frequency"], np.arange(400) % 2, 2)[0]
    ranges = bin_ranges(found, None)
    assert ranges[:2] == ["1 to 2", "3 to 4"]
    assert ranges[-1].endswith("200")
    assert (found.inside == found.others).all()
    widths = np.diff(found.edges)
    assert (widths == widths.round()).all()
    assert widths[-2] > 20


def test_money_reads_as_money() -> None:
    found = distributions(
        table_of(KNOWN["monetary"], np.linspace(0, 1000, 99)), KNOWN["monetary"], np.arange(99) % 2, 2
    )[0]
    assert bin_ranges(found, "GBP")[-1].endswith("to £1,000")
    assert bin_ticks(found, "GBP")[0] == (0, "£0")
    assert bin_ticks(found, "GBP")[-1] == (len(found.inside), "£1,000")


def test_without_any_value_there_is_no_bin() -> None:
    found = distributions(table_of(RATING, [NAN, NAN]), RATING, np.array([0, 1]), 2)[0]
    assert found.inside.tolist() == []
    assert found.without == (1, 1)
    assert bin_ranges(found, None) == bin_ticks(found, None) == []


_values = st.one_of(st.just(NAN), st.floats(-1e6, 1e6), st.integers(0, 40).map(float))


@given(
    st.lists(st.tuples(_values, st.integers(0, 2)), min_size=1, max_size=80),
    st.sampled_from(["monetary", "frequency", "weekend_share"]),
)
@example([(0.0, 0), (5e-324, 0)], "monetary")
def test_everybody_is_in_one_bin(customers: list[tuple[float, int]], name: str) -> None:
    values, labels = np.array([value for value, _ in customers]), np.array([label for _, label in customers])
    for label, found in enumerate(distributions(table_of(KNOWN[name], values), KNOWN[name], labels, 3)):
        inside, others = values[labels == label], values[labels != label]
        assert len(found.inside) <= MOST_BINS + 2
        assert found.inside.sum() + found.without[0] == len(inside)
        assert found.others.sum() + found.without[1] == len(others)
        for place, (low, high) in enumerate(zip(found.edges, found.edges[1:], strict=False)):
            last = place == len(found.inside) - 1
            within = (inside >= low) & ((inside <= high) if last else (inside < high))
            assert found.inside[place] == within.sum()
        assert len(bin_ranges(found, "GBP")) == len(found.inside)
        assert all(0 <= at <= len(found.inside) for at, _ in bin_ticks(found, "GBP"))
    total = np.isfinite(values).sum()
    shares = [found.shares[0].sum() for found in distributions(table_of(RATING, values), RATING, labels, 3)]
    assert all(share in (0, pytest.approx(1)) for share in shares) or total == 0
