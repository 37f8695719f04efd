"""Scales that numbers are put on before they are compared."""

from __future__ import annotations

import numpy as np


def signed_log(values: np.ndarray) -> np.ndarray:
    """Compress both tails: the logarithm of 1 + |value|, with the sign of the value."""
    return np.copysign(np.log1p(np.abs(values)), values)


def inverse_signed_log(values: np.ndarray) -> np.ndarray:
    """Return the values of which these are the signed logarithms."""
    return np.copysign(np.expm1(np.abs(values)), values)
