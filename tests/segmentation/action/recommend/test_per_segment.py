"""What a segment is offered: counts by hand, taste, themes, and products that nobody has bought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from segmentation.action.recommend.per_segment import (
    ThemedProduct,
    buyers_by_segment,
    offers_of_run,
    tastes_of,
    themes_to_offer,
)
from segmentation.action.recommend.purchases import Catalogue, read_catalogue, read_purchases
from segmentation.action.recommend.words import offers_table, popular_clause, themed_clause, themed_title
from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.facts.theme_facts import ThemeFacts
from segmentation.intake.shop import TABLES
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, View, load_customers
from segmentation.workspace import Workspace

LINES = """
INSERT INTO shop.lines (customer_id, order_id, product_id, ordered_at, quantity, amount, discount, is_return,
                        is_product) VALUES
    ('ann', 'o1', 'tent', '2024-01-01', 1, 5, NULL, false, true),
    ('ann', 'o1', 'tent', '2024-01-01', 1, 5, NULL, false, true),
    ('ann', 'o2', 'tent', '2024-01-11', 1, 5, NULL, false, true),
    ('ann', 'o3', 'mug', '2024-01-21', 1, 5, NULL, true, true),
    ('bob', 'o4', 'mug', '2024-01-21', 1, 5, NULL, false, true),
    ('bob', 'o4', 'post', '2024-01-21', 1, 5, NULL, false, false),
    ('bob', 'o5', 'mug', NULL, 1, 5, NULL, false, true)
"""
PRODUCTS = """
INSERT INTO shop.products VALUES
    ('tent', 'Big tent', NULL, NULL, 5), ('mug', 'Mug', NULL, NULL, 5), ('post', 'Postage', NULL, NULL, 5),
    ('lamp', 'Lamp', NULL, NULL, 9), ('free', 'Adjustment', NULL, NULL, 0), ('MUG', 'MUG', NULL, NULL, 5)
"""


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    """Give a shop of two customers and seven lines."""
    with workspace.cursor() as cursor:
        for statement in (TABLES, LINES, PRODUCTS):
            cursor.execute(statement)
    return workspace


def test_what_can_be_offered_is_sold_or_has_a_price_and_a_name_of_its_own(shop: Workspace) -> None:
    assert read_catalogue(shop).product_ids.tolist() == ["lamp", "mug", "tent"]


def test_purchases_by_hand(shop: Workspace) -> None:
    ids, catalogue = np.array(["ann", "bob"], dtype=object), read_catalogue(shop)
    found = read_purchases(shop, ids, catalogue, datetime(2024, 1, 31))
    assert found.orders.toarray().tolist() == [[0, 0, 2], [0, 2, 0]]
    assert found.first.toarray()[0, 2] == 30
    assert found.last.toarray()[0, 2] == 20
    assert found.buyers.tolist() == [0, 1, 1]
    early = read_purchases(shop, ids, catalogue, datetime(2024, 1, 11))
    assert early.orders.toarray().tolist() == [[0, 0, 1], [0, 1, 0]]
    late = read_purchases(shop, ids, catalogue, datetime(2024, 2, 1), since=datetime(2024, 1, 11))
    assert late.orders.toarray().tolist() == [[0, 0, 1], [0, 1, 0]]
    assert read_purchases(shop, ids, Catalogue(*2 * (np.array([], object),)), datetime.max).orders.nnz == 0


def test_taste_points_to_what_a_segment_buys_more_of() -> None:
    bought = sp.csr_matrix(np.array([[1, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32))
    by_segment = buyers_by_segment(bought, np.array([0, 0, 1, 1]), 2)
    assert by_segment.tolist() == [[2, 0], [1, 2]]
    tastes = tastes_of(by_segment, np.eye(2, dtype=np.float32))
    np.testing.assert_allclose(tastes, np.array([[1, -1], [-1, 1]]) / np.sqrt(2), atol=1e-6)


def test_themes_to_offer_are_those_with_clearly_more_or_the_nearest_to_it() -> None:
    feature = Feature("theme_0", "Theme: a", "", Group.TEXT, Unit.SHARE)
    facts = [
        ThemeFacts(0, feature, 1, None, 0.4, np.array([0.6, 0.2]), np.array([True, False])),
        ThemeFacts(1, feature, 1, None, 0.6, np.array([0.4, 0.7]), np.array([False, True])),
    ]
    assert themes_to_offer(0, facts) == {0: True}
    assert themes_to_offer(1, facts) == {1: True}
    slight = [replace(fact, much=np.array([False, False])) for fact in facts]
    assert themes_to_offer(0, slight) == {0: False}
    assert themes_to_offer(1, slight) == {1: False}
    no_texts = [replace(fact, inside=np.full(2, np.nan), much=np.array([False, False])) for fact in facts]
    assert themes_to_offer(0, no_texts) == {}


def test_a_segment_is_offered_what_it_buys_what_fits_and_what_nobody_bought(
    workspace: Workspace, tmp_path: Path, load_fake: Callable
) -> None:
    orders = ["order_id,customer_id,order_date,product_id,quantity,unit_price"]
    for person in range(120):
        shelf = person % 2
        for nth in range(3):
            orders.append(f"{person}-{nth},c{person},2024-0{nth + 1}-03,{shelf}{(person + nth) % 7},1,5")
    names = ("rope for climbing rocks outside", "yarn for knitting socks inside")
    products = ["product_id,product_name,price"]
    products += [f"{shelf}{nth},{names[shelf]},5" for shelf in (0, 1) for nth in range(7)]
    products.append("unsold,a new rope for climbing rocks,5")
    for name, lines in (("orders.csv", orders), ("products.csv", products)):
        (tmp_path / name).write_text("\n".join(lines))
        load_file(workspace, tmp_path / name)
    run = find_segments(
        workspace,
        RunOptions(k_range=(2, 2), resamples=2, resamples_of_suggested=2, text_weight=1.0),
        load=load_fake,
    )
    rows = load_customers(workspace, run)
    [found] = offers_of_run(workspace, View(run, 2, rows), [2], load=load_fake).values()
    assert [offers.segment for offers in found] == [0, 1]
    for offers in found:
        shelf = offers.lifted[0].product_id[0]
        assert {product.product_id[0] for product in offers.lifted} == {shelf}
        assert not {one.product_id for one in offers.themed} & {one.product_id for one in offers.lifted}
        assert all(one.all_buyers >= one.buyers > 0 for one in offers.themed)
        assert all(one.unsold and one.product_id == "unsold" for one in offers.unsold)
        assert offers.product_names[0] == offers.lifted[0].name


def test_without_texts_only_lifted_products_are_offered(workspace: Workspace, tmp_path: Path) -> None:
    lines = ["order_id,customer_id,order_date,product_name,quantity,unit_price"]
    lines += [
        f"{at},c{at % 60},2024-01-{at % 28 + 1:02d},p{at % 60 // 30},1,{at % 9 + 1}" for at in range(180)
    ]
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    load_file(workspace, tmp_path / "orders.csv")
    run = find_segments(
        workspace, RunOptions(k_range=(2, 2), resamples=2, resamples_of_suggested=2, model="none")
    )
    [found] = offers_of_run(workspace, View.of(workspace, run, 2), [2]).values()
    assert all(offers.themed == offers.unsold == () for offers in found)


def test_a_segment_that_buys_like_everybody_is_offered_what_most_of_it_bought(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = ["order_id,customer_id,order_date,product_name,quantity,unit_price"]
    for person in range(60):
        price, times = (90, 8) if person % 2 else (1, 1)
        lines += [f"{person}-{nth},c{person},2024-0{nth + 1}-04,rope,1,{price}" for nth in range(times)]
        lines += [f"{person}-0,c{person},2024-01-04,mug,1,1"] * (person % 5 > 0)
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    load_file(workspace, tmp_path / "orders.csv")
    run = find_segments(
        workspace, RunOptions(k_range=(2, 2), resamples=2, resamples_of_suggested=2, model="none")
    )
    rows = load_customers(workspace, run)
    [found] = offers_of_run(workspace, View(run, 2, rows), [2]).values()
    for offers in found:
        assert offers.lifted == offers.themed == offers.unsold == ()
        members = rows.loc[rows["segment_2"] == offers.segment, "customer_id"].str[1:].astype(int)
        mugs = int((members % 5 > 0).sum())
        assert [(one.name, one.buyers) for one in offers.popular] == [("rope", len(members)), ("mug", mugs)]
        assert popular_clause(offers.popular[0]) == "Bought by 100.0%"
        assert offers.popular[1].support == mugs / len(members)
    table = offers_table(found, ["a", "b"])
    assert table["offer"].tolist() == ["Bought most, as by everybody else"] * 4
    assert table["product"].tolist() == ["rope", "mug"] * 2


@pytest.mark.parametrize(
    ("buyers", "all_buyers", "said"),
    [
        (0, 0, "bought by no known customer yet"),
        (0, 3, "new to the whole segment"),
        (1, 3, "bought by 1 of the segment"),
    ],
)
def test_what_only_guests_bought_is_not_called_unsold(buyers: int, all_buyers: int, said: str) -> None:
    product = ThemedProduct("P1", "Blue teapot", 0, "tea, cake", buyers, all_buyers)
    assert themed_clause(product) == f"About “tea, cake”; {said}"


def test_a_theme_that_is_hardly_theirs_is_not_called_theirs() -> None:
    near = ThemedProduct("P1", "Blue teapot", 0, "tea, cake", 1, 3, own=False)
    assert themed_clause(near) == (
        "About “tea, cake”, which they may choose more than all customers, though not clearly; "
        "bought by 1 of the segment"
    )
    assert themed_title([near]) == "Near to what they buy"
    assert themed_title([replace(near, own=True)]) == "Fitting their themes"
