"""Which texts are smoothed: sentences of any script that a model reads."""

from __future__ import annotations

import pytest

from segmentation.text.block import Reading
from segmentation.text.treatment import Treatment, choose_treatment, words_per_text
from segmentation.text.words import treatment_sentence

SENTENCE = "The dress fits well and looks just as it does in the picture."
NAMES = ("Chef's knife", "Cast iron pan", "Linen shirt, white")


@pytest.mark.parametrize(
    ("texts", "treatment"),
    [
        ((SENTENCE,), Treatment.NEIGHBOURS),
        (NAMES, Treatment.PLAIN),
        (("房间很大，服务也好，下次还会入住这家酒店，早餐也不错",), Treatment.NEIGHBOURS),
        (("铸铁平底锅", "主厨刀"), Treatment.PLAIN),
        (("このワンピースはとても着心地が良くて、写真の通りの色でした",), Treatment.NEIGHBOURS),
        ((), Treatment.PLAIN),
    ],
)
def test_sentences_are_smoothed_and_bare_names_are_not(texts: tuple[str, ...], treatment: Treatment) -> None:
    assert choose_treatment(words_per_text(texts), lexical=False) is treatment


def test_letters_are_never_smoothed() -> None:
    assert choose_treatment(50, lexical=True) is Treatment.PLAIN


def test_many_texts_are_counted_by_some_that_are_spread_evenly() -> None:
    assert words_per_text([*["one"] * 20_000, *["one two three"] * 20_000]) == 2


def reading(encoder: str, treatment: Treatment | None, words: float) -> Reading:
    return Reading("reviews", encoder, "en", 2, 0.0, "m", treatment=treatment, words=words)


def test_it_is_said_what_was_done_and_nothing_of_runs_that_did_not_keep_it() -> None:
    assert treatment_sentence(reading("m", Treatment.NEIGHBOURS, 12.4)).startswith(
        "These are sentences, 12 words on average"
    )
    assert treatment_sentence(reading("m", Treatment.PLAIN, 3.0)).endswith("these have 3 words on average.")
    assert "letters" in treatment_sentence(reading("lexical", Treatment.PLAIN, 3.0))
    assert treatment_sentence(reading("m", None, 0.0)) == ""
