"""How a customer buys: recency, frequency, money, rhythm, basket, returns, discounts, habits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import numpy as np

from segmentation.features.block import (
    Block,
    Candidate,
    average_shares,
    behaviour,
    days_covered,
    keep_columns,
    leave_out_all,
    of_all,
    with_shares,
)
from segmentation.features.fixed import Fixed
from segmentation.features.halves import halved_columns, halves_of_orders, kinds_in_orders, measure_lasting
from segmentation.features.table import Lack, Unit
from segmentation.intake.population import Population, Query
from segmentation.intake.shop import Shop


def placed_orders(names: Collection[str] = ()) -> str:
    """Return SQL that fills `placed` with a row for each order of a customer, by its lines up to $as_of.

    What came back is in `net` and in the counts of lines alone. Money and quantities are decimals: sums do
    not depend on the rows' order.

    :param names: the columns of which halves are to be compared.
    """
    more, joined = kinds_in_orders(names)
    return f"""
CREATE OR REPLACE TEMP TABLE placed AS
WITH counted AS (
    SELECT population.customer, product_id, ordered_at, amount, discount, is_product,
           coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S'), '') AS order_key,
           TRY_CAST(coalesce(quantity, if(product_id IS NULL, NULL, 1)) AS DECIMAL(18,4)) AS quantity,
           is_return IS NOT TRUE AS is_bought
    FROM shop.lines JOIN population USING (customer_id)
    WHERE $as_of IS NULL OR ordered_at IS NULL OR CAST(ordered_at AS DATE) <= CAST($as_of AS DATE)
)
SELECT customer, order_key, bool_or(is_bought) AS is_bought,
       min(ordered_at) FILTER (is_bought) AS ordered_at,
       sum(amount) AS net, sum(amount) FILTER (is_bought) AS amount,
       sum(quantity) FILTER (is_bought AND is_product) AS items,
       count(*) AS all_lines, count(*) FILTER (NOT is_bought) AS return_lines,
       count(discount) FILTER (is_bought) AS priced_lines,
       count(*) FILTER (is_bought AND discount > 0) AS discount_lines,
       bool_or(ordered_at <> date_trunc('day', ordered_at)) AS has_time{more}
FROM counted {joined} GROUP BY customer, order_key
"""


# One row per customer with lines.
CUSTOMERS_BY_ORDERS = """
WITH habits AS (
    SELECT customer, nullif(count(*) FILTER (is_bought), 0) AS frequency, sum(net) AS monetary,
           sum(amount) / frequency AS average_order_value,
           CAST(sum(items) AS DOUBLE) / frequency AS items_per_order,
           CAST(min(ordered_at) AS DATE) AS first_day, CAST(max(ordered_at) AS DATE) AS last_day,
           count(DISTINCT CAST(ordered_at AS DATE)) AS order_days,
           sum(all_lines) AS all_lines, sum(return_lines) AS return_lines,
           sum(priced_lines) AS priced_lines, sum(discount_lines) AS discount_lines,
           count(ordered_at) AS dated_orders, bool_or(has_time) AS has_time,
           count(*) FILTER (isodow(ordered_at) >= 6) AS weekend_orders,
           count(*) FILTER (hour(ordered_at) BETWEEN 5 AND 11) AS morning_orders,
           count(*) FILTER (hour(ordered_at) >= 18 OR hour(ordered_at) < 5) AS evening_orders
    FROM placed GROUP BY customer
), tried AS (
    SELECT DISTINCT population.customer, product_id FROM shop.lines JOIN population USING (customer_id)
    WHERE product_id IS NOT NULL AND is_product AND is_return IS NOT TRUE
      AND ($as_of IS NULL OR ordered_at IS NULL OR CAST(ordered_at AS DATE) <= CAST($as_of AS DATE))
), products_tried AS (
    SELECT customer, count(*) AS products FROM tried GROUP BY customer
), categories_tried AS (
    SELECT customer, count(*) AS categories
    FROM (SELECT DISTINCT customer, category FROM tried JOIN shop.products USING (product_id)
          WHERE category IS NOT NULL)
    GROUP BY customer
)
SELECT customer, frequency, monetary, average_order_value, items_per_order, products, categories,
       date_diff('day', last_day, CAST($as_of AS DATE)) AS recency,
       nullif(date_diff('day', first_day, last_day), 0) AS active_span,
       date_diff('day', first_day, last_day) / nullif(order_days - 1, 0) AS days_between_orders,
       all_lines, return_lines, priced_lines, discount_lines, dated_orders, weekend_orders,
       has_time, morning_orders, evening_orders
FROM habits LEFT JOIN products_tried USING (customer) LEFT JOIN categories_tried USING (customer)
"""


CANDIDATES = (
    Candidate(behaviour("recency", Unit.DAYS, skewed=True), Lack.ORDER_DATES),
    Candidate(behaviour("frequency", Unit.COUNT, skewed=True), Lack.PURCHASES, absent_is_zero=True),
    Candidate(behaviour("monetary", Unit.MONEY, skewed=True), Lack.ORDER_AMOUNTS, absent_is_zero=True),
    Candidate(behaviour("average_order_value", Unit.MONEY, skewed=True), Lack.ORDER_AMOUNTS),
    Candidate(behaviour("active_span", Unit.DAYS, skewed=True), Lack.ORDER_DATES),
    Candidate(behaviour("days_between_orders", Unit.DAYS, skewed=True), Lack.SECOND_ORDERS),
    Candidate(behaviour("items_per_order", Unit.NUMBER, skewed=True), Lack.ORDER_ITEMS),
    Candidate(behaviour("products", Unit.COUNT, skewed=True), Lack.ORDER_PRODUCTS, absent_is_zero=True),
    Candidate(behaviour("categories", Unit.COUNT, skewed=True), Lack.CATEGORIES, absent_is_zero=True),
    Candidate(behaviour("return_share", Unit.SHARE), Lack.ORDER_LINES),
    Candidate(behaviour("discount_share", Unit.SHARE), Lack.DISCOUNTS),
    Candidate(behaviour("weekend_share", Unit.SHARE), Lack.ORDER_DATES, of_weekdays=True),
    Candidate(behaviour("morning_share", Unit.SHARE), Lack.ORDER_TIMES),
    Candidate(behaviour("evening_share", Unit.SHARE), Lack.ORDER_TIMES),
)

TIMES_OF_DAY = ("morning_share", "evening_share")
"""What is known only where any order has a time of day."""

SHARES = {
    "return_share": ("return_lines", "all_lines"),
    "discount_share": ("discount_lines", "priced_lines"),
    "weekend_share": ("weekend_orders", "dated_orders"),
    "morning_share": ("morning_orders", "timed_orders"),
    "evening_share": ("evening_orders", "timed_orders"),
}


def build_orders(people: Population, shop: Shop, as_of: datetime | None, fixed: Fixed | None = None) -> Block:
    """Build the buying features of these customers from the lines up to the analysis day."""
    if "lines" not in shop.has:
        return leave_out_all(CANDIDATES, len(people.ids), Lack.ORDERS)
    names = () if fixed else halved_columns(shop)
    selects = (CUSTOMERS_BY_ORDERS, *([halves_of_orders(names)] if names else ()))
    found, *halved = people.ask(Query(selects, {"as_of": as_of}, (placed_orders(names),)))
    raw = of_all(people, found)
    timed = bool((raw["has_time"] > 0).any()) or (fixed is not None and fixed.knows(*TIMES_OF_DAY))
    raw["timed_orders"] = raw["dated_orders"] if timed else np.nan
    averages = fixed.averages if fixed else average_shares(raw, SHARES)
    values = with_shares(raw, SHARES, averages)
    days = days_covered(raw["recency"], raw["active_span"])
    block = keep_columns(values, CANDIDATES, days, fixed, averages)
    return replace(block, lasting=measure_lasting(halved[0], block.features)) if halved else block
