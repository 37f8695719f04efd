"""What a yes, a mark or a day under a header of no list means for an order: the nearest English phrase."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

import numpy as np

from segmentation.universal_encoder import is_read, universal_vectors

NEAR, CLEARLY, FAR, HALF_NEAR = 0.5, 0.03, 0.1, 0.42


class Mark(StrEnum):
    """What orders with a mark are: lost, paid, or neither; strange is what nothing here reads."""

    LOST = "lost"
    PAID = "paid"
    OTHER = "other"
    STRANGE = "strange"


_FLAGS = {
    Mark.LOST: (
        "cancelled", "order was cancelled", "returned", "refunded", "test order", "trial order for testing",
        "not paid", "unpaid", "payment failed", "fraud",
    ),
    Mark.PAID: ("paid", "is paid", "payment received", "order is paid", "settled", "paid in full"),
    Mark.OTHER: (
        "newsletter", "gift wrapping", "gift", "new customer", "regular customer", "express delivery",
        "mobile", "mobile app", "coupon used", "discount applied", "pick up in store", "business customer",
        "company", "subscription", "first order", "online", "invoice sent", "printed", "reviewed", "member",
        "delivered", "shipped", "domestic", "priority", "urgent", "insurance", "marketing consent",
        "terms accepted", "guest", "wholesale", "fragile", "packaging", "loyalty card", "tax exempt",
        "customer account", "read", "complaint", "free shipping", "payment method", "cash on delivery",
        "signature required", "pre-order", "backorder", "in stock", "taxable", "export", "active",
        "visible", "checked", "archived", "campaign", "gift card",
    ),
}  # fmt: skip
_DAYS = {
    Mark.LOST: (
        "cancellation date", "cancelled on", "date of cancellation", "refund date", "refunded on",
        "return date", "returned on", "date of return",
    ),
    Mark.PAID: ("payment date", "paid on", "date of payment", "date paid", "payment received on"),
    Mark.OTHER: (
        "delivery date", "delivered on", "shipping date", "shipped on", "due date", "invoice date",
        "order date", "date of birth", "expiry date", "updated at", "review date", "date of first order",
        "pick-up date", "registration date", "expected delivery date", "next visit",
    ),
}  # fmt: skip


def meaning_of_flag(header: str) -> Mark | None:
    """Return what orders are that have a yes under a header; None where it may be either.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    return _nearest(header, _phrases(days=False))


def meaning_of_day(header: str) -> Mark | None:
    """Return what orders are that have a day under a header; None where it may be either.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    return _nearest(header, _phrases(days=True))


def _nearest(header: str, phrases: Mapping[Mark, np.ndarray]) -> Mark | None:
    vector = universal_vectors([header.replace("_", " ")])[0]
    near = {mark: float((vectors @ vector).max()) for mark, vectors in phrases.items()}
    mark = Mark.LOST if near[Mark.LOST] >= near[Mark.PAID] else Mark.PAID
    if near[mark] >= max(NEAR, near[Mark.OTHER] + CLEARLY):
        return mark
    if near[Mark.OTHER] >= near[mark] + FAR and near[Mark.OTHER] >= HALF_NEAR:
        return Mark.OTHER
    if near[mark] >= HALF_NEAR:
        return None
    return Mark.OTHER if is_read([header]) else Mark.STRANGE


@cache
def _phrases(days: bool) -> dict[Mark, np.ndarray]:
    return {mark: universal_vectors(said) for mark, said in (_DAYS if days else _FLAGS).items()}
