"""The page that says how far segments can be trusted."""

from __future__ import annotations

import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import EXPLORE, TRUST
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation import formats
from segmentation.insight.sizes import odd_sizes
from segmentation.insight.verdicts import standing, verdict
from segmentation.runs import load_customers
from segmentation.runs.borderline import MARGIN, find_borderline
from segmentation.runs.shifts import Change, Shift, keep_shifts
from segmentation.runs.splits import split_flows
from segmentation.workspace import rows_table
from tests.pages.helpers import text_of, the_run


@pytest.fixture
def trust(segmented: AppTest) -> AppTest:
    """Give the page, opened on the small sample shop."""
    segmented.run().switch_page(TRUST).run()
    assert not segmented.exception
    return segmented


def alerts(app: AppTest) -> str:
    """Give the text of all boxes."""
    return "\n".join(str(box.value) for kind in (app.success, app.info, app.warning) for box in kind)


def test_the_verdict_follows_the_slider(trust: AppTest) -> None:
    run = the_run()
    for k in (run.suggestion.k, 2, 7):
        trust.select_slider(key=StateKeys.K).set_value(k).run()
        assert plain(verdict(run.suggestion, k, run.names_at(k))) in alerts(trust)


def test_every_number_of_segments_has_its_evidence(trust: AppTest) -> None:
    run = the_run()
    [table] = [one.value for one in trust.dataframe if "Gap p" in one.value]
    assert table["Segments"].tolist() == run.ks
    assert table["Verdict"].tolist() == [standing(run.suggestion.of(k)) for k in run.ks]
    [measures] = [one.value for one in trust.dataframe if "Gap statistic" in one.value]
    assert measures["Davies–Bouldin"].tolist() == [run.cuts[k].quality.davies_bouldin for k in run.ks]
    assert measures["Gap statistic"].tolist() == [run.cuts[k].quality.gap for k in run.ks]


def test_the_number_is_shared_with_explore(trust: AppTest) -> None:
    trust.select_slider(key=StateKeys.K).set_value(6).run()
    trust.switch_page(EXPLORE).run()
    assert trust.select_slider(key=StateKeys.K).value == 6


def test_the_borderline_customers_are_those_half_way_to_their_second_segment(trust: AppTest) -> None:
    run = the_run()
    k = run.suggestion.k
    found, rows = find_borderline(workspace(), run, k), load_customers(workspace(), run)
    assert found is not None
    expected = rows[rows[f"confidence_{k}"] < MARGIN]
    assert (
        found.customers["customer_id"].tolist()
        == expected.sort_values(f"confidence_{k}", kind="stable")["customer_id"].tolist()
    )
    assert (found.customers["segment"] != found.customers["second"]).all()
    assert found.counts.sum() == len(expected) > 0
    assert f"{len(expected):,} customers ({formats.percent(len(expected) / run.customers)})" in text_of(trust)
    [table] = [one.value for one in trust.dataframe if "Next segment" in one.value]
    assert (
        table["Customer"].tolist()
        == expected.sort_values(f"confidence_{k}", kind="stable")["customer_id"].tolist()
    )


def test_a_run_of_an_earlier_version_still_opens(segmented: AppTest) -> None:
    segmented.run()
    run = the_run()
    with workspace().cursor() as cursor:
        for k in run.ks:
            cursor.execute(f"ALTER TABLE {rows_table(run.run_id)} DROP COLUMN second_{k}")
    segmented.switch_page(TRUST).run()
    assert not segmented.exception
    assert "found by an earlier version" in alerts(segmented)


def test_the_bands_count_every_customer(trust: AppTest) -> None:
    run = the_run()
    flows = split_flows(workspace(), run)
    rows = load_customers(workspace(), run)
    for fewer, more in ((2, 3), (6, 7)):
        expected = np.zeros((fewer, more), dtype=int)
        np.add.at(expected, (rows[f"segment_{fewer}"], rows[f"segment_{more}"]), 1)
        np.testing.assert_array_equal(flows[fewer], expected)


def test_odd_sizes_are_mended_with_one_press(trust: AppTest) -> None:
    run = the_run()
    shares = {k: [one.share for one in run.cuts[k].segments] for k in run.ks}
    odd = [found for k in run.ks if (found := odd_sizes(shares, k, run.suggestion.k)) and found.instead]
    for found in odd[:1]:
        trust.select_slider(key=StateKeys.K).set_value(found.k).run()
        trust.button(key="_mend_sizes").click().run()
        assert trust.select_slider(key=StateKeys.K).value == found.instead
    assert odd


def test_what_was_tried_is_shown_the_largest_first(segmented: AppTest) -> None:
    segmented.run()
    run = the_run()
    tried = (Shift(Change.WITHOUT_FEATURE, "Orders", 200, 24), Shift(Change.RULE_OFF, "Guest orders", 200, 0))
    keep_shifts(workspace(), run.run_id, run.suggestion.k, tried)
    segmented.switch_page(TRUST).run()
    assert "Leaving out “Orders” would move 12\\.0% of customers" in text_of(segmented)
    [table] = [one.value for one in segmented.dataframe if "Would move" in one.value]
    assert table["Would move"].tolist() == [0.12, 0]
    assert table["Change"][1] == "Switching off the cleaning rule “Guest orders”"


def test_trying_other_settings_is_a_job_with_an_end(trust: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = (Shift(Change.ONLY_TEXT, "", 200, 100),)
    monkeypatch.setattr(
        "segmentation.what_if.what_if",
        lambda opened, run, k, on_progress: keep_shifts(opened, run.run_id, k, tried) or tried,
    )
    trust.button(key="what_if").click().run()
    assert not trust.exception
    job = job_manager().latest
    assert job is not None
    while job.active:
        time.sleep(0.05)
    trust.run()
    assert "Going by texts alone would move 50\\.0% of customers" in text_of(trust)


def test_more_resamples_of_another_number_are_a_job(trust: AppTest) -> None:
    run = the_run()
    k = next(k for k in run.ks if k != run.suggestion.k)
    trust.select_slider(key=StateKeys.K).set_value(k).run()
    trust.button(key="resample").click().run()
    job = job_manager().latest
    assert job is not None
    while job.active:
        time.sleep(0.05)
    trust.run()
    assert not trust.exception
    [table] = [one.value for one in trust.dataframe if "Comes back" in one.value]
    assert all(told.endswith("of 100 re-samples") for told in table["Comes back"])
    assert not [button for button in trust.button if button.key == "resample"]
