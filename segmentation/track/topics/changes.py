"""Which themes rise or fall in a segment: the last months beside the year before, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from segmentation.algorithms.drift.column_shift import holm
from segmentation.track.topics.months import ThemeMonths

LATELY, BEFORE = 3, 12
"""Months that are compared, and the months before them that they are compared with."""

FEWEST = 20
"""Reviews that a segment must have in both times."""

SURE = 0.05


@dataclass(frozen=True)
class ThemeChange:
    """How much of what a segment wrote was about a theme, before and lately: shares (0..1) of its reviews.

    `others_before` and `others_lately` are the same of all other segments, NaN where they wrote nothing; `p`
    holds for all themes of all segments at once.
    """

    segment: int
    theme: int
    before: float
    lately: float
    others_before: float
    others_lately: float
    p: float


def theme_changes(found: ThemeMonths) -> tuple[ThemeChange, ...]:
    """Return what rose or fell beyond chance, the surest first.

    Customers who write a lot count as many times less as their reviews are alike (Rao and Scott 1992,
    Biometrics 48, 577-585); Fisher's exact test on such counts, all of them held together by Holm's steps.
    """
    last = len(found.days)
    if last <= LATELY:
        return ()
    lately = (found.month >= last - LATELY) & (found.month < last)
    before = (found.month >= max(0, last - LATELY - BEFORE)) & (found.month < last - LATELY)
    tried = [
        one
        for segment in range(found.k)
        for theme in np.unique(found.theme)
        if (one := _compare(found, before, lately, segment, int(theme)))
    ]
    together = holm([one.p for one in tried]) if tried else []
    sure = [replace(one, p=p) for one, p in zip(tried, together, strict=True) if p < SURE]
    return tuple(sorted(sure, key=lambda one: (one.p, one.segment, one.theme)))


def _compare(
    found: ThemeMonths, before: np.ndarray, lately: np.ndarray, segment: int, theme: int
) -> ThemeChange | None:
    from scipy.stats import fisher_exact

    inside = found.segment == segment
    was, now = (_counts(found, inside & time, theme) for time in (before, lately))
    if min(was[1].sum(), now[1].sum()) < FEWEST:
        return None
    others_before, others_lately = (
        _share(*_counts(found, ~inside & time, theme)) for time in (before, lately)
    )
    pairs = [_effective(*counts) for counts in (was, now)]
    table = np.array([[round(about), round(of - about)] for about, of in pairs])
    return ThemeChange(
        segment,
        theme,
        _share(*was),
        _share(*now),
        others_before,
        others_lately,
        float(fisher_exact(table).pvalue),
    )


def _counts(found: ThemeMonths, rows: np.ndarray, theme: int) -> tuple[np.ndarray, np.ndarray]:
    """Count for each customer who wrote anything the reviews about a theme, and all of them, (c,) each."""
    _, place = np.unique(found.customer[rows], return_inverse=True)
    of = np.bincount(place, found.reviews[rows])
    about = np.bincount(place, found.reviews[rows] * (found.theme[rows] == theme), minlength=len(of))
    return about, of


def _share(about: np.ndarray, of: np.ndarray) -> float:
    return float(about.sum() / of.sum()) if of.sum() else float("nan")


def _effective(about: np.ndarray, of: np.ndarray) -> tuple[float, float]:
    """Divide both counts by the design effect of reviews by the same customers; never below 1."""
    customers, written, share = len(of), of.sum(), _share(about, of)
    if customers < 2 or not 0 < share < 1:
        effect = max(1.0, float((of**2).sum() / written))  # as if each wrote about one thing alone
    else:
        residual = about - share * of
        variance = customers / (customers - 1) * float(residual @ residual) / written**2
        effect = max(1.0, variance * written / (share * (1 - share)))
    return float(about.sum() / effect), float(written / effect)
