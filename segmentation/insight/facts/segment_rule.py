"""A segment as a short rule that a person can check: conditions on readable features, and the same as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from segmentation.features.table import Feature, FeatureTable
from segmentation.workspace import quote_identifier
from segmentation.workspace.database import rows_table

PRECISE_ENOUGH, COMPLETE_ENOUGH = 0.7, 0.5
"""A rule is told only where it is right this often, and finds this much of the segment."""

_EXACT_DECIMAL = 15


@dataclass(frozen=True)
class Condition:
    """One feature above `low` (excluded) and up to `high` (included), None for no bound, in original units.

    A value that is NaN or infinite does not exist. `missing`: whether customers for whom it does not satisfy
    the condition; with `only_missing` nobody else does. What is compared is exactly what is printed.
    """

    feature: Feature
    low: float | None = None
    high: float | None = None
    missing: bool = False
    only_missing: bool = False

    def holds(self, values: np.ndarray) -> np.ndarray:
        """Return which of the values (n,), NaN where they do not exist, satisfy it."""
        absent = ~np.isfinite(values)
        if self.only_missing:
            return absent
        inside = ~absent
        inside &= True if self.low is None else values > self.low
        inside &= True if self.high is None else values <= self.high
        return inside | (absent & self.missing)

    def sql(self, column: str) -> str:
        """Return the same as SQL on a quoted column of doubles, where NULL is missing, too."""
        absent = f"({column} IS NULL OR NOT isfinite({column}))"
        if self.only_missing:
            return absent
        bounds = [f"isfinite({column})"]  # in DuckDB NaN is larger than every number
        bounds += [] if self.low is None else [f"{column} > {_literal(self.low)}"]
        bounds += [] if self.high is None else [f"{column} <= {_literal(self.high)}"]
        inside = " AND ".join(bounds)
        return f"({absent} OR ({inside}))" if self.missing else f"({inside})"


@dataclass(frozen=True)
class SegmentRule:
    """At most four conditions that all have to hold, and how well they tell the segment (0-based).

    `customers` is how many of all customers they select and `share` the same as a share; `precision` is how
    many of these are in the segment, `recall` how many of the segment are among these (0..1).
    """

    segment: int
    conditions: tuple[Condition, ...]
    customers: int
    share: float
    precision: float
    recall: float

    @property
    def captures(self) -> bool:
        """Whether the rule is good enough to stand for the segment."""
        return bool(self.conditions) and self.precision >= PRECISE_ENOUGH and self.recall >= COMPLETE_ENOUGH

    def selects(self, table: FeatureTable) -> np.ndarray:
        """Return which customers the rule selects, bool (n,)."""
        return selected(self.conditions, table)


def rule_sql(rule: SegmentRule, features: Sequence[Feature], run_id: str) -> str:
    """Return a query on the workspace for the ids of exactly the customers that the rule selects.

    :param features: all features of the run, in its order, by which its table names them.
    """
    columns = {feature.name: quote_identifier(f"feature_{place}") for place, feature in enumerate(features)}
    lines = [
        f"{condition.sql(columns[condition.feature.name])}  -- {_one_line(condition.feature.label)}"
        for condition in rule.conditions
    ]
    where = "\n  AND ".join(lines) or "true"
    return f"SELECT customer_id\nFROM {rows_table(run_id)}\nWHERE {where}\nORDER BY customer_id"


def selected(conditions: Sequence[Condition], table: FeatureTable) -> np.ndarray:
    """Return which customers satisfy all conditions, bool (n,)."""
    every = np.ones(len(table), dtype=bool)
    held = (condition.holds(values_of(table, condition.feature)) for condition in conditions)
    return reduce(np.logical_and, held, every)


def values_of(table: FeatureTable, feature: Feature) -> np.ndarray:
    """Return the feature's values, float64 (n,)."""
    return table.values[feature.name].to_numpy(np.float64)


def _literal(value: float) -> str:
    """Write a number so that the database reads the very same one: with an exponent it is a double."""
    text = repr(value)
    return text if "e" in text or len(text) <= _EXACT_DECIMAL else f"{text}e0"


def _one_line(label: str) -> str:
    return " ".join(label.split())
