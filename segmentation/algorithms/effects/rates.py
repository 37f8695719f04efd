"""The difference of two rates: Newcombe's interval of one, Mantel and Haenszel's of several strata."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtri

ALPHA = 0.05


@dataclass(frozen=True)
class TwoRates:
    """How many of two groups did something: counts, float64 of one shape, a place for each pair."""

    did: np.ndarray
    of: np.ndarray
    other_did: np.ndarray
    other_of: np.ndarray

    @property
    def rate(self) -> np.ndarray:
        """The share (0..1) of the first group."""
        return self.did / self.of

    @property
    def other_rate(self) -> np.ndarray:
        """The share (0..1) of the other group."""
        return self.other_did / self.other_of

    @property
    def difference(self) -> np.ndarray:
        """By how much the first rate is above the other."""
        return self.rate - self.other_rate


@dataclass(frozen=True)
class Between:
    """A value and the ends of its interval."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Between:
        """Return the same of so many."""
        return Between(self.value * factor, self.low * factor, self.high * factor)


def wilson(did: np.ndarray, of: np.ndarray, alpha: float = ALPHA) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the score interval of a rate (Wilson 1927, JASA 22)."""
    square = ndtri(1 - alpha / 2) ** 2
    rate = did / of
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = np.sqrt(square * (rate * (1 - rate) / of + square / (4 * of**2))) / (1 + square / of)
    return middle - half, middle + half


@dataclass(frozen=True)
class Shares:
    """Rates (m,), the ends of their score intervals, and of how many each is; NaN where of none."""

    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    of: np.ndarray


def shares_of(did: np.ndarray, of: np.ndarray) -> Shares:
    """Return the rate and the score interval of each place, (m,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return Shares(did / of, *wilson(did, of), of)


def newcombe(rates: TwoRates, alpha: float = ALPHA) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the interval of the difference from both score intervals.

    Newcombe 1998, Statistics in Medicine 17, 873-890, method 10.
    """
    low, high = wilson(rates.did, rates.of, alpha)
    other_low, other_high = wilson(rates.other_did, rates.other_of, alpha)
    down = np.hypot(rates.rate - low, other_high - rates.other_rate)
    up = np.hypot(high - rates.rate, rates.other_rate - other_low)
    return rates.difference - down, rates.difference + up


def wald(rates: TwoRates, alpha: float = ALPHA) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the textbook interval, which is far too narrow where few did it."""
    half = ndtri(1 - alpha / 2) * np.sqrt(_variance(rates.did, rates.of, rates.other_did, rates.other_of))
    return rates.difference - half, rates.difference + half


def difference_variance(rates: TwoRates) -> np.ndarray:
    """Return the variance of each difference, one did and one did not added to each group.

    So that nobody out of few is no certainty (Agresti and Caffo 2000, American Statistician 54).
    """
    return _variance(rates.did + 1, rates.of + 2, rates.other_did + 1, rates.other_of + 2)


def _variance(did: np.ndarray, of: np.ndarray, other_did: np.ndarray, other_of: np.ndarray) -> np.ndarray:
    rate, other = did / of, other_did / other_of
    return rate * (1 - rate) / of + other * (1 - other) / other_of


def pooled_difference(rates: TwoRates, alpha: float = ALPHA) -> Between:
    """Return the difference common to strata, weighted by Mantel and Haenszel.

    With Sato's variance (1989, Biometrics 45), the interval by inverting the test (Klingenberg 2014,
    Statistics in Medicine 33, 2968-2983), which holds where few did it and the groups are of unequal size.

    :param rates: of strata in which nobody is missing: (k,).
    """
    whole = rates.of + rates.other_of
    weight = float(np.sum(rates.of * rates.other_of / whole))
    value = float(np.sum(rates.of * rates.other_of / whole * rates.difference)) / weight
    slope, rest = _sato(rates, whole)
    square = float(ndtri(1 - alpha / 2)) ** 2 / weight**2
    middle = value + square * slope / 2
    half = float(np.sqrt(max(middle**2 - value**2 + square * rest, 0.0)))
    return Between(value, middle - half, middle + half)


def _sato(rates: TwoRates, whole: np.ndarray) -> tuple[float, float]:
    """Return the two parts of the variance, of which the first counts times the difference."""
    slope = (
        rates.of**2 * rates.other_did
        - rates.other_of**2 * rates.did
        + rates.of * rates.other_of * (rates.other_of - rates.of) / 2
    ) / whole**2
    rest = (rates.did * (rates.other_of - rates.other_did) + rates.other_did * (rates.of - rates.did)) / (
        2 * whole
    )
    return float(slope.sum()), float(rest.sum())


def stand_together(rates: TwoRates, alpha: float = ALPHA) -> np.ndarray:
    """Return which differences are beyond nothing, bool (k,), however many are looked at.

    The chance of any false one among all is held to alpha, stepwise (Holm 1979), by Newcombe's intervals.
    """
    count = len(rates.did)
    stand = np.zeros(count, dtype=bool)
    sureness = np.abs(rates.difference) / np.sqrt(difference_variance(rates))
    for step, place in enumerate(np.argsort(-sureness, kind="stable")):
        low, high = newcombe(rates, alpha / (count - step))
        if low[place] <= 0 <= high[place]:
            break
        stand[place] = True
    return stand


def sample_ratio(of: float, other_of: float, share: float) -> float:
    """Return how likely groups of these sizes are where this share belongs to the other: chi square, p.

    :param share: of the other group, above 0 and below 1.
    """
    whole = of + other_of
    expected = whole * share
    return float(chdtrc(1, (other_of - expected) ** 2 / (expected * (1 - share)) if whole else 0.0))
