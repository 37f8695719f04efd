"""The sample shop: reproducible, believable, and silent about its true segments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.action.audience import normalise
from segmentation.errors import OptionError
from segmentation.sample_shop import write_csvs
from segmentation.sample_shop.phones import phones_of
from segmentation.sample_shop.shelves import ShelfTaste
from segmentation.sample_shop.texts import write_texts
from segmentation.sample_shop.write import SampleShop, generate

FRAMES = ("customers", "products", "orders", "events", "reviews", "truth")


@pytest.fixture(scope="module")
def shop() -> SampleShop:
    """Give the default shop."""
    return generate()


@pytest.fixture(scope="module")
def purchases(shop: SampleShop) -> pd.DataFrame:
    """Give the lines bought by registered customers, with their true segments."""
    lines = shop.orders[shop.orders["status"] == "completed"]
    return lines.merge(shop.truth, on="customer_id")


def test_the_same_seed_gives_the_same_shop_and_another_seed_another(shop: SampleShop) -> None:
    again, other = generate(seed=7), generate(seed=8)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(shop, name), getattr(again, name))
    assert not shop.truth["segment"].equals(other.truth["segment"])


def test_every_key_leads_somewhere(shop: SampleShop) -> None:
    customers, products = set(shop.customers["customer_id"]), set(shop.products["product_id"])
    assert len(customers) == len(shop.customers) == 2_000
    assert set(shop.orders["customer_id"].dropna()) == customers
    assert set(shop.events["customer_id"]) < customers
    for frame in (shop.orders, shop.events, shop.reviews):
        assert set(frame["product_id"]) <= products
    per_order = shop.orders.groupby("order_id")["customer_id"].nunique(dropna=False)
    assert per_order.max() == 1


def test_most_customers_have_a_phone_of_their_own_that_no_real_person_has(shop: SampleShop) -> None:
    given = shop.customers.dropna(subset=["phone"])
    assert 0.55 < len(given) / len(shop.customers) < 0.65
    numbers = [
        normalise.phone(one, normalise.country(country))
        for one, country in zip(given["phone"], given["country"], strict=True)
    ]
    assert len(set(numbers)) == len(given)
    free = ("+493023125", "+494066969", "+496990009", "+447700900", "+3363998", "+467017406")
    assert all(number.startswith(free) for number in numbers)


def test_there_are_only_so_many_numbers() -> None:
    countries = pd.Series(["Sweden"] * 300 + ["Spain"] * 10 + [None])
    assert sum(one is not None for one in phones_of(countries, seed=7, first=0)) == 95
    assert not any(phones_of(countries, seed=7, first=50_000))


def test_it_has_what_real_shops_have(shop: SampleShop, purchases: pd.DataFrame) -> None:
    orders = purchases.groupby("customer_id")["order_id"].nunique()
    spend = purchases.groupby("customer_id")["amount"].sum().sort_values()
    monthly = purchases["order_date"].dt.to_period("M").value_counts()
    returns = shop.orders[shop.orders["status"] == "returned"]
    assert (orders == 1).mean() >= 0.20
    assert spend.tail(400).sum() > 0.4 * spend.sum()
    assert monthly["2024-12"] > 1.5 * monthly["2024-02"]
    assert len(returns) > 100 and (returns["amount"] < 0).all()
    assert shop.orders["customer_id"].isna().mean() > 0.003
    assert 0.1 < shop.customers["age"].isna().mean() < 0.3
    assert shop.customers["email"].dropna().str.contains(r"@example\.(?:com|org|net)$").all()
    assert shop.reviews["review_text"].isna().any()
    assert shop.reviews["review_date"].max() <= pd.Timestamp("2024-12-31").date()


def test_texts_are_distinct_and_few_enough_to_read_in_seconds(shop: SampleShop) -> None:
    texts = write_texts()
    assert 300 <= len(texts) <= 400
    assert len({text.name for text in texts}) == len(texts)
    assert len({text.description for text in texts}) == len(texts)
    assert not any(mark in text.description for text in texts for mark in "{}")
    assert shop.reviews["review_text"].nunique() + len(texts) <= 1_500


def test_the_true_segment_is_told_by_no_other_file(shop: SampleShop) -> None:
    for name in FRAMES[:-1]:
        frame = getattr(shop, name)
        assert "segment" not in frame.columns
        assert not frame.astype(str).isin(set(shop.truth["segment"])).any(axis=None)
    codes = shop.truth["segment"].astype("category").cat.codes
    assert abs(np.corrcoef(codes, np.arange(len(codes)))[0, 1]) < 0.08


def test_tastes_do_not_differ_in_price_or_volume(purchases: pd.DataFrame) -> None:
    behaviour = purchases["segment"].str.split(", ").str[0]
    taste = purchases["segment"].str.split(", ").str[1]
    price = purchases.groupby([behaviour.rename("behaviour"), taste.rename("taste")])["unit_price"].mean()
    lines = (
        purchases.groupby([behaviour.rename("behaviour"), taste.rename("taste")]).size()
        / purchases.groupby([behaviour.rename("behaviour"), taste.rename("taste")])["customer_id"].nunique()
    )
    for measure in (price, lines):
        spread = measure.groupby("behaviour").agg(lambda of: of.max() / of.min())
        assert spread.max() < 1.15
    assert sorted(taste.unique()) == sorted(str(each) for each in ShelfTaste if each != ShelfTaste.HOME)


def test_files_are_the_frames(tmp_path: Path) -> None:
    files = write_csvs(tmp_path / "shop", customers=200, seed=3)
    shop = generate(customers=200, seed=3)
    assert sorted(path.name for path in files) == sorted(f"{name}.csv" for name in FRAMES)
    for path in files:
        assert len(pd.read_csv(path)) == len(getattr(shop, path.stem))
    truth = pd.read_csv(tmp_path / "shop" / "truth.csv", dtype=str)
    pd.testing.assert_frame_equal(truth, shop.truth, check_dtype=False)


def test_a_large_shop_is_written_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segmentation.sample_shop.write.CUSTOMERS_PER_PART", 100)
    files = {path.stem: pd.read_csv(path) for path in write_csvs(tmp_path, customers=250)}
    assert len(files["customers"]) == files["customers"]["customer_id"].nunique() == 250
    assert len(files["products"]) == len(write_texts())
    lines = files["orders"]
    assert (lines.groupby("order_id")["customer_id"].nunique() <= 1).all()


def test_a_shop_without_customers_is_refused() -> None:
    with pytest.raises(OptionError, match="a shop of 0 customers"):
        generate(customers=0)
