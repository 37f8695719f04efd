"""Events and reviews by hand, beside orders and alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from segmentation.features.build import build_features
from segmentation.features.table import Group
from segmentation.features.words import left_out_reason
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace

NaN = np.nan
CUSTOMERS = ["ada", "ben", "cal"]
EVENTS = [
    ("ada", "s1", "mug", "2024-03-01 10:00", "view"),
    ("ada", "s1", "pot", "2024-03-01 10:05", "view"),
    ("ada", "s1", "pot", "2024-03-01 10:06", "cart"),
    ("ada", "s1", "pot", "2024-03-01 10:07", "purchase"),
    ("ada", "s2", "mug", "2024-03-11 10:00", "view"),
    ("ben", "s3", "mug", "2024-03-30 23:00", "view"),
    ("ben", "s3", "mug", "2024-03-31 01:00", "cart"),
    ("ben", "s3", "mug", "2024-03-31 01:00", "cart"),
]
REVIEWS = [
    ("ada", "mug", "2024-03-01 10:00", 5, "Lovely mug."),
    ("ada", "mug", "2024-03-21 10:00", 2, "It broke."),
    ("ben", "pot", "2024-03-31 23:00", 4, None),
    ("ben", "mug", None, None, "A mug."),
]
LINES = [
    ("ada", "1", "pot", "2024-03-01 10:07", 1, 30, None, False, True),
    ("cal", "2", "pot", "2024-03-02 10:07", 2, 60, None, False, True),
]


def test_events_alone_say_how_a_customer_browses_and_buys(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    table = build_features(workspace, make_shop(CUSTOMERS, events=EVENTS))
    to_cart, to_buy = 2 / 4, 1 / 3  # carts up to the views of each customer; purchases up to the carts
    expected = pd.DataFrame(
        {
            "days_since_visit": [20.0, 0.0, NaN],
            "sessions": [2.0, 1.0, 0.0],
            "views": [3.0, 1.0, 0.0],
            "carts": [1.0, 2.0, 0.0],
            "view_to_cart": [(1 + 5 * to_cart) / 8, (1 + 5 * to_cart) / 6, NaN],
            "cart_to_buy": [(1 + 5 * to_buy) / 6, 5 * to_buy / 7, NaN],
            "buys": [1.0, 0.0, 0.0],
            "products_viewed": [2.0, 1.0, 0.0],
            "visit_span": [10.0, 1.0, NaN],
        }
    )
    pd.testing.assert_frame_equal(table.values, expected, check_names=False)
    assert {feature.group for feature in table.features} == {Group.BROWSING}


def test_beside_orders_the_events_do_not_count_purchases_again(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    table = build_features(workspace, make_shop(CUSTOMERS, events=EVENTS, lines=LINES))
    assert "cart_to_buy" in table.values
    assert not {"buys", "products_viewed", "visit_span"} & set(table.values)


def test_events_without_sessions_count_the_days_of_a_visit(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    events = [(customer, None, *rest) for customer, _, *rest in EVENTS]
    np.testing.assert_array_equal(
        build_features(workspace, make_shop(CUSTOMERS, events=events)).values["sessions"], [2, 2, 0]
    )


def test_reviews_alone_say_how_recently_a_customer_was_here(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    table = build_features(workspace, make_shop(CUSTOMERS, reviews=REVIEWS))
    expected = pd.DataFrame(
        {
            "reviews": [2.0, 2.0, 0.0],
            "rating": [3.5, 4.0, NaN],
            "days_since_review": [10.0, 0.0, NaN],
            "review_span": [20.0, 0.0, NaN],
            "products_reviewed": [1.0, 2.0, 0.0],
        }
    )
    pd.testing.assert_frame_equal(table.values, expected)


def test_dates_of_two_days_tell_nothing_about_recent_and_long_ago(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    reviews = [
        ("ada", "mug", "2024-03-30 10:00", 5, "Lovely mug."),
        ("ada", "pot", "2024-03-31 10:00", 5, "Lovely pot."),
        ("ben", "pot", "2024-03-30 23:00", 4, None),
    ]
    table = build_features(workspace, make_shop(CUSTOMERS, reviews=reviews))
    assert [feature.name for feature in table.features] == ["reviews", "rating", "products_reviewed"]
    left_out = {one.label: left_out_reason(one) for one in table.left_out}
    reason = "The dates cover only 2 days, too little to tell recent from long ago."
    assert left_out["Days since last review"] == left_out["Days from first to last review"] == reason


def test_people_read_the_shares_as_they_were_counted(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    lines = [
        ("ada", "1", "pot", "2024-03-01 10:07", 1, 30, None, False, True),
        ("ada", "2", "pot", "2024-03-02 20:07", 1, 30, None, False, True),
        ("ben", "3", "pot", "2024-03-20 20:07", 2, 60, None, False, True),
    ]
    table = build_features(workspace, make_shop(CUSTOMERS, lines=lines))
    np.testing.assert_allclose(table.values["morning_share"], [(1 + 5 / 3) / 7, (0 + 5 / 3) / 6, NaN])
    seen = table.as_counted().values["morning_share"]
    np.testing.assert_array_equal(seen, [0.5, NaN, NaN])  # once is no habit
    assert list(table.as_counted().values) == list(table.values)
