"""Value and churn in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from segmentation.action.retention.churn_definition import ChurnDefinition
from segmentation.action.retention.churn_risk import ChurnTest, RhythmTest, Way
from segmentation.action.retention.job import Outlook
from segmentation.action.retention.value_check import Behind, Held, ValueCheck
from segmentation.action.retention.value_levels import Level
from segmentation.action.retention.value_model import ValueModel
from segmentation.action.retention.value_ways import PLAIN, ValueWay
from segmentation.action.retention.value_words import check_sentences, plain_way_notes
from segmentation.action.retention.words import (
    NO_SPEND,
    are_expected_to_stay,
    definition_sentence,
    reasons,
    rhythm_sentence,
    trial_sentences,
    value_notes,
)
from segmentation.algorithms.buying import BuyingModel
from segmentation.algorithms.risk import RiskQuality
from segmentation.algorithms.spending import SpendModel
from segmentation.features.cutoff import Period

DEFINITION = ChurnDefinition(70, 70, 93, False, datetime(2024, 12, 9), 374)
PERIOD = Period(datetime(2024, 10, 1), datetime(2024, 12, 9), 0, 0)
BEHIND = {way: Behind((0.1, 0.3), (0.2, 0.9)) for way in PLAIN}
ERRORS = {ValueWay.MODEL: 0.5, ValueWay.PACE: 1.5, ValueWay.LATEST: 1.7}
HELD = Held(100.0, 120.0, 0.5, 0.8, 0.7, 90.0, ValueWay.MODEL, Level(), ERRORS, BEHIND)
CHECK = ValueCheck(PERIOD, 1000, HELD, replace(HELD, came=90.0, covered=0.7), 0.8, ())


def outcome(model: float, recency: float, rhythm: float | None = 0.56) -> ChurnTest:
    """Return a test with these AUCs."""
    aucs = {Way.MODEL: model, Way.RECENCY: recency}
    qualities = {way: RiskQuality(auc, 0.2, ()) for way, auc in aucs.items()}
    among = RhythmTest(1390, rhythm, rhythm and 0.72, rhythm and 0.6)
    return ChurnTest(
        (PERIOD,), PERIOD, PERIOD, 3606, 0.49, 0.68, qualities, among, (), {Way.RECENCY: (0.01, 0.09)}
    )


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        (DEFINITION, "within the next 70 days: since 80% of repeat orders come within that time of the"),
        (
            replace(DEFINITION, days=50),
            "within the next 50 days: the longest that your history can test; 80%",
        ),
        (replace(DEFINITION, days=30, asked=True), "within the next 30 days: as you chose."),
    ],
)
def test_the_definition_says_why(definition: ChurnDefinition, why: str) -> None:
    assert why in definition_sentence(definition)


@pytest.mark.parametrize(
    ("model", "recency", "said"),
    [
        (0.73, 0.67, "The model beats the best simple way by more than chance (1.0 to 9.0 points, at 95%)"),
        (0.67, 0.73, "so the risks on this page rest on recency alone."),
        (0.52, 0.51, "No way is better than chance"),
    ],
)
def test_the_better_way_is_named(model: float, recency: float, said: str) -> None:
    sentences = trial_sentences(outcome(model, recency), DEFINITION)
    assert f"in {model:.1%} of cases" in sentences[1]
    assert f"recency alone {recency:.1%}" in sentences[1]
    assert said in sentences[2]


def test_the_rhythm_is_compared_where_there_is_one() -> None:
    assert "right in 56% of cases, the model in 72%" in (rhythm_sentence(outcome(0.7, 0.6)) or "")
    assert rhythm_sentence(outcome(0.7, 0.6, None)) is None


def test_a_forecast_that_missed_is_called_so() -> None:
    first, intervals, orders, spend = check_sentences(CHECK, "GBP")
    assert "100 orders foretold, 120 came; £100 net spend foretold, £90.00 came." in first
    assert "held 80.0% for orders and 70.0% for net spend" in intervals
    assert "fewer than meant: this period brought less" in intervals
    assert "the model was off by 0.5 orders on average; the same as in the period before 1.7;" in orders
    assert "What is expected of net spend is the model’s" in spend
    fine = check_sentences(replace(CHECK, spend=None), None)
    assert "fewer than meant" not in fine[1]
    assert "spend" not in " ".join(fine)
    wide = check_sentences(replace(CHECK, spend=replace(HELD, covered=0.9)), None)
    assert "more than meant, since so many brought nothing" in wide[1]


def test_a_plain_way_that_is_used_is_named() -> None:
    plain = replace(CHECK, orders=replace(HELD, used=ValueWay.PACE))
    said = "so what is expected of orders rests on repeat orders ÷ time so far."
    assert said in check_sentences(plain, None)[2]
    assert [said in one for one in plain_way_notes(plain)] == [True]
    assert plain_way_notes(CHECK) == plain_way_notes(None) == ()


def test_the_level_and_its_season_are_told() -> None:
    lowered = replace(CHECK, orders=replace(HELD, level=Level(0.64)), spend=None)
    assert "All orders were lowered by 20.0%, by half of" in check_sentences(lowered, None)[1]
    assert "since no year earlier tells its season" in check_sentences(lowered, None)[1]
    raised = replace(lowered, orders=replace(HELD, level=Level(1.0, 1.2)))
    assert "All orders were raised by 10.5%, by part of" in check_sentences(raised, None)[1]
    assert "the same days a year earlier were" in check_sentences(raised, None)[1]


def test_what_to_bear_in_mind() -> None:
    buying = BuyingModel(1, 1, 1, 1, True, 100, 0.0)
    fine = ValueModel(400, 50, buying, SpendModel(1, 1, 1, 100), 0.1)
    assert list(value_notes(fine, 365)) == []
    related = replace(fine, days=300, correlation=-0.34, spending=None)
    notes = list(value_notes(related, 365))
    assert notes[0] == NO_SPEND
    assert "spend less per order here (r = -0.340" in notes[1]
    assert "cover 300 days" in notes[2]


@pytest.mark.parametrize(
    ("expected", "if_stays", "staying"),
    [
        ([100.0, 50.0, 20.0], [100.0, 50.1, 20.1], True),
        ([100.0, 50.0, 20.0], [100.0, 50.1, 40.0], False),  # a third of them may leave
        ([100.0, 50.0, 20.0], [150.0, 60.0, 20.0], False),
        ([0.0, 30.0], [0.0, 30.0], True),
        ([0.0], [0.0], False),
        ([np.nan], [np.nan], False),
    ],
)
def test_a_forecast_that_sees_nobody_leave_is_known(
    expected: list[float], if_stays: list[float], staying: bool
) -> None:
    rows = pd.DataFrame({"expected": expected, "if_stays": if_stays})
    assert are_expected_to_stay(rows) is staying


def test_every_customer_has_a_reason() -> None:
    rows = pd.DataFrame(
        {
            "order_days": [1.0, 9.0, 2.0, 5.0],
            "days_since": [140.0, 64.0, 30.0, 0.0],
            "usual_interval": [np.nan, 21.2, np.nan, 40.0],
            "overdue": [np.nan, 3.02, np.nan, 0.0],
            "risk": [0.8, 0.9, 0.6, 0.55],
        }
    )
    found = Outlook(None, None, None, DEFINITION, outcome(0.73, 0.67), "", "", "")
    assert reasons(rows, found) == [
        "Ordered once, 140 days ago; of one-time buyers 68% stop.",
        "Usually orders every 21 days and has been silent for 64 days: 3× as long.",
        "Ordered twice, last 30 days ago; of customers like this 60% stop.",
        "Ordered 5 times, last today; of customers like this 55% stop.",
    ]
