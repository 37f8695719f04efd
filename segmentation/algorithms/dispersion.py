"""Whether counts differ more between those counted than chance alone makes them differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Dispersion:
    """How many times as much counts vary as by chance, and how many standard errors that is above once."""

    ratio: float
    errors: float


def dispersion_of_seen(counts: np.ndarray) -> Dispersion:
    """Compare the variance of counts of one or more with that of a Poisson variable whose zeros are unseen.

    With L the rate and m = L / (1 - exp(-L)) the mean of what is seen, the variance is m (1 + L - m) (David &
    Johnson 1952, Biometrics 8:275-285); the standard error is that of the index of dispersion, of a Poisson
    variable with the same rate.

    :param counts: whole numbers of one or more, two or more of them; all one are as even as chance can be.
    """
    from scipy.optimize import brentq

    counts = np.asarray(counts, dtype=np.float64)
    mean = float(counts.mean())
    if mean <= 1:
        return Dispersion(1.0, 0.0)
    rate = float(brentq(lambda one: one / -np.expm1(-one) - mean, 1e-9, mean))
    ratio = float(counts.var(ddof=1)) / (mean * (1 + rate - mean))
    return Dispersion(ratio, (ratio - 1) / float(np.sqrt((2 + 1 / rate) / len(counts))))
