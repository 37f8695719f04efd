"""What customers did between two days, and what they paid."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.track.movement.activity import activity
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,product_name,quantity,unit_price
1,ann,2023-02-01,Blue teapot,1,20.00
2,ann,2024-02-03,Green cup,2,5.50
3,bob,2024-01-31,Blue teapot,1,20.00
4,bob,2024-02-01,Oak tray,1,31.00
5,cem,2024-02-02,Green cup,6,5.50
6,cem,2024-03-01,Oak tray,1,31.00
7,cem,2024-03-01,Tea towel,1,4.00
8,dot,2024-03-02,Tea towel,3,4.00
9,cem,2024-02-20,Green cup,-1,5.50
"""
REVIEWS = """INSERT INTO shop.reviews (customer_id, reviewed_at) VALUES
    ('bob', '2024-02-20 10:00'), ('eve', '2024-01-05'), ('fay', '2024-03-01 23:59'), ('gus', NULL)"""
SINCE, UNTIL = datetime(2024, 2, 1), datetime(2024, 3, 1)


@pytest.fixture
def known(workspace: Workspace, tmp_path: Path) -> pd.DataFrame:
    """Give what is known of a small shop's customers, by id."""
    (tmp_path / "orders.csv").write_text(ORDERS)
    load_file(workspace, tmp_path / "orders.csv")
    build_shop(workspace)
    with workspace.transaction() as cursor:
        cursor.execute(REVIEWS)
    return activity(workspace, SINCE, UNTIL).to_pandas().set_index("customer_id")


def test_the_earlier_day_is_over_and_the_later_one_counts(known: pd.DataFrame) -> None:
    assert known.loc["cem", ["acted", "orders"]].tolist() == [True, 2]  # on two days, and one came back
    assert known.loc["cem", "paid"] == Decimal("62.50")
    assert known.loc["ann", ["acted", "orders"]].tolist() == [True, 1]
    assert "dot" not in known.index  # of the day after


def test_a_review_is_something_done_and_an_order_of_the_earlier_day_is_not(known: pd.DataFrame) -> None:
    assert known.loc["bob", ["acted", "orders"]].tolist() == [True, 0]
    assert known.loc["bob", "last_order"] == date(2024, 2, 1)
    assert "eve" not in known.index
    assert known.loc["fay", ["acted", "orders"]].tolist() == [True, 0]


def test_revenue_is_that_of_the_year_up_to_the_later_day(known: pd.DataFrame) -> None:
    assert known.loc["ann", "revenue"] == Decimal("11.00")  # the teapot is more than a year old
    assert known.loc["bob", "revenue"] == Decimal("51.00")
    assert known.loc["bob", "paid"] is None or pd.isna(known.loc["bob", "paid"])
