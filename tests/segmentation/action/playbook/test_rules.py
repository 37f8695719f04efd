"""The rules of the playbook: every segment gets one of each line, and none that its traits deny."""

from __future__ import annotations

from itertools import product

import pytest

from segmentation.action.playbook.rules import ANGLES, GOALS, OFFERS, PRODUCT, THEME, PlayRule, pick
from segmentation.action.playbook.traits import Lifecycle, Price, SendingBack, Taste, Traits, Value

EVIDENCE = {
    name: f"{name}."
    for name in ("lifecycle", "value", "price", "returns", "taste", "product", "all_rounders")
}
EVERY = [
    Traits(
        life,
        value,
        price,
        returns,
        taste,
        ("tea & cake",) if taste == Taste.CLEAR else (),
        products,
        all_rounders,
        EVIDENCE,
    )
    for life, value, price, returns, taste, products, all_rounders in product(
        Lifecycle, Value, Price, SendingBack, Taste, ((), ("Blue teapot",)), (False, True)
    )
]


@pytest.mark.parametrize("rules", [GOALS, ANGLES, OFFERS], ids=["goals", "angles", "offers"])
def test_every_segment_gets_a_line_with_its_evidence(rules: tuple[PlayRule, ...]) -> None:
    for traits in EVERY:
        text, evidence = pick(rules, traits)
        assert text.endswith(".")
        assert THEME not in text
        assert PRODUCT not in text
        rule = next(one for one in rules if one.fits(traits) and (traits.products or PRODUCT not in one.text))
        assert evidence == tuple(EVIDENCE[name] for name in rule.goes_by)


@pytest.mark.parametrize("rules", [GOALS, ANGLES, OFFERS], ids=["goals", "angles", "offers"])
def test_no_rule_is_out_of_reach(rules: tuple[PlayRule, ...]) -> None:
    reached = {pick(rules, traits)[0] for traits in EVERY}
    said = {rule.text.replace(THEME, "“tea & cake”").replace(PRODUCT, "“Blue teapot”") for rule in rules}
    assert reached == said


def test_nobody_who_pays_full_price_is_offered_money_off() -> None:
    for traits in EVERY:
        offer, _ = pick(OFFERS, traits)
        if traits.price == Price.FULL:
            assert not offer.startswith(("Money off", "Bundles", "One modest incentive"))
        if "they pay full price" in offer:
            assert traits.price == Price.FULL
        if offer.startswith(("Money off", "Bundles")):
            assert traits.price == Price.DISCOUNT


def test_nobody_is_won_back_who_is_there_and_thanked_who_is_not() -> None:
    for traits in EVERY:
        goal, angle = pick(GOALS, traits)[0], pick(ANGLES, traits)[0]
        gone = traits.lifecycle in (Lifecycle.LAPSED, Lifecycle.ONCE)
        assert ("back" in goal) == gone
        assert not (angle.startswith("Thank") and traits.lifecycle != Lifecycle.LOYAL)


def test_those_who_send_much_back_are_not_pushed_to_order_more() -> None:
    for traits in EVERY:
        if traits.returns == SendingBack.MANY and not traits.all_rounders:
            assert pick(OFFERS, traits)[0].startswith("Nothing that makes more come back")


def test_all_rounders_are_told_so() -> None:
    for traits in EVERY:
        angle, evidence = pick(ANGLES, traits)
        assert angle.startswith("No angle of their own") == traits.all_rounders
        if traits.all_rounders:
            assert evidence == (EVIDENCE["all_rounders"],)
