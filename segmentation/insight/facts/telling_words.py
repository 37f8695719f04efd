"""The words of each segment: those that its customers' texts hold more often than other texts do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.terms import best_words, own_weights, words_of_texts
from segmentation.text.stop_words import STOP_WORDS

MOST_TEXTS = 50_000
FEWEST_USES = 3
"""A word that hardly anybody's texts hold tells little about a segment, and much about a person."""

_FEWEST_DIGITS = 7
_ADDRESS = re.compile(
    r"\S{0,64}\s?[@＠]\s?\S{1,255}|\S{1,64}\s?[(\[]\s?at\s?[)\]]\s?\S{1,255}", re.IGNORECASE
)
# Found in a hundredth of the time that the pattern of a whole address takes.
_SIGN_OF_ADDRESS = re.compile(r"[@＠]|[(\[]\s?at\s?[)\]]", re.IGNORECASE)
_DIGITS = re.compile(r"[+＋(]?\d[\d\s().\-/–]{5,40}\d")


@dataclass(frozen=True)
class Word:
    """A word of a segment: its weight, and in what share (0..1) of the segment's and of all texts it is."""

    text: str
    weight: float
    share: float
    overall: float


@dataclass(frozen=True)
class WordUses:
    """Which words (w,) are in which texts, 0 or 1 (m, w), and who has these texts, 0 or 1 (n, m).

    It is the same however the customers are cut into segments.
    """

    words: np.ndarray
    per_text: sp.csr_matrix
    used: sp.csr_matrix


def find_words(texts: Sequence[str], uses: sp.csr_matrix) -> WordUses:
    """Find the words of distinct texts; at most 50,000 texts are read, spread evenly.

    Chinese, Japanese and Thai words are runs of two and three signs, chosen by the same statistic as all
    others: segmenters weigh tens of megabytes or are no longer looked after.

    :param uses: (customers, texts), not 0 where a customer has the text.
    """
    every = -(-len(texts) // MOST_TEXTS) or 1
    per_text, words = words_of_texts([_impersonal(text) for text in texts[::every]], STOP_WORDS)
    used = sp.csr_matrix(uses[:, ::every], dtype=np.float64, copy=True)
    used.data = np.sign(np.abs(used.data))
    return WordUses(words, per_text, used)


def segment_words(
    found: WordUses, labels: np.ndarray, k: int, count: int = 12
) -> tuple[tuple[Word, ...], ...]:
    """Return up to `count` words for each segment 0..k-1 of `labels`, best first, by class-based TF-IDF."""
    words = found.words
    members = sp.csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(k, len(labels)))
    by_segment = sp.csr_matrix(members @ found.used)
    counts = np.asarray((by_segment @ found.per_text).todense())
    told = counts.sum(axis=0) >= FEWEST_USES
    totals = np.asarray(by_segment.sum(axis=1)).ravel()
    weights = own_weights(counts) * told
    shares = counts / np.maximum(totals, 1)[:, None]
    overall = counts.sum(axis=0) / max(totals.sum(), 1)
    return tuple(
        tuple(
            Word(str(words[place]), float(row[place]), float(shares[segment, place]), float(overall[place]))
            for place in best_words(words, row, count)
        )
        for segment, row in enumerate(weights)
    )


def masked(text: str, address: str = "[e-mail]", digits: str = "[number]") -> str:
    """Replace what may be an e-mail address, a handle, or a phone or other number of 7 digits and more."""
    hidden = _ADDRESS.sub(address, text) if _SIGN_OF_ADDRESS.search(text) else text
    return _DIGITS.sub(
        lambda found: digits if _count_digits(found[0]) >= _FEWEST_DIGITS else found[0], hidden
    )


def _impersonal(text: str) -> str:
    return masked(text, " ", " ")


def _count_digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
