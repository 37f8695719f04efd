"""Fourteen orders by hand and the frame that they must give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from segmentation.features.build import Recipe, build_features
from segmentation.features.table import Lack, Unit
from segmentation.features.words import left_out_reason
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace

CUSTOMERS = ["ada", "ben", "cal", "dee", "eve"]
NaN = np.nan


def line(
    customer: str,
    order: str | None,
    product: str | None,
    at: str,
    quantity: float | None,
    amount: str | None,
    discount: float | None = 0.0,
    is_return: bool = False,
    is_product: bool = True,
) -> tuple[object, ...]:
    """Return a row of shop.lines."""
    money = None if amount is None else Decimal(amount)
    return (customer, order, product, at, quantity, money, discount, is_return, is_product)


LINES = [
    # ada: three orders on two days, one of them with two lines, one with postage; one item back
    line("ada", "1", "mug", "2024-01-01 09:00", 2, "20.00"),
    line("ada", "1", "pot", "2024-01-01 09:00", 1, "30.00", discount=0.1),
    line("ada", "2", "mug", "2024-01-01 19:00", 1, "10.00"),
    line("ada", "3", "tea", "2024-01-31 23:30", 4, "8.00"),
    line("ada", "3", "post", "2024-01-31 23:30", 1, "2.00", is_product=False),
    line("ada", "4", "pot", "2024-02-10 10:00", -1, "-30.00", is_return=True),
    # ben: one order, on a Saturday, on the analysis date's eve
    line("ben", "5", "mug", "2024-03-30 00:00", 1, "10.00", discount=0.5),
    # cal: every fifteen days, the last one late on the analysis date itself
    line("cal", "6", "tea", "2024-03-01 12:00", 1, "2.00"),
    line("cal", "7", "tea", "2024-03-16 12:00", 1, "2.00"),
    line("cal", "8", "tea", "2024-03-31 23:59", 1, "2.00"),
    # dee: has only sent something back; eve: nothing at all
    line("dee", "9", "pot", "2024-02-01 12:00", -1, "-30.00", is_return=True),
    # after the analysis date, and of a customer whom nobody knows
    line("ben", "10", "pot", "2024-04-01 00:00", 1, "30.00"),
    line("zoe", "11", "pot", "2024-03-01 10:00", 1, "30.00"),
]  # fmt: skip
PRODUCTS = [
    ("mug", "Mug", "kitchen", None, 10.0),
    ("pot", "Pot", "kitchen", None, 30.0),
    ("tea", "Tea", "food", None, 2.0),
]


@pytest.fixture
def shop(make_shop: Callable[..., Shop]) -> Shop:
    """Give the shop of the fourteen orders."""
    return make_shop(CUSTOMERS, lines=LINES, products=PRODUCTS)


def test_counts_money_and_days(workspace: Workspace, shop: Shop) -> None:
    table = build_features(workspace, shop)
    expected = pd.DataFrame(
        {
            "recency": [60.0, 1.0, 0.0, NaN, NaN],
            "frequency": [3.0, 1.0, 3.0, 0.0, 0.0],
            "monetary": [40.0, 10.0, 6.0, -30.0, 0.0],
            "average_order_value": [70.0 / 3, 10.0, 2.0, NaN, NaN],
            "days_between_orders": [30.0, NaN, 15.0, NaN, NaN],
            "items_per_order": [8.0 / 3, 1.0, 1.0, NaN, NaN],
            "products": [3.0, 1.0, 1.0, 0.0, 0.0],
            "categories": [2.0, 1.0, 1.0, 0.0, 0.0],
        }
    )
    assert list(table.customer_ids) == CUSTOMERS
    pd.testing.assert_frame_equal(table.values[list(expected)], expected)


def test_who_bought_on_one_day_has_no_active_span(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    days = {"ada": ("01-01", "01-11"), "ben": ("01-05", "01-05"), "cal": ("01-02", "02-01")}
    lines = [
        line(name, f"{name}{number}", "mug", f"2024-{day} 09:00", 1, "5.00")
        for name, two in days.items()
        for number, day in enumerate(two)
    ]
    table = build_features(workspace, make_shop(list(days), lines=lines, products=PRODUCTS))
    np.testing.assert_array_equal(table.values["active_span"], [10.0, NaN, 30.0])


def test_shares_are_drawn_toward_the_shops_by_their_counts(workspace: Workspace, shop: Shop) -> None:
    values = build_features(workspace, shop).values
    returns, discounts, weekends = 2 / 11, 2 / 9, 3 / 7  # of all lines, of all lines bought, of all orders
    expected = {
        "return_share": [
            (1 + 5 * returns) / 11,
            5 * returns / 6,
            5 * returns / 8,
            (1 + 5 * returns) / 6,
            NaN,
        ],
        "discount_share": [(1 + 5 * discounts) / 10, (1 + 5 * discounts) / 6, 5 * discounts / 8, NaN, NaN],
        "weekend_share": [5 * weekends / 8, (1 + 5 * weekends) / 6, (2 + 5 * weekends) / 8, NaN, NaN],
        "morning_share": [(1 + 5 / 7) / 8, (5 / 7) / 6, (5 / 7) / 8, NaN, NaN],
        "evening_share": [(2 + 20 / 7) / 8, (1 + 20 / 7) / 6, (1 + 20 / 7) / 8, NaN, NaN],
    }
    pd.testing.assert_frame_equal(values[list(expected)], pd.DataFrame(expected))


@pytest.mark.parametrize("as_of", [datetime(2024, 3, 16), datetime(2024, 3, 16, 23, 59)])
def test_an_earlier_analysis_date_forgets_what_came_after(
    workspace: Workspace, shop: Shop, as_of: datetime
) -> None:
    table = build_features(workspace, shop, Recipe(as_of=as_of))
    assert table.as_of == as_of
    np.testing.assert_array_equal(table.values["frequency"], [3, 0, 2, 0, 0])
    np.testing.assert_array_equal(table.values["recency"], [45, NaN, 0, NaN, NaN])


def test_the_order_of_rows_changes_nothing(
    workspace: Workspace, make_shop: Callable[..., Shop], shop: Shop
) -> None:
    before = build_features(workspace, shop)
    after = build_features(workspace, make_shop(CUSTOMERS[::-1], lines=LINES[::-1], products=PRODUCTS))
    assert list(after.customer_ids) == list(before.customer_ids)
    pd.testing.assert_frame_equal(after.values, before.values, check_exact=True)


def test_dates_without_a_time_give_no_hour_habit(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    lines = [line("ada", "1", "mug", "2024-01-06", 1, "2"), line("ben", "2", "mug", "2024-01-08", 1, "3")]
    lines += [line("ada", "3", "mug", "2024-01-06", 1, "2"), line("ben", "4", "mug", "2024-01-08", 1, "3")]
    table = build_features(workspace, make_shop(["ada", "ben"], lines=lines))
    assert table.as_counted().values["weekend_share"].tolist() == [1, 0]
    reasons = {left_out.label: left_out_reason(left_out) for left_out in table.left_out}
    assert reasons["Evening orders"] == "The order files give no time of day."
    assert reasons["Orders"] == "It is the same for every customer."
    assert reasons["Categories tried"] == "No file gives the category of the products bought."
    assert reasons["Days between orders"] == "No customer ordered on two different days."


def test_of_one_order_each_no_habit_is_known(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    lines = [line("ada", "1", "mug", "2024-01-06", 1, "2"), line("ben", "2", "mug", "2024-01-18", 1, "3")]
    table = build_features(workspace, make_shop(["ada", "ben"], lines=lines))
    assert "weekend_share" not in table.values
    assert "Weekend orders" in {one.label for one in table.left_out if one.lack == Lack.SECOND_TIMES}
    assert table.usual_gap is None


def test_the_shops_own_gap_is_known(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    days = ["2024-01-01", "2024-01-11", "2024-01-21", "2024-01-31", "2024-02-10", "2024-03-20"]
    lines = [line("ada", str(number), "mug", day, 1, "2") for number, day in enumerate(days)]
    assert build_features(workspace, make_shop(["ada"], lines=lines)).usual_gap == 10


def test_lines_without_an_order_id_are_one_order_when_bought_at_one_time(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    lines = [
        line("ada", None, "mug", "2024-01-01 10:00", None, "2"),
        line("ada", None, "pot", "2024-01-01 10:00", None, "3"),
        line("ada", None, "pot", "2024-01-01 11:00", None, "3"),
        line("ben", None, "pot", "2024-01-01 11:00", None, None),
    ]
    values = build_features(workspace, make_shop(["ada", "ben"], lines=lines)).values
    np.testing.assert_array_equal(values["frequency"], [2, 1])
    np.testing.assert_array_equal(values["items_per_order"], [1.5, 1])


def test_every_feature_says_what_it_is(workspace: Workspace, shop: Shop) -> None:
    table = build_features(workspace, shop)
    assert tuple(table.values.columns) == tuple(feature.name for feature in table.features)
    assert all(feature.label and feature.definition.endswith(".") for feature in table.features)
    assert all(
        feature.skewed == (feature.unit not in (Unit.SHARE, Unit.RATING)) for feature in table.features
    )
