"""Outcomes: what customers did after a cut-off, and columns that say how things turned out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa

from segmentation.algorithms.scale import signed_log
from segmentation.errors import NoHindsightError, OptionError
from segmentation.features.cutoff import FEWEST_RETURNING, Period
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.features.words import OUTCOMES
from segmentation.workspace import Workspace

HIGH_SPEND_SHARE = 0.2
KIND_SHARE = 0.8
"""From this share of the best rating given on, a review is a kind one: 4 of 5, 8 of 10."""

KIND_RATING = "kind_rating"


class Later(StrEnum):
    """What is derived from the orders and reviews of the later period."""

    REVENUE = "revenue"
    ORDERS = "orders"
    CHURNED = "churned"
    REPEAT = "repeat"
    HIGH_SPEND = "high_spend"
    RECOMMENDED = "recommended"


@dataclass(frozen=True)
class Outcome:
    """Something that segments can be made to tell apart, and whether it is yes or no.

    `column` is the feature of today's table that it is read from; None for what is derived from the later
    period.
    """

    name: str
    label: str
    definition: str
    yes_or_no: bool
    column: str | None = None


LATER = {
    later: Outcome(later, *OUTCOMES[later], yes_or_no=later not in (Later.REVENUE, Later.ORDERS))
    for later in Later
}

# One row per known customer with a line; an order is a visit to the till, as in the features.
_ORDERS_OF_PERIOD = """
WITH counted AS (
    SELECT position, ordered_at >= $cutoff AS later, amount, coalesce(is_return, false) AS is_return,
           coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')) AS order_key
    FROM shop.lines JOIN asked_customers USING (customer_id)
    WHERE ordered_at IS NOT NULL AND CAST(ordered_at AS DATE) <= CAST($end AS DATE)
)
SELECT position, CAST(coalesce(sum(amount) FILTER (later), 0) AS DOUBLE) AS spent,
       count(DISTINCT order_key) FILTER (later AND NOT is_return) AS later_orders,
       count(DISTINCT order_key) FILTER (NOT later AND NOT is_return) AS earlier_orders
FROM counted GROUP BY position ORDER BY position
"""

_RATINGS_OF_PERIOD = """
WITH rated AS (
    SELECT position, reviewed_at, TRY_CAST(rating AS DOUBLE) AS rating
    FROM shop.reviews JOIN asked_customers USING (customer_id)
)
SELECT position, avg(rating) AS rating, (SELECT max(rating) FROM rated) AS best
FROM rated WHERE reviewed_at >= $cutoff AND CAST(reviewed_at AS DATE) <= CAST($end AS DATE)
GROUP BY position HAVING count(rating) > 0 ORDER BY position
"""


def measure_later(
    workspace: Workspace, period: Period, customer_ids: np.ndarray
) -> Mapping[Later, np.ndarray]:
    """Return every derived outcome of these customers, float64 (n,) each, NaN for whom it has no meaning.

    :param customer_ids: those known before the period; `workspace` holds the whole history.
    """
    asked = pa.table(
        {
            "position": pa.array(np.arange(len(customer_ids)), type=pa.int64()),
            "customer_id": pa.array(customer_ids, type=pa.string()),
        }
    )
    values = {"cutoff": period.cutoff, "end": period.end}
    with workspace.cursor() as cursor:
        cursor.register("asked_customers", asked)
        found = cursor.sql(_ORDERS_OF_PERIOD, params=values).fetchnumpy()
        rated = cursor.sql(_RATINGS_OF_PERIOD, params=values).fetchnumpy()
    spent, orders, earlier = (
        _placed(found["position"], found[name], len(customer_ids))
        for name in ("spent", "later_orders", "earlier_orders")
    )
    recommended = np.full(len(customer_ids), np.nan)
    recommended[rated["position"]] = rated["rating"] >= KIND_SHARE * rated["best"]
    return {**outcomes_of(np.maximum(spent, 0.0), orders, earlier), Later.RECOMMENDED: recommended}


def outcomes_of(spent: np.ndarray, orders: np.ndarray, earlier: np.ndarray) -> Mapping[Later, np.ndarray]:
    """Derive the outcomes from the spend and the orders of the period and the orders before it, (n,) each."""
    came_back = (orders > 0).astype(np.float64)
    line = max(0.0, np.quantile(spent, 1 - HIGH_SPEND_SHARE, method="inverted_cdf")) if len(spent) else 0.0
    return {
        Later.REVENUE: signed_log(spent),
        Later.ORDERS: orders.astype(np.float64),
        Later.CHURNED: np.where(earlier > 0, 1 - came_back, np.nan),
        Later.REPEAT: np.where(earlier == 1, came_back, np.nan),
        Later.HIGH_SPEND: (spent > line).astype(np.float64),
    }


def column_outcomes(table: FeatureTable) -> tuple[Outcome, ...]:
    """List what can serve as outcomes today: ratings given, and the columns of the customer file."""
    columns = [
        Outcome(feature.name, feature.label, feature.definition, _is_yes_or_no(feature, table), feature.name)
        for feature in table.features
        if feature.unit == Unit.RATING or feature.group == Group.PROFILE
    ]
    kind = [
        Outcome(KIND_RATING, *OUTCOMES[KIND_RATING], yes_or_no=True, column=one.name)
        for one in columns
        if table.feature(one.name).unit == Unit.RATING and not one.yes_or_no
    ]
    return (*kind, *columns)


def find_outcome(name: str, table: FeatureTable) -> Outcome:
    """Return the outcome of this name; a column may be called by its label, too.

    :raises OptionError: where there is none.
    """
    if name in set(Later):
        return LATER[Later(name)]
    columns = column_outcomes(table)
    for outcome in columns:
        if name in (outcome.name, outcome.label):
            return outcome
    known = ", ".join(
        [*Later, *(outcome.label if outcome.column == outcome.name else outcome.name for outcome in columns)]
    )
    raise OptionError(f"there is no outcome “{name}”.", f"There are {known}.")


def column_values(outcome: Outcome, table: FeatureTable) -> np.ndarray:
    """Return one of `column_outcomes` for each customer, float64 (n,), NaN where not known.

    A skewed column is on a log scale.
    """
    feature = table.feature(outcome.column or outcome.name)
    values = table.values[feature.name].to_numpy(dtype=np.float64)
    if outcome.name == KIND_RATING:
        best = np.nanmax(values, initial=0.0)
        return np.where(np.isfinite(values), values >= KIND_SHARE * best, np.nan)
    return signed_log(values) if feature.skewed else values


def check_enough(outcome: Outcome, values: np.ndarray) -> None:
    """Check that an outcome is known and differs often enough to learn from.

    :raises NoHindsightError: where it is not.
    """
    known = values[np.isfinite(values)]
    usual = known.size and np.unique(known, return_counts=True)[1].max()
    if known.size - usual < FEWEST_RETURNING or known.size < 2 * FEWEST_RETURNING:
        raise NoHindsightError(
            f"“{outcome.label}” is known of {known.size:,} customers and the same for {usual:,} of them.",
            "Choose something that differs more between customers, or upload a longer history.",
        )


def _is_yes_or_no(feature: Feature, table: FeatureTable) -> bool:
    return bool(table.values[feature.name].dropna().isin((0.0, 1.0)).all())


def _placed(positions: np.ndarray, values: np.ndarray, customers: int) -> np.ndarray:
    placed = np.zeros(customers)
    placed[positions] = values
    return placed
