"""segments.json explains each segment, and a reader of the files alone can recompute every figure of it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from segmentation.cli import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a sample shop, its segments.json for four segments, and the workspace."""
    folder = tmp_path_factory.mktemp("explained")
    assert main(["sample", str(folder / "shop"), "--customers", "400", "--seed", "7"]) == 0
    files = [str(path) for path in sorted((folder / "shop").glob("*.csv")) if path.name != "truth.csv"]
    where = ["--out", str(folder / "out"), "--workspace", str(folder / "home" / "workspace.duckdb")]
    assert main(["run", *files, *where, "--k", "4", "--k-range", "4:4", "--model", "lexical"]) == 0
    return folder


@pytest.fixture(scope="module")
def segments(folder: Path) -> list[dict[str, Any]]:
    facts = json.loads((folder / "out" / "segments.json").read_text(encoding="utf-8"))
    return list(facts["segments"])


@pytest.fixture(scope="module")
def members(folder: Path) -> dict[str, int]:
    """Give the segment (from 1) of every customer."""
    with (folder / "out" / "assignments.csv").open(encoding="utf-8", newline="") as stream:
        return {row["customer_id"]: int(row["segment"]) for row in csv.DictReader(stream)}


def rows_of_run(folder: Path, column: str) -> dict[str, float]:
    """Read one column of the run's table."""
    with duckdb.connect(str(folder / "home" / "workspace.duckdb")) as workspace:
        [(run_id,)] = workspace.execute("SELECT run_id FROM runs").fetchall()
        found = workspace.execute(f'SELECT customer_id, "{column}" FROM run_{run_id}').fetchall()
    return {customer: np.nan if value is None else value for customer, value in found}


def place_of(folder: Path, feature: str) -> int:
    facts = json.loads((folder / "out" / "segments.json").read_text(encoding="utf-8"))
    return list(facts["features"]).index(feature)


def test_every_difference_is_that_of_the_customers(
    folder: Path, segments: list[dict[str, Any]], members: dict[str, int]
) -> None:
    told = [(segment["segment"], one) for segment in segments for one in segment["differences"]]
    assert len(told) >= 8
    for label, one in told:
        values = rows_of_run(folder, f"feature_{place_of(folder, one['feature'])}")
        middle = np.nanmedian if one["typical"] else np.nanmean
        inside = [value for customer, value in values.items() if members[customer] == label]
        others = [value for customer, value in values.items() if members[customer] != label]
        assert one["value"] == pytest.approx(middle(inside))
        assert one["others"] == pytest.approx(middle(others))
        assert (one["value"] > one["others"]) == (one["effect"] > 0)
        assert one["sentence"].endswith(".")
        assert "of the others" in one["sentence"]


def test_the_sql_of_a_rule_returns_as_many_as_it_says(
    folder: Path, segments: list[dict[str, Any]], members: dict[str, int]
) -> None:
    sizes = Counter(members.values())
    with duckdb.connect(str(folder / "home" / "workspace.duckdb"), read_only=True) as workspace:
        for segment in segments:
            rule = segment["rule"]
            chosen = [customer for (customer,) in workspace.execute(segment["sql"]).fetchall()]
            hits = sum(members[customer] == segment["segment"] for customer in chosen)
            assert len(chosen) == rule["customers"]
            assert rule["precision"] == pytest.approx(hits / len(chosen))
            assert rule["recall"] == pytest.approx(hits / sizes[segment["segment"]])
            assert rule["quality"].startswith("It catches ") or not rule["captures"]
            assert 1 <= len(rule["conditions"]) <= 4


def test_every_product_is_bought_as_often_as_it_says(
    folder: Path, segments: list[dict[str, Any]], members: dict[str, int]
) -> None:
    buyers: dict[str, set[str]] = {}
    with (folder / "shop" / "orders.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if float(row["quantity"]) > 0 and row["customer_id"] in members:
                buyers.setdefault(row["product_id"], set()).add(row["customer_id"])
    sizes = Counter(members.values())
    told = [(segment["segment"], product) for segment in segments for product in segment["products"]]
    assert told
    for label, product in told:
        bought = buyers[product["product_id"]]
        inside = sum(members[customer] == label for customer in bought)
        assert product["buyers"] == inside
        assert product["share"] == pytest.approx(inside / sizes[label])
        theirs = sum(members[one] == label for people in buyers.values() for one in people)
        assert product["share_of_buyers"] == pytest.approx(inside / len(bought))
        assert product["share_of_purchases"] == pytest.approx(theirs / sum(map(len, buyers.values())))
        assert product["lift"] == pytest.approx(product["share_of_buyers"] / product["share_of_purchases"])


def test_themes_and_words_are_there_and_nobody_is_quoted(
    folder: Path, segments: list[dict[str, Any]], members: dict[str, int]
) -> None:
    for segment in segments:
        assert {"products", "reviews"} <= set(segment["words"])
        assert "quotes" not in segment
        leads = [theme["share"] - theme["others"] for theme in segment["themes"]]
        assert leads == sorted(leads, reverse=True)
    facts = json.loads((folder / "out" / "segments.json").read_text(encoding="utf-8"))
    first = next(name for name in facts["features"] if name.startswith("theme_"))
    values = rows_of_run(folder, f"feature_{place_of(folder, first)}")
    inside = [value for customer, value in values.items() if members[customer] == 1]
    shares = [theme["share"] for theme in segments[0]["themes"]]
    assert any(share == pytest.approx(np.nanmean(inside)) for share in shares)
