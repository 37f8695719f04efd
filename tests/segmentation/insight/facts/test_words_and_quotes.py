"""Words and quotes of segments: by hand, in English and Chinese, and never anybody's address or number."""

from __future__ import annotations

import re

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from segmentation.insight.facts.quotes import Reviews, quotable, read_reviews, split_reviews, telling_quotes
from segmentation.insight.facts.telling_words import find_words, masked, segment_words
from segmentation.intake.shop import TABLES
from segmentation.workspace import Workspace

TEXTS = ("warm tent for camping", "light camping tent", "espresso machine", "coffee espresso beans")


def uses_of(*rows: list[int]) -> sp.csr_matrix:
    return sp.csr_matrix(np.array(rows, dtype=float))


def test_words_of_two_segments_by_hand() -> None:
    uses = uses_of([3, 1, 0, 0], [1, 0, 0, 0], [0, 0, 2, 1], [0, 1, 1, 0])
    words = segment_words(find_words(TEXTS, uses), np.array([0, 0, 1, 1]), 2, count=2)
    assert [[word.text for word in row] for row in words] == [["camping", "tent"], ["espresso"]]
    camping, espresso = words[0][0], words[1][0]
    assert (camping.share, camping.overall) == (1.0, pytest.approx(4 / 7))
    assert (espresso.share, espresso.overall) == (0.75, pytest.approx(3 / 7))
    assert camping.weight > 0


def test_a_word_of_one_customer_s_text_is_not_told() -> None:
    words = segment_words(
        find_words(("camping with Melchior", "camping"), uses_of([1, 0], [0, 1])), np.array([0, 1]), 2
    )
    assert words == ((), ())


def test_chinese_words_are_runs_of_signs() -> None:
    texts = ("露营帐篷很轻", "露营帐篷防水", "咖啡机好用", "咖啡机漂亮", "帐篷露营", "买咖啡机")
    words = segment_words(
        find_words(texts, uses_of(*np.eye(6).tolist())), np.array([0, 0, 1, 1, 0, 1]), 2, count=2
    )
    assert {word.text for word in words[0]} == {"露营", "帐篷"}
    assert words[1][0].text in {"咖啡", "咖啡机"}


def test_without_texts_there_are_no_words() -> None:
    assert segment_words(find_words((), sp.csr_matrix((2, 0))), np.array([0, 1]), 2) == ((), ())
    assert segment_words(find_words(("123",), uses_of([1], [1])), np.array([0, 1]), 2) == ((), ())


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("write to ann.lee+x@shop.co.uk now", "write to [e-mail] now"),
        ("ann (at) shop.com", "[e-mail]"),
        ("call +44 (0)20 7946-0958 today", "call [number] today"),
        ("加微信13812345678谢谢", "加微信[number]谢谢"),
        ("I paid 120 in 2024", "I paid 120 in 2024"),
    ],
)
def test_addresses_and_numbers_are_masked(text: str, hidden: str) -> None:
    assert masked(text) == hidden


_local, _domain = (
    st.from_regex(r"[a-z][a-z0-9._-]{0,20}", fullmatch=True),
    st.from_regex(r"[a-z0-9-]{1,15}\.[a-z]{2,5}", fullmatch=True),
)


@given(st.text(max_size=40), _local, _domain, st.from_regex(r"\+?[0-9]{3}[ -]?[0-9]{4,9}", fullmatch=True))
def test_no_address_and_no_phone_number_is_left(text: str, local: str, domain: str, phone: str) -> None:
    hidden = masked(f"{text} {local}@{domain} {text} {phone} {text}")
    assert f"{local}@" not in hidden
    assert not re.search(r"\S@\S", hidden)
    assert phone not in hidden


def test_only_sentences_of_a_fair_length_are_quoted() -> None:
    text = "Too short. This one here has exactly eight words in all! " + "long " * 41 + "."
    assert list(quotable(text)) == ["This one here has exactly eight words in all!"]
    assert list(quotable("这个帐篷真的非常非常轻而且防水效果很好。不错。")) == [
        "这个帐篷真的非常非常轻而且防水效果很好。"
    ]


TENT = "The tent kept us dry through a whole week of camping rain."
TENT_AGAIN = "The tent kept us dry through a whole week of camping rain!"
STOVE = "Our camping stove and tent survived the storm on the mountain."
COFFEE = "This espresso machine makes wonderful coffee every single morning at home."
BEANS = "Fresh espresso beans and a good grinder make better coffee than that."


def test_the_most_telling_quotes_are_of_different_customers_and_say_different_things() -> None:
    texts = (TENT, TENT_AGAIN, STOVE, COFFEE, BEANS, "Camping tent. Espresso coffee.", STOVE + " " + COFFEE)
    reviews, labels = Reviews(texts, np.array([0, 5, 1, 2, 3, 4, 1])), np.array([0, 0, 1, 1, 1, 0])
    quotes = telling_quotes(split_reviews(reviews, 6), labels, 2)
    assert len({TENT, TENT_AGAIN} & {quote.text for quote in quotes[0]}) == 1
    assert (STOVE, 1) in {(quote.text, quote.customer) for quote in quotes[0]}
    assert len({quote.customer for quote in quotes[0]}) == len(quotes[0]) == 2
    assert {quote.text for quote in quotes[1]} == {COFFEE, BEANS}
    assert quotes[1][0].score == max(quote.score for quote in quotes[1])
    backwards = Reviews(texts[::-1], reviews.customers[::-1])
    assert telling_quotes(split_reviews(backwards, 6), labels, 2) == quotes


def test_each_quote_adds_something_of_its_own() -> None:
    camping = "We took the {} tent camping on our trip to {} this year."
    texts = (camping.format("big", "Wales"), camping.format("small", "Bath"), STOVE, COFFEE, BEANS)
    quotes = telling_quotes(
        split_reviews(Reviews(texts, np.arange(5)), 5), np.array([0, 0, 0, 1, 1]), 2, count=2
    )
    assert STOVE in {quote.text for quote in quotes[0]}


def test_reviews_are_read_with_the_place_of_their_customer(workspace: Workspace) -> None:
    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        rows = [("bob", TENT), ("ann", COFFEE), ("gone", BEANS), ("ann", None)]
        cursor.executemany("INSERT INTO shop.reviews VALUES (?, NULL, NULL, NULL, ?)", rows)
    reviews = read_reviews(workspace, np.array(["ann", "bob"], dtype=object))
    assert sorted(zip(reviews.texts, reviews.customers.tolist(), strict=True)) == [(TENT, 1), (COFFEE, 0)]
