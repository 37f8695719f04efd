"""Orders and revenue of each segment by month, and how many of those who began in a month came back later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from segmentation.intake.proof.months import ORDER_KEY

MOST_MONTHS = 24
"""A year beside the one before it; what is older says little of the customers of today."""

_YEAR = 12

# A row per customer and month with a line, in the order of the run.
_CUSTOMER_MONTHS = f"""
WITH dated AS (
    SELECT position, amount, coalesce(is_return, false) AS is_return, {ORDER_KEY} AS order_key,
           12 * year(ordered_at) + month(ordered_at) - 1 AS month
    FROM shop.lines JOIN run_customers USING (customer_id)
    WHERE ordered_at IS NOT NULL AND CAST(ordered_at AS DATE) <= $day
)
SELECT position, month, count(DISTINCT order_key) FILTER (NOT is_return) AS orders,
       CAST(coalesce(sum(amount), 0) AS DOUBLE) AS revenue
FROM dated GROUP BY position, month ORDER BY position, month
"""


@dataclass(frozen=True)
class CustomerMonths:
    """What each customer did in each month with a line of theirs, (n,) each, by customer, then month.

    `position` is the customer's place in the run, `month` counts from the year 0; revenue is net of returns.
    """

    position: np.ndarray
    month: np.ndarray
    orders: np.ndarray
    revenue: np.ndarray


@dataclass(frozen=True)
class Months:
    """The months that are shown: the first day of the first, how many, and how many of these are over."""

    first: date
    number: int
    over: int

    @property
    def days(self) -> tuple[date, ...]:
        """The first day of each."""
        begins = month_of(self.first)
        return tuple(day_of(begins + place) for place in range(self.number))


@dataclass(frozen=True)
class SegmentMonths:
    """What k segments did in the m months that are shown, in label order.

    `orders` and `revenue` (net of returns) are (k, m). `back` (k, m, m) counts of the customers whose first
    order ever was in a month (second axis) those who ordered so many months later (third axis), and `paid`
    is what all of these customers paid then, net of returns.
    """

    orders: np.ndarray
    revenue: np.ndarray
    back: np.ndarray
    paid: np.ndarray


@dataclass(frozen=True)
class Retention:
    """How those who began in each of m months came back: `begun` (m,) customers, and `values` (m, later).

    The values are of 1 month later, of 2 and so on, as far as any month is over: the share (0..1) of them who
    ordered, or what one of them paid on average. NaN where it is not over yet, and where nobody began.
    """

    begun: np.ndarray
    values: np.ndarray


def customer_months(cursor: duckdb.DuckDBPyConnection, day: date) -> CustomerMonths:
    """Count the orders of the registered `run_customers` (position, customer_id) by month, up to a day."""
    found = cursor.execute(_CUSTOMER_MONTHS, {"day": day}).fetchnumpy()
    return CustomerMonths(*(np.asarray(found[name]) for name in ("position", "month", "orders", "revenue")))


def months_to(day: date, done: CustomerMonths) -> Months | None:
    """Return the months to show up to the one of this day, at most 24; None without any order."""
    bought = done.month[done.orders > 0]
    if not len(bought):
        return None
    last = month_of(day)
    first = max(int(bought.min()), last - MOST_MONTHS + 1)
    number = last - first + 1
    last_day = date.fromordinal(day_of(last + 1).toordinal() - 1)
    return Months(day_of(first), number, number - (day < last_day))


def segment_months(done: CustomerMonths, months: Months, labels: np.ndarray, k: int) -> SegmentMonths:
    """Add the months of customers up by segment.

    :param labels: the segment 0..k-1 of every customer of the run, (n,).
    """
    m, begins = months.number, month_of(months.first)
    label, place = labels[done.position], done.month - begins
    began = _first_months(done, len(labels))[done.position] - begins
    shown, of_cohort = place >= 0, (began >= 0) & (place >= began)
    in_month = (label[shown], place[shown])
    later = (label[of_cohort], began[of_cohort], (place - began)[of_cohort])
    return SegmentMonths(
        orders=_summed(in_month, done.orders[shown], (k, m)).astype(np.int64),
        revenue=np.round(_summed(in_month, done.revenue[shown], (k, m)), 2),
        back=_summed(later, done.orders[of_cohort] > 0, (k, m, m)).astype(np.int64),
        paid=np.round(_summed(later, done.revenue[of_cohort], (k, m, m)), 2),
    )


def retention(found: SegmentMonths, months: Months, segment: int | None, money: bool) -> Retention:
    """Return the retention of one segment (0-based), or of all of them.

    :param money: tell what they paid, and not how many ordered.
    """
    back, paid = (one.sum(axis=0) if segment is None else one[segment] for one in (found.back, found.paid))
    begun = back[:, 0]
    began, later = np.indices(back.shape)
    known = (began + later < months.over) & (begun[:, None] > 0)
    shares = (paid if money else back) / np.maximum(begun, 1)[:, None]
    return Retention(begun, np.where(known, shares, np.nan)[:, 1 : max(1, months.over)])


def month_of(day: date) -> int:
    """Return the number of a day's month, from the year 0 on."""
    return _YEAR * day.year + day.month - 1


def day_of(month: int) -> date:
    """Return the first day of a month of this number."""
    return date(month // _YEAR, month % _YEAR + 1, 1)


def _first_months(done: CustomerMonths, customers: int) -> np.ndarray:
    """Return the month of every customer's first order, (customers,); -1 without one."""
    first = np.full(customers, np.iinfo(np.int64).max)
    bought = done.orders > 0
    np.minimum.at(first, done.position[bought], done.month[bought])
    return np.where(first == np.iinfo(np.int64).max, -1, first)


def _summed(places: tuple[np.ndarray, ...], values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    flat = np.ravel_multi_index(places, shape)
    return np.bincount(flat, values, minlength=int(np.prod(shape))).reshape(shape)
