"""How much people spend per order: the gamma-gamma model, fitted by maximum likelihood.

Amounts of a customer's orders are gamma distributed around an average of their own, which is gamma
distributed in its turn. It holds only where how much and how often are about independent. Fader and Hardie
2013, "The gamma-gamma model of monetary value", brucehardie.com/notes/025.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

START = (3.0, 3.0, 1.0)
WIDEST = 12.0


@dataclass(frozen=True)
class SpendModel:
    """Amounts are gamma(`p`, rate), and the rates of customers gamma(`q`, `gamma`), in the shop's currency.

    `customers` is how many it was fitted to.
    """

    p: float
    q: float
    gamma: float
    customers: int

    @property
    def average(self) -> float:
        """What an order of a customer nobody knows brings; without bound where q is 1 or less."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else np.inf

    def expected(self, orders: np.ndarray, mean: np.ndarray) -> np.ndarray:
        """Return what each customer's next order is expected to bring, their own mean drawn toward all.

        :param orders: how many orders each mean is of, (n,); nothing is known of a customer with 0.
        :param mean: net amount per order, (n,).
        """
        return self.p * self.scale(orders, mean) / (self.q + self.p * orders - 1)

    def scale(self, orders: np.ndarray, mean: np.ndarray) -> np.ndarray:
        """Return the amount, (n,), that is multiplied by a ratio of gammas to give what orders bring."""
        return self.gamma + orders * np.maximum(mean, 0.0)


def fit_spending(orders: np.ndarray, mean: np.ndarray) -> SpendModel:
    """Fit the three parameters to customers with a positive mean.

    :param orders: how many orders each mean is of, 1 or more, (n,).
    :param mean: net amount per order, above nothing, (n,).
    """
    from scipy.optimize import minimize

    unit = float(mean.mean())
    different, place = np.unique(orders.astype(np.float64), return_inverse=True)
    found = minimize(
        _loss,
        np.log(START),
        args=(different, place, mean / unit),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-WIDEST, WIDEST)] * len(START),
        options={"ftol": 1e-14, "gtol": 1e-7, "maxiter": 1000},
    )
    p, q, gamma = np.exp(found.x).tolist()
    return SpendModel(p, q, gamma * unit, len(mean))


def _loss(
    logs: np.ndarray, different: np.ndarray, place: np.ndarray, mean: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return minus the log-likelihood per customer, and its slope by the logarithm of each parameter."""
    from scipy.special import digamma, gammaln

    p, q, gamma = parameters = np.exp(logs)
    orders = different[place]
    customers = np.bincount(place, minlength=len(different)) / len(place)
    shape, total = p * different, orders * mean
    log_rate = np.log(gamma + total)
    by_orders = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * logs[2] + shape * np.log(different)
    each = (p * orders - 1) * np.log(mean) - (p * orders + q) * log_rate
    more = digamma(shape + q)
    slope = np.array(
        [
            customers @ (different * (more - digamma(shape) + np.log(different)))
            + np.mean(orders * (np.log(mean) - log_rate)),
            customers @ (more - digamma(q)) + logs[2] - log_rate.mean(),
            q / gamma - np.mean((p * orders + q) / (gamma + total)),
        ]
    )
    return -float(customers @ by_orders + each.mean()), -slope * parameters
