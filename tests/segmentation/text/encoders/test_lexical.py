import numpy as np
import pytest

from segmentation.text.encoders.lexical import LexicalEncoder

TEXTS = [
    "房间很大，服务也好",
    "酒店房间干净，服务热情",
    "苹果新鲜，味道很甜",
    "水果不新鲜，苹果有味道",
    "入住的酒店早餐不错",
    "苹果很甜，水分足",
]


def test_texts_about_one_thing_are_closer_than_others() -> None:
    vectors = LexicalEncoder(TEXTS, seed=0).encode(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (6, 5)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    alike = vectors @ vectors.T
    assert alike[0, 1] > alike[0, 2] and alike[2, 3] > alike[1, 3]


def test_the_order_of_the_texts_changes_nothing() -> None:
    one, other = LexicalEncoder(TEXTS, seed=0), LexicalEncoder(TEXTS[::-1] + TEXTS[:2], seed=0)
    assert one.key == other.key
    np.testing.assert_array_equal(one.encode(TEXTS), other.encode(TEXTS))


def test_other_texts_or_another_seed_give_another_key() -> None:
    keys = {LexicalEncoder(TEXTS, 0).key, LexicalEncoder(TEXTS[1:], 0).key, LexicalEncoder(TEXTS, 1).key}
    assert len(keys) == 3


@pytest.mark.parametrize("texts", [["good"], ["a", "b"], ["good"] * 3 + ["bad"], ["so-so", "so-so so-so"]])
def test_very_few_texts_are_read_too(texts: list[str]) -> None:
    encoder = LexicalEncoder(texts, seed=0)
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimensions) and np.isfinite(vectors).all()
