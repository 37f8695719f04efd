"""How much of a habit is a customer's own and lasts: the same column from their odd and their even orders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.algorithms.scale import signed_log
from segmentation.algorithms.split_halves import Reliability, split_half_reliability
from segmentation.features.block import numbers_of
from segmentation.features.table import Feature
from segmentation.intake.population import Population, Query

# An order has few things: they are counted in a list of their hashes, at two thirds of the cost of DISTINCT.
_KINDS = "coalesce(list_unique(list(hash({0})) FILTER (is_product AND {0} IS NOT NULL)), 0)"
_ORDERED = {
    "average_order_value": "sum(amount) AS amount",
    "items_per_order": "sum(quantity) FILTER (is_product) AS items",
    "products": f"{_KINDS.format('product_id')} AS products",
    "categories": f"{_KINDS.format('category')} AS categories",
    "discount_share": """count(discount) AS priced_lines,
           count(*) FILTER (discount > 0) AS discount_lines""",
}
# Totals are taken per order: the number of orders is nearly the same in both halves and would correlate.
_HALVED = {
    "average_order_value": "sum(amount) / count(*)",
    "items_per_order": "CAST(sum(items) AS DOUBLE) / count(*)",
    "products": "nullif(sum(products), 0) / count(*)",
    "categories": "nullif(sum(categories), 0) / count(*)",
    "days_between_orders": "avg(gap)",
    "discount_share": "sum(discount_lines) / nullif(sum(priced_lines), 0)",
    "weekend_share": "count(*) FILTER (isodow(ordered_at) >= 6) / count(*)",
    "morning_share": "count(*) FILTER (hour(ordered_at) BETWEEN 5 AND 11) / count(*)",
    "evening_share": "count(*) FILTER (hour(ordered_at) >= 18 OR hour(ordered_at) < 5) / count(*)",
}
MEASURED = frozenset(_HALVED)


def halves_of_orders(names: Collection[str] = MEASURED) -> str:
    """Return SQL of a row per customer and half of their orders in time, with these columns of `MEASURED`.

    A gap belongs to the order that ends it. What no column asks for is not counted: a shop may be large.
    """
    ordered = "".join(f",\n           {sql}" for name, sql in _ORDERED.items() if name in names)
    halved = "".join(f",\n       {sql} AS {name}" for name, sql in _HALVED.items() if name in names)
    named = "LEFT JOIN shop.products USING (product_id)" if "categories" in names else ""
    return f"""
WITH counted AS (
    SELECT population.customer, product_id, ordered_at, amount, discount, is_product,
           coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')) AS order_key,
           TRY_CAST(coalesce(quantity, if(product_id IS NULL, NULL, 1)) AS DECIMAL(18,4)) AS quantity
    FROM shop.lines JOIN population USING (customer_id)
    WHERE is_return IS NOT TRUE AND ordered_at IS NOT NULL
      AND ($as_of IS NULL OR CAST(ordered_at AS DATE) <= CAST($as_of AS DATE))
), orders AS (
    SELECT customer, order_key, min(ordered_at) AS ordered_at{ordered}
    FROM counted {named} GROUP BY customer, order_key
), numbered AS (
    SELECT *, row_number() OVER in_time % 2 AS half,
           date_diff('day', CAST(lag(ordered_at) OVER in_time AS DATE), CAST(ordered_at AS DATE)) AS gap
    FROM orders WINDOW in_time AS (PARTITION BY customer ORDER BY ordered_at, order_key)
)
SELECT customer, half{halved}
FROM numbered GROUP BY customer, half ORDER BY customer, half
"""


def measure_lasting(
    people: Population, features: tuple[Feature, ...], as_of: datetime | None
) -> Mapping[str, Reliability]:
    """Return, for the columns that can be had from half of a customer's orders, how much of them lasts.

    A value is on the scale on which customers are compared.
    """
    measured = {feature.name: feature for feature in features if feature.name in MEASURED}
    [halved] = people.ask(Query((halves_of_orders(measured),), {"as_of": as_of}))
    found = numbers_of(halved)
    halves = [_columns(found[found["half"] == half]) for half in (0, 1)]
    both = halves[0].index.intersection(halves[1].index)
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
