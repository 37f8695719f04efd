"""Several effects together: shrunk towards what they have in common, and which differ from the others."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

ALPHA = 0.05
TIE = 1e-9


def between_variance(effects: np.ndarray, variances: np.ndarray) -> float:
    """Return by how much effects vary beyond chance (DerSimonian and Laird 1986); 0 for a single one."""
    if len(effects) < 2:
        return 0.0
    weights = 1 / variances
    common = float(np.average(effects, weights=weights))
    excess = float(weights @ (effects - common) ** 2) - (len(effects) - 1)
    return max(0.0, excess / float(weights.sum() - (weights**2).sum() / weights.sum()))


def shrink(effects: np.ndarray, variances: np.ndarray, common: float) -> np.ndarray:
    """Draw each effect (k,) towards the common one by how little it says itself (empirical Bayes).

    Morris 1983, JASA 78, 47-55, with the variance between effects by moments.
    """
    between = between_variance(effects, variances)
    own = between / (between + variances)
    return np.asarray(own * effects + (1 - own) * common)


def differ_from_rest(effects: np.ndarray, variances: np.ndarray, alpha: float = ALPHA) -> np.ndarray:
    """Return which effects differ from the mean of the others, bool (k,): false finds held to alpha by Holm.

    A test of interaction: whether an effect is another one here, not whether there is one. The clearest is
    taken out first, so that it makes none of the others look different; of two that differ, both do.
    """
    differs = np.zeros(len(effects), dtype=bool)
    while (left := np.flatnonzero(~differs)).size > 1:
        chance = _chance_of_being_alike(effects[left], variances[left])
        if chance.min() * left.size >= alpha:
            break
        differs[left[chance <= chance.min() * (1 + TIE)]] = True
    return differs


def _chance_of_being_alike(effects: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """Return the p value of each effect against the mean of the others."""
    weights = 1 / variances
    rest_weight = weights.sum() - weights
    rest = (float(weights @ effects) - weights * effects) / rest_weight
    return np.asarray(2 * ndtr(-np.abs(effects - rest) / np.sqrt(variances + 1 / rest_weight)))
