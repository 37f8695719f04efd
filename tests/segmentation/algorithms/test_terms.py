import math

import numpy as np
import pytest

from segmentation.algorithms.terms import class_tfidf, count_words, split_words, telling_words

NO_STOP_WORDS: frozenset[str] = frozenset()


def test_a_word_weighs_its_share_times_how_much_commoner_it_is_than_over_all() -> None:
    counts = np.array([[3.0, 1.0], [0.0, 4.0]])
    expected = [[3 / 4 * math.log((3 / 4) / (3 / 8)), 0], [0, math.log(1 / (5 / 8))]]
    np.testing.assert_allclose(class_tfidf(counts), expected)


def test_words_lose_case_numbers_stop_words_and_single_letters() -> None:
    assert list(split_words("The RED dress no. 42, d'été x", frozenset({"the", "no"}))) == [
        "red",
        "dress",
        "d'été",
    ]


def test_signs_without_blanks_are_taken_by_twos_and_threes() -> None:
    assert list(split_words("洗发水 ok", NO_STOP_WORDS)) == ["ok", "洗发", "发水", "洗发水"]
    assert list(split_words("的洗发", frozenset({"的"}))) == ["洗发"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("The RED dress, no. 42", 5), ("洗发水 ok", 2), ("", 0), ("质量很好，下次再来", 4), ("ผ้าไหม", 3)],
)
def test_words_are_counted_with_and_without_blanks(text: str, words: int) -> None:
    assert count_words(text) == words


def test_each_class_is_told_by_its_own_words() -> None:
    texts = ["red dress online", "long dress online", "steel watch online", "sport watch online"]
    first, second = telling_words(texts, np.array([0, 0, 1, 1]), 2, 2, NO_STOP_WORDS)
    assert first[0] == "dress" and second[0] == "watch"
    assert "online" not in first + second


@pytest.mark.parametrize(
    "variants", [["dress", "dresses"], ["洗发", "洗发水"], ["ótimo", "otimo"], ["rápida", "rápido"]]
)
def test_forms_of_one_word_count_once(variants: list[str]) -> None:
    texts = [*variants * 3, "watch", "watch"]
    first, _ = telling_words(texts, np.array([0] * 6 + [1] * 2), 2, 5, NO_STOP_WORDS)
    assert len(first) == 1


def test_texts_without_words_have_no_telling_words() -> None:
    assert telling_words(["1", "2"], np.array([0, 1]), 2, 3, NO_STOP_WORDS) == [(), ()]


def test_a_word_names_the_class_it_tells_most_about() -> None:
    texts = ["office pen"] * 6 + ["office paper", "office", "office"] * 2 + ["chair table"] * 6
    first, second, third = telling_words(texts, np.array([0] * 6 + [1] * 6 + [2] * 6), 3, 2, NO_STOP_WORDS)
    assert (first[0], second[0]) == ("pen", "office")
    assert set(third) == {"chair", "table"}
