"""What a header speaks of in a language that no word list knows: the nearest of English phrases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import in_words, is_known
from segmentation.universal_encoder import universal_vectors

C = Concept
LEAST = 0.5
AT_MOST = 3
Meaning = tuple[frozenset[Concept], float]
_PHRASES: tuple[tuple[frozenset[Concept], tuple[str, ...]], ...] = (
    (
        frozenset({C.CUSTOMER, C.ID}),
        ("customer id", "customer number", "client code", "member number", "user id"),
    ),
    (
        frozenset({C.CUSTOMER, C.NAME}),
        ("customer name", "name of the buyer", "client", "customer", "full name"),
    ),
    (frozenset({C.ORDER, C.ID}), ("order id", "order number", "invoice number", "receipt number", "order")),
    (frozenset({C.SESSION, C.ID}), ("session id", "visit id", "browser session")),
    (frozenset({C.PRODUCT, C.ID}), ("product id", "product code", "item code", "article number")),
    (frozenset({C.PRODUCT, C.NAME}), ("product name", "name of the item", "product", "goods", "article")),
    (frozenset({C.CATEGORY}), ("product category", "category", "department", "product group")),
    (frozenset({C.DESCRIPTION}), ("product description", "details of the item", "specifications")),
    (frozenset({C.TIME}), ("order date", "date of purchase", "date", "date and time", "created at")),
    (frozenset({C.TIME, C.LATER}), ("shipping date", "delivery date", "last updated at", "payment date")),
    (frozenset({C.BIRTH}), ("date of birth", "birthday", "age")),
    (frozenset({C.QUANTITY}), ("quantity", "number of pieces", "amount of units", "pieces")),
    (frozenset({C.PRICE}), ("unit price", "price", "price per piece", "selling price")),
    (frozenset({C.AMOUNT}), ("total amount", "total", "total paid", "revenue", "order value")),
    (frozenset({C.PART}), ("subtotal", "total of the line", "sum of the items")),
    (frozenset({C.DISCOUNT}), ("discount", "price reduction", "rebate", "coupon discount")),
    (frozenset({C.REFUND}), ("refund", "refunded amount", "money returned")),
    (frozenset({C.FEE}), ("shipping cost", "delivery fee", "tax", "value added tax")),
    (frozenset({C.PAYMENT}), ("payment method", "payment type", "way of paying")),
    (frozenset({C.STATUS}), ("order status", "status", "state of the order")),
    (frozenset({C.CURRENCY}), ("currency", "currency code")),
    (frozenset({C.COST}), ("cost of goods", "purchase cost", "unit cost")),
    (frozenset({C.PROFIT}), ("profit", "margin", "gain")),
    (frozenset({C.RATING}), ("rating", "stars", "score of the review")),
    (frozenset({C.REVIEW}), ("review text", "customer review", "comment", "opinion of the customer")),
    (frozenset({C.REVIEW, C.TITLE}), ("review title", "headline of the review", "summary of the review")),
    (frozenset({C.TEXT}), ("note", "remark", "message")),
    (frozenset({C.EVENT}), ("event type", "action of the visitor", "behaviour")),
    (frozenset({C.EMAIL}), ("e-mail address", "email", "customer e-mail")),
    (frozenset({C.PHONE}), ("phone number", "mobile phone", "telephone")),
    (frozenset({C.COUNTRY}), ("country", "nation", "country of delivery")),
    (frozenset({C.PLACE}), ("city", "town", "region", "province")),
    (frozenset({C.POSTAL}), ("postal code", "zip code", "postcode")),
    (frozenset({C.ADDRESS}), ("street address", "delivery address", "address")),
    (frozenset({C.CONSENT}), ("newsletter consent", "marketing opt-in", "subscribed to the newsletter")),
    (frozenset({C.PERSONAL}), ("gender", "sex", "marital status")),
    (frozenset({C.SELLER}), ("seller", "vendor", "store", "brand")),
)


def meanings(header: str) -> tuple[Meaning, ...]:
    """Return what a header may speak of: concepts and how near they are, 0.5 to 1, the nearest first.

    None where nothing is near. A reading by words that are known is surer: see `is_known`.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    return meanings_of([header])[0]


def meanings_of(headers: Sequence[str]) -> list[tuple[Meaning, ...]]:
    """Do so for headers together; those whose words are known cost nothing and have none.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    unknown = [header for header in headers if header.strip() and not is_known(header)]
    if not unknown:
        return [()] * len(headers)
    near = universal_vectors(list(map(in_words, unknown))) @ _phrases().T
    found = {header: _nearest(row) for header, row in zip(unknown, near, strict=True)}
    return [found.get(header, ()) for header in headers]


def _nearest(similarities: np.ndarray) -> tuple[Meaning, ...]:
    """Return the best of each meaning's phrases, float (phrases,), where it is near enough."""
    best: dict[frozenset[Concept], float] = {}
    places = (meaning for meaning, phrases in _PHRASES for _ in phrases)
    for meaning, score in zip(places, similarities.tolist(), strict=True):
        best[meaning] = max(score, best.get(meaning, 0.0))
    likely = sorted(best.items(), key=lambda one: -one[1])[:AT_MOST]
    return tuple((meaning, round(score, 3)) for meaning, score in likely if score >= LEAST)


@cache
def _phrases() -> np.ndarray:
    return universal_vectors([phrase for _, phrases in _PHRASES for phrase in phrases])
