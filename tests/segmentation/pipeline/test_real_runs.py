"""Real exports from file to named segments: facts of the data, sentences fit to be read, and bad input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from segmentation.cli import main
from segmentation.features.words import left_out_reason
from segmentation.insight.sentences.segments import segment_sentence
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, load_customers
from segmentation.workspace import Workspace

SUPERSTORE = "superstore/Sample - Superstore.csv"
MALL = "mall-customers/Mall_Customers.csv"
FINE_FOOD = "fine-food-reviews/fine_food_reviews_1k.csv"
WOMENS = "womens-clothing-reviews/womens_clothing_e-commerce_reviews.csv"
OLIST = tuple(
    f"olist/olist_{table}_dataset.csv"
    for table in ("orders", "customers", "order_items", "products", "order_reviews")
)
SHOPS: dict[str, tuple[tuple[str, ...], str, int]] = {
    "superstore": ((SUPERSTORE,), "none", 793),
    "mall": ((MALL,), "none", 200),
    "customer-personality": (("customer-personality/marketing_campaign.csv",), "none", 2240),
    "fine-food": ((FINE_FOOD,), "lexical", 708),
    "womens-clothing": ((WOMENS,), "lexical", 1000),
    "rees46": (("rees46-events/2019-Oct-sample.csv",), "lexical", 330),
    "olist": (OLIST, "lexical", 2995),
    "ecommerce": (("ecommerce-customers/Ecommerce Customers.csv",), "none", 500),
}
LONG = {"customer-personality", "ecommerce", "womens-clothing", "olist"}
EACH_SHOP = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name in SHOPS]
)
# What nobody should have to read: missing values, markup, false grammar, the same figure twice.
NONSENSE = re.compile(
    r"\bnan\b|\bnull\b|\bNone\b|<br|\bbr\b|\{value\}|\b1 (times|orders|items|days)\b|  "
    r"|\b0 days ago|only 0 (orders|items)|(?<![\d.,])(\S*\d\S*) \((?:typical|average): \3\)"
)


def find(files: tuple[str, ...], folder: Path, **options: Any) -> tuple[Run, pd.DataFrame]:
    with Workspace.temporary() as workspace:
        for file in files:
            load_file(workspace, folder / file)
        run = find_segments(workspace, RunOptions(**options))
        return run, load_customers(workspace, run)


@pytest.fixture(scope="module")
def shop(shared_data: Path) -> Callable[[str], Run]:
    runs: dict[str, Run] = {}

    def of(name: str) -> Run:
        if name not in runs:
            files, model, _ = SHOPS[name]
            runs[name], _ = find(
                files, shared_data, model=model, k_range=(2, 8), resamples=2, resamples_of_suggested=2
            )
        return runs[name]

    return of


@EACH_SHOP
def test_every_segment_of_a_real_shop_reads_well(name: str, shop: Callable[[str], Run]) -> None:
    run = shop(name)
    assert run.customers == SHOPS[name][2]
    assert not [theme.words for theme in run.themes if {"br", "null", "nan", "http"} & {*theme.words}]
    for k, cut in run.cuts.items():
        assert len({segment.name for segment in cut.segments}) == k
        for segment, portrait in zip(cut.segments, cut.portraits, strict=True):
            sentence = segment_sentence(portrait)
            assert not NONSENSE.search(segment.name), segment.name
            assert not NONSENSE.search(sentence), sentence
            assert sentence.endswith(".")


@EACH_SHOP
def test_all_rounders_are_called_so_only_where_nothing_sets_them_apart(
    name: str, shop: Callable[[str], Run]
) -> None:
    for cut in shop(name).cuts.values():
        for segment, portrait in zip(cut.segments, cut.portraits, strict=True):
            is_average = segment_sentence(portrait).startswith("Like the average customer")
            assert is_average or not segment.name.startswith("All-rounders"), segment


def test_the_malls_five_groups_are_found(shop: Callable[[str], Run]) -> None:
    five = {segment.name: segment.size for segment in shop("mall").cuts[5].segments}
    assert five == {
        "Medium annual income, medium spending score": 81,
        "High annual income, high spending score": 39,
        "High annual income, low spending score": 35,
        "Low annual income, low spending score": 23,
        "Low annual income, high spending score": 22,
    }


def test_events_of_eighteen_minutes_tell_no_days(shop: Callable[[str], Run]) -> None:
    run = shop("rees46")
    names = {feature.name for feature in run.features}
    assert {"views", "products_viewed", "sessions"} <= names
    assert not {"days_since_visit", "visit_span"} & names


def test_reviews_of_two_days_tell_no_recency(shop: Callable[[str], Run]) -> None:
    left_out = {one.label: left_out_reason(one) for one in shop("fine-food").left_out}
    assert left_out["Days since last review"].startswith("The dates cover only 2 days")


@pytest.mark.slow
def test_a_file_without_customer_id_says_that_each_row_is_one(shop: Callable[[str], Run]) -> None:
    assert "each row counts as a customer" in shop("womens-clothing").customer_meaning
    assert "Recommended IND" in [feature.label for feature in shop("womens-clothing").features]


def test_a_shop_without_known_currency_writes_plain_amounts(shop: Callable[[str], Run]) -> None:
    assert shop("superstore").currency is None
    sentences = " ".join(map(segment_sentence, shop("superstore").cuts[3].portraits))
    assert re.search(r"in total", sentences)
    assert not re.search(r"[$£€]", sentences)


@pytest.mark.slow
def test_portuguese_reviews_are_read_by_their_letters_as_chosen(shop: Callable[[str], Run]) -> None:
    readings = {reading.source: reading for reading in shop("olist").readings}
    assert readings["reviews"].encoder == "lexical"
    assert readings["reviews"].language == "pt"


def shuffled(source: Path, target: Path) -> None:
    frame = pd.read_csv(source, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame.sample(frac=1, random_state=3).to_csv(target, index=False)


def assignments(file: Path, model: str) -> Counter[tuple[str, ...]]:
    """Count (what identifies the customer, segments at each k); without an id that is the row's content."""
    run, rows = find(
        (file.name,),
        file.parent,
        model=model,
        k_range=(4, 5),
        resamples=1,
        resamples_of_suggested=1,
        themes=6,
    )
    labels = rows[[f"segment_{k}" for k in run.ks]].astype(str).agg(" ".join, axis=1)
    ids = rows["customer_id"]
    if ids.str.fullmatch(r"row \d+").all():
        content = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        content = content.drop(columns=[content.columns[0]]).agg("|".join, axis=1)
        ids = pd.Series(content.to_numpy()[ids.str.removeprefix("row ").astype(int).to_numpy() - 1])
    return Counter(zip(ids, labels, strict=True))


@pytest.mark.parametrize(
    ("file", "model"),
    [
        (SUPERSTORE, "none"),
        (MALL, "none"),
        pytest.param(FINE_FOOD, "lexical", marks=pytest.mark.slow),
        pytest.param(WOMENS, "none", marks=pytest.mark.slow),
        *(
            pytest.param(file, "all-MiniLM-L6-v2", marks=pytest.mark.slow)
            for file in (SUPERSTORE, FINE_FOOD, WOMENS)
        ),
    ],
)
def test_the_same_rows_in_another_order_give_the_same_segments(
    file: str, model: str, shared_data: Path, tmp_path: Path
) -> None:
    shuffled(shared_data / file, tmp_path / "shuffled.csv")
    assert assignments(tmp_path / "shuffled.csv", model) == assignments(shared_data / file, model)


def table(rows: int, *columns: Callable[[int], object]) -> str:
    return "".join(",".join(str(column(row)) for column in columns) + "\n" for row in range(rows))


PEOPLE = "customer_id,age,visits\n"
REVIEWS = "customer_id,review\n"
FEW = ["--k-range", "2:3"]
SUBJECTS = ("a lovely red dress", "bitter coffee in a broken cup", "dog food that my puppy loves")
FILES: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n \n",
    "binary": bytes(np.random.default_rng(0).integers(0, 256, 5000, dtype=np.uint8)),
    "header": PEOPLE.encode(),
    "one row": (PEOPLE + "c1,30,2\n").encode(),
    "one column": ("customer_id\n" + table(40, "c{}".format)).encode(),
    "one number": ("age\n" + table(40, lambda row: 20 + row % 30)).encode(),
    "alike headers": (
        "id,age,age,Age\n" + table(60, "c{}".format, lambda r: r % 17, lambda r: r % 7, lambda r: r % 5)
    ).encode(),
    "constant": (PEOPLE + table(60, "c{}".format, lambda _: 1, lambda _: "x")).encode(),
    "five": (PEOPLE + table(5, "c{}".format, lambda row: 20 + row, lambda row: row**2)).encode(),
    "twenty": (PEOPLE + table(20, "c{}".format, lambda row: 20 + row, lambda row: row**2)).encode(),
    "Latin-1": (
        "customer_id;città;età\n"
        + "".join(f"c{row};{('Forlì', 'Nápoles')[row % 2]};{20 + row % 40}\n" for row in range(60))
    ).encode("latin-1"),
    "no dates": (
        "order_id,customer_id,order_date,amount\n"
        + table(
            80,
            "o{}".format,
            lambda row: f"c{row % 20}",
            lambda row: ("soon", "32/13/2024", "n/a", "later")[row % 4],
            lambda row: row % 13 + 0.5,
        )
    ).encode(),
    "texts": (REVIEWS + table(60, "c{}".format, lambda row: f"{SUBJECTS[row % 3]} {row}")).encode(),
}


def wide() -> bytes:
    numbers = np.random.default_rng(0).normal(size=(40, 299)).round(2)
    header = "customer_id," + ",".join(f"f{column}" for column in range(299))
    return "\n".join([header, *(f"c{row}," + ",".join(map(str, numbers[row])) for row in range(40))]).encode()


@pytest.mark.parametrize(
    ("file", "options", "said"),
    [
        ("empty", [], "the file is empty"),
        ("blank", [], "only blank lines"),
        ("binary", [], "binary data"),
        ("header", [], "no rows"),
        ("one row", [], "there is 1 customer"),
        ("one column", [], "Nothing tells these customers apart"),
        ("constant", [], "Nothing tells these customers apart"),
        ("twenty", ["--k", "50"], "20 customers cannot make 50 segments"),
        ("texts", ["--model", "lexical", "--text-weight", "0"], "Let texts count on the What counts page"),
        ("texts", ["--model", "none"], "Let texts be read"),
        ("texts", ["--model", "no-such-model"], "“no-such-model” is not on this machine"),
    ],
)
def test_what_cannot_be_segmented_is_one_clear_line_and_exit_code_2(
    file: str, options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(FILES[file])
    assert main(["run", str(path), "--out", str(tmp_path / "out"), *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err.strip().splitlines()[-1]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "options"),
    [
        ("one number", FEW),
        ("alike headers", FEW),
        ("five", []),
        ("twenty", []),
        ("Latin-1", FEW),
        ("no dates", FEW),
        pytest.param("wide", FEW, marks=pytest.mark.slow),
        ("texts", ["--model", "lexical", *FEW]),
        ("texts", ["--model", "lexical", "--text-weight", "1", *FEW]),
    ],
)
def test_odd_files_that_hold_something_give_segments(
    file: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(wide() if file == "wide" else FILES[file])
    assert main(["inspect", str(path)]) == 0
    assert main(["run", str(path), "--out", str(tmp_path / "out"), *options]) == 0
    capsys.readouterr()
    customers = pd.read_csv(tmp_path / "out" / "assignments.csv", dtype=str)
    assert customers["segment"].nunique() == len(pd.read_csv(tmp_path / "out" / "centroids.csv"))
