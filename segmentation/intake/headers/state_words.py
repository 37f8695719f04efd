"""Whether words that no list knows speak of what became of orders: the nearest of English phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from segmentation.universal_encoder import is_read, universal_vectors

NEAR, CLEARLY = 0.5, 0.05
SHORT_FORM, ONE_WORD = 5, 4
_LOST = (
    "not paid", "waiting for payment", "payment failed", "cancelled order", "order was returned", "refunded",
    "return of goods", "declined",
)  # fmt: skip
_KEPT = (
    "paid", "shipped", "delivered", "completed order", "order in process", "sale", "exchange of goods",
    "settled",
)  # fmt: skip
_OTHERS = (
    "cash", "credit card", "bank transfer", "pay by invoice", "payment on delivery", "digital wallet",
    "website", "store", "telephone", "mobile app", "computer", "marketplace", "e-mail", "social media",
    "courier", "postal delivery", "pick up in store", "parcel locker", "express shipping",
    "morning", "evening", "Monday", "spring", "summer", "high", "low", "medium", "gift", "discount",
    "advertisement", "none", "new customer", "regular customer", "wholesale", "retail", "company",
    "private person", "city", "country", "language", "red", "blue", "black", "white", "large", "small",
    "man", "woman", "cotton", "wood",
)  # fmt: skip


def speak_of_states(values: Sequence[str]) -> bool | None:
    """Return True where most of the words are near states, False where most are near other things.

    None where the encoder knows neither, as in a language that it does not read.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    lost, kept, others = _nearness(values)
    states = np.maximum(lost, kept)
    if np.mean((states >= NEAR) & (states > others)) > 0.5:
        return True
    return False if np.mean((others >= NEAR) & (others > states)) > 0.5 else None


def sound_lost(values: Sequence[str]) -> list[str]:
    """Return the words that are nearer to what is lost (not paid, cancelled, returned) than to all else.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    if not values:
        return []
    lost, kept, others = _nearness(values)
    sure = (lost >= NEAR) & (lost >= np.maximum(kept, others) + CLEARLY)
    return [value for value, is_lost in zip(values, sure.tolist(), strict=True) if is_lost]


def are_foreign(values: Sequence[str]) -> bool:
    """Whether words are of a language that the encoder does not read, and no short forms in capitals.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    short = sum(value.isupper() and len(value) <= SHORT_FORM for value in values)
    return 2 * short < len(values) and not is_read(values)


def is_strange(header: str) -> bool:
    """Whether a header may be of such a language; a short word can be of any.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    alone = " " not in header.strip()
    return len(header) < SHORT_FORM or not (is_read([header], ONE_WORD) if alone else is_read([header]))


def _nearness(values: Sequence[str]) -> tuple[np.ndarray, ...]:
    """Return how near each word is to the nearest phrase of each sort, three times float32 (words,)."""
    vectors = universal_vectors(list(values))
    return tuple((vectors @ phrases.T).max(axis=1) for phrases in _phrases())


@cache
def _phrases() -> tuple[np.ndarray, ...]:
    return tuple(map(universal_vectors, (_LOST, _KEPT, _OTHERS)))
