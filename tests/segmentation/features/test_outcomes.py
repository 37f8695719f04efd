"""Outcomes by hand, and proof that nothing after the cut-off reaches a feature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.errors import NoHindsightError, OptionError
from segmentation.features.build import build_features
from segmentation.features.cutoff import Period, choose_period, past_of
from segmentation.features.outcomes import (
    Later,
    Outcome,
    check_enough,
    column_outcomes,
    column_values,
    find_outcome,
    measure_later,
    outcomes_of,
)
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.intake.shop import TABLES, ProfileColumn, ProfileType, Shop
from segmentation.text.sources import collect_sources
from segmentation.workspace import Workspace
from tests.segmentation.features.conftest import insert_first

NaN = np.nan
CUTOFF = datetime(2024, 3, 1)
PERIOD = Period(CUTOFF, datetime(2024, 3, 31, 12), 4, 2)
Row = tuple[object, ...]


def line(customer: str, order: str | None, at: str | datetime | None, amount: str, back: bool = False) -> Row:
    """Return a row of shop.lines."""
    return (customer, order, "mug", at, 1, Decimal(amount), None, back, True)


LINES = [
    # ada: twice before; later twice on one order and once more, and something of that comes back
    line("ada", "1", "2024-01-01 09:00", "20.00"),
    line("ada", "2", "2024-02-29 23:59", "20.00"),
    line("ada", "3", "2024-03-01 00:00", "50.00"),
    line("ada", "3", "2024-03-01 00:00", "30.00"),
    line("ada", "4", "2024-03-31 23:59", "40.00"),
    line("ada", "5", "2024-03-31 23:59", "-20.00", back=True),
    # ben: once before and once later, without numbers of orders
    line("ben", None, "2024-02-01 10:00", "10.00"),
    line("ben", None, "2024-03-05 10:00", "10.00"),
    # cal: twice before; later only sends something back
    line("cal", "8", "2024-01-05 10:00", "30.00"),
    line("cal", "9", "2024-01-06 10:00", "30.00"),
    line("cal", "10", "2024-03-06 10:00", "-30.00", back=True),
    # dee: once before, never again; an order whose day is not known does not count
    line("dee", "11", "2024-02-02 10:00", "10.00"),
    line("dee", "12", None, "10.00"),
    # eve: later only; and on a day after the analysis date
    line("eve", "13", "2024-03-10 10:00", "10.00"),
    line("dee", "14", "2024-04-02 10:00", "10.00"),
]
EVENTS = [
    ("fay", "s1", "pot", "2024-02-10 10:00", "view"),
    ("fay", "s2", "mug", "2024-03-10 10:00", "view"),
]
REVIEWS = [
    ("ada", "mug", "2024-02-10", 5, "early words"),
    ("ada", "mug", "2024-03-10", 1, "late words"),
    ("cal", "mug", None, 1, "words of nobody knows when"),
]
PRODUCTS = [("mug", "Mug", None, None, 10.0), ("pot", "Pot", None, None, 30.0)]
NOTES = [("ada", "remarks", "a note")]
EVERYBODY = ["ada", "ben", "cal", "dee", "eve", "fay"]


@pytest.fixture
def shop(make_shop: Callable[..., Shop]) -> Shop:
    """Give the shop of the rows above."""
    return make_shop(
        EVERYBODY,
        profile_columns=(ProfileColumn("p0", "spent in all", ProfileType.NUMERIC),),
        profile_ddl="ALTER TABLE shop.profile ADD COLUMN p0 DOUBLE",
        lines=LINES, events=EVENTS, reviews=REVIEWS, products=PRODUCTS, notes=NOTES, profile=[("ada", 120.0)],
    )  # fmt: skip


def test_outcomes_of_a_few_customers(workspace: Workspace, shop: Shop) -> None:
    ids = np.array(["ada", "ben", "cal", "dee", "fay"], dtype=object)
    found = measure_later(workspace, PERIOD, ids)
    assert np.expm1(found[Later.REVENUE]) == pytest.approx([100, 10, 0, 0, 0])
    assert found[Later.ORDERS].tolist() == [2, 1, 0, 0, 0]
    np.testing.assert_array_equal(found[Later.CHURNED], [0, 0, 1, 1, NaN])
    np.testing.assert_array_equal(found[Later.REPEAT], [NaN, 1, NaN, 0, NaN])
    assert found[Later.HIGH_SPEND].tolist() == [1, 0, 0, 0, 0]


def test_high_spend_is_never_nothing() -> None:
    few = outcomes_of(np.array([0, 0, 0, 0, 0, 0, 0, 0, 0, 5.0]), np.zeros(10), np.ones(10))
    assert few[Later.HIGH_SPEND].tolist() == [0] * 9 + [1]
    many = outcomes_of(np.arange(10.0), np.zeros(10), np.ones(10))
    assert many[Later.HIGH_SPEND].tolist() == [0] * 8 + [1] * 2


def test_the_past_holds_only_what_was_known_then(workspace: Workspace, shop: Shop) -> None:
    with past_of(workspace, shop, PERIOD) as (past, then), past.cursor() as cursor:
        assert [row[0] for row in cursor.execute("SELECT customer_id FROM shop.customers").fetchall()] == [
            "ada", "ben", "cal", "dee", "fay"]  # fmt: skip
        assert cursor.execute("SELECT count(*), max(ordered_at) FROM shop.lines").fetchall() == [
            (6, datetime(2024, 2, 29, 23, 59))
        ]
        assert cursor.execute("SELECT text FROM shop.reviews").fetchall() == [("early words",)]
        assert cursor.execute("SELECT session_id FROM shop.events").fetchall() == [("s1",)]
        for undated in ("notes", "profile"):
            assert cursor.execute(f"SELECT count(*) FROM shop.{undated}").fetchall() == [(0,)]
        assert (then.customers, then.profile) == (5, ())
        assert {name.partition(".")[0] for name in then.has} == {"lines", "events", "reviews", "products"}
        path = past.path
        assert path.parent.parent == workspace.staging
    assert not path.parent.exists()


def test_features_of_the_past_are_those_of_the_shop_at_that_time(workspace: Workspace, shop: Shop) -> None:
    with past_of(workspace, shop, PERIOD) as (past, then):
        table = build_features(past, then)
    assert table.as_of == datetime(2024, 2, 29)
    assert table.values["recency"].tolist()[:4] == [0, 28, 54, 27]
    assert table.values["monetary"].tolist() == [40, 10, 60, 10, 0]
    assert not [feature for feature in table.features if feature.group == Group.PROFILE]


moments = st.datetimes(datetime(2024, 1, 1), datetime(2024, 3, 30))
rows = st.lists(
    st.tuples(st.sampled_from(EVERYBODY), moments, st.integers(-50, 50), st.sampled_from(["mug", "pot"])),
    max_size=12,
)


@given(before=rows, after=rows, other=rows)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_later_changes_no_feature(
    tmp_path_factory: pytest.TempPathFactory, before: list[Row], after: list[Row], other: list[Row]
) -> None:
    folder: Path = tmp_path_factory.mktemp("past")
    known = [row for row in before if row[1] < CUTOFF]  # type: ignore[operator]
    with Workspace.open(folder / "w.duckdb") as workspace:
        seen = [
            _all_that_is_known(workspace, known, [_later(row) for row in later]) for later in (after, other)
        ]
    pd.testing.assert_frame_equal(seen[0][0], seen[1][0])
    assert seen[0][1] == seen[1][1]


def _later(row: Row) -> Row:
    customer, moment, amount, product = row
    return (customer, CUTOFF + (moment - datetime(2024, 1, 1)) / 3, amount, product)  # type: ignore[operator]


def _all_that_is_known(
    workspace: Workspace, before: list[Row], after: list[Row]
) -> tuple[pd.DataFrame, object]:
    """Fill all dated tables with these rows; return the features and weighted texts as of the cut-off."""
    rows = [*before, *after]
    tables: dict[str, list[Row]] = {
        "customers": [(name, None) for name in EVERYBODY],
        "products": PRODUCTS,
        "lines": [line(c, None, at, str(amount), amount < 0) for c, at, amount, _ in rows],  # type: ignore[arg-type,operator]
        "events": [(c, None, product, at, "view") for c, at, _, product in rows],
        "reviews": [(c, product, at, amount, f"about {product} {amount}") for c, at, amount, product in rows],
    }
    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        for table, content in tables.items():
            if content:
                insert_first(cursor, table, content)
    has = frozenset({"lines", "events", "reviews", "products"})
    shop = Shop(6, "", datetime(2024, 3, 31), None, has, (), (), (), "by hand")
    with past_of(workspace, shop, PERIOD) as (past, then):
        table = build_features(past, then)
        sources = collect_sources(past, table.customer_ids)
    texts = [(source.name, source.texts, source.weights.toarray().tolist()) for source in sources]
    return table.values.assign(customer=table.customer_ids), texts


def long_history(days: int, customers: int = 80, again: int = 60) -> list[Row]:
    """Return a first order of each customer and a second one at the very end for some of them."""
    start = datetime(2024, 3, 31) - timedelta(days=days - 1)
    first = [line(f"c{n}", f"a{n}", start, "5.00") for n in range(customers)]
    return first + [line(f"c{n}", f"b{n}", "2024-03-31 10:00", "5.00") for n in range(again)]


def with_history(make_shop: Callable[..., Shop], rows: list[Row]) -> Shop:
    shop = make_shop([f"c{n}" for n in range(80)], lines=rows)
    return Shop(**{**vars(shop), "has": frozenset({"lines", "lines.ordered_at"})})


def test_the_later_period_is_the_last_quarter(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    shop = with_history(make_shop, long_history(100))
    assert choose_period(workspace, shop) == Period(datetime(2024, 3, 7), datetime(2024, 3, 31, 12), 80, 60)
    assert choose_period(workspace, shop).days == 25
    chosen = choose_period(workspace, shop, datetime(2024, 2, 1, 15))
    assert (chosen.cutoff, chosen.days) == (datetime(2024, 2, 1), 60)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (long_history(20), "only 10 days lie after"),
        (long_history(100, customers=40, again=40), "only 40 customers were known before"),
        (long_history(100, again=29), "only 29 of the customers known before"),
    ],
)
def test_too_little_history_is_refused(
    workspace: Workspace, make_shop: Callable[..., Shop], rows: list[Row], found: str
) -> None:
    with pytest.raises(NoHindsightError, match=found):
        choose_period(workspace, with_history(make_shop, rows))


def test_without_dates_there_is_no_looking_back(workspace: Workspace, make_shop: Callable[..., Shop]) -> None:
    with pytest.raises(NoHindsightError, match="no orders with dates"):
        choose_period(workspace, make_shop(["ada"], lines=[line("ada", "1", None, "5.00")]))


def test_columns_of_the_customer_file_and_ratings_are_outcomes() -> None:
    features = (
        Feature("recency", "Recency", "", Group.BEHAVIOUR, Unit.DAYS),
        Feature("rating", "Average rating", "Average.", Group.BEHAVIOUR, Unit.RATING),
        Feature("profile.vip", "vip", "Whether.", Group.PROFILE, Unit.SHARE, value="yes"),
    )
    values = pd.DataFrame({"recency": [1.0, 2.0], "rating": [1.0, 5.0], "profile.vip": [1.0, NaN]})
    table = FeatureTable(np.array(["a", "b"], dtype=object), values, features, (), None, None)
    assert column_outcomes(table) == (
        Outcome(
            "kind_rating", "who rates kindly", "Rates four fifths of the best rating or more.", True, "rating"
        ),
        Outcome("rating", "Average rating", "Average.", False, "rating"),
        Outcome("profile.vip", "vip", "Whether.", True, "profile.vip"),
    )


def test_an_outcome_that_hardly_differs_is_refused() -> None:
    outcome = Outcome("vip", "vip", "", True)
    check_enough(outcome, np.repeat([0.0, 1.0, NaN], 30))
    with pytest.raises(NoHindsightError, match="known of 100 customers and the same for 71"):
        check_enough(outcome, np.repeat([0.0, 1.0, NaN], [71, 29, 5]))
    with pytest.raises(NoHindsightError, match="known of 0 customers"):
        check_enough(outcome, np.full(50, NaN))


def test_kind_reviews_of_the_later_period_by_hand(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    rated = [
        ("ada", "mug", "2024-03-10", 4, "late and kind"),
        ("ada", "mug", "2024-02-10", 1, "early and sour"),
        ("ben", "mug", "2024-03-10", 5, "kind"),
        ("ben", "mug", "2024-03-11", 2, "sour"),
        ("cal", "mug", "2024-03-12", None, "no rating"),
        ("dee", "mug", "2024-02-12", 5, "early"),
    ]
    make_shop(EVERYBODY, lines=LINES, reviews=rated)
    ids = np.array(["ada", "ben", "cal", "dee"], dtype=object)
    found = measure_later(workspace, PERIOD, ids)[Later.RECOMMENDED]
    np.testing.assert_array_equal(found, [1, 0, NaN, NaN])


def test_outcomes_are_found_by_name_or_label() -> None:
    features = (
        Feature("rating", "Average rating", "", Group.BEHAVIOUR, Unit.RATING),
        Feature("profile.income", "income", "", Group.PROFILE, Unit.NUMBER, skewed=True),
    )
    values = pd.DataFrame({"rating": [4.0, 3.9, 5.0, NaN], "profile.income": [0.0, np.e - 1, NaN, 0.0]})
    table = FeatureTable(np.array(list("abcd"), dtype=object), values, features, (), None, None)
    assert find_outcome("churned", table).column is None
    income = find_outcome("income", table)
    assert income == find_outcome("profile.income", table)
    np.testing.assert_allclose(column_values(income, table), [0, 1, NaN, 0])
    kind = find_outcome("kind_rating", table)
    assert (kind.column, kind.yes_or_no) == ("rating", True)
    np.testing.assert_array_equal(column_values(kind, table), [1, 0, 1, NaN])
    with pytest.raises(
        OptionError, match=r"no outcome “luck”.*recommended, kind_rating, Average rating, income"
    ):
        find_outcome("luck", table)
