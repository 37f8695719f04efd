"""Whether anything that customers do is their own: lasts, or differs between them more than by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.algorithms.dispersion import dispersion_of_seen
from segmentation.features.loudness import FEWEST_MEASURED
from segmentation.features.table import FeatureTable, Group
from segmentation.features.vote import Basis, Vote

ERRORS = 3.0
"""Standard errors above chance: ten columns with nothing in them reach this in one shop of a hundred."""

ORDERS, SPAN = "frequency", "active_span"


@dataclass(frozen=True)
class OwnWays:
    """What customers have of their own in their orders.

    `orders` is how many times as much their numbers of orders vary as by chance, `habit` the reliability
    (0..1) of the column that lasts most, and `any` whether either is beyond chance.
    """

    orders: float
    habit: float
    any: bool


def own_ways(table: FeatureTable) -> OwnWays | None:
    """Return what customers have of their own; None where the table holds what this cannot be told of.

    That is browsing, reviews, returns, customers without orders, or too few of them.
    """
    others = {name: vote for name, vote in table.votes.items() if vote.why != Basis.LEADS and name != SPAN}
    if any(feature.group not in (Group.BEHAVIOUR, Group.PROFILE) for feature in table.features):
        return None
    if ORDERS not in table.values or any(vote.why == Basis.UNMEASURED for vote in others.values()):
        return None
    orders = table.values[ORDERS].to_numpy(dtype=np.float64)
    if len(orders) < FEWEST_MEASURED or not (orders >= 1).all():
        return None
    counted = dispersion_of_seen(orders)
    habits = [vote.reliability or 0.0 for vote in others.values()]
    lasting = counted.errors > ERRORS or any(_beyond_chance(vote) for vote in others.values())
    return OwnWays(counted.ratio, max(habits, default=0.0), lasting)


def _beyond_chance(vote: Vote) -> bool:
    """Whether the correlation of two halves behind a reliability is no chance."""
    value = vote.reliability or 0.0
    return value / (2 - value) * float(np.sqrt(vote.customers)) > ERRORS
