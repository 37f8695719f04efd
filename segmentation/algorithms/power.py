"""How large a test must be: the power of comparing two shares, and what it can find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

POWER = 0.8
ALPHA = 0.05
SMALLEST_GAIN = 0.01
"""A fifth more of next to nothing is next to nothing: at least one point more is looked for."""
_HALVINGS = 60
MOST_NEEDED = 10**10


@dataclass(frozen=True)
class HoldOut:
    """A test of a message: `held_out` of `customers` do not get it, the others do.

    `baseline` is the share (0..1) expected without it, `target` the least share with it that is looked for.
    `enough` says whether the test finds it with the asked power; where not, half are held out and
    `detectable` is the share that could be found. Where it is enough, `detectable` is the target. Where not
    even a share of 1 would be found, `detectable` is None and nobody is held out.
    """

    customers: int
    held_out: int
    baseline: float
    target: float
    detectable: float | None
    enough: bool
    power: float
    alpha: float


def target_of(baseline: float, lift: float) -> float:
    """Return the share to look for: a lift over the baseline, or over its rest where that is smaller."""
    return min(1.0, baseline + max(lift * min(baseline, 1 - baseline), SMALLEST_GAIN))


def power_of_test(
    baseline: float, target: float, held_out: float, treated: float, alpha: float = ALPHA
) -> float:
    """Return the chance (0..1) that a two-sided test of two shares finds a true difference.

    Normal approximation with the pooled variance under no difference and the separate ones under the
    difference (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, chapter 4).
    """
    pooled = (baseline * held_out + target * treated) / (held_out + treated)
    spread_if_same = np.sqrt(pooled * (1 - pooled) * (1 / held_out + 1 / treated))
    spread = np.sqrt(baseline * (1 - baseline) / held_out + target * (1 - target) / treated)
    gap = abs(target - baseline) + ndtri(alpha / 2) * spread_if_same
    return float(ndtr(gap / spread)) if spread > 0 else float(gap > 0)


def plan_hold_out(
    customers: int, baseline: float, lift: float, power: float = POWER, alpha: float = ALPHA
) -> HoldOut | None:
    """Hold out as few as can detect a lift over the baseline; None for fewer than four customers.

    :param lift: the part (0.2: a fifth) by which those who do it, or those who do not where they are fewer,
        change; at least one percentage point is looked for.
    """
    return plan_for_target(customers, baseline, target_of(baseline, lift), power, alpha)


def plan_for_target(
    customers: int, baseline: float, target: float, power: float = POWER, alpha: float = ALPHA
) -> HoldOut | None:
    """Hold out as few as can tell a target (0..1) from the baseline; None for fewer than four customers."""
    if customers < 4:
        return None
    half = customers // 2
    if power_of_test(baseline, target, half, customers - half, alpha) < power:
        found = _detectable(baseline, half, customers - half, power, alpha)
        held_out = 0 if found is None else half
        return HoldOut(customers, held_out, baseline, target, found, False, power, alpha)
    low, high = 1, half
    while low < high:
        middle = (low + high) // 2
        if power_of_test(baseline, target, middle, customers - middle, alpha) >= power:
            high = middle
        else:
            low = middle + 1
    return HoldOut(customers, low, baseline, target, target, True, power, alpha)


def customers_needed(
    baseline: float, target: float, share: float, power: float = POWER, alpha: float = ALPHA
) -> int | None:
    """Return how many customers find a rise of a share, this share of them held out; None where none do.

    :param share: above 0 and below 1.
    """

    def finds(customers: int) -> bool:
        held_out = customers * share
        return power_of_test(baseline, target, held_out, customers - held_out, alpha) >= power

    if target == baseline:
        return None
    high = 4
    while not finds(high):
        high *= 2
        if high > MOST_NEEDED:
            return None
    low = high // 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if finds(middle) else (middle + 1, high)
    return high


def _detectable(baseline: float, held_out: int, treated: int, power: float, alpha: float) -> float | None:
    """Return the least share above the baseline that is found; None where not even a share of 1 is."""
    low, high = baseline, 1.0
    if power_of_test(baseline, high, held_out, treated, alpha) < power:
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if power_of_test(baseline, middle, held_out, treated, alpha) >= power:
            high = middle
        else:
            low = middle
    return high
