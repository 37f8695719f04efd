"""What a figure was in the shop's own earlier months, and beyond what it is out of the ordinary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LATELY = (6, 5, 4, 3, 2, 1)
"""Months back that say what is usual: what was before is of a shop that was another."""

SEASON = (13, 12, 11)
"""Months back that say what is usual at this time of the year."""

GROWN_UP = 0.5
"""Months before the shop had this part of its customers say nothing: a young shop changes by itself."""

FEWEST = len(LATELY)
SPREADS = 3.0


@dataclass(frozen=True)
class Usual:
    """So many earlier months, the most that the figure was in one of them, and the bar that it must exceed.

    Both are None where there are too few months. `season`: months of a year before are among them.
    """

    months: int
    season: bool
    most: float | None = None
    bar: float | None = None

    @property
    def is_known(self) -> bool:
        """Whether there are enough months to say what is usual."""
        return self.bar is not None

    def is_exceeded(self, figure: float) -> bool:
        """Whether the figure is known to be out of the ordinary."""
        return self.bar is not None and figure > self.bar


def usual(lately: Sequence[float], season: Sequence[float] = ()) -> Usual:
    """Learn what is usual: three deviations above the average of late, and the most in any month.

    The idea is that of thresholds by chunks of a reference period; the largest counts, too, so that a month
    like those at the same time a year before is none to speak of, however much it stands out.
    """
    months = len(lately) + len(season)
    if len(lately) < FEWEST:
        return Usual(months, bool(season))
    figures = np.asarray(lately, dtype=np.float64)
    most = float(max(*figures, *season))
    bar = max(most, float(figures.mean() + SPREADS * figures.std(ddof=1)))
    return Usual(months, bool(season), most, bar)
