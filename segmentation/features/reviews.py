"""How a customer reviews: how often and how kindly, and how recently where there are no orders."""

from __future__ import annotations

from datetime import datetime

from segmentation.features.block import (
    Block,
    Candidate,
    behaviour,
    days_covered,
    fetch,
    keep_columns,
    leave_out_all,
)
from segmentation.features.fixed import Fixed
from segmentation.features.table import Lack, Unit
from segmentation.intake.population import Population
from segmentation.intake.shop import Shop

CUSTOMERS_BY_REVIEWS = """
WITH counted AS (
    SELECT population.customer, product_id, CAST(reviewed_at AS DATE) AS day,
           TRY_CAST(rating AS DECIMAL(18,4)) AS rating
    FROM shop.reviews JOIN population USING (customer_id)
    WHERE $as_of IS NULL OR reviewed_at IS NULL OR CAST(reviewed_at AS DATE) <= CAST($as_of AS DATE)
)
SELECT customer, count(*) AS reviews, CAST(sum(rating) AS DOUBLE) / count(rating) AS rating,
       date_diff('day', max(day), CAST($as_of AS DATE)) AS days_since_review,
       date_diff('day', min(day), max(day)) AS review_span,
       nullif(count(DISTINCT product_id), 0) AS products_reviewed
FROM counted GROUP BY customer
"""


CANDIDATES = (
    Candidate(behaviour("reviews", Unit.COUNT, skewed=True), Lack.REVIEW_ROWS, absent_is_zero=True),
    Candidate(behaviour("rating", Unit.RATING), Lack.RATINGS),
)

# Where there are no orders, the reviews alone have to say how long a customer has been active.
CANDIDATES_WITHOUT_ORDERS = (
    Candidate(behaviour("days_since_review", Unit.DAYS, skewed=True), Lack.REVIEW_DATES),
    Candidate(behaviour("review_span", Unit.DAYS, skewed=True), Lack.REVIEW_DATES),
    Candidate(
        behaviour("products_reviewed", Unit.COUNT, skewed=True), Lack.REVIEW_PRODUCTS, absent_is_zero=True
    ),
)


def build_reviews(
    people: Population, shop: Shop, as_of: datetime | None, fixed: Fixed | None = None
) -> Block:
    """Build the review features of these customers from the reviews up to the analysis day."""
    if "reviews" not in shop.has:
        return leave_out_all(CANDIDATES, len(people.ids), Lack.REVIEWS)
    alone = "lines" not in shop.has or fixed is not None
    candidates = CANDIDATES + CANDIDATES_WITHOUT_ORDERS if alone else CANDIDATES
    values = fetch(people, CUSTOMERS_BY_REVIEWS, {"as_of": as_of})
    days = days_covered(values["days_since_review"], values["review_span"])
    return keep_columns(values, candidates, days, fixed)
