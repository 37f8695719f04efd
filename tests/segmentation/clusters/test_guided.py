"""Outcome-guided segments: planted where one block foretells the outcome, and where nothing does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from segmentation.algorithms.split_halves import Reliability
from segmentation.clusters.fit import sweep
from segmentation.clusters.guide_space import guide_space
from segmentation.clusters.guided import Guidance, guide
from segmentation.clusters.space import build_space, column_shares
from segmentation.clusters.weights import Weights
from segmentation.errors import NoHindsightError
from segmentation.features.outcomes import Outcome
from segmentation.features.table import Feature, FeatureTable, Group, Unit

SIZE = 900
OUTCOME = Outcome("vip", "vip", "Whether.", True, "vip")


@dataclass(frozen=True)
class Vectors:
    """Stand in for a text block."""

    vectors: np.ndarray
    taste: Reliability | None = None


def customers(seed: int) -> tuple[FeatureTable, np.ndarray]:
    """Make three loud groups that foretell nothing, and one quiet column `kind` of two groups."""
    rng = np.random.default_rng(seed)
    loud = rng.integers(0, 3, SIZE)
    kind = rng.integers(0, 2, SIZE)
    columns = {f"loud{place}": 6.0 * (loud == place) + rng.normal(size=SIZE) for place in range(3)}
    columns |= {f"noise{place}": rng.normal(size=SIZE) for place in range(4)}
    columns["kind"] = 5.0 * kind + rng.normal(size=SIZE)
    features = tuple(Feature(name, name, name, Group.BEHAVIOUR, Unit.NUMBER) for name in columns)
    ids = np.arange(SIZE).astype(str).astype(object)
    return FeatureTable(ids, pd.DataFrame(columns), features, (), None, None), kind


def guided_by(values: np.ndarray, table: FeatureTable, dropped: tuple[str, ...] = ()) -> Guidance:
    return guide(OUTCOME, values, table, None, dropped, Weights(), (2, 3), 0)


def test_what_foretells_the_outcome_counts_more_and_that_pays() -> None:
    table, kind = customers(0)
    rng = np.random.default_rng(9)
    values = (rng.random(SIZE) < np.where(kind == 1, 0.9, 0.1)).astype(float)
    found = guided_by(values, table)
    assert [name for name, share in found.relevance.items() if share > 0.05] == ["kind"]
    for k in (2, 3):
        assert found.gain[k].above_nothing
        assert found.guided[k].value > 0.4 > 0.1 > found.plain[k].value
        assert found.gain[k].value == pytest.approx(found.guided[k].value - found.plain[k].value)

    steered = found.steer(build_space(table, None, Weights()))
    labels = sweep(steered.matrix, [2], 0).labels[2]
    assert max((labels == kind).mean(), (labels != kind).mean()) > 0.95
    assert steered.columns[-1].name == "kind"
    np.testing.assert_allclose(
        steered.columns[-1].scale(table.values["kind"].to_numpy()), steered.matrix[:, -1], rtol=1e-4
    )


def test_an_outcome_that_nothing_foretells_gains_nothing() -> None:
    table, _ = customers(1)
    paid, taught = 0, 0
    for seed in range(12):
        found = guided_by((np.random.default_rng(seed).random(SIZE) < 0.4).astype(float), table)
        paid += found.gain[3].above_nothing
        taught += found.taught
        if not found.taught:
            space = build_space(table, None, Weights())
            assert found.steer(space) is space
    assert paid == 0
    assert taught <= 2


def test_where_plain_segments_know_it_already_no_gain_is_claimed() -> None:
    table, _ = customers(2)
    loud = np.argmax(table.values[["loud0", "loud1", "loud2"]].to_numpy(), axis=1)
    values = (loud == 1).astype(float)
    found = guided_by(values, table)
    assert found.plain[3].value > 0.9
    assert abs(found.gain[3].value) < 0.05


def test_a_column_that_is_the_outcome_does_not_count_once_it_is_dropped() -> None:
    table, _ = customers(3)
    values = (np.random.default_rng(5).random(SIZE) < 0.5).astype(float)
    leaking = FeatureTable(
        table.customer_ids,
        table.values.assign(copy=values),
        (*table.features, Feature("copy", "copy", "", Group.BEHAVIOUR, Unit.NUMBER)),
        (),
        None,
        None,
    )
    assert guided_by(values, leaking).gain[2].above_nothing
    clean = guided_by(values, leaking, dropped=("copy",))
    assert not clean.gain[2].above_nothing
    assert "copy" not in clean.relevance
    assert "copy" in clean.without_giveaways(Weights()).off


def test_outcomes_that_are_not_known_of_everybody_are_learned_from_those_who_have_one() -> None:
    table, kind = customers(4)
    values = np.where(np.arange(SIZE) % 3 == 0, kind.astype(float), np.nan)
    found = guided_by(values, table)
    assert found.known == SIZE // 3
    assert found.gain[2].above_nothing
    with pytest.raises(NoHindsightError, match="known of 10 customers"):
        guided_by(np.where(np.arange(SIZE) < 10, kind, np.nan), table)


def test_guiding_keeps_the_variance_and_weighs_texts_as_a_block() -> None:
    rng = np.random.default_rng(6)
    table, _ = customers(5)
    space = build_space(table, Vectors(rng.normal(size=(SIZE, 5)).astype(np.float32)), Weights())  # type: ignore[arg-type]
    guided = guide_space(space, {feature.name: 0.0 for feature in table.features} | {"text": 0.3})
    assert column_shares(guided).sum() == pytest.approx(column_shares(space).sum(), rel=1e-5)
    assert guided.shares[Group.TEXT] > 0.8
    assert sum(guided.shares.values()) == pytest.approx(1)
    assert not guided.matrix.flags.writeable
