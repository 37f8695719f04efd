from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.errors import Cancelled
from segmentation.intake.shop import Shop
from segmentation.text.block import TextBlock
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.read import read_customers
from segmentation.text.treatment import Treatment
from segmentation.workspace import Workspace

CUSTOMERS = np.array(["ann", "bob", "cid", "dan", "eve"], dtype=object)


def read(workspace: Workspace, shop: Shop, encoder: Any, options: TextOptions = TextOptions()) -> TextBlock:  # noqa: B008
    block = read_customers(workspace, shop, CUSTOMERS, options, 0, load=lambda _: encoder)
    assert block is not None
    return block


def test_a_row_per_customer_and_nothing_where_there_is_no_text(
    filled: Workspace, shop: Shop, fake_encoder: Any
) -> None:
    block = read(filled, shop, fake_encoder)
    assert block.vectors.dtype == np.float32 and block.vectors.shape[0] == 5
    np.testing.assert_allclose(block.items, [(40**2) / (30**2 + 10**2), 60**2 / (40**2 + 20**2), 1, 1, 0])
    assert not block.vectors[4].any() and np.isnan(block.theme_shares[4]).all()
    np.testing.assert_allclose(block.theme_shares[:4].sum(axis=1), 1, rtol=1e-6)
    assert block.theme_shares.shape == (5, len(block.themes))
    assert [(one.source, one.encoder, one.texts) for one in block.readings] == [("products", "fake", 4)]


def test_shuffled_rows_and_a_second_reading_give_the_same_bits(
    tmp_path: Path, filled: Workspace, shop: Shop, fake_encoder: Any
) -> None:
    from tests.segmentation.text.conftest import fill_shop

    first = read(filled, shop, fake_encoder)
    again = read(filled, shop, fake_encoder)
    assert fake_encoder.texts_read == 4
    with Workspace.open(tmp_path / "other" / "workspace.duckdb") as other:
        fill_shop(other, shuffle_seed=3)
        shuffled = read(other, shop, fake_encoder)
    for block in (again, shuffled):
        np.testing.assert_array_equal(block.vectors, first.vectors)
        np.testing.assert_array_equal(block.theme_shares, first.theme_shares)
        assert block.themes == first.themes


def test_two_encoders_stand_side_by_side_at_the_share_of_what_they_read(
    filled: Workspace, shop: Shop, fake_encoder: Any
) -> None:
    reviews = [
        "房间很大，服务也好，下次还会入住这家酒店",
        "苹果新鲜，味道很甜，水分足，会再来买的",
        "手机电池不行，屏幕也不清楚，要求退货",
    ]
    with filled.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO shop.reviews (customer_id, text) VALUES (?, ?)",
            list(zip(CUSTOMERS[:3].tolist(), reviews, strict=True)),
        )
    fake_encoder.languages = frozenset({"en"})
    block = read(filled, shop, fake_encoder)
    assert [(one.source, one.encoder) for one in block.readings] == [
        ("products", "fake"),
        ("reviews", "lexical"),
    ]
    # 120 spent at 24 a line and 0.8 of views, beside three reviews.
    products = 5.8 / 8.8
    width = fake_encoder.dimensions
    assert block.vectors[:, :width].var(axis=0).sum() == pytest.approx(products, rel=1e-4)
    assert block.vectors[:, width:].var(axis=0).sum() == pytest.approx(1 - products, rel=1e-4)


@pytest.mark.parametrize(
    ("description", "done"), [(None, Treatment.PLAIN), ("word " * 9, Treatment.NEIGHBOURS)]
)
def test_sentences_are_smoothed_and_it_is_kept(
    filled: Workspace,
    shop: Shop,
    fake_encoder: Any,
    monkeypatch: pytest.MonkeyPatch,
    description: str | None,
    done: Treatment,
) -> None:
    monkeypatch.setattr("segmentation.text.pool.Smoothing.smooth", lambda _, vectors: np.zeros_like(vectors))
    with filled.cursor() as cursor:
        cursor.execute("UPDATE shop.products SET description = $1", [description])
    block = read(filled, shop, fake_encoder)
    assert block.readings[0].treatment is done
    assert block.vectors.any() == (done is Treatment.PLAIN)


@pytest.mark.parametrize("model", ["none", "lexical"])
def test_without_a_model_none_is_loaded(filled: Workspace, shop: Shop, model: str) -> None:
    def load(options: TextOptions) -> Any:
        raise AssertionError("no model may be loaded")

    block = read_customers(filled, shop, CUSTOMERS, TextOptions(model), 0, load=load)
    assert (block is None) == (model == "none")


def test_a_shop_without_texts_has_no_block(filled: Workspace, shop: Shop, fake_encoder: Any) -> None:
    with filled.cursor() as cursor:
        cursor.execute("DELETE FROM shop.products")
    assert read_customers(filled, shop, CUSTOMERS, TextOptions(), 0, load=lambda _: fake_encoder) is None


def test_cancelling_passes_through(filled: Workspace, shop: Shop, fake_encoder: Any) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_customers(filled, shop, CUSTOMERS, TextOptions(), 0, cancel, load=lambda _: fake_encoder)


def test_the_real_model_groups_customers_by_taste(filled: Workspace, shop: Shop) -> None:
    block = read_customers(filled, shop, CUSTOMERS, TextOptions(device="cpu"), 0)
    assert block is not None and block.readings[0].encoder == "all-MiniLM-L6-v2"
    ann, bob, cid, dan = (row / np.linalg.norm(row) for row in block.vectors[:4])
    assert ann @ cid > 0 > ann @ bob and bob @ dan > 0
