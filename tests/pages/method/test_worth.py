"""What the segments are worth, on the page about trust."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import TRUST
from pages.shell.workspace import StateKeys, workspace
from segmentation.insight.sentences.worth import period_sentence, with_interval, worth_sentences
from segmentation.intake.uploads.load import load_file
from segmentation.runs.store import load_worth
from segmentation.runs.worth import worth_of_run
from tests.pages.helpers import folding_tables, text_of, the_run, unfold, wait_for_the_job


@pytest.fixture
def trust(segmented: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> AppTest:
    """Give the page, opened on the small sample shop, whose texts nobody has to read with a model."""
    monkeypatch.setattr("segmentation.runs.worth.worth_of_run", partial(worth_of_run, load=load_fake))
    unfold(segmented, "trust_worth_open").switch_page(TRUST).run()
    assert not segmented.exception
    return segmented


def test_the_worth_is_measured_at_a_press_and_follows_the_slider(trust: AppTest) -> None:
    run = the_run()
    assert "found once more on what was known before" in text_of(trust)
    trust.button(key="measure_worth").click().run()
    wait_for_the_job()
    trust.run()
    worth = load_worth(workspace(), run.run_id)
    assert worth is not None
    for k in (run.suggestion.k, 3):
        trust.select_slider(key=StateKeys.K).set_value(k).run()
        assert all(one in text_of(trust) for one in worth_sentences(worth, k))
    assert period_sentence(worth.period) in text_of(trust)
    [table] = [one for one in folding_tables(trust) if "RFM tiers explain" in one]
    outcomes = {"Later spend": worth.revenue, "Later orders": worth.orders, "What is bought": worth.bought}
    assert [sorted(found) for found in outcomes.values()] == [run.ks] * 3
    told = ["Explained of", "Segments", "Segments explain", "RFM tiers explain"]
    assert table[told].to_numpy().tolist() == [
        [what, str(k), with_interval(found[k].segments), with_interval(found[k].rfm)]
        for what, found in outcomes.items()
        for k in run.ks
    ]


def test_the_day_can_be_chosen(trust: AppTest) -> None:
    run = the_run()
    trust.date_input(key="worth_cutoff").set_value(date(2024, 9, 1)).run()
    trust.button(key="measure_worth").click().run()
    wait_for_the_job()
    worth = load_worth(workspace(), run.run_id)
    assert worth is not None
    assert worth.period.cutoff.date() == date(2024, 9, 1)


def test_nothing_is_offered_for_files_that_changed(trust: AppTest, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_bytes(b"customer_id,order_date,amount\nC1,2024-01-01,5\nC2,2024-02-01,7\n")
    load_file(workspace(), more)
    trust.run()
    assert not [button for button in trust.button if button.key == "measure_worth"]
    assert "once the segments are up to date" in text_of(trust)
