"""Groups as shops have them, in tables and through orders: found, and not found where there are none.

The rules were chosen on `SHAPES` and `TRAITS`; those kept back were only scored, and are held to the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from segmentation.clusters.dealing import Dealt, beside_dealt, deal_columns
from segmentation.clusters.fit import sweep
from segmentation.clusters.space import Space, build_space
from segmentation.clusters.stability import resample
from segmentation.clusters.suggest import Structure, Suggestion, beside_chance, suggest
from segmentation.clusters.weights import Weights
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.segmentation.pipeline.planted_orders import KEPT_BACK as KEPT_BACK_TRAITS
from tests.segmentation.pipeline.planted_orders import (
    TRAITS,
    Orders,
    chance_orders,
    dealt_anew,
    plain_orders,
    plant_orders,
)
from tests.segmentation.pipeline.planted_tables import (
    KEPT_BACK,
    SHAPES,
    STRUCTURELESS,
    Shape,
    as_table,
    centres,
    groups,
    numbered,
    plain,
    plant,
)

KS = range(2, 11)
SECONDS = 3_600
UNRELATED = ("even", "words", "ratings")
OPTIONS = RunOptions(k_range=(2, 10), model="none", resamples=10, resamples_of_suggested=20)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(SECONDS)]


def verdict_on(space: Space) -> Suggestion:
    """Return what is said of a table's customers, also beside columns dealt anew."""
    found = sweep(space.matrix, KS, 0)
    said = suggest(space.matrix, found, resample(space.matrix, found, 0, 10), 0)
    return beside_chance(said, beside_dealt(space.matrix, deal_columns(space, 0), said.k, 0, Dealt.COLUMNS))


@pytest.mark.parametrize(("shapes", "seed", "tables"), [(SHAPES, 2, 30), (KEPT_BACK, 3, 15)])
def test_groups_of_tables_are_counted(shapes: Mapping[str, Shape], seed: int, tables: int) -> None:
    wrong = []
    for place in range(tables):
        planted = plant(shapes, seed, place)
        said = verdict_on(build_space(planted.table, None, Weights()))
        if (said.k, said.structure) != (planted.k, Structure.SEGMENTS):
            wrong.append(f"{planted.told}: {said.k} {said.structure}")
    assert len(wrong) <= 0.2 * tables, wrong


def test_tables_without_groups_have_none() -> None:
    tables = 3 * len(STRUCTURELESS)
    made = [plain(2, place) for place in range(tables)]
    said = [(one.told, verdict_on(build_space(one.table, None, Weights())).structure) for one in made]
    assert sum(structure == Structure.SEGMENTS for _, structure in said) <= 0.05 * tables, said
    unrelated = [structure for told, structure in said if told.startswith(UNRELATED)]
    assert unrelated == [Structure.NONE] * 3 * len(UNRELATED), said


@pytest.mark.parametrize("words", [("yes", "no"), ("a", "b", "c"), ("card", "cash", "coin", "cheque")])
def test_a_column_of_words_at_random_does_not_decide(words: tuple[str, ...]) -> None:
    right = 0
    for seed in range(4):
        rng = np.random.default_rng([seed, len(words)])
        truth = groups(rng, 4, 1_200, evenness=4.0)
        values = centres(rng, 4, 5, 5.0)[truth] + rng.normal(size=(1_200, 5))
        drawn = rng.integers(0, len(words), 1_200)
        space = build_space(as_table({**numbered(values), "word": np.array(words)[drawn]}), None, Weights())
        said = verdict_on(space)
        labels = sweep(space.matrix, [said.k], 0).labels[said.k]
        assert adjusted_rand_score(drawn, labels) < 0.5
        right += (said.k, said.structure) == (4, Structure.SEGMENTS)
    assert right >= 3


def verdict_on_orders(orders: Orders, folder: Path) -> Suggestion:
    """Upload the orders and find segments, as a person does."""
    folder.mkdir()
    orders.frame.to_csv(folder / "orders.csv", index=False)
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, folder / "orders.csv")
        return find_segments(workspace, OPTIONS).suggestion


@pytest.mark.parametrize(("traits", "seed", "shops"), [(TRAITS, 2, 12), (KEPT_BACK_TRAITS, 3, 12)])
def test_ways_of_buying_are_counted(
    traits: Mapping[str, tuple[float, float]], seed: int, shops: int, tmp_path: Path
) -> None:
    wrong = []
    for place in range(shops):
        orders = plant_orders(traits, seed, place)
        said = verdict_on_orders(orders, tmp_path / str(place))
        if (said.k, said.structure) != (orders.k, Structure.SEGMENTS):
            wrong.append(f"{orders.told}: {said.k} {said.structure}")
    assert len(wrong) <= 0.2 * shops, wrong


def test_shops_where_customers_differ_smoothly_are_slices(tmp_path: Path) -> None:
    said = [verdict_on_orders(plain_orders(2, place), tmp_path / str(place)) for place in range(8)]
    assert [one.structure for one in said] == [Structure.SLICES] * 8


def test_shops_dealt_anew_have_no_groups(tmp_path: Path) -> None:
    made = [plant_orders(TRAITS, 2, place) for place in range(10)]
    made += [plant_orders(KEPT_BACK_TRAITS, 3, place) for place in range(10)]
    noise = [dealt_anew(orders, place) for place, orders in enumerate(made)]
    said = [verdict_on_orders(orders, tmp_path / str(place)) for place, orders in enumerate(noise)]
    assert sum(one.structure == Structure.SEGMENTS for one in said) <= 1


def test_where_chance_alone_tells_customers_apart_there_is_nothing(tmp_path: Path) -> None:
    said = [verdict_on_orders(chance_orders(2, place), tmp_path / str(place)) for place in range(6)]
    assert sum(one.structure == Structure.NONE for one in said) >= 5
    assert all(one.structure != Structure.SEGMENTS for one in said)
