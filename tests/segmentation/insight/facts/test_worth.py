"""What segments are worth: planted where they say more than RFM, where less, and how it is worded."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.algorithms.explained import Estimate
from segmentation.clusters.hindsight import Past
from segmentation.clusters.weights import Weights
from segmentation.features.cutoff import Period
from segmentation.features.outcomes import outcomes_of
from segmentation.features.rfm import score_rfm
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.worth import Explained, Worth, measure_worth
from segmentation.insight.sentences.worth import period_sentence, worth_facts, worth_sentences

PERIOD = Period(datetime(2024, 3, 1), datetime(2024, 5, 30), 1_200, 300)


def past_with(taste: np.ndarray, spent: np.ndarray, rng: np.random.Generator) -> Past:
    """Make customers whose RFM is pure chance, with one more column."""
    size = len(taste)
    frequency, monetary = rng.integers(1, 9, size).astype(float), rng.exponential(50, size)
    recency = rng.integers(1, 300, size).astype(float)
    values = pd.DataFrame({"frequency": frequency, "taste": taste})
    features = tuple(Feature(name, name, name, Group.BEHAVIOUR, Unit.NUMBER) for name in values)
    ids = np.arange(size).astype(str).astype(object)
    table = FeatureTable(ids, values, features, (), None, None)
    later = outcomes_of(spent, (spent > 0).astype(float), frequency)
    return Past(PERIOD, table, None, score_rfm(ids, recency, frequency, monetary), later)


def test_segments_that_tell_what_rfm_does_not_are_worth_more() -> None:
    rng = np.random.default_rng(3)
    group = rng.integers(0, 2, 1_200)
    spent = np.where(group == 1, rng.exponential(200, 1_200), 0.0)
    worth = measure_worth(past_with(group * 8.0 + rng.normal(size=1_200), spent, rng), (2, 4), Weights(), 0)
    at = worth.revenue[2]
    assert at.segments.value > 0.7
    assert at.more_than_rfm.above_nothing
    assert abs(at.rfm.value) < 0.02
    assert abs(at.random.value) < 0.02
    assert worth.orders[2].segments.value > 0.95
    assert (at.rfm_groups, worth.revenue[4].rfm_groups, worth.customers) == (2, 4, 1_200)


def test_segments_of_noise_are_worth_nothing() -> None:
    rng = np.random.default_rng(4)
    worth = measure_worth(past_with(rng.normal(size=900), rng.exponential(9, 900), rng), (3,), Weights(), 0)
    assert worth.revenue[3].segments.value < 0.01
    assert not worth.revenue[3].more_than_rfm.above_nothing


def at(segments: float, rfm: float, more: tuple[float, float]) -> Explained:
    estimates = (Estimate(share, share - 0.03, share + 0.03) for share in (segments, rfm, 0.0))
    return Explained(*estimates, Estimate(segments - rfm, *more), 4)


def test_the_sentences_say_who_is_ahead() -> None:
    worth = Worth(PERIOD, 1_200, {4: at(0.21, 0.19, (0.01, 0.03))}, {4: at(0.10, 0.15, (-0.07, -0.03))})
    assert worth_sentences(worth, 4) == (
        "Knowing a customer’s segment explains 21% (18–24%) of what they spend in the following 3 months; "
        "4 RFM tiers explain 19% (16–22%), groups made by chance 0%. The segments say more than the tiers.",
        "Knowing a customer’s segment explains 10% (7–13%) of how often they order "
        "in the following 3 months; 4 RFM tiers explain 15% (12–18%), groups made by chance 0%. "
        "The tiers say more: for this question, plain RFM is the better cut.",
    )
    nothing = Worth(PERIOD, 9, {4: at(0.0, 0.001, (-0.01, 0.01))}, {4: at(0.0, 0.0, (-0.01, 0.01))})
    assert worth_sentences(nothing, 4)[0] == (
        "Knowing a customer’s segment says next to nothing about what they spend in the following 3 months; "
        "4 RFM tiers explain 0% (0–3%), groups made by chance 0%. "
        "Between the two there is no clear difference."
    )
    assert period_sentence(PERIOD) == (
        "Found on what was known of 1,200 customers before 1 Mar 2024, and compared with the 91 days from "
        "then to 30 May 2024, in which 300 of them ordered."
    )


def test_the_file_holds_the_same_figures() -> None:
    worth = Worth(PERIOD, 1_200, {4: at(0.21, 0.19, (0.01, 0.03))}, {4: at(0.10, 0.15, (-0.07, -0.03))})
    facts = worth_facts(worth, 4)
    assert facts is not None
    assert facts["explained"]["orders"]["rfm_tiers"]["groups"] == 4
    assert facts["explained"]["log_revenue"]["segments"]["share"] == 0.21
    assert (facts["cutoff"], facts["end"]) == ("2024-03-01", "2024-05-30")
    assert worth_facts(None, 4) is None
