"""How often people buy until they stop: BG/NBD and MBG/NBD, fitted by maximum likelihood.

A customer orders at random times at a rate of their own (gamma over customers) and after each order stops
for good with a probability of their own (beta over customers). In the modified model they may also stop
right after the first order, so that nobody is sure to be still a customer.

Fader, Hardie and Lee 2005, Marketing Science 24(2); Batislam, Denizel and Filiztekin 2007, International
Journal of Research in Marketing 24(3). A module of our own, since the libraries that fit these models are no
longer kept or bring a whole sampler of posteriors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

START = (0.5, 1.0, 1.0, 2.0)
WIDEST = 12.0
"""Parameters stay between e^-12 and e^12; where nobody can be seen to stop, `a` and `b` part that far."""


@dataclass(frozen=True)
class Histories:
    """Different histories of orders, float64 (m,) each, and how many customers share each.

    `repeats` counts the order days after the first, `active_span` is from the first to the last of them,
    `observed` from the first to the day of analysis; both in the same unit of time.
    """

    repeats: np.ndarray
    active_span: np.ndarray
    observed: np.ndarray
    customers: np.ndarray


@dataclass(frozen=True)
class BuyingModel:
    """The spread of rates, gamma(`r`, `alpha`), and of stopping, beta(`a`, `b`); `alpha` is in time units.

    `modified` is for MBG/NBD; `customers` is how many it was fitted to.
    """

    r: float
    alpha: float
    a: float
    b: float
    modified: bool
    customers: int
    log_likelihood: float

    def survived(self, repeats: np.ndarray) -> np.ndarray:
        """How many times a customer who is still one has chosen to stay."""
        return repeats + (1.0 if self.modified else 0.0)

    def alive(self, repeats: np.ndarray, active_span: np.ndarray, observed: np.ndarray) -> np.ndarray:
        """Return the probability (0..1) that each customer is still one on the day of analysis."""
        stayed = self.survived(repeats)
        silence = (self.r + repeats) * np.log((self.alpha + observed) / (self.alpha + active_span))
        odds = np.log(self.a) - np.log(np.maximum(self.b + stayed - 1, 1e-12)) + silence
        return np.where(stayed > 0, 1 / (1 + np.exp(np.minimum(odds, 700.0))), 1.0)


def gather(repeats: np.ndarray, active_span: np.ndarray, observed: np.ndarray) -> Histories:
    """Merge customers with the same history."""
    rows = np.stack([repeats, active_span, observed], axis=1).astype(np.float64)
    ordered = rows[np.lexsort(rows.T[::-1])]
    starts = np.flatnonzero(np.r_[True, (np.diff(ordered, axis=0) != 0).any(axis=1)])
    customers = np.diff(np.r_[starts, len(ordered)]).astype(np.float64)
    repeats, active_span, observed = ordered[starts].T
    return Histories(repeats, active_span, observed, customers)


def fit_buying(histories: Histories, modified: bool = True) -> BuyingModel:
    """Fit the four parameters to different histories with their weights."""
    from scipy.optimize import minimize

    total = histories.customers.sum()
    unit = float(np.average(histories.observed, weights=histories.customers)) or 1.0
    known = _prepare(histories, unit, modified)
    found = minimize(
        _loss,
        np.log(START),
        args=(known,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-WIDEST, WIDEST)] * len(START),
        options={"ftol": 1e-14, "gtol": 1e-7, "maxiter": 1000},
    )
    r, alpha, a, b = np.exp(found.x).tolist()
    # Times were divided by `unit`: the density of so many moments shrinks by as many powers of it.
    scale = histories.customers @ histories.repeats * np.log(unit)
    fitted = float(-found.fun * total - scale)
    return BuyingModel(r, alpha * unit, a, b, modified, int(total), fitted)


@dataclass(frozen=True)
class _Prepared:
    """The histories as the search wants them: counts and times are few, so that functions are taken of those.

    `count`, `end` and `last` are places in `counts` and `times`; `weight` adds up to 1.
    """

    counts: np.ndarray
    times: np.ndarray
    count: np.ndarray
    end: np.ndarray
    last: np.ndarray
    weight: np.ndarray
    modified: bool


def _prepare(histories: Histories, unit: float, modified: bool) -> _Prepared:
    counts, count = np.unique(histories.repeats, return_inverse=True)
    times, place = np.unique(np.concatenate([histories.observed, histories.active_span]), return_inverse=True)
    end, last = np.split(place, 2)
    weight = histories.customers / histories.customers.sum()
    return _Prepared(counts, times / unit, count, end, last, weight, modified)


def _loss(logs: np.ndarray, known: _Prepared) -> tuple[float, np.ndarray]:
    """Return minus the log-likelihood per customer, and its slope by the logarithm of each parameter."""
    from scipy.special import betaln, digamma, gammaln

    r, alpha, a, b = parameters = np.exp(logs)
    stayed = known.counts + (1.0 if known.modified else 0.0)
    before = np.maximum(b + stayed - 1, 1e-300)
    buying = gammaln(r + known.counts) - gammaln(r) + r * logs[1]
    stays = buying + betaln(a, b + stayed) - betaln(a, b)
    stops = np.where(stayed > 0, buying + betaln(a + 1, before) - betaln(a, b), -np.inf)
    power, log_time = r + known.counts, np.log(alpha + known.times)
    alive = stays[known.count] - power[known.count] * log_time[known.end]
    gone = stops[known.count] - power[known.count] * log_time[known.last]
    each = np.logaddexp(alive, gone)
    here = known.weight * np.exp(alive - each)
    away = known.weight - here

    by_count = (
        np.bincount(known.count, here, len(known.counts)),
        np.bincount(known.count, away, len(known.counts)),
    )
    both = by_count[0] + by_count[1]
    by_time = np.bincount(known.end, here, len(known.times)) + np.bincount(known.last, away, len(known.times))
    powers = np.bincount(known.end, here * power[known.count], len(known.times)) + np.bincount(
        known.last, away * power[known.count], len(known.times)
    )
    together = digamma(a + b) - digamma(a + b + stayed)
    slope = np.array(
        [
            both @ (digamma(power) - digamma(r)) + logs[1] - by_time @ log_time,
            r / alpha - powers @ (1 / (alpha + known.times)),
            both @ together + by_count[1].sum() / a,
            both @ together
            + by_count[0] @ (digamma(b + stayed) - digamma(b))
            + by_count[1] @ (digamma(before) - digamma(b)),
        ]
    )
    return -float(known.weight @ each), -slope * parameters
