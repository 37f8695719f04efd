"""Whether the mix has drifted since the segments were found, too slowly for any single month to tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from segmentation.algorithms.drift.mix_change import mix_change
from segmentation.track.alarms.alarm_facts import SlowMixAlarm
from segmentation.track.alarms.month_ends import months_before
from segmentation.track.alarms.usual import GROWN_UP, SPREADS

A_YEAR = 12
"""Months before the segments were found that say at what pace the mix changes by itself."""

SHORTEST = 2
"""Months since then; one month is what the other alarms look at."""


def anchor_of(seen: datetime, last: datetime) -> int:
    """Return how many months before the last day the month ended that the segments were found in."""
    back = 0
    while months_before(last, back).date() > seen.date():
        back += 1
    return back


def backs_of(anchor: int) -> tuple[int, ...]:
    """Return how far back the month ends lie that are looked at, the one of the segments among them."""
    return tuple(range(anchor, anchor + A_YEAR + 1)) if anchor >= SHORTEST else ()


def slow_mix(counts: Mapping[int, np.ndarray], anchor: int, last: datetime) -> SlowMixAlarm | None:
    """Compare the mix of the last day with that of the segments' own month.

    The change must be more than chance makes, large enough to matter, and more than the pace of the year
    before brings in as many months: the average monthly change of the share, and three of its deviations,
    which add up as those of a random walk do. Where that year is not known, or the shop was much smaller in
    it, nothing is said.

    :param counts: customers in each segment, int (k,), by how many months back.
    """
    ends = backs_of(anchor)
    if not ends or any(back not in counts for back in ends):
        return None
    if min(counts[back].sum() for back in ends) < GROWN_UP * counts[anchor].sum():
        return None
    change = mix_change(counts[anchor], counts[0])
    label = int(np.abs(change.points).argmax())
    bar = usual_drift([share_of(counts[back], label) for back in reversed(ends)], anchor)
    if not (change.is_news and change.largest > bar):
        return None
    before, after = (counts[back] / counts[back].sum() for back in (anchor, 0))
    return SlowMixAlarm(label, months_before(last, anchor), anchor, before, after, change.p, bar)


def share_of(counts: np.ndarray, label: int) -> float:
    """Return the share of one group."""
    return float(counts[label] / counts.sum())


def usual_drift(shares: list[float], months: int) -> float:
    """Return how far a share that went this way, a month each, may go by itself in so many months."""
    steps = np.diff(shares)
    return float(abs(steps.mean()) * months + SPREADS * steps.std(ddof=1) * np.sqrt(months))
