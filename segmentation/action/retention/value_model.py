"""What is learned of how a shop's customers buy and spend, and what is known of each of them.

How often they buy and until when by MBG/NBD, how much by gamma-gamma: see `algorithms.buying` and
`.spending`. Not BG/NBD, for which every one-time buyer is surely still a customer: held against what came
later, MBG/NBD was off by less per customer (CDNOW), or by the same (Online Retail). What a customer spends is
learned from all order days, the first among them, which was off by less than the repeats alone on both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.buying import BuyingModel, fit_buying, gather
from segmentation.algorithms.forecast import Customers
from segmentation.algorithms.spending import SpendModel, fit_spending
from segmentation.errors import NoForecastError
from segmentation.features.histories import OrderHistories

FEWEST_DAYS = 60
FEWEST_REPEATING = 30
TOO_RELATED = 0.15
"""Where how often and how much are correlated more than this, the model of spend is off for the busiest."""

LONGER_HISTORY = "Upload a longer history of orders."


@dataclass(frozen=True)
class ValueModel:
    """What was learned from all customers: how they buy, and how they spend where amounts are known.

    `repeating` customers came back on another day; `correlation` (-1..1) is between the number of order days
    and the net amount of each, over those who came back, None where it cannot be told.
    There is no model of spend where the order files give no amounts.
    """

    days: int
    repeating: int
    buying: BuyingModel
    spending: SpendModel | None
    correlation: float | None

    @property
    def is_too_related(self) -> bool:
        """Whether how often and how much go together too closely for the model of spend."""
        return self.correlation is not None and abs(self.correlation) > TOO_RELATED


def learn_value(histories: OrderHistories, modified: bool = True) -> ValueModel:
    """Fit how the customers of a shop buy and spend.

    :raises NoForecastError: with too little history or too few who came back.
    """
    repeating = int((histories.repeats > 0).sum())
    _check_enough(histories, repeating)
    seen = gather(histories.repeats, histories.active_span, histories.observed)
    spending, correlation = _learn_spend(histories)
    return ValueModel(histories.days, repeating, fit_buying(seen, modified), spending, correlation)


def known_customers(model: ValueModel, histories: OrderHistories) -> Customers:
    """Say of each customer what a forecast is made from."""
    alive = model.buying.alive(histories.repeats, histories.active_span, histories.observed)
    mean = None if model.spending is None else np.nan_to_num(histories.spent_a_day)
    return Customers(histories.repeats, histories.observed, alive, mean)


def _check_enough(histories: OrderHistories, repeating: int) -> None:
    if histories.days < FEWEST_DAYS:
        raise NoForecastError(
            f"they cover only {histories.days} days, and {FEWEST_DAYS} are needed.", LONGER_HISTORY
        )
    if repeating < FEWEST_REPEATING:
        raise NoForecastError(
            f"only {repeating:,} of {len(histories):,} customers ordered on more than one day, and "
            f"{FEWEST_REPEATING} are needed.",
            LONGER_HISTORY,
        )


def _learn_spend(histories: OrderHistories) -> tuple[SpendModel | None, float | None]:
    """Fit the model of spend to the customers who left money in the shop, and check what it assumes."""
    paid = histories.spent_a_day > 0
    if paid.sum() < FEWEST_REPEATING:
        return None, None
    mean, orders = histories.spent_a_day[paid], histories.order_days[paid]
    again = orders > 1
    return fit_spending(orders, mean), _correlation(orders[again], mean[again])


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    if len(one) < FEWEST_REPEATING or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])
