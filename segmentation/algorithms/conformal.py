"""Intervals that hold as often as they should, by how they held for cases like these before.

Split conformal prediction with a factor for each group of expected values (Mondrian): Vovk, Gammerman and
Shafer 2005, "Algorithmic Learning in a Random World"; scaled by the width that a model gives, as in Lei et
al. 2018, JASA 113(523).
"""

from __future__ import annotations

import numpy as np

from segmentation.algorithms.forecast import COVER, Forecast

MOST_GROUPS = 10
FEWEST_IN_GROUP = 100
NARROWEST = 0.1
"""No side of an interval counts as narrower than this part of what is expected, before it is stretched."""


def learn_stretch(found: Forecast, came: np.ndarray) -> tuple[float, ...]:
    """Return by how much intervals are to be stretched, a factor per group of rising expected value.

    An interval that begins at nothing keeps that end, and one holds what is expected: where nothing comes
    more often than 8 times in 10, it holds more than it must.

    :param came: the outcome of each customer, at least 0, (n,).
    """
    number = max(1, min(MOST_GROUPS, len(came) // FEWEST_IN_GROUP))
    above = np.maximum(came - found.expected, 0.0) / np.maximum(_upper(found), 1e-12)
    below = np.maximum(found.expected - came, 0.0) / np.maximum(_lower(found), 1e-12)
    score = np.maximum(above, np.where(found.low > 0, below, 0.0))
    group = groups_of(found.expected, number)
    whole = _factor(score)
    return tuple(_factor(score[group == at]) if (group == at).any() else whole for at in range(number))


def stretch(found: Forecast, factors: tuple[float, ...]) -> Forecast:
    """Return the forecast with its intervals stretched by the factor of each customer's group."""
    factor = np.array(factors)[groups_of(found.expected, len(factors))]
    low = np.maximum(found.expected - factor * _lower(found), 0.0)
    high = found.expected + factor * _upper(found)
    return Forecast(found.expected, np.where(found.low > 0, low, 0.0), high)


def groups_of(expected: np.ndarray, number: int) -> np.ndarray:
    """Part customers (n,) into groups 0.. of equally many, by rising expected value; equal ones together."""
    from scipy.stats import rankdata

    place = (rankdata(expected) - 0.5) / max(len(expected), 1)
    return np.minimum((place * number).astype(np.intp), number - 1)


def _upper(found: Forecast) -> np.ndarray:
    return np.maximum(found.high - found.expected, NARROWEST * found.expected)


def _lower(found: Forecast) -> np.ndarray:
    return np.maximum(found.expected - found.low, NARROWEST * found.expected)


def _factor(score: np.ndarray) -> float:
    """Return the score that so many cases do not exceed, one more of them unknown."""
    share = min(1.0, COVER * (1 + 1 / len(score)))
    return float(np.quantile(score, share, method="inverted_cdf"))
