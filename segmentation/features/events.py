"""How a customer browses: visits, views, carts and the steps from looking to buying, from events."""

from __future__ import annotations

from datetime import datetime

from segmentation.features.block import (
    Block,
    Candidate,
    average_shares,
    days_covered,
    fetch,
    keep_columns,
    leave_out_all,
    with_shares,
)
from segmentation.features.fixed import Fixed
from segmentation.features.table import Feature, Group, Lack, Unit
from segmentation.features.words import LABELS
from segmentation.intake.population import Population
from segmentation.intake.shop import Shop

CUSTOMERS_BY_EVENTS = """
WITH counted AS (
    SELECT population.customer, happened_at, product_id, action,
           coalesce(session_id, strftime(happened_at, '%Y-%m-%d')) AS session_key
    FROM shop.events JOIN population USING (customer_id)
    WHERE $as_of IS NULL OR happened_at IS NULL OR CAST(happened_at AS DATE) <= CAST($as_of AS DATE)
), sessions AS (
    SELECT customer, session_key, max(happened_at) AS happened_at, min(happened_at) AS started_at,
           count(*) FILTER (action = 'view') AS views, count(*) FILTER (action = 'cart') AS carts,
           count(*) FILTER (action = 'purchase') AS buys
    FROM counted GROUP BY customer, session_key
), browsing AS (
    SELECT customer, nullif(count(session_key), 0) AS sessions, sum(views) AS views, sum(carts) AS carts,
           sum(buys) AS buys,
           CAST(min(started_at) AS DATE) AS first_day, CAST(max(happened_at) AS DATE) AS last_day
    FROM sessions GROUP BY customer
), looked_at AS (
    SELECT customer, count(*) AS products_viewed
    FROM (SELECT DISTINCT customer, product_id FROM counted WHERE product_id IS NOT NULL) GROUP BY customer
)
SELECT customer, sessions, views, carts, buys, products_viewed,
       date_diff('day', last_day, CAST($as_of AS DATE)) AS days_since_visit,
       nullif(date_diff('day', first_day, last_day), 0) AS visit_span,
       least(carts, views) AS carted_views, least(buys, carts) AS bought_carts
FROM browsing LEFT JOIN looked_at USING (customer)
"""


def _feature(name: str, unit: Unit, skewed: bool = False) -> Feature:
    return Feature(name, *LABELS[name], Group.BROWSING, unit, skewed)


CANDIDATES = (
    Candidate(_feature("days_since_visit", Unit.DAYS, skewed=True), Lack.EVENT_DATES),
    Candidate(_feature("sessions", Unit.COUNT, skewed=True), Lack.VISITS, absent_is_zero=True),
    Candidate(_feature("views", Unit.COUNT, skewed=True), Lack.VIEWS, absent_is_zero=True),
    Candidate(_feature("carts", Unit.COUNT, skewed=True), Lack.CARTS, absent_is_zero=True),
    Candidate(_feature("view_to_cart", Unit.SHARE), Lack.VIEWS),
    Candidate(_feature("cart_to_buy", Unit.SHARE), Lack.CARTS),
)

# Where there are no orders, the events alone have to say how long and how much a customer has bought.
CANDIDATES_WITHOUT_ORDERS = (
    Candidate(_feature("buys", Unit.COUNT, skewed=True), Lack.EVENT_PURCHASES, absent_is_zero=True),
    Candidate(_feature("products_viewed", Unit.COUNT, skewed=True), Lack.EVENT_PRODUCTS, absent_is_zero=True),
    Candidate(_feature("visit_span", Unit.DAYS, skewed=True), Lack.EVENT_DATES),
)

SHARES = {"view_to_cart": ("carted_views", "views"), "cart_to_buy": ("bought_carts", "carts")}


def build_events(people: Population, shop: Shop, as_of: datetime | None, fixed: Fixed | None = None) -> Block:
    """Build the browsing features of these customers from the events up to the analysis day."""
    if "events" not in shop.has:
        return leave_out_all(CANDIDATES, len(people.ids), Lack.EVENTS)
    alone = "lines" not in shop.has or fixed is not None
    candidates = CANDIDATES + CANDIDATES_WITHOUT_ORDERS if alone else CANDIDATES
    raw = fetch(people, CUSTOMERS_BY_EVENTS, {"as_of": as_of})
    averages = fixed.averages if fixed else average_shares(raw, SHARES)
    values = with_shares(raw, SHARES, averages)
    days = days_covered(raw["days_since_visit"], raw["visit_span"])
    return keep_columns(values, candidates, days, fixed, averages)
