"""What customers of each segment say in their own words: the sentences of their reviews that tell most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from sys import intern

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from segmentation.algorithms.terms import count_words, split_words
from segmentation.insight.facts.telling_words import WordUses, find_words, masked, segment_words
from segmentation.text.stop_words import STOP_WORDS
from segmentation.workspace import Workspace

SHORTEST, LONGEST = 8, 40
"""Words in a quote, as `count_words` counts them."""

_MOST_REVIEWS = 20_000
_WORDS = 60
_COMPARED = 500
_SAME_SAID = 0.6
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\s*\n\s*")


@dataclass(frozen=True)
class Reviews:
    """Texts (m,) and the place of the customer who wrote each among all customers, intp (m,)."""

    texts: tuple[str, ...]
    customers: np.ndarray


@dataclass(frozen=True)
class Sentence:
    """A sentence that may be quoted, the place of its customer, and its distinct words, sorted."""

    text: str
    customer: int
    said: tuple[str, ...]


@dataclass(frozen=True)
class Sentences:
    """The words and sentences of reviews; the same however customers are cut into segments."""

    words: WordUses
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Quote:
    """A sentence, addresses and numbers masked, the place of its customer, and how telling it is."""

    text: str
    customer: int
    score: float


def read_reviews(workspace: Workspace, customer_ids: np.ndarray) -> Reviews:
    """Read up to 20,000 reviews of these customers (n,), the same ones however the rows are ordered."""
    asked = pa.table(
        {
            "position": pa.array(np.arange(len(customer_ids)), type=pa.int64()),
            "customer_id": pa.array(customer_ids, type=pa.string()),
        }
    )
    with workspace.cursor() as cursor:
        cursor.register("quoted_customers", asked)
        found = cursor.sql(_REVIEWS, params=[_MOST_REVIEWS]).to_arrow_table()
    return Reviews(tuple(found["text"].to_pylist()), found["position"].to_numpy().astype(np.intp))


def split_reviews(reviews: Reviews, customers: int) -> Sentences:
    """Split the reviews of so many customers into words and sentences."""
    places = (reviews.customers, np.arange(len(reviews.texts)))
    uses = sp.csr_matrix((np.ones(len(reviews.texts)), places), shape=(customers, len(reviews.texts)))
    said = tuple(
        Sentence(sentence, customer, tuple(sorted(set(map(intern, split_words(sentence, STOP_WORDS))))))
        for text, customer in zip(reviews.texts, reviews.customers.tolist(), strict=True)
        for sentence in quotable(text)
    )
    return Sentences(find_words(reviews.texts, uses), said)


def telling_quotes(
    found: Sentences, labels: np.ndarray, k: int, count: int = 3
) -> tuple[tuple[Quote, ...], ...]:
    """Return up to `count` quotes for each segment 0..k-1 of `labels` (n,), most telling first.

    A sentence scores the weights of its segment's words in it over the square root of its number of words.
    A word counts for the first quote that says it; no two quotes of a segment are of one customer or alike.
    """
    words = segment_words(found.words, labels, k, _WORDS)
    weights = [{word.text: word.weight for word in of_segment} for of_segment in words]
    candidates: list[list[tuple[Quote, frozenset[str]]]] = [[] for _ in range(k)]
    for one in found.sentences:
        segment = int(labels[one.customer])
        if any(word in weights[segment] for word in one.said):
            said = frozenset(one.said)
            quote = Quote(one.text, one.customer, _score(said, weights[segment]))
            candidates[segment].append((quote, said))
    return tuple(_chosen(candidates[segment], weights[segment], count) for segment in range(k))


def quotable(text: str) -> Iterator[str]:
    """Give the sentences of 8 to 40 words, addresses and long numbers masked."""
    for sentence in _SENTENCE_END.split(masked(text)):
        tidy = " ".join(sentence.split())
        if SHORTEST <= count_words(tidy) <= LONGEST:
            yield tidy


def _chosen(
    candidates: list[tuple[Quote, frozenset[str]]], weights: Mapping[str, float], count: int
) -> tuple[Quote, ...]:
    """Take the best quote, then the best for words that were not yet said, and so on."""
    waiting = sorted(candidates, key=lambda one: (-one[0].score, one[0].text, one[0].customer))[:_COMPARED]
    chosen: list[tuple[Quote, frozenset[str]]] = []
    while waiting and len(chosen) < count:
        said = frozenset[str]().union(*(words for _, words in chosen))
        best = max(waiting, key=lambda one: _score(one[1], weights, said))
        chosen.append(best)
        waiting = [
            (quote, words)
            for quote, words in waiting
            if quote.customer != best[0].customer and not _alike(words, best[1])
        ]
    return tuple(quote for quote, _ in chosen)


def _score(words: frozenset[str], weights: Mapping[str, float], said: frozenset[str] = frozenset()) -> float:
    told = sum(weights.get(word, 0.0) for word in sorted(words - said))
    return told / max(len(words), 1) ** 0.5


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME_SAID * len(one | other)


_REVIEWS = """
SELECT text, position
FROM shop.reviews JOIN quoted_customers USING (customer_id)
WHERE text IS NOT NULL
ORDER BY md5_number_lower(customer_id || ' ' || text), position, text
LIMIT ?
"""
