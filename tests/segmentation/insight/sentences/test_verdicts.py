"""The verdict on every k, in words a marketer reads, with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from segmentation.clusters.dealing import Chance, Dealt
from segmentation.clusters.suggest import EvidenceForK, Structure, Suggestion, beside_chance, choose
from segmentation.features.own_ways import OwnWays
from segmentation.insight.sentences.verdicts import (
    MEANINGS,
    Standing,
    chance_sentence,
    standing,
    suggestion_reason,
    verdict,
)

GOOD = EvidenceForK(
    k=4,
    gap_p_value=0.01,
    blurred=(0, 1),
    returns=0.93,
    least_stable=2,
    min_share=0.2,
    smallest=3,
    recovered=90,
    resamples=100,
)
NAMES = ("Big baskets", "One-timers", "Tea lovers", "Returners", "Newcomers")


def suggestion(*evidence: EvidenceForK) -> Suggestion:
    return choose(evidence, seed=0)


@pytest.mark.parametrize(
    ("following", "told"),
    [
        ({"min_share": 0.012}, "; 5 would only split off 1.2% of customers."),
        ({"gap_p_value": 0.6}, "; 5 would cut a group in two that has no gap inside."),
        ({"returns": 0.4}, "; of 5, one would no longer come back."),
    ],
)
def test_groups_are_told_with_what_speaks_against_one_more(following: dict, told: str) -> None:
    found = suggestion(GOOD, replace(GOOD, k=5, **following))
    assert (found.k, found.structure) == (4, Structure.SEGMENTS)
    assert suggestion_reason(found) == (
        "4: clear gaps between all of them, and each comes back in 90 or more of 100 re-samples" + told
    )


def test_fewer_groups_than_there_are_say_so() -> None:
    found = suggestion(GOOD, replace(GOOD, k=5))
    assert verdict(found, 4).endswith("; but 5 have clear gaps, too, and tell customers apart more finely.")
    assert verdict(found, 5).endswith("of 100 re-samples.")


def test_slices_name_who_has_no_gap_between_them() -> None:
    found = suggestion(replace(GOOD, gap_p_value=0.7, recovered=100))
    assert found.structure == Structure.SLICES
    assert verdict(found, 4, NAMES) == (
        "4: there is no clear gap between “Big baskets” and “One-timers”, but each comes back in all 100 "
        "re-samples."
    )
    assert "there is no clear gap between some of them" in verdict(found, 4)


def test_a_rough_cut_says_every_fault() -> None:
    found = suggestion(replace(GOOD, gap_p_value=0.7, returns=0.5, min_share=0.015))
    assert found.structure == Structure.NONE
    assert verdict(found, 4, NAMES) == (
        "4: a rough cut. “Returners” holds only 1.5% of customers; “Tea lovers” comes back only in part on "
        "other samples (overlap of 50.0%); there is no clear gap between “Big baskets” and “One-timers”."
    )


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (
            {"recovered": None, "resamples": 0},
            "on other samples of your customers (overlap of 93.0% or more)",
        ),
        ({"recovered": 30, "returns": 0.76}, "at least in part (the weakest with an overlap of 76.0%)"),
    ],
)
def test_it_says_how_they_come_back(known: dict, told: str) -> None:
    assert told in verdict(suggestion(replace(GOOD, **known)), 4)


def test_steady_cuts_outside_three_to_eight_are_a_rough_cut_with_a_reason() -> None:
    found = suggestion(replace(GOOD, k=2, gap_p_value=0.7))
    assert standing(found, 2) == Standing.ROUGH
    assert verdict(found, 2) == "2: a rough cut. There is no clear gap between some of them."
    assert {*MEANINGS} == {*Standing}


@pytest.mark.parametrize(
    ("own", "what", "told"),
    [
        (
            0.62,
            Dealt.ORDERS,
            "With the same orders dealt anew among your customers, 4 segments account for 31.0% of the "
            "differences between them; yours account for 62.0%.",
        ),
        (
            0.35,
            Dealt.COLUMNS,
            "With the values of each column dealt anew among your customers, 4 segments account for 31.0% of "
            "the differences between them; yours account for 35.0%, hardly more, so that gaps count for "
            "nothing.",
        ),
    ],
)
def test_it_says_what_customers_dealt_anew_reach(own: float, what: Dealt, told: str) -> None:
    found = beside_chance(suggestion(GOOD), Chance(4, own, 0.31, what))
    assert chance_sentence(found) == told
    assert suggestion_reason(found).endswith(told)
    assert standing(found, 4) == (Standing.SLICES if found.taken_back else Standing.GROUPS)
    assert chance_sentence(suggestion(GOOD)) == ""


def test_it_says_where_there_is_only_chance() -> None:
    nobody = beside_chance(suggestion(GOOD), ways=OwnWays(orders=1.04, habit=0.071, any=False))
    assert chance_sentence(nobody) == (
        "Nothing that your customers do is their own: their numbers of orders differ 1.0 times as much as "
        "chance makes them differ, and of the habit that lasts most 7.1% is found again in their other "
        "orders."
    )
    apart = beside_chance(suggestion(GOOD), Chance(4, 0.31, 0.31, Dealt.COLUMNS))
    assert chance_sentence(apart).endswith(
        "no more, so that segments say nothing that single columns do not."
    )
    assert {standing(nobody, 4), standing(apart, 4)} == {Standing.ROUGH}
