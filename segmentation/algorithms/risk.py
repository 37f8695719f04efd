"""How well probabilities of yes or no turn out: ranking, calibration and lift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TENTHS = 10


@dataclass(frozen=True)
class Tenth:
    """A tenth of the cases, by falling probability: how many, what was said on average, and what came."""

    cases: int
    said: float
    came: float
    lift: float


@dataclass(frozen=True)
class RiskQuality:
    """How probabilities held: AUC (0.5 is chance), mean squared error (Brier score), and the tenths."""

    auc: float
    brier: float
    tenths: tuple[Tenth, ...]


def judge(probability: np.ndarray, came: np.ndarray) -> RiskQuality:
    """Hold probabilities (n,) against what came, 0 or 1 (n,); both must occur."""
    order = np.argsort(-probability, kind="stable")
    everyone = float(came.mean())
    tenths = tuple(
        Tenth(len(part), float(probability[part].mean()), share := float(came[part].mean()), share / everyone)
        for part in np.array_split(order, TENTHS)
        if len(part)
    )
    return RiskQuality(area(probability, came) or 0.5, float(np.mean((probability - came) ** 2)), tenths)


def area(score: np.ndarray, came: np.ndarray) -> float | None:
    """Return the chance that one who did scores higher than one who did not, ties counting half (AUC).

    None where all did, or none.
    """
    from scipy.stats import rankdata

    yes = came > 0
    positive, negative = int(yes.sum()), int((~yes).sum())
    if not positive or not negative:
        return None
    ranks = rankdata(score)[yes].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * negative))
