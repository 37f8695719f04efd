"""Every stage of long work has its words."""

from segmentation.stages import STAGES, Stage, stage_words


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
