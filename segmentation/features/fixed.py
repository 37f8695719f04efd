"""Features that are to be as they were for other customers, so that the same values mean the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.features.table import Feature


@dataclass(frozen=True)
class Fixed:
    """What was found out about other customers, and is not to be found anew.

    `features` are the columns to build, whether or not they differ between today's customers; `averages` the
    shop's own shares to which the shares of customers with few occasions are drawn, by the feature's name.
    """

    features: tuple[Feature, ...]
    averages: Mapping[str, float]

    def has(self, name: str) -> bool:
        """Whether a column of this name is to be built."""
        return any(feature.name == name for feature in self.features)

    def values_of(self, variable: str) -> list[str]:
        """Return the categories of a column that have a flag of their own."""
        return [one.value for one in self.features if one.value is not None and one.variable == variable]
