"""How much of a habit is a customer's own and lasts: the same column from their odd and their even orders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.algorithms.scale import signed_log
from segmentation.algorithms.split_halves import Reliability, split_half_reliability
from segmentation.features.block import numbers_of
from segmentation.features.table import Feature
from segmentation.intake.shop import Shop

# An order has few things: they are counted in a list of their hashes, at two thirds of the cost of DISTINCT.
_KINDS = """,
       coalesce(list_unique(list(hash({0}))
                            FILTER (is_bought AND is_product AND {0} IS NOT NULL)), 0) AS {1}"""
_NAMED = {"products": "product_id", "categories": "category"}
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


def halved_columns(shop: Shop) -> tuple[str, ...]:
    """Name the columns of `MEASURED` that a shop's files can fill."""
    needed = {"categories": "products.category", "discount_share": "lines.discount"}
    return tuple(name for name in _HALVED if needed.get(name, "lines") in shop.has)


def kinds_in_orders(names: Collection[str]) -> tuple[str, str]:
    """Return SQL of columns of an order that only its halves need, and what to join its lines with."""
    kinds = "".join(_KINDS.format(column, name) for name, column in _NAMED.items() if name in names)
    return kinds, "LEFT JOIN shop.products USING (product_id)" if "categories" in names else ""


def halves_of_orders(names: Collection[str] = MEASURED) -> str:
    """Return SQL of a row per customer and half of their orders in time, with these columns of `MEASURED`.

    It reads `placed`, made with the same names. A gap belongs to the order that ends it.
    """
    halved = "".join(f",\n       {sql} AS {name}" for name, sql in _HALVED.items() if name in names)
    return f"""
WITH numbered AS (
    SELECT *, row_number() OVER in_time % 2 AS half,
           date_diff('day', CAST(lag(ordered_at) OVER in_time AS DATE), CAST(ordered_at AS DATE)) AS gap
    FROM placed WHERE ordered_at IS NOT NULL
    WINDOW in_time AS (PARTITION BY customer ORDER BY ordered_at, order_key)
)
SELECT customer, half{halved}
FROM numbered GROUP BY customer, half ORDER BY customer, half
"""


def measure_lasting(halved: pa.Table, features: Sequence[Feature]) -> Mapping[str, Reliability]:
    """Return, for the columns that can be had from half of a customer's orders, how much of them lasts.

    A value is on the scale on which customers are compared.

    :param halved: the rows of `halves_of_orders`.
    """
    measured = {feature.name: feature for feature in features if feature.name in MEASURED}
    found = numbers_of(halved.select(["customer", "half", *measured]))
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
