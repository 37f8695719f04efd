"""Whether words that no list knows speak of what became of orders: the nearest of English phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from segmentation.universal_encoder import universal_vectors

NEAR = 0.5
_STATES = (
    "paid", "not paid", "waiting for payment", "payment failed", "cancelled order", "order was returned",
    "refunded", "shipped", "delivered", "completed order", "order in process", "sale", "return of goods",
    "exchange of goods", "declined", "settled",
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
    states, others = _phrases()
    vectors = universal_vectors(list(values))
    near, far = (vectors @ states.T).max(axis=1), (vectors @ others.T).max(axis=1)
    if np.mean((near >= NEAR) & (near > far)) > 0.5:
        return True
    return False if np.mean((far >= NEAR) & (far > near)) > 0.5 else None


@cache
def _phrases() -> tuple[np.ndarray, np.ndarray]:
    return universal_vectors(_STATES), universal_vectors(_OTHERS)
