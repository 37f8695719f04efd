"""What customers are worth: the orders and the net spend expected of each in the days to come.

How often they buy and until when by MBG/NBD, how much by gamma-gamma: see `algorithms.buying`, `.spending`
and `.forecast`. Not BG/NBD, for which every one-time buyer is surely still a customer: held against what came
later, MBG/NBD was off by less per customer (CDNOW), or by the same (Online Retail). What a customer spends is
learned from all order days, the first among them, which was off by less than the repeats alone on both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.buying import BuyingModel, fit_buying, gather
from segmentation.algorithms.forecast import Customers, Forecast, forecast
from segmentation.algorithms.spending import SpendModel, fit_spending
from segmentation.errors import NoForecastError
from segmentation.features.histories import OrderHistories, order_histories
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

HORIZONS = (90, 180, 365)
"""Days ahead that are foretold."""

FEWEST_DAYS = 60
FEWEST_REPEATING = 30
TOO_RELATED = 0.15
"""Where how often and how much are correlated more than this, the model of spend is off for the busiest."""

LONGER_HISTORY = "Upload a longer history of orders."
_STEP = Stage.FORETELLING


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


@dataclass(frozen=True)
class CustomerValue:
    """The outlook of every customer who has ordered, by days ahead; the order is that of `histories`.

    `alive` is the probability (0..1) of being still a customer, (n,). `orders` counts order days, `spend` is
    net of returns in the shop's currency, None where no amounts are known.
    """

    histories: OrderHistories
    model: ValueModel
    alive: np.ndarray
    orders: Mapping[int, Forecast]
    spend: Mapping[int, Forecast] | None

    def if_still_a_customer(self, days: int) -> np.ndarray:
        """Return what each brings if still a customer: spend, or orders where amounts are not known, (n,)."""
        expected = (self.spend or self.orders)[days].expected
        return expected / np.maximum(self.alive, 1e-9)


def value_customers(
    workspace: Workspace,
    shop: Shop,
    horizons: tuple[int, ...] = HORIZONS,
    on_progress: Progress = silent,
) -> CustomerValue:
    """Foretell the orders and the spend of every customer from the day of analysis on.

    :param horizons: days ahead.
    :raises NoForecastError: without dates of orders, or with too little history or too few who came back.
    """
    if shop.as_of is None or "lines.ordered_at" not in shop.has:
        raise NoForecastError("the files have no orders with dates.", "Upload orders with their dates.")
    on_progress(_STEP, 0, len(horizons) + 1)
    histories = order_histories(workspace, shop.as_of)
    model = learn_value(histories)
    customers = known_customers(model, histories)
    orders, spend = {}, {}
    for place, days in enumerate(horizons, start=1):
        on_progress(_STEP, place, len(horizons) + 1)
        orders[days], spend[days] = forecast(model.buying, model.spending, customers, days)
    spends = {days: one for days, one in spend.items() if one is not None}
    return CustomerValue(histories, model, customers.alive, orders, spends or None)


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
