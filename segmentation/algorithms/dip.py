"""The dip test for more than one hump (Hartigan & Hartigan 1985, Annals of Statistics 13:70-84)."""

from __future__ import annotations

import numpy as np

P_VALUES = (0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001)
QUANTILES = {
    5: (0.2236, 0.2236, 0.2716, 0.3294, 0.3599, 0.3953, 0.4168, 0.4329, 0.4393, 0.4432, 0.4459),
    10: (0.2456, 0.2852, 0.3090, 0.3478, 0.3759, 0.4133, 0.4407, 0.4762, 0.5031, 0.5289, 0.5709),
    20: (0.2551, 0.2957, 0.3288, 0.3688, 0.3959, 0.4348, 0.4735, 0.5138, 0.5443, 0.5685, 0.6226),
    50: (0.2667, 0.3093, 0.3463, 0.3877, 0.4157, 0.4576, 0.4959, 0.5415, 0.5758, 0.6047, 0.6547),
    100: (0.2740, 0.3169, 0.3531, 0.3957, 0.4253, 0.4696, 0.5101, 0.5591, 0.5882, 0.6236, 0.6802),
    200: (0.2799, 0.3239, 0.3620, 0.4054, 0.4343, 0.4794, 0.5189, 0.5666, 0.5991, 0.6292, 0.6941),
    500: (0.2856, 0.3302, 0.3683, 0.4146, 0.4451, 0.4894, 0.5327, 0.5821, 0.6163, 0.6460, 0.7074),
    1000: (0.2885, 0.3333, 0.3716, 0.4169, 0.4473, 0.4949, 0.5357, 0.5872, 0.6220, 0.6523, 0.7177),
    5000: (0.2907, 0.3370, 0.3763, 0.4227, 0.4539, 0.5002, 0.5395, 0.5891, 0.6283, 0.6633, 0.7468),
}
"""By sample size n: the value of sqrt(n) x dip that a uniform sample exceeds with each of P_VALUES.

From 20,000 seeded samples (10,000 at n = 5000); of one-humped distributions the uniform one is the hardest
to tell from two humps.
"""


def dip_statistic(values: np.ndarray) -> float:
    """Return the distance of the empirical distribution of `values` to the nearest one-humped distribution.

    Follows the paper's algorithm: the greatest convex minorant left of the hump and the least concave
    majorant right of it are compared with the distribution, on an interval that shrinks to the hump.

    :param values: finite numbers in any order.
    :return: between 1 / (2n) and 1/4; 0 where all values are the same.
    """
    points, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    if len(points) < 2:
        return 0.0
    points = (points - points[0]) / (points[-1] - points[0])
    after = np.cumsum(counts).astype(np.float64)
    before = after - counts
    low, high, dip = 0, len(points) - 1, 1.0
    while high > low:
        inside = slice(low, high + 1)
        convex, convex_knots = _hull(points[inside], before[inside], increasing=True)
        concave, concave_knots = _hull(points[inside], after[inside], increasing=False)
        knots = np.union1d(convex_knots, concave_knots)
        gap = concave - convex
        widest = int(knots[np.argmax(gap[knots])])
        if gap[widest] <= dip:
            break
        left = int(convex_knots[np.searchsorted(convex_knots, widest, side="right") - 1])
        right = int(concave_knots[np.searchsorted(concave_knots, widest)])
        # A one-humped distribution may jump at its hump: ties at the interval's ends cost nothing yet.
        left_error = (after[inside] - convex)[:left].max(initial=0.0)
        right_error = (concave - before[inside])[right + 1 :].max(initial=0.0)
        dip = max(dip, float(left_error), float(right_error))
        low, high = low + left, low + right
    return dip / (2 * after[-1])


def dip_p_value(values: np.ndarray) -> float:
    """Return how often one-humped numbers would show a dip at least as large as `values` do.

    :param values: finite numbers; fewer than five, or all the same, give 1.
    :return: 0.001 (less is not told apart) to 1.
    """
    size = len(values)
    if size < min(QUANTILES):
        return 1.0
    sizes = np.log(list(QUANTILES))
    quantiles = [np.interp(np.log(size), sizes, column) for column in np.array(list(QUANTILES.values())).T]
    scaled = np.sqrt(size) * dip_statistic(values)
    if scaled < quantiles[0]:
        return 1.0
    return float(np.exp(np.interp(scaled, quantiles, np.log(P_VALUES))))


def _hull(points: np.ndarray, heights: np.ndarray, increasing: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the convex minorant (increasing slopes) or concave majorant of a curve, and where it touches."""
    from scipy.optimize import isotonic_regression

    if len(points) < 2:
        return heights, np.zeros(1, dtype=np.int64)
    widths = np.diff(points)
    fit = isotonic_regression(np.diff(heights) / widths, weights=widths, increasing=increasing)
    hull = heights[0] + np.concatenate([[0.0], np.cumsum(fit.x * widths)])
    return hull, np.asarray(fit.blocks, dtype=np.int64)
