"""What counts: the weights, what each block has now, and what the segments are to tell apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.options import load_options, save_options
from pages.shell.routes import TRUST, WHAT_COUNTS
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.clusters.weights import default_text_share
from segmentation.insight.sentences.blocks import blocks_sentence
from segmentation.insight.sentences.guidance import guidance_sentences
from segmentation.insight.sentences.votes import taste_sentence
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions
from segmentation.runs.shifts import Change, Shift, keep_shifts
from segmentation.workspace import Workspace
from tests.pages.helpers import ORDERS, drop_in, folding_tables, text_of, the_run, unfold, wait_for_the_job


@pytest.fixture
def weigh(segmented: AppTest, monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> AppTest:
    """Give the page, opened on the small sample shop, whose texts nobody has to read with a model."""
    monkeypatch.setattr("segmentation.pipeline.find_segments", partial(find_segments, load=load_fake))
    folds = ("weigh_votes_open", "weigh_weights_open", "trust_guidance_open")
    unfold(segmented, *folds).switch_page(WHAT_COUNTS).run()
    assert not segmented.exception
    return segmented


def find_anew(app: AppTest) -> Run:
    app.button(key="find_segments").click().run()
    wait_for_the_job()
    return the_run()


def test_without_files_it_says_what_is_missing(app: AppTest) -> None:
    app.switch_page(WHAT_COUNTS).run()
    assert "Upload orders" in app.info[0].value


def test_the_weights_are_kept_and_the_shares_follow_once_segments_are_found(weigh: AppTest) -> None:
    assert blocks_sentence(the_run().block_shares) in text_of(weigh)
    assert [bar.value for bar in weigh.get("progress")] == [50, 50]
    weigh.slider(key="text_weight").set_value(80).run()
    weigh.slider(key="profile_weight").set_value(10).run()
    chosen = load_options(workspace())
    assert (chosen.text_weight, chosen.profile_weight) == (0.8, 0.1)
    save_options(workspace(), RunOptions(**{**vars(chosen), "resamples": 2, "resamples_of_suggested": 2}))
    run = find_anew(weigh)
    assert run.block_shares["text"] == pytest.approx(4 * run.block_shares["behaviour"])
    assert 0 < run.block_shares["profile"] <= 0.1  # single columns are held below the limit
    weigh.switch_page(WHAT_COUNTS).run()
    assert blocks_sentence(run.block_shares) in text_of(weigh)


def test_where_the_slider_stands_by_itself_is_the_default(weigh: AppTest) -> None:
    usual = weigh.slider(key="text_weight").value
    assert usual == pytest.approx(100 * default_text_share(the_run().taste), abs=2.5)
    weigh.slider(key="text_weight").set_value(80).run()
    assert load_options(workspace()).text_weight == 0.8
    weigh.slider(key="text_weight").set_value(usual).run()
    assert load_options(workspace()).text_weight is None


def test_every_column_says_what_it_counts_and_why(weigh: AppTest) -> None:
    run = the_run()
    [table] = [one.value for one in weigh.dataframe if "Counts" in one.value]
    assert table["Column"].tolist()[:3] == ["Days since last order", "Orders", "Net spend"]
    assert len(table) == len(run.votes)
    assert table["Counts"].tolist() == sorted((vote.loudness for vote in run.votes.values()), reverse=True)
    assert taste_sentence(run.taste) in text_of(weigh)


def test_what_other_weights_would_move_is_shown_once_it_was_tried(weigh: AppTest) -> None:
    run = the_run()
    shifts = (Shift(Change.WITHOUT_TEXT, "", 300, 90), Shift(Change.WITHOUT_FEATURE, "Orders", 300, 30))
    keep_shifts(workspace(), run.run_id, run.suggestion.k, shifts)
    weigh.run()
    assert "Leaving out all texts would move 30" in text_of(weigh)
    assert "Orders" not in text_of(weigh)


def test_an_outcome_is_chosen_learned_and_its_gain_said_on_both_pages(weigh: AppTest) -> None:
    box = weigh.selectbox(key="outcome")
    assert box.value == ""
    assert {"Nothing in particular", "Who stops buying", "Who rates kindly"} <= set(box.options)
    box.set_value("churned").run()
    weigh.date_input(key="outcome_cutoff").set_value(date(2024, 9, 1)).run()
    chosen = load_options(workspace())
    assert (chosen.outcome, chosen.cutoff) == ("churned", "2024-09-01")
    quick = {**vars(chosen), "k_range": (2, 4), "resamples": 2, "resamples_of_suggested": 2}
    save_options(workspace(), RunOptions(**quick))
    run = find_anew(weigh)
    assert run.guidance is not None
    assert run.guidance.period is not None
    assert run.guidance.period.cutoff.date() == date(2024, 9, 1)
    for page in (WHAT_COUNTS, TRUST):
        weigh.switch_page(page).run()
        assert not weigh.exception
        for one in guidance_sentences(run.guidance, run.suggestion.k, run.features):
            assert plain(one) in text_of(weigh)
        [table] = [one for one in folding_tables(weigh) if "Guided explain" in one]
        assert table["Segments"].tolist() == ["2", "3", "4"]


def test_an_outcome_whose_file_is_gone_is_named_and_can_be_given_up(segmented: AppTest) -> None:
    segmented.run()
    save_options(workspace(), RunOptions(outcome="profile.gone"))
    page = segmented.switch_page(WHAT_COUNTS).run()
    box = page.selectbox(key="outcome")
    assert "profile.gone (not in your files any more)" in box.options
    box.set_value("").run()
    assert load_options(workspace()).outcome is None


def test_a_short_history_says_why_later_outcomes_are_missing(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    app.switch_page(WHAT_COUNTS).run()
    assert not app.exception
    assert app.selectbox(key="outcome").options == ["Nothing in particular"]
    assert "What customers did later cannot be chosen" in text_of(app)


def test_a_day_that_leaves_too_little_gives_way(weigh: AppTest) -> None:
    save_options(workspace(), RunOptions(outcome="churned", cutoff="2024-12-30"))
    weigh.run()
    assert not weigh.exception
    assert "chosen by your data again" in weigh.warning[0].value
    assert load_options(workspace()).cutoff is None


def test_texts_that_are_not_there_cannot_be_weighed(app: AppTest, tmp_path: Path) -> None:
    rows = "\n".join(f"c{n},{n % 7 + 20},{n % 5 * 10}" for n in range(60))
    (tmp_path / "people.csv").write_text(f"customer_id,age,points\n{rows}\n")
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as opened:
        load_file(opened, tmp_path / "people.csv")
        find_segments(opened, RunOptions(k_range=(2, 3), resamples=2, resamples_of_suggested=2))
    app.switch_page(WHAT_COUNTS).run()
    assert not app.exception
    assert app.slider(key="text_weight").disabled
    assert "Your files hold no texts" in text_of(app)
    assert "not read again" not in text_of(app)


def test_concepts_are_said_to_take_no_part_in_the_learning(weigh: AppTest) -> None:
    weigh.selectbox(key="outcome").set_value("churned").run()
    assert "concepts are left out" not in text_of(weigh)
    save_options(workspace(), RunOptions(outcome="churned", concepts=("gift buyer",)))
    weigh.run()
    assert "concepts are left out of the learning" in text_of(weigh)
