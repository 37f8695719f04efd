"""What a figure was in the shop's own earlier months, and beyond what it is out of the ordinary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 6
"""Fewer earlier months do not say what is usual."""

YEAR = 12
SPREADS = 3.0


@dataclass(frozen=True)
class Usual:
    """So many earlier months, the most that the figure was in one of them, and the bar that it must exceed.

    Both are None where there are too few months.
    """

    months: int
    most: float | None = None
    bar: float | None = None

    @property
    def knows_the_season(self) -> bool:
        """Whether the same month of a year before is among them."""
        return self.months >= YEAR

    @property
    def is_known(self) -> bool:
        """Whether there are enough months to say what is usual."""
        return self.bar is not None

    def is_exceeded(self, figure: float) -> bool:
        """Whether the figure is known to be out of the ordinary."""
        return self.bar is not None and figure > self.bar


def usual(earlier: Sequence[float]) -> Usual:
    """Learn what is usual: no more than three deviations above the average, and than in any month before.

    The idea is that of thresholds by chunks of a reference period; the largest counts, too, so that a month
    like the one a year before is none to speak of, however much it stands out.
    """
    if len(earlier) < FEWEST:
        return Usual(len(earlier))
    figures = np.asarray(earlier, dtype=np.float64)
    most = float(figures.max())
    return Usual(len(earlier), most, max(most, float(figures.mean() + SPREADS * figures.std(ddof=1))))
