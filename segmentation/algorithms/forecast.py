"""What customers will order and spend in a coming span of time, as whole distributions, without drawing.

A customer who is still one orders min(N, K) times: N as often as their rate brings about, K until they stop.
Rate and stopping are independent, given their history, so that P(orders ≥ j) = P(N ≥ j) · P(K ≥ j), a
negative binomial tail times a ratio of betas. What their orders bring is a ratio of gammas times an amount of
their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.buying import BuyingModel
from segmentation.algorithms.spending import SpendModel

COVER = 0.8
"""How often the truth is to be within an interval."""

_TAIL = (1 - COVER) / 2
_RARE = 1e-6
_MOST_ORDERS = 3_000
_RATIOS = 120
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Customers:
    """What is known of each customer, (n,): order days after the first, time since the first, still one.

    `mean` is the net amount per order day, None where amounts are not known.
    """

    repeats: np.ndarray
    observed: np.ndarray
    alive: np.ndarray
    mean: np.ndarray | None = None

    @property
    def orders(self) -> np.ndarray:
        """How many order days each customer has had."""
        return self.repeats + 1


@dataclass(frozen=True)
class Forecast:
    """A value expected of each customer, (n,), and the ends of the interval that holds it 8 times in 10.

    Where nothing at all has a chance of a tenth or more, the interval begins there and leaves out the highest
    fifth; else it leaves out a tenth at either end. Where what is expected, an average that a few large
    outcomes raise, lies beyond an end, the interval reaches to it.
    """

    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def blank(cls, customers: int) -> Forecast:
        """Make room for a forecast."""
        return cls(*(np.zeros(customers) for _ in range(3)))

    @property
    def reaching(self) -> Forecast:
        """The same with intervals that hold what is expected."""
        low, high = np.minimum(self.low, self.expected), np.maximum(self.high, self.expected)
        return Forecast(self.expected, low, high)


def forecast(
    model: BuyingModel, spending: SpendModel | None, customers: Customers, span: float
) -> tuple[Forecast, Forecast | None]:
    """Foretell the order days and the net spend of each customer in the coming `span`.

    :param span: in the unit of time of the model.
    """
    orders, spend = (Forecast.blank(len(customers.repeats)) for _ in range(2))
    for rows, tails in _alike(model, customers, span):
        at_least = tails * customers.alive[rows, np.newaxis]
        _, upper = tail = _levels(at_least)
        orders.expected[rows] = at_least.sum(axis=1)
        orders.low[rows] = (at_least > 1 - _TAIL).sum(axis=1)
        orders.high[rows] = (at_least > upper[:, np.newaxis]).sum(axis=1)
        if spending and customers.mean is not None:
            known, mean = customers.orders[rows], customers.mean[rows]
            amount = spending.scale(known, mean)
            spend.expected[rows] = orders.expected[rows] * spending.expected(known, mean)
            ends = _ends(spending, float(known[0]), at_least, tail)
            spend.low[rows], spend.high[rows] = (amount * end for end in ends)
    return orders.reaching, spend.reaching if spending else None


def chance_of_fewer(
    model: BuyingModel, customers: Customers, span: float, happened: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the foretold chance, (n,) each, of fewer order days than happened, and of at most as many."""
    fewer, at_most = np.zeros(len(happened)), np.zeros(len(happened))
    for rows, tails in _alike(model, customers, span):
        at_least = np.pad(tails * customers.alive[rows, np.newaxis], ((0, 0), (1, 1)))
        at_least[:, 0] = 1.0
        seen = np.minimum(happened[rows], at_least.shape[1] - 2).astype(np.intp)
        places = np.arange(len(rows))
        fewer[rows], at_most[rows] = 1 - at_least[places, seen], 1 - at_least[places, seen + 1]
    return fewer, at_most


def _levels(at_least: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how often each row's interval is to be exceeded by the truth at its low and its high end."""
    may_be_none = at_least[:, 0] <= 1 - _TAIL
    return np.full(len(at_least), 1 - _TAIL), np.where(may_be_none, 2 * _TAIL, _TAIL)


def _alike(model: BuyingModel, customers: Customers, span: float) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield rows of customers with equally many repeats, and their P(orders ≥ j), j from 1, if still one."""
    repeats = customers.repeats
    order = np.argsort(repeats, kind="stable")
    starts = np.flatnonzero(np.diff(repeats[order]) > 0) + 1
    for rows in np.split(order, starts):
        for begin in range(0, len(rows), _ROWS_AT_ONCE):
            part = rows[begin : begin + _ROWS_AT_ONCE]
            different, place = np.unique(customers.observed[part], return_inverse=True)
            yield part, _tails(model, float(repeats[part[0]]), different, span)[place]


def _tails(model: BuyingModel, repeats: float, observed: np.ndarray, span: float) -> np.ndarray:
    """Return P(orders ≥ j) of those who are still customers, j from 1, shape (m, most)."""
    from scipy.special import betainc, betaln

    shape, share = model.r + repeats, span / (model.alpha + observed + span)
    mean = shape * span / (model.alpha + observed.min())
    most = int(min(_MOST_ORDERS, np.ceil(mean + 12 * np.sqrt(mean * (1 + mean / shape)) + 5)))
    stays = model.b + model.survived(np.array(repeats))
    counts = np.arange(1, most + 1, dtype=np.float64)
    orders = betainc(counts, shape, share[:, np.newaxis])
    table = orders * np.exp(betaln(model.a, stays + counts - 1) - betaln(model.a, stays))
    return table[:, : max(1, int((table.max(axis=0) > _RARE).sum()))]


def _ends(
    spending: SpendModel, orders: float, at_least: np.ndarray, levels: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, ...]:
    """Return the ratios of gammas, (m,) each, that are exceeded as often as the levels say."""
    from scipy.special import betainc

    exactly = at_least - np.pad(at_least[:, 1:], ((0, 0), (0, 1)))
    shape, counts = spending.q + spending.p * orders, np.arange(1, at_least.shape[1] + 1, dtype=np.float64)
    one = spending.p / shape
    ratios = np.geomspace(one / 100, one * (20 + 3 * len(counts)), _RATIOS)
    above = 1 - betainc(spending.p * counts[:, np.newaxis], shape, ratios / (1 + ratios))
    exceeded = exactly @ above
    return tuple(_where_crossed(ratios, exceeded, level) for level in levels)


def _where_crossed(ratios: np.ndarray, exceeded: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Return the ratio where each row of falling probabilities crosses its level, 0 where all are below."""
    place = (exceeded > level[:, np.newaxis]).sum(axis=1)
    inside, rows = np.clip(place, 1, len(ratios) - 1), np.arange(len(exceeded))
    before, after = exceeded[rows, inside - 1], exceeded[rows, inside]
    share = np.clip((before - level) / np.maximum(before - after, 1e-300), 0.0, 1.0)
    logs = np.log(ratios)
    crossed = np.exp(logs[inside - 1] + share * (logs[inside] - logs[inside - 1]))
    return np.where(place == 0, 0.0, crossed)
