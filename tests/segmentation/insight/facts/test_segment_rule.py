"""Rules: known segments are told by the conditions that made them, and SQL selects what Python selects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.features import orders
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.rule_search import find_rules, roundest
from segmentation.insight.facts.segment_rule import Condition, SegmentRule, rule_sql
from segmentation.insight.sentences.segments import condition_clause, rule_sentence
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, load_customers
from segmentation.workspace import Workspace
from tests.sample_files import load_sample

NAN = float("nan")
KNOWN = {candidate.feature.name: candidate.feature for candidate in orders.CANDIDATES}
RECENCY, ORDERS, SPEND = KNOWN["recency"], KNOWN["frequency"], KNOWN["monetary"]
GAP = KNOWN["days_between_orders"]
COLOUR = Feature("profile.c=red", "Colour: red", "", Group.PROFILE, Unit.SHARE, value="red")
CAMPING = Feature("theme_0", "Theme: tents, stoves", "", Group.TEXT, Unit.SHARE)


def table_of(*columns: tuple[Feature, object]) -> FeatureTable:
    values = pd.DataFrame({feature.name: np.asarray(column, dtype=float) for feature, column in columns})
    ids = np.array([f"c{number:05d}" for number in range(len(values))], dtype=object)
    return FeatureTable(ids, values, tuple(feature for feature, _ in columns), (), None, "GBP")


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def selected_by_sql(database: duckdb.DuckDBPyConnection, rule: SegmentRule, table: FeatureTable) -> list[str]:
    """Keep the table as a run does, and ask the database."""
    columns = {feature.name: f"feature_{place}" for place, feature in enumerate(table.features)}
    frame = table.values.rename(columns=columns)
    frame.insert(0, "customer_id", table.customer_ids)
    database.register("frame", frame)
    database.execute("CREATE OR REPLACE TABLE run_abc AS SELECT * FROM frame")
    return [row[0] for row in database.execute(rule_sql(rule, table.features, "abc")).fetchall()]


def test_the_conditions_that_made_a_segment_are_found() -> None:
    rng = np.random.default_rng(0)
    spend, recency = rng.lognormal(4, 1, 3000).round(2), rng.integers(0, 365, 3000)
    labels = ((spend > 120) & (recency <= 90)).astype(int)
    table = table_of((SPEND, spend), (RECENCY, recency))
    rule = find_rules(table, labels, 2, seed=0)[1]
    assert {condition.feature.name for condition in rule.conditions} == {"monetary", "recency"}
    assert rule.precision > 0.97
    assert rule.recall > 0.97
    assert rule.customers == rule.selects(table).sum()
    assert rule.share == pytest.approx(rule.customers / 3000)
    assert rule.captures


def test_two_sides_of_one_feature_are_one_condition() -> None:
    orders_made = np.repeat(np.arange(1, 21), 20)
    labels = ((orders_made > 5) & (orders_made <= 10)).astype(int)
    rule = find_rules(table_of((ORDERS, orders_made)), labels, 2, seed=0)[1]
    assert rule.conditions == (Condition(ORDERS, 5.0, 10.0),)
    assert (rule.precision, rule.recall, rule.share) == (1, 1, 0.25)
    assert rule_sentence(rule, "GBP") == (
        "They have placed more than 5 and at most 10 orders. "
        "100.0% of the customers it selects are in the segment, and it finds 100.0% of the segment."
    )


def test_those_without_a_value_are_a_condition_that_people_understand() -> None:
    gaps = [NAN] * 40 + [10.0, 20.0, 30.0, 40.0] * 10
    rules = find_rules(table_of((GAP, gaps)), np.repeat([0, 1], 40), 2, seed=0)
    assert rules[0].conditions == (Condition(GAP, only_missing=True),)
    assert rules[1].conditions == (Condition(GAP),)
    assert rule_sentence(rules[0], None).startswith("They have never ordered on two different days. ")
    assert rule_sentence(rules[1], None).startswith("They have ordered on two different days. ")


def test_a_segment_that_no_short_rule_captures_says_so() -> None:
    rng = np.random.default_rng(1)
    rules = find_rules(table_of((SPEND, rng.normal(size=600))), rng.integers(0, 3, 600), 3, seed=0)
    assert not any(rule.captures for rule in rules)
    assert all(rule_sentence(rule, None).startswith("No short rule ") for rule in rules)


def test_without_features_or_with_one_segment_there_is_no_rule() -> None:
    rule = find_rules(table_of((SPEND, [1, 2, 3])), np.zeros(3, dtype=int), 1, seed=0)[0]
    assert rule == SegmentRule(0, (), 3, 1.0, 1.0, 1.0)
    assert not rule.captures
    assert rule_sentence(rule, None) == "No short rule tells this segment from the others."


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition(SPEND, low=120.5), "spend more than £120.5 in total"),
        (Condition(RECENCY, high=30.0), "last ordered at most 30 days ago"),
        (Condition(RECENCY, low=30.0), "have not ordered for more than 30 days"),
        (Condition(GAP, high=14.0), "let at most 14 days pass between orders"),
        (
            Condition(GAP, high=14.0, missing=True),
            "let at most 14 days pass between orders (or have never ordered on two different days)",
        ),
        (Condition(ORDERS, high=1.0), "have placed at most 1 order"),
        (Condition(COLOUR, low=0.0), "have “colour: red”"),
        (Condition(COLOUR, high=0.0), "do not have “colour: red”"),
        (
            Condition(CAMPING, low=0.255),
            "have tents & stoves in more than 25.5% of what they choose or write",
        ),
    ],
)
def test_conditions_in_words(condition: Condition, said: str) -> None:
    assert condition_clause(condition, "GBP") == said


def test_labels_of_the_shop_cannot_leave_their_comment() -> None:
    hostile = Feature("profile.x", "x\n; DROP TABLE runs --", "", Group.PROFILE, Unit.NUMBER)
    rule = SegmentRule(0, (Condition(hostile, low=1.0),), 0, 0, 0, 0)
    assert rule_sql(rule, (hostile,), "abc").splitlines() == [
        "SELECT customer_id",
        'FROM "run_abc"',
        'WHERE (isfinite("feature_0") AND "feature_0" > 1.0)  -- x ; DROP TABLE runs --',
        "ORDER BY customer_id",
    ]


_value = st.one_of(
    st.just(NAN),
    st.integers(-3, 3).map(float),
    st.floats(-1e3, 1e3),
    st.floats(allow_nan=False, allow_infinity=True),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(_value, _value, st.integers(0, 2)), min_size=3, max_size=40))
def test_sql_selects_exactly_what_the_rule_selects(
    database: duckdb.DuckDBPyConnection, rows: list[tuple[float, float, int]]
) -> None:
    first, second, labels = zip(*rows, strict=True)
    table = table_of((SPEND, first), (GAP, second))
    for rule in find_rules(table, np.array(labels), 3, seed=0):
        expected = rule.selects(table)
        assert len(rule.conditions) <= 4
        assert selected_by_sql(database, rule, table) == table.customer_ids[expected].tolist()
        assert rule.customers == expected.sum()
        hits = (expected & (np.array(labels) == rule.segment)).sum()
        assert rule.precision == pytest.approx(hits / max(expected.sum(), 1))


@settings(max_examples=60)
@given(_value, st.lists(_value, min_size=1, max_size=20), st.booleans(), st.booleans())
def test_a_value_at_the_cut_is_on_the_same_side_in_both(
    database: duckdb.DuckDBPyConnection, cut: float, values: list[float], low: bool, missing: bool
) -> None:
    bound = cut if np.isfinite(cut) else 0.0
    condition = Condition(SPEND, bound if low else None, None if low else bound, missing)
    table = table_of((SPEND, [bound, *values]))
    rule = SegmentRule(0, (condition,), 0, 0, 0, 0)
    expected = table.customer_ids[rule.selects(table)].tolist()
    assert selected_by_sql(database, rule, table) == expected


_finite = st.floats(allow_nan=False, allow_infinity=False)


@given(_finite, _finite)
def test_the_roundest_number_parts_the_same_two(one: float, other: float) -> None:
    low, high = sorted((one, other))
    if low < high:
        assert low <= roundest(low, high) < high


def test_round_numbers() -> None:
    pairs = [(119.37, 120.2), (3.0, 4.0), (-2.0, 5.0), (0.0312, 0.0391), (87.0, 1200.0)]
    assert [roundest(low, high) for low, high in pairs] == [120.0, 3.0, 0.0, 0.032, 1000.0]


@pytest.fixture(scope="module")
def sample_run(
    tmp_path_factory: pytest.TempPathFactory, load_fake: Callable
) -> Iterator[tuple[Workspace, Run]]:
    folder = tmp_path_factory.mktemp("shop")
    with Workspace.open(tmp_path_factory.mktemp("home") / "w.duckdb") as workspace:
        load_sample(workspace, folder, customers=300, seed=5)
        options = RunOptions(k_range=(3, 4), resamples=2, resamples_of_suggested=2, seed=3)
        yield workspace, find_segments(workspace, options, load=load_fake)


def test_on_the_sample_shop_the_query_selects_exactly_the_customers_of_the_rule(
    sample_run: tuple[Workspace, Run],
) -> None:
    workspace, run = sample_run
    rows = load_customers(workspace, run)
    ids = rows["customer_id"].to_numpy(dtype=object)
    table = FeatureTable(ids, rows, run.features, (), run.as_of, run.currency)
    assert table.values["days_between_orders"].isna().any()
    for k in run.ks:
        for rule in find_rules(table, rows[f"segment_{k}"].to_numpy(), k, seed=0):
            with workspace.cursor() as cursor:
                found = cursor.execute(rule_sql(rule, run.features, run.run_id)).fetchall()
            assert rule.conditions
            assert 0 < rule.customers < run.customers
            assert [customer for (customer,) in found] == sorted(ids[rule.selects(table)])


def test_a_missing_value_among_the_sample_shop_s_customers_is_asked_for_alike(
    sample_run: tuple[Workspace, Run],
) -> None:
    workspace, run = sample_run
    rows = load_customers(workspace, run)
    never_twice = Condition(GAP, only_missing=True)
    query = rule_sql(SegmentRule(0, (never_twice,), 0, 0, 0, 0), run.features, run.run_id)
    with workspace.cursor() as cursor:
        found = cursor.execute(query).fetchall()
    missing = rows.loc[rows["days_between_orders"].isna(), "customer_id"]
    assert [customer for (customer,) in found] == sorted(missing)
