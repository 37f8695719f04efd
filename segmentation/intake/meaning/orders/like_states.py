"""Which columns of words that nothing reads are likest to states of orders, by how their values are spread.

A loss is an exception, an order stays open for a while only, and neither goes by the buyer or the hour. What
has several likely values, as depots and ways of paying have, is a mere category.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from segmentation.intake.meaning.orders.state_figures import RowFigures, leans
from segmentation.intake.meaning.sample import Sample
from segmentation.intake.meaning.table_so_far import NEARLY_ALL

EXCEPTION = 0.5
LATEST, FEWEST_OPEN = 0.3, 5
CLEARLY = 2


@dataclass(frozen=True)
class StateShape:
    """How values are spread: the share of rows with another than the commonest, and whether some are open."""

    place: int
    others: float
    opens: bool


def likest_states(
    figures: RowFigures, columns: Mapping[int, np.ndarray], keys: Iterable[np.ndarray]
) -> list[int]:
    """Return the places of those that may be states, the likest first, and only those that are as likely.

    :param columns: their values in each row by place, int64 (rows,), as `keys`, of buyers and the like.
    """
    keys = list(keys)
    found = [
        _shape(figures, place, values)
        for place, values in columns.items()
        if has_exceptions(values) and not any(leans(key, values) for key in keys)
    ]
    found.sort(key=lambda one: (not one.opens, one.others))
    return [
        one.place for one in found if one.opens == found[0].opens and one.others < CLEARLY * found[0].others
    ]


def has_exceptions(values: np.ndarray) -> bool:
    """Whether some value is far rarer than the commonest, as what went wrong is."""
    counts = np.bincount(values[values >= 0])
    counts = counts[counts > 0]
    return len(counts) > 1 and bool(counts.min() <= EXCEPTION * counts.max())


def _shape(figures: RowFigures, place: int, values: np.ndarray) -> StateShape:
    others = 1 - Sample(len(values), {0: values}).largest_share(0)
    return StateShape(place, others, _opens(figures, values))


def _opens(figures: RowFigures, values: np.ndarray) -> bool:
    """Whether nearly all rows of some value are among the latest."""
    told = (values >= 0) & np.isfinite(figures.time)
    if not told.any():
        return False
    late = figures.time > np.quantile(figures.time[told], 1 - LATEST)
    rows, new = np.bincount(values[told]), np.bincount(values[told], late[told])
    return bool(((rows >= FEWEST_OPEN) & (new >= NEARLY_ALL * rows)).any())
