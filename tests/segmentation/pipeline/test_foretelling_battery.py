"""On whole shops: segments foretell the next period as well as a tree that was shown it, and RFM tiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.algorithms.explained import halves, held_out_errors, merge_groups
from segmentation.clusters.fit import sweep
from segmentation.clusters.hindsight import Past, look_back
from segmentation.clusters.space import build_space
from segmentation.clusters.weights import Weights
from segmentation.errors import NoHindsightError
from segmentation.features.build import build_features
from segmentation.features.cutoff import choose_period
from segmentation.features.outcomes import Later
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.read import read_customers
from segmentation.workspace import Workspace
from tests.sample_files import load_sample

pytestmark = pytest.mark.slow

KS = (4, 5, 6, 7, 8)
OF_A_TREE, AS_TIERS, WORTH_COMPARING = 0.95, 1.0, 0.05
FEWEST_IN_A_LEAF = 20
PUBLIC = (
    "cdnow/CDNOW_master.txt",
    "online-retail/online_retail.parquet",
    "superstore/Sample - Superstore.csv",
)
SEEDS = (1, 2, 7)


def planted_orders(seed: int) -> pd.DataFrame:
    """Make four groups of 500 who buy often or seldom, much or little, over a year; some leave."""
    rng = np.random.default_rng(seed)
    rows = []
    groups = ((0.5, 20.0, 0.0), (2.0, 15.0, 0.05), (0.7, 120.0, 0.1), (3.0, 60.0, 0.02))
    for group, (a_month, spend, leaving) in enumerate(groups):
        for number in range(500):
            rate = a_month * rng.gamma(6, 1 / 6)
            months = min(12.0, rng.exponential(1 / leaving)) if leaving else 12.0
            days = np.unique(rng.integers(0, 365, rng.poisson(12 * rate)))
            for day in days[days < months * 30.4]:
                amount = round(float(spend * rng.lognormal(0, 0.5)), 2)
                rows.append((f"c{group}{number:03}", f"{group}-{number}-{day}", day, amount))
    made = pd.DataFrame(rows, columns=["customer_id", "order_id", "order_date", "amount"])
    dates = pd.Timestamp("2023-01-01") + pd.to_timedelta(made["order_date"], unit="D")
    return made.assign(order_date=dates.dt.strftime("%Y-%m-%d"))


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Callable[[], Past]]:
    """Give a workspace to fill, and what was known of its shop before the last quarter."""
    with Workspace.open(tmp_path / "w.duckdb") as workspace:

        def past() -> Past:
            shop = build_shop(workspace)
            return look_back(workspace, shop, choose_period(workspace, shop), TextOptions(), seed=0)

        past.workspace = workspace  # type: ignore[attr-defined]
        yield past


def share(outcome: np.ndarray, labels: np.ndarray, parted: np.ndarray) -> float:
    base = held_out_errors(outcome, np.zeros(len(outcome), dtype=np.intp), parted).sum()
    return float(1 - held_out_errors(outcome, labels, parted).sum() / base)


def share_of_tree(past: Past, outcome: np.ndarray, k: int, parted: np.ndarray) -> float:
    """Return what a regression tree with k leaves, grown on one half, explains of the other."""
    from sklearn.tree import DecisionTreeRegressor

    known = past.table.values.to_numpy(dtype=np.float64)
    known = np.where(np.isfinite(known), known, -1.0)
    errors, base = 0.0, 0.0
    for half in [turn for one in parted for turn in (one, ~one)]:
        tree = DecisionTreeRegressor(max_leaf_nodes=k, min_samples_leaf=FEWEST_IN_A_LEAF, random_state=0)
        tree.fit(known[half], outcome[half])
        errors += float(((outcome[~half] - tree.predict(known[~half])) ** 2).sum())
        base += float(((outcome[~half] - outcome[half].mean()) ** 2).sum())
    return 1 - errors / base


def fallen_short(past: Past, told: Callable[[str], None]) -> list[str]:
    """Say where the segments explain less than they should."""
    assert past.rfm is not None
    found = sweep(build_space(past.table, past.text, Weights()).matrix, KS, seed=0)
    parted = halves(len(past.table), 0, 6)
    scores = np.stack([past.rfm.recency, past.rfm.frequency, past.rfm.monetary], axis=1).astype(np.float64)
    short = []
    for k in KS:
        tiers = merge_groups(past.rfm.tiers, scores, k)
        for later in (Later.REVENUE, Later.ORDERS):
            outcome = past.later[later]
            segments = share(outcome, found.labels[k].astype(np.intp), parted)
            of_tiers = share(outcome, tiers, parted)
            tree = share_of_tree(past, outcome, k, parted) if later == Later.REVENUE else 0.0
            line = f"{later} k={k}: segments {segments:.3f}, tiers {of_tiers:.3f}, tree {tree:.3f}"
            told(line)
            if of_tiers > WORTH_COMPARING and segments < max(OF_A_TREE * tree, AS_TIERS * of_tiers):
                short.append(line)
    return short


@pytest.mark.parametrize("file", PUBLIC)
def test_segments_of_public_shops_foretell(file: str, look: Callable[[], Past], shared_data: Path) -> None:
    load_file(look.workspace, shared_data / file)  # type: ignore[attr-defined]
    assert not fallen_short(look(), print)


@pytest.mark.xfail(
    reason="where many leave, recency says more than a third: 0.79 to 0.90 of a tree is reached; with "
    "recency at 1.6 times 0.84 to 1.00, and then they say less of orders than tiers do (0.76 to 0.90 of it)"
)
@pytest.mark.parametrize("seed", SEEDS)
def test_segments_of_planted_shops_foretell(seed: int, look: Callable[[], Past], tmp_path: Path) -> None:
    planted_orders(seed).to_csv(tmp_path / "orders.csv", index=False)
    load_file(look.workspace, tmp_path / "orders.csv")  # type: ignore[attr-defined]
    assert not fallen_short(look(), print)


def test_a_shop_where_nobody_comes_back_foretells_nothing(
    look: Callable[[], Past], shared_data: Path
) -> None:
    for path in sorted((shared_data / "olist").glob("*.csv")):
        load_file(look.workspace, path)  # type: ignore[attr-defined]
    with pytest.raises(NoHindsightError):
        look()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_planted_segments_of_the_sample_shop_are_found(seed: int, tmp_path: Path) -> None:
    from sklearn.metrics import adjusted_rand_score

    with Workspace.open(tmp_path / "w.duckdb") as workspace:
        load_sample(workspace, tmp_path / "shop", customers=2_000, seed=seed)
        shop = build_shop(workspace)
        table = build_features(workspace, shop)
        text = read_customers(workspace, shop, table.customer_ids, TextOptions(), seed=0)
    told = pd.read_csv(tmp_path / "shop" / "truth.csv", dtype=str).set_index("customer_id")["segment"]
    labels = sweep(build_space(table, text, Weights()).matrix, [6], seed=0).labels[6]
    assert adjusted_rand_score(told.loc[table.customer_ids].to_numpy(), labels) >= 0.829


@pytest.mark.xfail(
    reason="there taste is planted beside value, and segments that find it foretell less spend: as recency "
    "counts more, 0.4 of a tree at an ARI of 0.82, 0.55 at 0.57, 0.9 at 0.49; guided by it 0.86 to 1.03"
)
@pytest.mark.parametrize("seed", SEEDS)
def test_segments_of_the_sample_shop_foretell(seed: int, look: Callable[[], Past], tmp_path: Path) -> None:
    load_sample(look.workspace, tmp_path / "shop", customers=2_000, seed=seed)  # type: ignore[attr-defined]
    assert not fallen_short(look(), print)
