"""Every number that a play shows, counted again from the rows of the shop by other means."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from segmentation import formats
from segmentation.action.audience.contacts import Reach
from segmentation.action.playbook.figures import Findings
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import Aspect, Playbook
from segmentation.algorithms.power import power_of_test
from tests.segmentation.action.conftest import Segmented


@pytest.fixture(scope="module")
def lines(segmented: Segmented) -> pd.DataFrame:
    """Give the order lines of the shop with the segment of whose they are, returns and fees among them."""
    with segmented.workspace.cursor() as cursor:
        lines = cursor.execute("SELECT * FROM shop.lines").df()
    segments = segmented.rows.set_index("customer_id")[f"segment_{segmented.k}"]
    return lines.assign(amount=lines["amount"].astype(float), segment=lines["customer_id"].map(segments))


def members_of(segmented: Segmented) -> np.ndarray:
    """Return the segment of each customer (n,)."""
    return segmented.rows[f"segment_{segmented.k}"].to_numpy()


def test_sizes_and_revenue_are_those_of_the_lines(
    segmented: Segmented, lines: pd.DataFrame, playbook: Playbook
) -> None:
    labels = members_of(segmented)
    for play in playbook.plays:
        mine = lines.loc[lines["segment"] == play.segment, "amount"].sum()
        assert play.customers == (labels == play.segment).sum()
        assert play.share == pytest.approx((labels == play.segment).mean())
        assert play.revenue_share == pytest.approx(mine / lines["amount"].sum())
        said = play.traits.evidence["value"]
        assert f"are {formats.percent(play.share)} of customers" in said
        assert f"bring {formats.percent(play.revenue_share)} of revenue" in said


def test_products_bought_more_often_are_counted_in_the_lines(
    segmented: Segmented, lines: pd.DataFrame, playbook: Playbook
) -> None:
    bought = lines[~lines["is_return"] & lines["is_product"]]
    labels = members_of(segmented)
    pairs = bought.dropna(subset="product_id").drop_duplicates(["customer_id", "product_id"])
    named = 0
    for play, found in zip(playbook.plays, segmented.explanations, strict=True):
        size = (labels == play.segment).sum()
        share = (pairs["segment"] == play.segment).mean()
        for product, sentence in zip(found.products, play.description.products, strict=True):
            buyers = pairs[pairs["product_id"] == product.product_id]
            here = (buyers["segment"] == play.segment).mean()
            inside = (buyers["segment"] == play.segment).sum() / size
            assert (
                f"bought by {formats.percent(inside)}; {formats.percent(here)} of its buyers are here, "
                f"{formats.times(here / share)} their {formats.percent(share)} of all purchases"
            ) in sentence
            named += 1
        if found.products:
            first = found.products[0]
            assert play.traits.evidence["product"].startswith(f"{formats.percent(first.support)} bought")
    assert named


def test_discounts_returns_and_themes_are_averages_of_the_rows(
    segmented: Segmented, playbook: Playbook
) -> None:
    labels = members_of(segmented)
    told = 0
    for play, found in zip(playbook.plays, segmented.explanations, strict=True):
        inside, others = segmented.rows[labels == play.segment], segmented.rows[labels != play.segment]
        for trait, column in (("price", "discount_share"), ("returns", "return_share")):
            pair = [formats.percent(side[column].mean()) for side in (inside, others)]
            assert pair == [word.rstrip(",.") for word in play.traits.evidence[trait].split() if "%" in word]
        if play.traits.themes:
            told += 1
            shares = {
                (formats.percent(inside[name].mean()), formats.percent(others[name].mean()))
                for name in (theme.feature.name for theme in found.themes)
            }
            words = play.traits.evidence["taste"].split()
            assert (words[0], words[-4]) in shares
    assert told


def test_the_patience_of_the_shop_is_counted_in_the_lines(lines: pd.DataFrame, playbook: Playbook) -> None:
    bought = lines[~lines["is_return"]]
    days = bought.assign(day=bought["ordered_at"].dt.normalize()).groupby("customer_id")["day"]
    several = days.nunique() > 1
    gaps = ((days.max() - days.min()).dt.days / (days.nunique() - 1))[several]
    assert playbook.patience.customers == several.sum()
    for play in playbook.plays:
        assert play.figures.shop_gap == pytest.approx(gaps.median())


def test_no_smaller_hold_out_would_do(playbook: Playbook) -> None:
    for play in playbook.plays:
        test = play.figures.test
        assert test is not None
        if test.detectable is None:
            half = test.customers // 2
            assert power_of_test(test.baseline, 1.0, half, test.customers - half) < test.power
            continue
        for lift_found, held_out in ((test.enough, test.held_out), (False, test.held_out - 1)):
            power = power_of_test(test.baseline, test.target, held_out, test.customers - held_out)
            assert (power >= test.power) == lift_found
        assert formats.percent(test.baseline) in play.lines[Aspect.TEST].text


def test_ways_to_reach_them_are_counted_one_by_one(segmented: Segmented) -> None:
    people, labels = len(segmented.rows), members_of(segmented)
    at = np.arange(people)
    email, phone, objects = at % 2 == 0, at % 3 == 0, at % 7 == 0
    consent = np.select([at % 10 == 0, at % 5 == 1], ["no", "unknown"], "yes").astype(object)
    by_phone = np.where(at % 9 == 0, "no", "unknown").astype(object)
    found = make_playbook(
        segmented.workspace,
        segmented.view,
        segmented.explanations,
        Findings(Reach(email, phone, consent, by_phone, objects)),
    )
    for play in found.plays:
        people_here = [one for one in at if labels[one] == play.segment and not objects[one]]
        mail = {one for one in people_here if email[one] and consent[one] != "no"}
        text = {one for one in people_here if phone[one] and "no" not in (consent[one], by_phone[one])}
        asked = {answer: sum(consent[one] == answer for one in people_here) for answer in ("yes", "no")}
        neither = len(people_here) - len(mail | text)
        line = play.lines[Aspect.REACH]
        assert line.text == (
            f"{formats.percent(len(mail) / len(people_here))} by e-mail, "
            f"{formats.percent(len(text) / len(people_here))} by phone, "
            f"{formats.percent(neither / len(people_here))} not at all."
        )
        assert line.evidence == (
            f"Of {len(people_here):,} customers {len(mail):,} can be written to by e-mail, {len(text):,} by "
            f"phone, {len(mail & text):,} both ways.",
            f"{asked['yes']:,} agreed to marketing; {asked['no']:,} refused and count as not reachable.",
            f"No file says whether {len(people_here) - sum(asked.values()):,} agreed: check before you write "
            "to them.",
            f"{sum(objects[labels == play.segment]):,} object to profiling and are left out.",
        )
        assert f"text messages for the {len(text - mail):,} without" in play.lines[Aspect.CHANNEL].text
