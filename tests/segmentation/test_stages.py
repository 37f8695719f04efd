"""Every stage of long work has its words."""

from segmentation.stages import STAGES, Stage, stage_story, stage_words


def test_every_stage_has_words_of_its_own() -> None:
    assert list(STAGES) == list(Stage)
    assert len(set(STAGES.values())) == len(Stage)


def test_a_stage_of_one_thing_among_several_says_which() -> None:
    assert stage_words(Stage.READING_TEXTS) == "Reading texts"
    assert stage_words(f"{Stage.READING_TEXTS}: reviews: old") == "Reading texts: reviews: old"
    assert stage_words(f"{Stage.RESAMPLING}: 5") == "Checking that segments come back: 5 segments"


def test_a_step_that_is_no_stage_is_told_as_it_is() -> None:
    assert stage_words("Making up a shop") == "Making up a shop"
    assert stage_words("") == ""


def test_a_long_stage_says_what_it_is_for_and_others_nothing() -> None:
    assert "no text leaves it" in stage_story(Stage.LOADING_MODEL)
    assert stage_story(f"{Stage.READING_TEXTS}: reviews") == stage_story(Stage.READING_TEXTS) != ""
    assert [stage_story(step) for step in (Stage.WRITING, "Loading a file", "")] == ["", "", ""]
