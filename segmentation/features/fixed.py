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
    `known` names the features that anybody of today has a value of, where only a part of today's customers is
    looked at; None: these are all.
    """

    features: tuple[Feature, ...]
    averages: Mapping[str, float]
    known: frozenset[str] | None = None

    def has(self, name: str) -> bool:
        """Whether a column of this name is to be built."""
        return any(feature.name == name for feature in self.features)

    def knows(self, *names: str) -> bool:
        """Whether anybody of today is said to have a value of one of these."""
        return self.known is not None and not self.known.isdisjoint(names)

    def values_of(self, variable: str) -> list[str]:
        """Return the categories of a column that have a flag of their own."""
        return [one.value for one in self.features if one.value is not None and one.variable == variable]
