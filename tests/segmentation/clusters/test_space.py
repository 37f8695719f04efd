"""The space by hand: logs, scaling, missing values, and what each block weighs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.split_halves import Reliability
from segmentation.clusters.space import Space, build_space
from segmentation.clusters.weights import Weights
from segmentation.errors import NothingToCompareError, OptionError, TooFewCustomersError
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.features.vote import Basis, Vote

NaN = np.nan


@dataclass(frozen=True)
class Vectors:
    """Stand in for a text block."""

    vectors: np.ndarray
    taste: Reliability | None = None


def table(skewed: frozenset[str] = frozenset(), **columns: list[float]) -> FeatureTable:
    """Make a table; a column's first letter is its group: b, w (browsing), p."""
    groups = {"b": Group.BEHAVIOUR, "w": Group.BROWSING, "p": Group.PROFILE}
    features = tuple(
        Feature(name, name, name, groups[name[0]], Unit.NUMBER, skewed=name in skewed) for name in columns
    )
    values = pd.DataFrame(columns, dtype="float64")
    ids = np.array([f"c{row}" for row in range(len(values))], dtype=object)
    return FeatureTable(ids, values, features, (), None, None)


def variance(space: Space, group: Group) -> float:
    """Return the total variance of one block."""
    return float(sum(space.matrix[:, i].var() for i, c in enumerate(space.columns) if c.group == group))


def test_a_column_is_standardised_and_a_missing_value_sits_at_the_average() -> None:
    space = build_space(table(b=[1, 3, NaN]), None, Weights())
    np.testing.assert_allclose(space.matrix[:, 0], [-1, 1, 0])
    assert space.matrix.dtype == np.float32
    assert not space.matrix.flags.writeable
    assert (space.columns[0].mean, space.columns[0].std) == (2, 1)


def test_a_skewed_column_goes_through_a_signed_log() -> None:
    e = np.e
    space = build_space(table(frozenset({"b"}), b=[e - 1, 1 - e]), None, Weights())
    np.testing.assert_allclose(space.matrix[:, 0], [1, -1], rtol=1e-6)
    np.testing.assert_allclose(space.columns[0].scale(np.array([0.0, NaN, e - 1])), [0, 0, 1])


def test_values_beyond_three_standard_deviations_count_no_further() -> None:
    space = build_space(table(b=[0.0] * 99 + [1000.0]), None, Weights())
    column = space.columns[0]
    assert column.scale(np.array([1e9]))[0] == pytest.approx(3 * column.weight)


def test_columns_that_do_not_differ_or_are_not_ticked_are_left_out() -> None:
    made = table(b1=[1, 2, 3], b2=[5, 5, 5], b3=[NaN, NaN, NaN], b4=[3, 1, 2])
    space = build_space(made, None, Weights(off=frozenset({"b4"})))
    assert [column.name for column in space.columns] == ["b1"]


@pytest.mark.parametrize(
    ("taste", "share"),
    [
        (Reliability(0.64, 500), 0.4),
        (Reliability(0.25, 500), 0.25),
        (Reliability(0.03, 500), 0.0),
        (Reliability(0.9, 99), 0.3),
        (None, 0.3),
    ],
)
def test_texts_count_by_default_as_much_as_taste_lasts_up_to_a_bound(
    taste: Reliability | None, share: float
) -> None:
    rng = np.random.default_rng(0)
    made = table(b1=list(rng.normal(size=300)), b2=list(rng.normal(size=300)), w=list(rng.normal(size=300)))
    text = Vectors(rng.normal(size=(300, 8)).astype(np.float32) * 0.1, taste)
    space = build_space(made, text, Weights())
    behaviour = variance(space, Group.BEHAVIOUR) + variance(space, Group.BROWSING)
    assert behaviour == pytest.approx(1 - share, rel=1e-5)
    assert variance(space, Group.TEXT) == pytest.approx(share, rel=1e-5)
    assert space.shares.get(Group.TEXT, 0.0) == pytest.approx(share)
    assert build_space(made, text, Weights(text=0.5)).shares[Group.TEXT] == pytest.approx(0.5)


def test_texts_alone_define_also_where_taste_does_not_last() -> None:
    text = Vectors(np.eye(4, dtype=np.float32), Reliability(0.0, 500))
    assert build_space(table(b=[1, 1, 1, 1]), text, Weights()).shares == {Group.TEXT: 1.0}


def test_the_flags_of_one_variable_share_one_vote() -> None:
    rng = np.random.default_rng(0)
    paid = rng.integers(0, 4, 400)
    made = table(pa=list(rng.normal(size=400)), **{f"pm={i}": list((paid == i) * 1.0) for i in range(4)})
    features = tuple(replace(one, value=one.name[-1]) if "=" in one.name else one for one in made.features)
    space = build_space(replace(made, features=features), None, Weights())
    variances = space.matrix.var(axis=0)
    assert variances[1:].sum() == pytest.approx(variances[0], rel=0.05)
    np.testing.assert_allclose(
        np.ptp(space.columns[1].scale(np.array([0.0, 1.0]))), np.ptp(space.matrix[:, 1])
    )


def test_a_column_counts_by_its_vote() -> None:
    votes = {"b2": Vote(0.5, Basis.LASTS, 0.5, 400)}
    rng = np.random.default_rng(0)
    made = replace(table(b1=list(rng.normal(size=90)), b2=list(rng.normal(size=90))), votes=votes)
    deviations = build_space(made, None, Weights()).matrix.std(axis=0)
    assert deviations[1] / deviations[0] == pytest.approx(0.5, abs=0.03)


def test_who_sent_all_back_is_no_further_off_than_who_spent_least() -> None:
    spent = [*np.random.default_rng(0).lognormal(6, 1, 300), 0.0, -50.0]
    made = table(frozenset({"b"}), b=spent)
    features = (replace(made.features[0], unit=Unit.MONEY),)
    space = build_space(replace(made, features=features), None, Weights())
    column = space.columns[0]
    nothing, back, least = column.scale(np.array([0.0, -50.0, np.quantile(spent[:300], 0.01)]))
    assert nothing == back == pytest.approx(least) == space.matrix[-1, 0]
    assert nothing > -3 * column.weight


@pytest.mark.parametrize(("weight", "expected"), [(0.0, 0.0), (0.2, 0.2), (1.0, 1.0)])
def test_the_text_weight_is_texts_share_of_the_variance(weight: float, expected: float) -> None:
    rng = np.random.default_rng(0)
    text = Vectors(rng.normal(size=(200, 3)).astype(np.float32))
    space = build_space(table(b=list(rng.normal(size=200))), text, Weights(text=weight))
    assert variance(space, Group.TEXT) == pytest.approx(expected, rel=1e-5)
    assert variance(space, Group.BEHAVIOUR) == pytest.approx(1 - expected, rel=1e-5)


def test_customers_without_text_do_not_make_the_others_louder() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(400, 4)).astype(np.float32)
    made = table(b1=list(rng.normal(size=400)), b2=list(rng.normal(size=400)))
    everyone = build_space(made, Vectors(vectors), Weights()).columns[-1].weight
    vectors[40:] = 0
    a_tenth = build_space(made, Vectors(vectors), Weights()).columns[-1].weight
    assert a_tenth == pytest.approx(everyone, rel=0.3)


def test_profile_columns_define_only_alone_or_when_asked_to() -> None:
    made = table(b=[1, 2, 3], p=[3, 1, 2])
    assert [column.name for column in build_space(made, None, Weights()).columns] == ["b"]
    assert build_space(made, None, Weights(off=frozenset({"b"}))).shares == {Group.PROFILE: 1.0}
    assert build_space(made, None, Weights(profile=0.25)).shares[Group.PROFILE] == pytest.approx(0.25)


def test_no_profile_column_exceeds_twice_the_variance_of_a_behaviour_column() -> None:
    rng = np.random.default_rng(0)
    made = table(**{f"b{i}": list(rng.normal(size=200)) for i in range(8)}, p=list(rng.normal(size=200)))
    text = Vectors((rng.normal(size=(200, 3)) * [5, 1, 1]).astype(np.float32))
    space = build_space(made, text, Weights(profile=0.5))
    variances = dict(zip([column.name for column in space.columns], space.matrix.var(axis=0), strict=True))
    one_behaviour_column = np.mean([variances[f"b{i}"] for i in range(8)])
    assert variances["p"] == pytest.approx(2 * one_behaviour_column, rel=1e-4)
    assert sum(variances[f"text_{i}"] for i in (1, 2, 3)) == pytest.approx(0.5 * 0.3, rel=1e-4)
    whole = sum(variances.values())
    assert {group: variance(space, group) / whole for group in space.shares} == pytest.approx(
        space.shares, rel=1e-4
    )
    assert space.shares[Group.PROFILE] == pytest.approx(7 / 47)


@given(st.lists(st.tuples(st.floats(), st.floats(-1e3, 1e3)), min_size=2, max_size=20), st.booleans())
def test_whatever_the_values_the_matrix_is_finite(rows: list[tuple[float, float]], skewed: bool) -> None:
    made = table(frozenset({"b1"} if skewed else ()), b1=[a for a, _ in rows], b2=[b for _, b in rows])
    try:
        space = build_space(made, None, Weights())
    except NothingToCompareError:
        return
    assert np.isfinite(space.matrix).all()
    assert space.matrix.flags.c_contiguous


def test_rounding_is_no_difference() -> None:
    with pytest.raises(NothingToCompareError):
        build_space(table(b=[0.1 + 0.2, 0.3, 0.3]), None, Weights())


def test_nothing_to_compare_and_too_few_customers_are_said() -> None:
    with pytest.raises(NothingToCompareError, match=r"same for all 3 customers.*add what customers bought"):
        build_space(table(b=[4, 4, 4]), None, Weights())
    with pytest.raises(NothingToCompareError, match="Tick features again"):
        build_space(table(b=[1, 2, 3]), None, Weights(off=frozenset({"b"})))
    with pytest.raises(TooFewCustomersError, match="1 customer"):
        build_space(table(b=[4]), None, Weights())
    with pytest.raises(OptionError, match=r"text weight is 1\.5"):
        Weights(text=1.5)
