"""Groups as shops have them, in tables and through orders: found, and not found where there are none.

The rules were chosen on `SHAPES` and `TRAITS`; those kept back were only scored, and are held to the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from segmentation.clusters.dealing import Dealt, beside_dealt, deal_columns
from segmentation.clusters.fit import sweep
from segmentation.clusters.space import Space, Weights, build_space
from segmentation.clusters.stability import resample
from segmentation.clusters.suggest import Structure, suggest
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.workspace import Workspace
from tests.segmentation.pipeline.planted_orders import KEPT_BACK as KEPT_BACK_TRAITS
from tests.segmentation.pipeline.planted_orders import TRAITS, Orders, plain_orders, plant_orders
from tests.segmentation.pipeline.planted_tables import KEPT_BACK, SHAPES, STRUCTURELESS, Shape, plain, plant

KS = range(2, 11)
SECONDS = 3_600
OPTIONS = RunOptions(k_range=(2, 10), model="none", resamples=10, resamples_of_suggested=20)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(SECONDS)]


def verdict_on(space: Space) -> tuple[int, bool]:
    """Return the suggested k, and whether its segments are called groups, also beside dealt columns."""
    found = sweep(space.matrix, KS, 0)
    said = suggest(space.matrix, found, resample(space.matrix, found, 0, 10), 0)
    if said.structure != Structure.SEGMENTS:
        return said.k, False
    chance = beside_dealt(space.matrix, deal_columns(space, 0), said.k, 0, Dealt.COLUMNS)
    return said.k, chance.beyond


@pytest.mark.parametrize(("shapes", "seed", "tables"), [(SHAPES, 2, 30), (KEPT_BACK, 3, 15)])
def test_groups_of_tables_are_counted(shapes: Mapping[str, Shape], seed: int, tables: int) -> None:
    wrong = []
    for place in range(tables):
        planted = plant(shapes, seed, place)
        if (found := verdict_on(build_space(planted.table, None, Weights()))) != (planted.k, True):
            wrong.append(f"{planted.told}: {found}")
    assert len(wrong) <= 0.2 * tables, wrong


def test_tables_without_groups_have_none() -> None:
    tables = 3 * len(STRUCTURELESS)
    made = [plain(2, place) for place in range(tables)]
    wrong = [one.told for one in made if verdict_on(build_space(one.table, None, Weights()))[1]]
    assert len(wrong) <= 0.05 * tables, wrong


def verdict_on_orders(orders: Orders, folder: Path) -> tuple[int, bool]:
    """Upload the orders and find segments, as a person does."""
    folder.mkdir()
    orders.frame.to_csv(folder / "orders.csv", index=False)
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        load_file(workspace, folder / "orders.csv")
        said = find_segments(workspace, OPTIONS).suggestion
    return said.k, said.structure == Structure.SEGMENTS


@pytest.mark.parametrize(("traits", "seed", "shops"), [(TRAITS, 2, 12), (KEPT_BACK_TRAITS, 3, 12)])
def test_ways_of_buying_are_counted(
    traits: Mapping[str, tuple[float, float]], seed: int, shops: int, tmp_path: Path
) -> None:
    wrong = []
    for place in range(shops):
        orders = plant_orders(traits, seed, place)
        if (found := verdict_on_orders(orders, tmp_path / str(place))) != (orders.k, True):
            wrong.append(f"{orders.told}: {found}")
    assert len(wrong) <= 0.2 * shops, wrong


def test_shops_where_nobody_has_ways_have_no_groups(tmp_path: Path) -> None:
    found = [verdict_on_orders(plain_orders(2, place), tmp_path / str(place)) for place in range(8)]
    assert not any(groups for _, groups in found), found
