import numpy as np

from segmentation.text.encoders.batches import Sizes, parcels, token_batches


def tokenize(texts: list[str]) -> list[list[int]]:
    return [[0] * (len(text) // 4 + 2) for text in texts]


def test_every_text_is_in_one_parcel_whatever_their_turns() -> None:
    texts = ["x" * (4 * (place % 50)) for place in range(1_000)]
    found = list(parcels(texts, tokenize, 40, Sizes(batch=64, parcel=512)))
    np.testing.assert_array_equal(np.sort(np.concatenate([one.rows for one in found])), np.arange(1_000))


def test_what_is_left_takes_as_long_as_its_share_of_texts_says() -> None:
    texts = ["x" * (4 * (1 + place % 100)) for place in range(5_000)]
    found = list(parcels(texts, tokenize, 1_000, Sizes(batch=512, parcel=4_096)))
    texts_done = np.cumsum([len(one.rows) for one in found]) / 5_000
    tokens_done = np.cumsum([sum(map(len, one.tokens)) for one in found])
    tokens_done = tokens_done / tokens_done[-1]
    tenth = len(found) // 10
    assert np.abs(texts_done - tokens_done)[tenth:].max() < 0.15


def test_a_batch_with_its_padding_keeps_to_the_budget() -> None:
    batches = token_batches([5, 1, 3, 9, 2], budget=9)
    assert [batch.tolist() for batch in batches] == [[1, 4, 2], [0], [3]]
