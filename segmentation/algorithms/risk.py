"""How well probabilities of yes or no turn out: ranking, calibration and lift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TENTHS = 10
TWO_SIDED = 1.96
"""So many standard errors to either side hold 95 %."""


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


def lead_in_area(one: np.ndarray, other: np.ndarray, came: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of how much more AUC one score has than another on the same cases, (n,) each.

    DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44(3); both yes and no must occur.
    """
    yes, no = (
        mine - theirs
        for mine, theirs in zip(_placements(one, came > 0), _placements(other, came > 0), strict=True)
    )
    middle = float(yes.mean())
    error = float(np.sqrt(_variance(yes) + _variance(no)))
    return middle - TWO_SIDED * error, middle + TWO_SIDED * error


def _placements(score: np.ndarray, yes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of the no below each yes, and of the yes above each no, ties counting half."""
    from scipy.stats import rankdata

    ranks = rankdata(score)
    below = (ranks[yes] - rankdata(score[yes])) / (~yes).sum()
    above = 1 - (ranks[~yes] - rankdata(score[~yes])) / yes.sum()
    return below, above


def _variance(values: np.ndarray) -> float:
    """Return the variance of the mean; of one value alone nothing is known, so that none is taken."""
    return float(values.var(ddof=1) / len(values)) if len(values) > 1 else 0.0


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
