"""What the last campaign brought, in the playbook's line, and how the next test's size follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from segmentation.action.files.kept_results import LastResult, keep_results, last_results
from segmentation.action.playbook.at_a_glance import at_a_glance
from segmentation.action.playbook.figures import Findings
from segmentation.action.playbook.findings import find_out, kept_state
from segmentation.action.playbook.kept_plays import keep_playbook, load_playbook
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import Aspect, Playbook
from segmentation.algorithms.power import power_of_test
from segmentation.intake.linking.build import build_shop
from tests.segmentation.action.conftest import Segmented

LAST = LastResult(
    export_id="a1",
    segment=1,
    k=4,
    sent_on=date(2024, 3, 10),
    days=14,
    treated=900,
    ordered=90,
    held=100,
    held_ordered=5,
    lift=0.05,
    low=0.003,
    high=0.0852,
    shrunk=0.04,
)


@pytest.fixture
def kept(segmented: Segmented) -> Iterator[Segmented]:
    """Give the shop after a campaign, which is forgotten afterwards."""
    keep_results(segmented.workspace, "a1", [LAST])
    yield segmented
    keep_results(segmented.workspace, "a1", [])


def played(shop: Segmented) -> Playbook:
    build_shop(shop.workspace)
    known = Findings(results=last_results(shop.workspace))
    return make_playbook(shop.workspace, shop.view, shop.explanations, known)


def test_the_line_says_what_it_brought_and_on_whom(kept: Segmented) -> None:
    line = played(kept).plays[1].lines[Aspect.TEST]
    assert line.text.endswith("Last time +5.0 points, 0.3 to 8.5.")
    assert line.evidence[-1] == (
        "Sent on 10 Mar 2024: in 14 days 90 of 900 ordered, and 5 of the 100 who were held out."
    )


def test_other_segments_and_numbers_know_nothing_of_it(kept: Segmented) -> None:
    plays = played(kept).plays
    assert [one.segment for one in plays if one.figures.last] == [1]
    assert "Last time" not in plays[0].lines[Aspect.TEST].text
    keep_results(kept.workspace, "a1", [replace(LAST, k=3)])
    assert not [one for one in played(kept).plays if one.figures.last]


def test_the_next_test_looks_for_what_is_expected_after_it(kept: Segmented) -> None:
    test = played(kept).plays[1].figures.test
    assert test is not None
    assert (test.baseline, test.target) == pytest.approx((0.06, 0.10))
    assert not test.enough
    assert test.detectable is not None
    rest = test.customers - test.held_out
    assert power_of_test(0.06, test.detectable, test.held_out, rest) == pytest.approx(0.8, abs=1e-6)
    line = played(kept).plays[1].lines[Aspect.TEST].text
    assert "from 6.0% to 10.0% (as is expected after the last campaign)" in line


def test_after_a_campaign_that_brought_nothing_the_chosen_lift_is_looked_for(
    kept: Segmented, playbook: Playbook
) -> None:
    keep_results(kept.workspace, "a1", [replace(LAST, lift=-0.01, low=-0.04, high=0.02, shrunk=-0.002)])
    play = played(kept).plays[1]
    assert play.figures.test is not None
    assert playbook.plays[1].figures.test is not None
    assert play.figures.test.target == playbook.plays[1].figures.test.target
    assert "Last time −1.0 points, −4.0 to 2.0." in play.lines[Aspect.TEST].text


def test_the_latest_campaign_counts(kept: Segmented) -> None:
    older = replace(LAST, export_id="a0", sent_on=date(2024, 1, 1), lift=0.5)
    keep_results(kept.workspace, "a0", [older])
    assert last_results(kept.workspace)[4][1] == LAST
    keep_results(kept.workspace, "a0", [])


def test_the_table_says_it_too_and_it_is_kept_with_the_plays(kept: Segmented) -> None:
    made = played(kept)
    assert at_a_glance(made, kept.view.names, {})[1].last == "Last time +5.0 points, 0.3 to 8.5"
    assert at_a_glance(made, kept.view.names, {})[0].last == ""
    keep_playbook(kept.workspace, made)
    again = load_playbook(kept.workspace, made.run_id, 4)
    assert again is not None
    assert again.plays[1].figures.last == LAST


def test_another_result_is_another_playbook(kept: Segmented) -> None:
    before = kept_state(kept.workspace, kept.run.run_id)
    assert find_out(kept.workspace, kept.run, kept.view.customer_ids).results[4][1] == LAST
    keep_results(kept.workspace, "a1", [replace(LAST, lift=0.06)])
    assert kept_state(kept.workspace, kept.run.run_id) != before
