"""The figures of the overview on orders written out by hand, and laws of what is added up by segment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.action.overview.segment_months import (
    CustomerMonths,
    Months,
    customer_months,
    months_to,
    retention,
    segment_months,
)
from segmentation.action.overview.shop_figures import BuyersOnDay, figures_of_shop, standing_on, tenths
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,quantity,unit_price
1,ann,2023-11-05,1,10.00
2,ann,2024-01-10,2,10.00
2,ann,2024-01-10,1,5.00
3,ann,2024-02-20,1,40.00
4,bob,2023-11-25,1,30.00
5,cem,2024-01-02,1,8.00
6,cem,2024-02-14,1,8.00
7,cem,2024-02-14,1,9.00
8,dot,2024-02-15,1,6.00
9,ann,2024-02-21,-1,40.00
"""
DAY = date(2024, 2, 21)
IDS = ("ann", "bob", "cem", "dot")


@pytest.fixture
def cursor(workspace: Workspace, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a cursor on a shop of these orders that knows its four customers, in this order."""
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    load_file(workspace, path)
    build_shop(workspace)
    with workspace.cursor() as cursor:
        rows = ", ".join(f"({place}, '{name}')" for place, name in enumerate(IDS))
        cursor.execute(f"CREATE TEMP TABLE run_customers AS FROM (VALUES {rows}) AS _(position, customer_id)")
        yield cursor


def test_how_a_shop_stands_by_hand(cursor: duckdb.DuckDBPyConnection) -> None:
    stood = standing_on(cursor, DAY, 60)  # from 24 December on
    assert stood.silent.tolist() == [1, 88, 7, 6]
    assert stood.orders.tolist() == [2, 0, 3, 1]
    assert stood.paid.tolist() == [25, 0, 25, 6]
    found = figures_of_shop(stood, 44, True)
    assert (found.buyers, found.active, found.overdue, found.orders) == (4, 3, 1, 6)
    assert found.revenue == 56
    assert found.order_value == 16  # 96 bought in 6 orders; 40 of it came back
    assert found.repeat == pytest.approx(2 / 3)  # two orders of one day are no coming back
    assert (found.overdue_orders, found.overdue_paid) == (0, 0)


def test_an_earlier_day_knows_nothing_of_later(cursor: duckdb.DuckDBPyConnection) -> None:
    found = figures_of_shop(standing_on(cursor, date(2024, 1, 24), 60), 44, True)
    assert (found.buyers, found.active, found.orders, found.revenue) == (3, 2, 2, 33)  # from 26 November on


def test_without_amounts_no_money_is_told(cursor: duckdb.DuckDBPyConnection) -> None:
    found = figures_of_shop(standing_on(cursor, DAY, 60), 44, False)
    assert (found.revenue, found.order_value, found.overdue_paid) == (None, None, None)
    assert found.orders == 6


def test_months_by_segment_by_hand(cursor: duckdb.DuckDBPyConnection) -> None:
    done = customer_months(cursor, DAY)
    months = months_to(DAY, done)
    assert months == Months(date(2023, 11, 1), 4, 3)
    assert months.days[-1] == date(2024, 2, 1)
    found = segment_months(done, months, np.array([0, 0, 1, 1]), 2)
    assert found.orders.tolist() == [[2, 0, 1, 1], [0, 0, 1, 3]]
    assert found.revenue.tolist() == [[40, 0, 25, 0], [0, 0, 8, 23]]
    assert found.back[0].tolist() == [[2, 0, 1, 1], [0] * 4, [0] * 4, [0] * 4]
    assert found.paid[1].tolist() == [[0] * 4, [0] * 4, [8, 17, 0, 0], [6, 0, 0, 0]]


def test_retention_masks_what_is_not_over(cursor: duckdb.DuckDBPyConnection) -> None:
    done = customer_months(cursor, DAY)
    months = Months(date(2023, 11, 1), 4, 3)
    found = segment_months(done, months, np.array([0, 0, 1, 1]), 2)
    everyone = retention(found, months, None, money=False)
    assert everyone.begun.tolist() == [2, 0, 1, 1]
    nothing = [np.nan] * 2
    expected = np.array([[0, 0.5], nothing, nothing, nothing])  # February is not over
    np.testing.assert_array_equal(everyone.values, expected)
    paid = retention(found, months, 0, money=True)
    np.testing.assert_array_equal(paid.values[0], [0, 12.5])


def test_the_last_day_of_a_month_ends_it() -> None:
    done = CustomerMonths(*(np.array([value]) for value in (0, 2024 * 12, 1, 5.0)))
    assert months_to(date(2024, 2, 28), done) == Months(date(2024, 1, 1), 2, 1)
    assert months_to(date(2024, 2, 29), done) == Months(date(2024, 1, 1), 2, 2)


def test_only_the_last_two_years_are_shown() -> None:
    done = CustomerMonths(*(np.array([value]) for value in (0, 2020 * 12, 1, 5.0)))
    assert months_to(date(2024, 5, 31), done) == Months(date(2022, 6, 1), 24, 24)


def test_returns_alone_are_no_months() -> None:
    assert months_to(DAY, CustomerMonths(*(np.array([value]) for value in (0, 24289, 0, -5.0)))) is None


def test_tenths_by_hand() -> None:
    assert tenths(np.array([50.0, *[10.0] * 4, *[2.0] * 5])) == (0.5, *[0.1] * 4, *[0.02] * 5)
    assert tenths(np.array([30.0, -5.0])) == (0.2,) * 5 + (0.0,) * 5
    assert tenths(np.array([0.0, -5.0])) is None


@given(st.lists(st.floats(-100, 1e6), min_size=1, max_size=40).filter(lambda paid: max(paid) > 0.01))
def test_tenths_are_all_of_it_and_fall(paid: list[float]) -> None:
    found = tenths(np.array(paid))
    assert found is not None
    assert sum(found) == pytest.approx(1, abs=1e-5)
    assert list(found) == sorted(found, reverse=True)


@st.composite
def counted(draw: st.DrawFn) -> tuple[CustomerMonths, np.ndarray, int]:
    """Make up what some customers did in some months, each in one of k segments."""
    k, customers = draw(st.integers(2, 12)), draw(st.integers(1, 8))
    cells = draw(
        st.dictionaries(
            st.tuples(st.integers(0, customers - 1), st.integers(24_000, 24_030)),
            st.tuples(st.integers(0, 4), st.integers(-500, 500)),
            min_size=1,
        )
    )
    rows = np.array([(*place, *done) for place, done in sorted(cells.items())])
    labels = draw(st.lists(st.integers(0, k - 1), min_size=customers, max_size=customers))
    done = CustomerMonths(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3].astype(np.float64))
    return done, np.array(labels), k


@given(counted())
def test_segments_sum_to_the_shop(made: tuple[CustomerMonths, np.ndarray, int]) -> None:
    done, labels, k = made
    months = months_to(date(2002, 7, 15), done)
    if months is None:
        return
    split, whole = (
        segment_months(done, months, some, many) for some, many in ((labels, k), (np.zeros_like(labels), 1))
    )
    for name in ("orders", "revenue", "back", "paid"):
        np.testing.assert_allclose(getattr(split, name).sum(axis=0), getattr(whole, name)[0], atol=0.01)
    shown = done.month >= 12 * months.first.year + months.first.month - 1
    assert split.orders.sum() == done.orders[shown].sum()


@given(counted(), st.booleans())
def test_cells_of_the_heat_map_are_masked_where_they_are_not_over(
    made: tuple[CustomerMonths, np.ndarray, int], money: bool
) -> None:
    done, labels, k = made
    months = months_to(date(2002, 7, 15), done)
    if months is None:
        return
    found = retention(segment_months(done, months, labels, k), months, None, money)
    began, later = np.indices(found.values.shape)
    over = began + later + 1 < months.over
    assert np.isnan(found.values[~over]).all()
    assert (np.isfinite(found.values) == (over & (found.begun[:, None] > 0))).all()
    if not money:
        assert ((found.values >= 0) & (found.values <= 1))[np.isfinite(found.values)].all()


def test_nobody_is_a_buyer_by_returns_alone() -> None:
    one = np.array([0.0])
    found = figures_of_shop(BuyersOnDay(one, np.array([np.nan]), one, one, one - 5, one), 30, True)
    assert (found.buyers, found.active, found.overdue, found.repeat) == (0, 0, 0, None)
    assert (found.order_value, found.revenue) == (None, -5)
