"""What guided the segments, in words and in segments.json: a gain, none, and harm, each said plainly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from segmentation.algorithms.explained import Estimate
from segmentation.clusters.guided import Guidance
from segmentation.features.cutoff import Period
from segmentation.features.outcomes import LATER, Later, Outcome
from segmentation.features.table import Feature, Group, Unit
from segmentation.insight.sentences.guidance import guidance_facts, guidance_sentences, strongest

FEATURES = (
    Feature("recency", "Days since last order", "", Group.BEHAVIOUR, Unit.DAYS),
    Feature("frequency", "Orders", "", Group.BEHAVIOUR, Unit.COUNT),
    Feature("profile.left", "Left", "", Group.PROFILE, Unit.SHARE),
)
PERIOD = Period(datetime(2024, 3, 1), datetime(2024, 5, 30), 1_200, 300)
PAYS = Guidance(
    LATER[Later.CHURNED],
    PERIOD,
    1_200,
    (),
    {"recency": 0.12, "frequency": 0.004, "text": 0.05, "gone": 0.0},
    {4: Estimate(0.21, 0.18, 0.24)},
    {4: Estimate(0.15, 0.12, 0.18)},
    {4: Estimate(0.06, 0.03, 0.091)},
)


def test_a_gain_is_said_with_its_interval() -> None:
    assert guidance_sentences(PAYS, 4, FEATURES) == (
        "These segments are made to tell apart “who stops buying”: known of 1,200 customers for 1 Mar 2024 "
        "to 30 May 2024, and learned from what they did before.",
        "The guidance pays: for customers whose outcome was not looked at, 4 segments explain 21% (18–24%) "
        "of “who stops buying”, and 15% (12–18%) without the guidance. That is 6.0 percentage points "
        "(3.0–9.1) more.",
        "What foretells it best, each by itself, and so counts most: “Days since last order” (12%), “What "
        "texts say” (5%) and “Orders” (under 1%).",
    )


def test_no_gain_and_harm_are_said_plainly() -> None:
    unclear = replace(PAYS, gain={4: Estimate(0.01, -0.01, 0.03)})
    assert guidance_sentences(unclear, 4, FEATURES)[1].startswith("There is no clear gain: for customers")
    assert guidance_sentences(unclear, 4, FEATURES)[1].endswith("The difference may be chance.")
    harm = replace(PAYS, gain={4: Estimate(-0.03, -0.05, -0.01)})
    assert guidance_sentences(harm, 4, FEATURES)[1].startswith("The guidance does harm")
    nothing = replace(PAYS, relevance={}, gain={4: Estimate(0.0, 0.0, 0.0)})
    assert guidance_sentences(nothing, 4, FEATURES)[1:] == (
        "There is no gain: nothing known of your customers foretells “who stops buying”. These are the plain "
        "segments.",
    )


def test_what_was_left_out_for_a_column_is_named() -> None:
    column = replace(
        PAYS, outcome=Outcome("profile.left", "Left", "", True, "profile.left"), period=None,
        dropped=("profile.left",),
    )  # fmt: skip
    said = guidance_sentences(column, 4, FEATURES)
    assert said[0] == "These segments are made to tell apart “Left”, which is known of 1,200 customers today."
    assert said[-1] == "Left out, since it would give the answer away: “Left”."


def test_the_directions_of_texts_count_as_their_best() -> None:
    several = replace(PAYS, relevance={"text_1": 0.02, "text_12": 0.3, "recency": 0.1})
    assert strongest(several, FEATURES) == {"What texts say": 0.3, "Days since last order": 0.1}


def test_the_file_holds_the_same_figures() -> None:
    facts = guidance_facts(PAYS, 4, FEATURES)
    assert facts is not None
    assert (facts["outcome"], facts["cutoff"], facts["end"]) == ("churned", "2024-03-01", "2024-05-30")
    assert facts["explained"]["gain"] == {"share": 0.06, "low": 0.03, "high": 0.091}
    assert facts["pays"]
    assert facts["sentences"] == list(guidance_sentences(PAYS, 4, FEATURES))
    assert guidance_facts(None, 4, FEATURES) is None
