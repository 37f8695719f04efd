import numpy as np
import pytest
import scipy.sparse as sp

from segmentation.text.themes import distinct_names, find_themes, theme_shares


def test_shares_are_of_the_weights_and_missing_without_text() -> None:
    weights = sp.csr_matrix([[3.0, 0, 1.0], [0, 5.0, 0], [0, 0, 0]])
    shares = theme_shares(weights, np.array([0, 1, 1]), 2)
    assert shares.dtype == np.float32
    np.testing.assert_array_equal(shares, [[0.75, 0.25], [0, 1], [np.nan, np.nan]])


def test_themes_are_named_by_their_words_the_largest_first() -> None:
    centres = np.repeat(np.eye(2, dtype=np.float32), [10, 20], axis=0)
    vectors = centres + np.random.default_rng(0).normal(0, 0.05, centres.shape).astype(np.float32)
    texts = [f"red dress {place}" for place in range(10)] + [f"iron pan {place}" for place in range(20)]
    themes = find_themes(vectors, texts, 2, seed=0)
    assert themes.sizes == (20, 10)
    assert [set(words) for words in themes.words] == [{"iron", "pan"}, {"red", "dress"}]
    assert themes.labels.tolist() == [1] * 10 + [0] * 20


@pytest.mark.parametrize(
    ("texts", "count", "expected"), [(1, None, 1), (7, None, 1), (8, None, 2), (3, 9, 3), (5, 1, 1)]
)
def test_few_texts_make_few_themes(texts: int, count: int | None, expected: int) -> None:
    vectors = np.eye(10, dtype=np.float32)[:texts]
    assert (
        len(find_themes(vectors, [f"word{chr(97 + place)}" for place in range(texts)], count, 0).names)
        == expected
    )


def test_the_number_of_themes_found_lies_between_six_and_twelve() -> None:
    rng = np.random.default_rng(1)
    vectors = np.repeat(np.eye(9), 30, axis=0) + rng.normal(0, 0.05, (270, 9))
    themes = find_themes(
        vectors.astype(np.float32), [f"about {place // 30}" for place in range(270)], None, 0
    )
    assert themes.sizes == (30,) * 9


def test_no_two_themes_have_one_name() -> None:
    assert distinct_names([("a", "b"), ("a", "b"), ()]) == ("a, b", "a, b 2", "theme 3")
