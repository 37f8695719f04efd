"""The shop at the end of each month, measured in frozen segments by what time alone does not move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from segmentation.algorithms.kmeans import find_nearest
from segmentation.clusters.fit import Sweep
from segmentation.clusters.place import place
from segmentation.clusters.reach import beyond, reaches
from segmentation.clusters.space_columns import SpaceColumn, finite_values
from segmentation.features.table import FeatureTable, Group
from segmentation.text.block import TextBlock
from segmentation.track.alarms.compared import MonthEnd
from segmentation.track.alarms.usual import LATELY, SEASON
from segmentation.track.assign import assign
from segmentation.track.frozen import Frozen

A_MONTH = timedelta(days=30)
LOOKED_AT = (*SEASON, *LATELY, 0)
"""Months back, each beside the month before it."""

Described = tuple[FeatureTable, TextBlock | None]


@dataclass(frozen=True)
class Ruler:
    """By what month ends are measured: some columns of a frozen space, all whose values time does not move.

    `kept`, intp (d,), are their places among the run's; `centroids`, float32 (k, d), and `reach`, float64
    (k,), are the segments in them.
    """

    frozen: Frozen
    kept: np.ndarray
    centroids: np.ndarray
    reach: np.ndarray

    @property
    def columns(self) -> tuple[SpaceColumn, ...]:
        """The columns, in the order of the space."""
        return tuple(self.frozen.run.columns[place] for place in self.kept)

    @property
    def readable(self) -> tuple[SpaceColumn, ...]:
        """Those of them that are features and no directions of texts."""
        return tuple(column for column in self.columns if column.group != Group.TEXT)

    def month_end(self, described: Described, did: np.ndarray) -> MonthEnd:
        """Ruler the customers of a day.

        :param did: who did something in the month before, bool (n,), in the order of the table.
        """
        table, text = described
        places = _placed(self.columns, described)
        nearest = find_nearest(places, self.centroids)
        segments = assign(self.frozen, table, text, self.frozen.k).segment.astype(np.intp)
        return MonthEnd(segments, did, places, _deviations(self.readable, table), beyond(nearest, self.reach))


def month_ends(last: datetime, first: datetime, more: Iterable[int] = ()) -> list[tuple[int, datetime]]:
    """Return the ends of the months to look at and of those before them, with how far back: the oldest first.

    Months end on the day of `last`, and only what lies after `first` is looked at.

    :param more: ends that are looked at beside these.
    """
    looked_at = {end for back in LOOKED_AT for end in (back, back + 1)}
    backs = sorted(looked_at.union(more), reverse=True)
    days = [(back, months_before(last, back)) for back in backs]
    return [(back, day) for back, day in days if day > first]


def months_before(day: datetime, back: int) -> datetime:
    """Return the same day so many months before, or the last one of that month."""
    return (pd.Timestamp(day) - pd.DateOffset(months=back)).to_pydatetime()


def moved_by_time(today: FeatureTable, later: FeatureTable) -> frozenset[str]:
    """Name the features that are others for customers who did nothing, when only time has passed."""
    return frozenset(
        feature.name
        for feature in today.features
        if not np.allclose(
            today.values[feature.name].to_numpy(np.float64),
            later.values[feature.name].to_numpy(np.float64),
            equal_nan=True,
        )
    )


def measure_by(frozen: Frozen, then: Described, by_time: frozenset[str]) -> Ruler:
    """Learn what is far in the columns that time does not move, of the customers whom the run saw."""
    run, k = frozen.run, frozen.k
    stay = [at for at, column in enumerate(run.columns) if column.name not in by_time]
    kept = np.array(stay, dtype=np.intp)
    centroids = np.ascontiguousarray(run.centers[k][:, kept])
    matrix = _placed([run.columns[at] for at in stay], then)
    swept = Sweep((k,), {}, {k: centroids}, {}, run.options.seed)
    return Ruler(frozen, kept, centroids, reaches(matrix, swept, run.options.seed)[k])


def _placed(columns: Sequence[SpaceColumn], described: Described) -> np.ndarray:
    table, text = described
    return place(columns, table, text.vectors if text is not None else None)


def _deviations(columns: Sequence[SpaceColumn], table: FeatureTable) -> np.ndarray:
    """Return the values in standard deviations, as the space has them before they are weighed; NaN: none."""
    found = np.empty((len(table), len(columns)))
    for at, column in enumerate(columns):
        values = finite_values(table, column.name)
        found[:, at] = np.where(np.isnan(values), np.nan, replace(column, weight=1.0).scale(values))
    return found
