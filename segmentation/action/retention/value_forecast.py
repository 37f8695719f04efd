"""What customers are worth: the orders and the net spend expected of each in the days to come.

By the way that foretold the latest period best (`value_check`), corrected by what it was off by
(`value_levels`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from segmentation.action.retention.value_check import YEAR, Checked, ValueCheck, check_value
from segmentation.action.retention.value_levels import Lessons, corrected, lessons_of
from segmentation.action.retention.value_model import ValueModel, known_customers
from segmentation.action.retention.value_ways import Known, ValueWay, What, foresee, know
from segmentation.algorithms.forecast import Forecast
from segmentation.errors import NoForecastError, NoHindsightError
from segmentation.features.cutoff import Period
from segmentation.features.histories import OrderHistories, order_histories
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

HORIZONS = (90, 180, 365)
"""Days ahead that are foretold."""

_STEP = Stage.FORETELLING


@dataclass(frozen=True)
class CustomerValue:
    """The outlook of every customer who has ordered, by days ahead; the order is that of `histories`.

    `alive` is the probability (0..1) of being still a customer, (n,). `orders` counts order days, `spend` is
    net of returns in the shop's currency, None where no amounts are known. `check` says how the forecast held
    against the past; None where it could not be held, and `no_check` says why.
    """

    histories: OrderHistories
    model: ValueModel
    alive: np.ndarray
    orders: Mapping[int, Forecast]
    spend: Mapping[int, Forecast] | None
    check: ValueCheck | None
    no_check: str

    def if_still_a_customer(self, days: int) -> np.ndarray:
        """Return what each brings if still a customer: spend, or orders where amounts are not known, (n,).

        A plain way knows nothing of leaving: what it expects is what they bring by staying.
        """
        expected = (self.spend or self.orders)[days].expected
        if self.way is ValueWay.MODEL:
            return np.asarray(expected / np.maximum(self.alive, 1e-9))
        return expected

    @property
    def way(self) -> ValueWay:
        """The way by which spend is expected, or orders where amounts are not known."""
        held = (self.check.spend or self.check.orders) if self.check else None
        return held.used if held else ValueWay.MODEL


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
    checked, no_check = _checked(workspace, shop, on_progress)
    known = know(workspace, histories, checked.check.period.days if checked else histories.days)
    orders, spend = {}, {}
    for place, days in enumerate(horizons, start=1):
        on_progress(_STEP, place, len(horizons) + 1)
        season = lessons_of(workspace, _year_before(shop.as_of, days)) if checked else {}
        lessons = Lessons(checked.taught, season, checked.season) if checked else Lessons()
        found = _ahead(known, days, checked, lessons)
        orders[days] = found[What.ORDERS]
        if What.SPEND in found:
            spend[days] = found[What.SPEND]
    alive = known_customers(known.model, histories).alive
    check = checked.check if checked else None
    return CustomerValue(histories, known.model, alive, orders, spend or None, check, no_check)


def _checked(workspace: Workspace, shop: Shop, on_progress: Progress) -> tuple[Checked | None, str]:
    try:
        return check_value(workspace, shop, on_progress=on_progress), ""
    except (NoForecastError, NoHindsightError) as refused:
        return None, str(refused)


def _ahead(known: Known, days: int, checked: Checked | None, lessons: Lessons) -> dict[What, Forecast]:
    """Foretell so many days by the way that did best, or by the plain model where nothing could be held."""
    used = {what: checked.used(what) if checked else ValueWay.MODEL for what in What}
    return {what: corrected(one, what, used[what], lessons) for what, one in foresee(known, days).items()}


def _year_before(as_of: datetime, days: int) -> Period:
    """Return the days that come next, a year earlier."""
    first = datetime.combine(as_of.date(), time()) + timedelta(days=1) - YEAR
    return Period(first, first + timedelta(days=days - 1), 0, 0)
