"""What is told of a feature table once its rows are gone: which facts there are, and how they spread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.features.outcomes import Outcome, column_outcomes
from segmentation.features.table import Feature, FeatureTable, LeftOut

BARS = 16


@dataclass(frozen=True)
class FeatureSpread:
    """How the customers spread over one feature.

    `typical` is the median, of a flag the share of customers who have it; None where no value exists. `bars`
    count the customers from low to high, none of a flag.
    """

    typical: float | None
    bars: tuple[int, ...]


@dataclass(frozen=True)
class ToldFeatures:
    """What is known about so many customers: `spreads` has an entry for each of the `features`.

    `outcomes` are what columns can serve as outcomes today.
    """

    customers: int
    features: tuple[Feature, ...]
    spreads: tuple[FeatureSpread, ...]
    left_out: tuple[LeftOut, ...]
    outcomes: tuple[Outcome, ...]
    as_of: datetime | None
    currency: str | None


def told_of(table: FeatureTable) -> ToldFeatures:
    """Tell what a table holds."""
    spreads = tuple(_spread(feature, table.values[feature.name].dropna()) for feature in table.features)
    return ToldFeatures(
        len(table),
        table.features,
        spreads,
        table.left_out,
        column_outcomes(table),
        table.as_of,
        table.currency,
    )


def _spread(feature: Feature, known: pd.Series) -> FeatureSpread:
    if known.empty:
        return FeatureSpread(None, ())
    if feature.value is not None:
        return FeatureSpread(float(known.mean()), ())
    return FeatureSpread(float(known.median()), bars_of(known, feature.skewed))


def bars_of(values: pd.Series, skewed: bool) -> tuple[int, ...]:
    """Count values in equal steps from the 1st to the 99th percentile; on a log scale where skewed."""
    scaled = np.sign(values) * np.log1p(values.abs()) if skewed else values
    low, high = np.percentile(scaled, [1, 99])
    counts, _ = np.histogram(np.clip(scaled, low, high), bins=BARS)
    return tuple(int(count) for count in counts)
