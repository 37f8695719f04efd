"""The page of themes: what texts are about, by names of one's own, in a number of one's own."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.latest import latest_run
from pages.shell.options import load_options
from pages.shell.routes import EXPLORE, FEATURES, PROFILE, THEMES
from pages.shell.words import plain
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.action.files.export_log import list_exports
from segmentation.runs.concepts import kept_concepts
from segmentation.text.words import treatment_sentence
from segmentation.track.topics import load_theme_months
from segmentation.track.topics.words import NOTHING, TITLE
from tests.pages.helpers import after_restart, folding_tables, open_folds, sent_with, text_of


def test_without_segments_it_says_what_is_missing(app: AppTest) -> None:
    app.switch_page(THEMES).run()
    assert "product names or descriptions, reviews, or notes" in app.info[0].value
    assert not app.exception


def test_every_theme_can_be_read_with_its_words_and_texts(segmented: AppTest) -> None:
    page = open_folds(segmented.switch_page(THEMES), "theme_open")
    run = latest_run()
    assert run is not None
    for at, theme in enumerate(run.themes):
        page.selectbox("theme_read").set_value(at).run()
        assert not page.exception
        assert page.text_input(f"theme_name_{at}").value == theme.name
        assert theme.examples
        assert theme.examples[0] in [text.value for text in page.text]
        assert "of customers" in text_of(page)
    assert run.readings and all(
        plain(treatment_sentence(reading)) in text_of(page) for reading in run.readings
    )


def test_the_grid_has_each_theme_and_the_part_of_each_segment(segmented: AppTest) -> None:
    page = segmented.switch_page(THEMES).run()
    run = latest_run()
    assert run is not None
    k = run.suggestion.k
    grid, table = sent_with(page, "rows"), run.cuts[k].centroids
    assert {row["label"] for row in grid["rows"]} == {theme.name for theme in run.themes}
    assert [column["name"] for column in grid["columns"]] == run.names_at(k)
    names = [feature.name for feature in table.features]
    theme = {theme.name: names.index(f"theme_{at}") for at, theme in enumerate(run.themes)}
    for row in grid["rows"]:
        assert row["cells"] == [formats.percent(share) for share in table.means[theme[row["label"]]]]


def test_a_name_is_shown_wherever_the_theme_is_named_and_stays(segmented: AppTest) -> None:
    page = open_folds(segmented.switch_page(THEMES), "theme_open")
    page.selectbox("theme_read").set_value(0).run()
    page.text_input("theme_name_0").set_value("Tea time").run()
    assert not page.exception
    page = after_restart(EXPLORE)
    assert "Theme: Tea time" in page.selectbox("explore_colour").options
    run = latest_run()
    assert run is not None
    for cut in run.cuts.values():
        assert "Theme: Tea time" in [feature.label for feature in cut.centroids.features]
    page.session_state["tab"] = "What they say"
    page.switch_page(PROFILE).run()
    assert any("Tea time" in table.to_string() for table in folding_tables(page))
    page = open_folds(page.switch_page(THEMES), "theme_open")
    page.selectbox("theme_read").set_value(0).run()
    page.text_input("theme_name_0").set_value("").run()
    assert page.text_input("theme_name_0").value == run.themes[0].name


def test_a_number_of_ones_own_is_kept_and_segments_are_found_anew(segmented: AppTest) -> None:
    segmented.session_state["themes_number"] = True
    page = segmented.switch_page(THEMES).run()
    assert page.button("themes_find").disabled
    page.segmented_control("themes_how").set_value("My own number").run()
    page.number_input("themes_wanted").set_value(5).run()
    page.button("themes_find").click().run()
    assert load_options(workspace()).themes == 5
    assert not page.exception


@pytest.fixture
def with_fake(monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> None:
    """Let the pages read with the encoder that found the segments."""
    monkeypatch.setattr("segmentation.text.encoders.load.load_encoder", load_fake)


@pytest.mark.usefixtures("with_fake")
def test_a_typed_concept_is_scored_kept_shown_on_the_map_and_deleted(segmented: AppTest) -> None:
    page = segmented.switch_page(THEMES).run()
    page.text_input("concept_typed").set_value("Gift *buyer* <b>")
    page.button("FormSubmitter:concept_form-Add").click().run()
    assert not page.exception
    assert r"### Gift \*buyer\* \<b\>" in text_of(page)
    assert not page.dataframe
    page.session_state["concept_open_0"] = True
    page.run()
    table = next(frame.value for frame in page.dataframe if "Average score" in frame.value)
    assert table["Average score"].between(0, 100).all()
    assert table["Average score"].is_monotonic_decreasing
    page = after_restart(EXPLORE)
    assert "Concept: Gift *buyer* <b>" in page.selectbox("explore_colour").options
    page.selectbox("explore_colour").set_value("concept:Gift *buyer* <b>").run()
    assert not page.exception
    page.switch_page(THEMES).run()
    page.button("concept_delete_0").click().run()
    assert kept_concepts(workspace()) == ()
    page.switch_page(EXPLORE).run()
    assert page.selectbox("explore_colour").value == "Segment"
    assert not page.exception


@pytest.mark.usefixtures("with_fake")
def test_a_press_colours_the_map_by_a_concept(segmented: AppTest) -> None:
    page = segmented.switch_page(THEMES).run()
    page.text_input("concept_typed").set_value("gift buyer")
    page.button("FormSubmitter:concept_form-Add").click().run()
    page.button("concept_map_0").click().run()
    assert page.selectbox("explore_colour").value == "concept:gift buyer"


@pytest.mark.usefixtures("with_fake")
def test_who_is_near_a_concept_is_handed_over_from_the_chosen_score_on(
    segmented: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    page = segmented.switch_page(THEMES).run()
    page.text_input("concept_typed").set_value("gift buyer")
    page.button("FormSubmitter:concept_form-Add").click().run()
    page.slider("concept_cut_0").set_value(55).run()
    page.button("audience_concept_0").click().run()
    while job_manager().running:
        time.sleep(0.05)
    page.run()
    assert not page.exception
    assert "Concept “gift buyer”, score 55 or more" in text_of(page)
    rows = list(csv.DictReader(io.StringIO(offered["_download_ids"]().decode("utf-8-sig"))))
    assert f"{len(rows)} customers from 55 on" in text_of(page)
    assert list_exports(workspace())[0].segment == "concept:gift buyer"


def test_a_concept_without_a_word_is_refused(segmented: AppTest) -> None:
    page = segmented.switch_page(THEMES).run()
    page.text_input("concept_typed").set_value("  12 ")
    page.button("FormSubmitter:concept_form-Add").click().run()
    assert "no word" in page.error[0].value


@pytest.mark.usefixtures("with_fake")
def test_a_concept_can_become_a_feature_that_defines_or_only_describes(segmented: AppTest) -> None:
    page = segmented.switch_page(THEMES).run()
    page.text_input("concept_typed").set_value("gift buyer")
    page.button("FormSubmitter:concept_form-Add").click().run()
    assert page.segmented_control("concept_use_0").value == "Only to look"
    page.segmented_control("concept_use_0").set_value("To define segments").run()
    assert load_options(workspace()).concepts == ("gift buyer",)
    assert "when segments are found anew" in text_of(page)
    page.switch_page(FEATURES).run()
    assert not page.exception
    assert page.checkbox("feature_concept.gift buyer").value is True
    page.checkbox("feature_concept.gift buyer").uncheck().run()
    page.switch_page(THEMES).run()
    assert page.segmented_control("concept_use_0").value == "To describe segments"
    page.button("concept_delete_0").click().run()
    assert load_options(workspace()).concepts == ()
    assert not page.exception


def test_what_reviews_are_about_lately_is_drawn_for_any_theme_and_segment(segmented: AppTest) -> None:
    page = segmented.switch_page(THEMES).run()
    run = latest_run()
    assert run is not None
    assert TITLE in [one.value for one in page.header]
    assert NOTHING in text_of(page)  # the sample shop's customers go on writing about the same
    k = run.suggestion.k
    page.selectbox(f"lately_theme_{k}").set_value(1)
    page.selectbox(f"lately_segment_{k}").set_value(k - 1).run()
    assert not page.exception
    [drawn] = [json.loads(one.proto.spec)["data"] for one in page.get("plotly_chart")]
    found = load_theme_months(workspace(), run, k)
    assert found is not None
    shares = found.shares(1, k - 1).share
    assert [one["name"] for one in drawn[1:]] == ["The others", "This segment"]
    assert drawn[2]["y"] == pytest.approx(shares[np.isfinite(shares)])


def test_without_reviews_nothing_is_said_of_lately(segmented: AppTest) -> None:
    segmented.run()
    with workspace().transaction() as cursor:
        cursor.execute("DELETE FROM review_themes")
    page = segmented.switch_page(THEMES).run()
    assert not page.exception
    assert TITLE not in [one.value for one in page.header]
