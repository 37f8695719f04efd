"""How much each column counts by default: how lately, how often and how much lead; habits as they last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from segmentation.algorithms.scale import signed_log
from segmentation.algorithms.split_halves import Reliability
from segmentation.features.table import Feature, Group, Unit
from segmentation.features.vote import Basis, Vote

LEADING = (
    ("recency", "frequency", "monetary"),
    ("days_since_visit", "sessions", "buys"),
    ("days_since_review", "reviews"),
)
"""How lately, how often and how much; the first of these of which the shop has any."""

AVERAGES = ("average_order_value", "items_per_order")
"""Averages over orders: they say how somebody orders, not how much there is of it."""

FEWEST_MEASURED = 100
"""With fewer customers a correlation is off by more than 0.1 (its standard error), and the prior stands."""

PRIOR = 0.3
"""The reliability of a column that cannot be measured."""

QUIETEST = 0.05
"""No column is quieter, so that one that is ticked alone still tells customers apart."""

Lasting = Mapping[str, Reliability]


def cast_votes(values: pd.DataFrame, features: Sequence[Feature], lasting: Lasting) -> dict[str, Vote]:
    """Return the vote of every behaviour column; none where no column leads, and all count alike.

    A column is as loud as its reliability, times what it says beyond the leading columns: orders, products
    tried and active span are largely the same thing. A share (weekend orders) is made of other things than
    the leading columns, and whatever it has in common with them is the customers' own. So is an average over
    orders as far as it surely lasts, the square of its reliability: how much and how often give the average
    order, too, but only as their smaller difference.
    """
    named = {feature.name: feature for feature in features}
    leading = next((there for group in LEADING if (there := [one for one in group if one in named])), [])
    if not leading:
        return {}
    led = np.stack([_scaled(values, named[name]) for name in leading], axis=1)
    votes = {}
    for feature in features:
        if feature.name in leading:
            votes[feature.name] = Vote(1.0, Basis.LEADS)
        elif feature.group in (Group.BEHAVIOUR, Group.BROWSING):
            total = feature.unit != Unit.SHARE
            beyond = _beyond(_scaled(values, feature), led) if total else 1.0
            votes[feature.name] = _vote(lasting.get(feature.name), beyond, feature.name in AVERAGES)
    return votes


def _vote(lasting: Reliability | None, beyond: float, average: bool) -> Vote:
    measured = lasting is not None and lasting.rows >= FEWEST_MEASURED
    found = lasting.value if lasting is not None and measured else None
    told = max(beyond, found**2) if average and found is not None else beyond
    loudness = max(QUIETEST, (PRIOR if found is None else found) * told)
    return Vote(
        loudness, Basis.LASTS if measured else Basis.UNMEASURED, found, lasting.rows if lasting else 0, beyond
    )


def _scaled(values: pd.DataFrame, feature: Feature) -> np.ndarray:
    column = values[feature.name].to_numpy(dtype=np.float64)
    return signed_log(column) if feature.skewed else column


def _beyond(column: np.ndarray, led: np.ndarray) -> float:
    """Return the share of a column's deviation that a linear regression on others (n, d) leaves, 0 to 1."""
    known = np.isfinite(column) & np.isfinite(led).all(axis=1)
    if known.sum() <= led.shape[1] + 1:
        return 1.0
    wanted = column[known] - column[known].mean()
    given = led[known] - led[known].mean(axis=0)
    left = wanted - given @ np.linalg.lstsq(given, wanted, rcond=None)[0]
    spread = float(wanted @ wanted)
    return float(np.sqrt(min(1.0, left @ left / spread))) if spread > 0 else 1.0
