"""How much of a habit is a customer's own and lasts: the same column from their odd and their even orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.algorithms.scale import signed_log
from segmentation.algorithms.split_halves import Reliability, split_half_reliability
from segmentation.features.block import numbers_of
from segmentation.features.table import Feature
from segmentation.intake.population import Population, Query

# One row per customer and half of their orders in time; a gap belongs to the order that ends it. Totals are
# taken per order: the number of orders in either half is nearly the same and would correlate by itself.
HALVES_OF_ORDERS = """
WITH counted AS (
    SELECT population.customer, product_id, ordered_at, amount, discount, is_product,
           coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')) AS order_key,
           TRY_CAST(coalesce(quantity, if(product_id IS NULL, NULL, 1)) AS DECIMAL(18,4)) AS quantity
    FROM shop.lines JOIN population USING (customer_id)
    WHERE is_return IS NOT TRUE AND ordered_at IS NOT NULL
      AND ($as_of IS NULL OR CAST(ordered_at AS DATE) <= CAST($as_of AS DATE))
), orders AS (
    SELECT customer, order_key, min(ordered_at) AS ordered_at, sum(amount) AS amount,
           sum(quantity) FILTER (is_product) AS items,
           count(DISTINCT product_id) FILTER (is_product) AS products,
           count(DISTINCT category) FILTER (is_product) AS categories,
           count(discount) AS priced_lines, count(*) FILTER (discount > 0) AS discount_lines
    FROM counted LEFT JOIN shop.products USING (product_id) GROUP BY customer, order_key
), numbered AS (
    SELECT *, row_number() OVER in_time % 2 AS half,
           date_diff('day', CAST(lag(ordered_at) OVER in_time AS DATE), CAST(ordered_at AS DATE)) AS gap
    FROM orders WINDOW in_time AS (PARTITION BY customer ORDER BY ordered_at, order_key)
)
SELECT customer, half, sum(amount) / count(*) AS average_order_value,
       CAST(sum(items) AS DOUBLE) / count(*) AS items_per_order,
       nullif(sum(products), 0) / count(*) AS products, nullif(sum(categories), 0) / count(*) AS categories,
       avg(gap) AS days_between_orders,
       sum(discount_lines) / nullif(sum(priced_lines), 0) AS discount_share,
       count(*) FILTER (isodow(ordered_at) >= 6) / count(*) AS weekend_share,
       count(*) FILTER (hour(ordered_at) BETWEEN 5 AND 11) / count(*) AS morning_share,
       count(*) FILTER (hour(ordered_at) >= 18 OR hour(ordered_at) < 5) / count(*) AS evening_share
FROM numbered GROUP BY customer, half ORDER BY customer, half
"""


def measure_lasting(
    people: Population, features: tuple[Feature, ...], as_of: datetime | None
) -> Mapping[str, Reliability]:
    """Return, for the columns that can be had from half of a customer's orders, how much of them lasts.

    A value is on the scale on which customers are compared.
    """
    [halved] = people.ask(Query((HALVES_OF_ORDERS,), {"as_of": as_of}))
    found = numbers_of(halved)
    halves = [_columns(found[found["half"] == half]) for half in (0, 1)]
    both = halves[0].index.intersection(halves[1].index)
    measured = {feature.name: feature for feature in features if feature.name in halves[0]}
    return {
        name: _lasting(*(_scaled(half.loc[both, name], feature) for half in halves))
        for name, feature in measured.items()
    }


def _columns(half: pd.DataFrame) -> pd.DataFrame:
    return half.set_index("customer").drop(columns="half")


def _scaled(values: pd.Series, feature: Feature) -> np.ndarray:
    plain = values.to_numpy()
    return signed_log(plain) if feature.skewed else plain


def _lasting(odd: np.ndarray, even: np.ndarray) -> Reliability:
    known = np.isfinite(odd) & np.isfinite(even)
    return split_half_reliability(odd[known, None], even[known, None])
