"""Recommendations from files to rows: what leaks, what is refused, what is kept, written and forgotten."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import scipy.sparse as sp

from segmentation.action.recommend.check import (
    Before,
    choose_settings,
    compare,
    count_fresh,
    look_before,
    measure,
    ranking_by,
)
from segmentation.action.recommend.found import Recommended
from segmentation.action.recommend.job import recommend
from segmentation.action.recommend.model import RankedBy, Settings, build_model, learn_links, trend_of
from segmentation.action.recommend.per_customer import Buyers, recommendation_rows
from segmentation.action.recommend.purchases import Catalogue, Purchases, read_catalogue, read_purchases
from segmentation.action.recommend.store import (
    find_customers,
    load_recommended,
    recommendations_csv,
    recommendations_of,
)
from segmentation.action.recommend.tiles import TileKind
from segmentation.action.recommend.words import check_sentences, offers_table, taste_sentence
from segmentation.cli import main
from segmentation.errors import FilesChangedError, NothingToRecommendError
from segmentation.features.cutoff import choose_period
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import TABLES
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, View, load_customers, load_run
from segmentation.runs.kept.standing import Followed, keep_standing
from segmentation.sample_shop import write as sample_shop
from segmentation.workspace import Workspace

QUICK = RunOptions(k_range=(2, 4), resamples=2, resamples_of_suggested=2)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Path:
    """Give the workspace file of a small sample shop with recommendations; nobody may change it."""
    files, path = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("kept") / "workspace.duckdb"
    sample_shop.write_csvs(files, customers=300, seed=5)
    with Workspace.open(path) as workspace:
        for name in ("orders.csv", "products.csv"):
            load_file(workspace, files / name)
        recommend(workspace, find_segments(workspace, QUICK, load=load_fake), 4, load=load_fake)
    return path


def opened(kept: Path, tmp_path: Path) -> Workspace:
    copy = tmp_path / "workspace.duckdb"
    copy.write_bytes(kept.read_bytes())
    return Workspace.open(copy)


def found_in(workspace: Workspace) -> tuple[Run, Recommended]:
    run = load_run(workspace)
    assert run is not None
    found = load_recommended(workspace, run.run_id)
    assert found is not None
    return run, found


def test_every_customer_gets_products_new_to_them_and_repeats_apart(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        run, found = found_in(workspace)
        with workspace.cursor() as cursor:
            rows = cursor.execute("SELECT * FROM recommendations ORDER BY customer_id, rank").df()
            bought = cursor.execute("SELECT DISTINCT customer_id, product_id FROM shop.lines").df()
    assert rows["customer_id"].nunique() == run.customers == found.customers
    pairs = set(zip(bought["customer_id"], bought["product_id"], strict=True))
    had = [pair in pairs for pair in zip(rows["customer_id"], rows["product_id"], strict=True)]
    assert (rows["is_new"] | np.array(had)).all()
    assert not (rows["is_new"] & np.array(had)).any()
    new = rows[rows["is_new"]]
    assert (new.groupby("customer_id").size() == 4).all()
    assert not rows.duplicated(["customer_id", "product_id"]).any()
    assert all(
        group.tolist() == list(range(1, len(group) + 1)) for _, group in rows.groupby("customer_id")["rank"]
    )
    assert set(new["reason"]) <= {"together", "alike", "popular"}
    assert new.loc[new["reason"] != "popular", "because"].notna().all()
    assert set(rows.loc[~rows["is_new"], "reason"]) <= {"due", "again"}


def follow(workspace: Workspace, run: Run, k: int) -> View:
    """Look at segments that are followed, and whose second one has all moved into the first."""
    rows = load_customers(workspace, run)
    now = pd.DataFrame({"customer_id": rows["customer_id"], "segment": rows[f"segment_{k}"]})
    now = now.replace({"segment": {1: 0}}).assign(distance=1.0, margin=0.5, unlike_anybody=False)
    keep_standing(workspace, Followed(run.run_id, k, date(2024, 3, 9)), now)
    return View.of(workspace, run, k)


def test_a_look_up_says_why_in_words(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        run, found = found_in(workspace)
        customer = find_customers(workspace, run.run_id, "c1")[0]
        rows = recommendations_of(workspace, run.run_id, customer)
        content = recommendations_csv(workspace, View.of(workspace, run, found.k)).decode("utf-8-sig")
        assert find_customers(workspace, run.run_id, "nobody") == []
        followed = recommendations_csv(workspace, follow(workspace, run, found.k)).decode("utf-8-sig")
    starts = ("Often bought together with ", "Reads like ", "Popular in", "Due again about now: ", "Bought ")
    assert all(reason.startswith(starts) for reason in rows["reason"])
    lines = [line for line in csv.DictReader(io.StringIO(content)) if line["customer_id"] == customer]
    assert [line["reason"] for line in lines] == rows["reason"].tolist()
    told = list(csv.DictReader(io.StringIO(followed)))
    assert [{name: line[name] for name in lines[0]} for line in told] == list(
        csv.DictReader(io.StringIO(content))
    )
    assert {(line["previous_segment"], line["changed_on"]) for line in told} == {
        ("2", "2024-03-09"),
        ("", ""),
    }
    assert {line["segment_name"] for line in lines} == {run.names_at(found.k)[int(rows["segment"].iloc[0])]}


def test_the_check_is_kept_and_said(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        run, found = found_in(workspace)
    assert found.check is not None
    assert found.unchecked == ""
    assert found.check.tuned_on.end < found.check.period.cutoff
    assert set(found.check.every) == set(found.check.fresh) >= {"recommended", "popularity", "buy again"}
    assert all(0 <= one.hit_rate <= 1 and 0 <= one.ndcg <= 1 for one in found.check.every.values())
    assert found.check.fresh["recommended"].hit_rate > found.check.fresh["popularity"].hit_rate
    assert all("the best simple way" in one for one in check_sentences(found.check))
    assert sorted(found.offers) == run.ks
    table = offers_table(found.offers[found.k], run.names_at(found.k))
    assert table["segment_name"].isin(run.names_at(found.k)).all()


def test_nothing_after_the_cut_is_known_before_it(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        run, _ = found_in(workspace)
        period = choose_period(workspace, build_shop(workspace, run.options.cleaning))
        catalogue = read_catalogue(workspace)
        with workspace.cursor() as cursor:
            who = cursor.execute("SELECT customer_id FROM shop.customers ORDER BY 1").fetchall()
        ids = np.array([customer for (customer,) in who], dtype=object)

        def scores() -> np.ndarray:
            before = look_before(workspace, ids, catalogue, None, period, Settings(), 0)
            labels = np.zeros(len(ids), dtype=np.intp)
            model = build_model(before.purchases, before.links, labels, 1, Settings())
            every = replace(before, tested=np.arange(len(ids)))
            assert measure(before, ranking_by(before, model, labels))[0].hit_rate > 0
            assert 0 < count_fresh(before) <= len(before.tested)
            return ranking_by(every, model, labels)(slice(None))[0]

        was = scores()
        with workspace.cursor() as cursor:
            cursor.execute(
                "UPDATE shop.lines SET product_id = (SELECT max(product_id) FROM shop.lines) "
                "WHERE ordered_at >= ? AND hash(order_id) % 2 = 0",
                [period.cutoff],
            )
        np.testing.assert_array_equal(scores(), was)


def test_a_simple_way_is_taken_where_it_foretells_better(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        run, _ = found_in(workspace)
        period = choose_period(workspace, build_shop(workspace, run.options.cleaning))
        view, catalogue = View.of(workspace, run), read_catalogue(workspace)
        ids, labels, k = view.customer_ids, view.labels, view.k
        before = look_before(workspace, ids, catalogue, None, period, Settings(), 0)
    chosen = choose_settings(before, labels, k, Settings())
    ways = compare(before, labels, k, chosen)
    simple = {
        "popularity": Settings(taste=RankedBy.POPULAR, again=0.0),
        "segment popularity": Settings(taste=RankedBy.SEGMENT, again=0.0),
        "popular lately": Settings(taste=RankedBy.LATELY, again=0.0),
        "buy again": Settings(taste=RankedBy.POPULAR, again=None),
    }
    for name, settings in simple.items():
        model = build_model(before.purchases, before.links, labels, k, settings)
        found = (replace(one, interval=None, behind=None) for one in ways[name])
        assert measure(before, ranking_by(before, model, labels)) == tuple(found), name
        total, best = (sum(one.hit_rate + one.ndcg for one in ways[way]) for way in (name, "recommended"))
        assert best >= total - 0.1, name


def test_the_simplest_is_taken_where_chance_explains_the_difference() -> None:
    rng = np.random.default_rng(0)
    shares = np.linspace(0.3, 0.05, 40)
    bought, later = (sp.csr_matrix((rng.random((400, 40)) < shares).astype(np.float32)) for _ in range(2))
    purchases = Purchases(bought, bought.copy(), bought.copy())
    before = Before(purchases, bought, later, np.arange(400), learn_links(purchases, None, 300.0))
    chosen = choose_settings(before, np.arange(400) % 2, 2, Settings())
    assert chosen.taste is RankedBy.POPULAR


@pytest.mark.parametrize(
    ("taste", "reason", "said"),
    [
        (RankedBy.SEGMENT, "popular", "in the segment"),
        (RankedBy.POPULAR, "bestseller", "in the whole shop"),
        (RankedBy.LATELY, "lately", "in the last 90 days"),
    ],
)
def test_a_simple_way_gives_its_own_reason(taste: RankedBy, reason: str, said: str) -> None:
    bought = sp.csr_matrix(np.array([[2, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], dtype=np.float32))
    purchases = Purchases(bought, bought.copy(), bought.copy())
    settings = Settings(taste=taste, again=None)
    labels = np.array([0, 0, 1])
    model = build_model(purchases, learn_links(purchases, None, 1.0), labels, 2, settings)
    names = np.array(["a", "b", "c", "d"], dtype=object)
    audience = Buyers(np.array(["x", "y", "z"], dtype=object), labels, purchases, bought)
    tables = [part for _, part in recommendation_rows(model, audience, Catalogue(names, names), 2)]
    rows = pa.concat_tables(tables).to_pandas()
    assert set(rows.loc[rows["is_new"], "reason"]) == {reason}
    assert rows.loc[rows["customer_id"] == "x", "product_id"].tolist()[:2] == ["a", "b"]
    assert said in taste_sentence(settings)
    assert "comes first" in taste_sentence(settings)
    assert taste_sentence(Settings()) == ""


def test_the_trend_is_more_for_what_sells_now(
    workspace: Workspace,
) -> None:
    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute(
            "INSERT INTO shop.lines BY NAME SELECT 'c' || i AS customer_id, i::VARCHAR AS order_id, "
            "if(i < 5, 'old', 'new') AS product_id, 1 AS quantity, 1 AS amount, false AS is_return, "
            "if(i < 5, TIMESTAMP '2024-01-01', TIMESTAMP '2024-03-01') AS ordered_at, true AS is_product "
            "FROM range(10) AS made(i)"
        )
    ids = np.array([f"c{at}" for at in range(10)], dtype=object)
    purchases = read_purchases(workspace, ids, read_catalogue(workspace), datetime(2024, 3, 2))
    new, old = trend_of(purchases, 14.0)
    assert new > 1 > old
    assert trend_of(purchases, None).tolist() == [1, 1]


def test_it_is_gone_with_the_files(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        delete_upload(workspace, list_uploads(workspace)[0].upload_id)
        with workspace.cursor() as cursor:
            for table in ("recommended", "recommendations"):
                assert cursor.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]


def test_orders_without_products_and_too_few_buyers_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    lines = ["order_id,customer_id,order_date,amount"]
    lines += [f"{at},c{at % 40},2024-01-{at % 28 + 1:02d},{at % 9 + 1}" for at in range(120)]
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    load_file(workspace, tmp_path / "orders.csv")
    run = find_segments(workspace, replace(QUICK, model="none"))
    with pytest.raises(NothingToRecommendError, match="do not say which products"):
        recommend(workspace, run)
    with pytest.raises(FilesChangedError, match="have changed"):
        recommend(workspace, replace(run, fingerprint="another"))


def test_one_product_each_is_too_little(workspace: Workspace, tmp_path: Path) -> None:
    lines = ["order_id,customer_id,order_date,product_name,amount"]
    lines += [f"{at},c{at % 40},2024-01-{at % 28 + 1:02d},p{at % 4},{at % 9 + 1}" for at in range(120)]
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    load_file(workspace, tmp_path / "orders.csv")
    run = find_segments(workspace, replace(QUICK, model="none"))
    with pytest.raises(NothingToRecommendError, match="only 0 customers bought two different products"):
        recommend(workspace, run)


def test_the_command_line_writes_both_files(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    load_fake: Callable,
) -> None:  # fmt: skip
    monkeypatch.setattr("segmentation.commands.recommend.recommend", partial(recommend, load=load_fake))
    copy = tmp_path / "workspace.duckdb"
    copy.write_bytes(kept.read_bytes())
    arguments = ["recommend", "--workspace", str(copy), "--out", str(tmp_path / "out"), "--per-customer"]
    assert main([*arguments, "3"]) == 0
    facts = json.loads(capsys.readouterr().out)
    with (tmp_path / "out" / "recommendations.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert facts["rows"] == len(rows)
    assert sum(row["new_to_them"] == "yes" for row in rows) == 3 * facts["customers"]
    assert (
        (tmp_path / "out" / "segment_offers.csv").read_text().startswith("segment,segment_name,rank,offer,")
    )
    assert facts["check"]["all_products"]["recommended"]["hit_rate"] > 0
    assert main([*arguments, "0"]) == 2
    assert "Give a number from 1 to 100" in capsys.readouterr().err
    assert main(["recommend", "--workspace", str(tmp_path / "none"), "--out", str(tmp_path)]) == 2
    assert "there is no workspace" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["audience", "--for", "meta", "--segment", "all", "--k", "0"], "there are no 0 segments"),
        (["report", "--k", "0"], "there are no 0 segments"),
        (["retention", "--k", "0"], "there are no 0 segments"),
        (["retention", "--silent", "0"], "--silent is 0"),
    ],
)
def test_nothing_is_not_taken_for_the_default(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    copy = tmp_path / "workspace.duckdb"
    copy.write_bytes(kept.read_bytes())
    assert main([*command, "--workspace", str(copy), "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err


def test_tiles_say_whom_they_reach_and_who_buys_again(kept: Path, tmp_path: Path) -> None:
    with opened(kept, tmp_path) as workspace:
        run, found = found_in(workspace)
        view = View.of(workspace, run, 3)
        labels = dict(zip(view.customer_ids, view.labels, strict=True))
        with workspace.cursor() as cursor:
            rows = cursor.execute("SELECT * FROM recommendations").df()
            lines = cursor.execute("SELECT * FROM shop.lines WHERE is_return IS NOT TRUE").df()
    assert sorted(found.tiles) == run.ks
    rows["label"] = rows["customer_id"].map(labels)
    orders = lines.groupby(["product_id", "customer_id"])["order_id"].nunique()
    for label, tiles in enumerate(found.tiles[3]):
        for kind, is_new in ((TileKind.NEW, True), (TileKind.AGAIN, False)):
            listed = rows[(rows["label"] == label) & (rows["is_new"] == is_new)]["product_id"].value_counts()
            assert [one.reach for one in tiles[kind]] == listed.iloc[:3].tolist()
            assert all(listed[one.product_id] == one.reach for one in tiles[kind])
        listed_first = {one.product_id for kind in (TileKind.NEW, TileKind.AGAIN) for one in tiles[kind]}
        offers = found.offers[3][label]
        fewest = max(3, 0.01 * (view.labels == label).sum())
        enough = [one for one in (*offers.lifted, *offers.themed) if one.buyers >= fewest]
        apart = [one for one in enough if one.product_id not in listed_first][:3]
        assert [(one.product_id, one.reach) for one in tiles[TileKind.OWN]] == [
            (one.product_id, one.buyers) for one in apart
        ]
        for one in (one for products in tiles.values() for one in products):
            of_it = orders[one.product_id]
            expected = (of_it > 1).mean() if len(of_it) >= 5 else None
            assert one.again == (None if expected is None else pytest.approx(expected))
