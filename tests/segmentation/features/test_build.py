"""The table as a whole: which features are there, which are ticked, what is left out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from segmentation.errors import UnknownColumnError
from segmentation.features.build import Recipe, build_features
from segmentation.features.table import Group
from segmentation.features.words import left_out_reason
from segmentation.intake.shop import TABLES, Shop
from segmentation.workspace import Workspace

LINES = [
    ("ada", "1", "mug", "2024-01-01 09:00", 1, 10, None, False, True),
    ("ben", "2", "mug", "2024-01-05 19:00", 3, 30, None, False, True),
    ("ben", "3", "pot", "2024-01-09 19:00", 3, 30, None, False, True),
]


def test_only_ticked_features_stay_in_their_own_order(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    table = build_features(
        workspace, make_shop(["ada", "ben"], lines=LINES), Recipe(ticked=("monetary", "recency"))
    )
    assert list(table.values.columns) == ["recency", "monetary"]
    assert [feature.name for feature in table.features] == ["recency", "monetary"]


def test_ticking_what_is_not_there_says_what_is(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    with pytest.raises(UnknownColumnError, match=r"“shoe_size”.*recency, frequency"):
        build_features(workspace, make_shop(["ada", "ben"], lines=LINES), Recipe(ticked=("shoe_size",)))


def test_what_no_file_supports_is_left_out_with_its_reason(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    table = build_features(workspace, make_shop(["ada", "ben"], lines=LINES))
    reasons = {left_out.label: left_out_reason(left_out) for left_out in table.left_out}
    assert reasons["Product views"] == "No file with browsing events was uploaded."
    assert reasons["Average rating"] == "No file with reviews or ratings was uploaded."
    assert reasons["Bought at a discount"] == "The order files do not say what was discounted."
    assert reasons["Return share"] == "It is the same for every customer."
    assert {feature.group for feature in table.features} == {Group.BEHAVIOUR}


def test_customers_without_ids_are_ordered_by_their_content(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    shop = make_shop(["9", "10"])
    with workspace.cursor() as cursor:
        cursor.execute("UPDATE shop.customers SET sort_key = CASE customer_id WHEN '9' THEN 'b' ELSE 'a' END")
    assert list(build_features(workspace, shop).customer_ids) == ["10", "9"]


def test_a_shop_without_any_feature_is_an_empty_table(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    table = build_features(workspace, make_shop(["ada", "ben"], as_of=None))
    assert table.values.shape == (2, 0)
    assert len(table) == 2


@pytest.mark.slow
def test_ten_million_lines_make_one_row_for_each_of_a_million_customers(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    line = ("c0", "o", "p", "2024-01-01", 1, 1, 0, False, True)
    shop = make_shop(["c0"], lines=[line], products=[("p", None, "k", None, 1)])
    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute("INSERT INTO shop.customers SELECT 'c' || range, NULL FROM range(1000000)")
        cursor.execute("""
            INSERT INTO shop.lines (customer_id, order_id, product_id, ordered_at, quantity, amount, discount,
                                    is_return, is_product)
            SELECT 'c' || (hash(range // 3) % 1000000), 'order-' || (range // 3), 'p' || (hash(range) % 400),
                   TIMESTAMP '2023-01-01' + to_minutes(CAST(hash(range // 3) % 600000 AS INTEGER)),
                   1 + range % 3, 10 + range % 90, 0, range % 17 = 0, true
            FROM range(10000000)
        """)
        cursor.execute("""
            INSERT INTO shop.products SELECT 'p' || range, NULL, 'k' || (range % 12), NULL, 1 FROM range(400)
        """)
    values = build_features(workspace, shop).values
    assert len(values) == 1_000_000
    assert np.isfinite(values["frequency"]).all()
