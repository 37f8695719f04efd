"""Find the short rule of a segment: a surrogate decision tree, its conditions merged, pruned and rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

import numpy as np

from segmentation.algorithms.kmeans import on_all_cores
from segmentation.features.table import Feature, FeatureTable
from segmentation.insight.facts.segment_rule import Condition, SegmentRule, selected, values_of

if TYPE_CHECKING:
    from sklearn.tree import DecisionTreeClassifier

MOST_CONDITIONS = 4

_DEPTH = 6
_SAMPLE = 20_000
# A condition has to earn its place, and a rounder number may cost a little: points of F1 (0..1).
_WORTH = 0.01
_DIGITS = 2


def find_rules(table: FeatureTable, labels: np.ndarray, k: int, seed: int) -> tuple[SegmentRule, ...]:
    """Find for each segment 0..k-1 of `labels` (n,) the short rule of best F1, from a tree against the rest.

    The tree sees at most 20,000 customers; precision, recall and share are those of all of them.
    """
    rows = _sample(len(table), seed)
    seen = _Seen.of(replace(table, customer_ids=table.customer_ids[rows], values=table.values.iloc[rows]))
    return tuple(
        on_all_cores(
            lambda segment: _rule_of(segment, table, labels == segment, seen, labels[rows] == segment, seed),
            range(k),
        )
    )


def _rule_of(
    segment: int,
    table: FeatureTable,
    members: np.ndarray,
    seen: _Seen,
    seen_members: np.ndarray,
    seed: int,
) -> SegmentRule:
    conditions = _simplest(_best_path(seen, seen_members, seed), seen.table, seen_members)
    chosen = selected(conditions, table)
    hits = int((chosen & members).sum())
    count = int(chosen.sum())
    return SegmentRule(
        segment,
        conditions,
        count,
        count / max(len(table), 1),
        hits / max(count, 1),
        hits / max(int(members.sum()), 1),
    )


def _best_path(seen: _Seen, members: np.ndarray, seed: int) -> tuple[Condition, ...]:
    """Return the path of best F1 to any node of a tree fitted to ranks: ranks survive every magnitude."""
    from sklearn.tree import DecisionTreeClassifier

    if members.all() or not members.any() or not seen.columns:
        return ()
    tree = DecisionTreeClassifier(
        max_depth=_DEPTH,
        min_samples_leaf=max(1, int(members.sum()) // 50),
        class_weight="balanced",
        random_state=seed,
    ).fit(seen.ranks, members)
    paths = [path for path in _paths(tree, seen.columns) if len(path) <= MOST_CONDITIONS]
    return max(paths, key=lambda path: (_f1(selected(path, seen.table), members), -len(path)), default=())


@dataclass(frozen=True)
class _Ranked:
    """A feature's known values, ascending and distinct, and each customer's rank among them, NaN if none."""

    feature: Feature
    known: np.ndarray
    ranks: np.ndarray

    @classmethod
    def of(cls, feature: Feature, values: np.ndarray) -> _Ranked:
        exists = np.isfinite(values)
        known = np.unique(values[exists])
        ranks = np.where(exists, np.searchsorted(known, values), np.nan).astype(np.float32)
        return cls(feature, known, ranks)

    @property
    def unbounded(self) -> Condition:
        return Condition(self.feature, missing=bool(np.isnan(self.ranks).any()))

    def split(self, before: Condition, threshold: float, left: bool, missing: bool) -> Condition:
        """Narrow a condition to one side of a threshold among the ranks."""
        if threshold >= len(self.known) - 1:  # those with a value go left, those without right
            return replace(before, missing=False) if left else Condition(self.feature, only_missing=True)
        place = math.floor(threshold)
        cut = roundest(float(self.known[place]), float(self.known[place + 1]))
        return (
            replace(before, missing=missing, high=cut) if left else replace(before, missing=missing, low=cut)
        )


@dataclass(frozen=True)
class _Seen:
    """The customers that trees see, and the rank of each in every feature, float32 (n, features)."""

    table: FeatureTable
    columns: tuple[_Ranked, ...]
    ranks: np.ndarray

    @classmethod
    def of(cls, table: FeatureTable) -> _Seen:
        columns = tuple(_Ranked.of(feature, values_of(table, feature)) for feature in table.features)
        ranks = (
            np.column_stack([column.ranks for column in columns]) if columns else np.empty((len(table), 0))
        )
        return cls(table, columns, ranks)


def _paths(tree: DecisionTreeClassifier, columns: Sequence[_Ranked]) -> list[tuple[Condition, ...]]:
    """Return the merged conditions that lead to every node but the root."""
    nodes = tree.tree_
    found: list[tuple[Condition, ...]] = []
    waiting: list[tuple[int, dict[str, Condition]]] = [(0, {})]
    while waiting:
        node, path = waiting.pop()
        if path:
            found.append(tuple(path.values()))
        if nodes.children_left[node] < 0:
            continue
        column = columns[nodes.feature[node]]
        before = path.get(column.feature.name, column.unbounded)
        absent_left = bool(nodes.missing_go_to_left[node])
        for child, left in ((nodes.children_left[node], True), (nodes.children_right[node], False)):
            missing = before.missing and absent_left == left
            after = column.split(before, float(nodes.threshold[node]), left, missing)
            waiting.append((int(child), path | {column.feature.name: after}))
    return found


def _simplest(
    conditions: tuple[Condition, ...], seen: FeatureTable, members: np.ndarray
) -> tuple[Condition, ...]:
    """Drop conditions that hardly matter, then round numbers where that hardly matters either."""
    best = _f1(selected(conditions, seen), members)
    for condition in conditions:
        fewer = tuple(other for other in conditions if other is not condition)
        if fewer and _f1(selected(fewer, seen), members) >= best - _WORTH:
            conditions = fewer
    for place, condition in enumerate(conditions):
        rounder = (*conditions[:place], _rounded(condition), *conditions[place + 1 :])
        if _f1(selected(rounder, seen), members) >= best - 2 * _WORTH:
            conditions = rounder
    return conditions


def _rounded(condition: Condition) -> Condition:
    low, high = (None if bound is None else _to_digits(bound) for bound in (condition.low, condition.high))
    return replace(condition, low=low, high=high)


def _to_digits(value: float) -> float:
    return float(f"{value:.{_DIGITS - 1}e}")


def roundest(low: float, high: float) -> float:
    """Return the number of fewest decimals in [low, high): it parts the two just as any other there.

    :param low, high: finite, low < high.
    """
    exact = Decimal(repr(low))
    start = max(exact.adjusted(), Decimal(repr(high)).adjusted()) + 1
    last = int(exact.as_tuple().exponent)
    for exponent in range(start, last, -1):
        steps = (exact.scaleb(-exponent)).to_integral_value(ROUND_CEILING)
        value = float(steps.scaleb(exponent))
        if low <= value < high:
            return value + 0.0
    return low


def _f1(chosen: np.ndarray, members: np.ndarray) -> float:
    hits = int((chosen & members).sum())
    return 2 * hits / max(int(chosen.sum()) + int(members.sum()), 1)


def _sample(rows: int, seed: int) -> np.ndarray:
    if rows <= _SAMPLE:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, _SAMPLE, replace=False))
