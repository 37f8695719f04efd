"""What the customers of each segment are like, feature by feature, in the units of the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.algorithms.scale import signed_log
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.text.words import words_of_theme

if TYPE_CHECKING:
    from segmentation.text.block import TextBlock

CORRELATION_SAMPLE = 20_000
LEADING_COLUMNS = ("Shown as", "All customers")
MOSTLY_KNOWN = 0.5


@dataclass(frozen=True)
class CentroidTable:
    """A row per feature, a column per segment, in original units.

    `means` and `medians` have shape (features, k), `overall_means` and `overall_medians` (features,).
    `use_median` says which of the two people read: the median where a feature is skewed, so that a few giants
    do not speak for everyone, except where half of all customers share the lowest value (a median of 0
    everywhere says nothing). `effects` (features, k) is how far a segment's mean is from the average of all,
    in standard deviations, on a logarithmic scale where the feature is skewed. `known` (features, k) is the
    share of customers that have a value. `correlations` (features, features) are by rank.
    """

    features: tuple[Feature, ...]
    k: int
    sizes: np.ndarray
    revenue_shares: np.ndarray | None
    means: np.ndarray
    medians: np.ndarray
    overall_means: np.ndarray
    overall_medians: np.ndarray
    use_median: np.ndarray
    effects: np.ndarray
    known: np.ndarray
    correlations: np.ndarray
    currency: str | None

    @property
    def shares(self) -> np.ndarray:
        """Share of all customers in each segment, 0..1, shape (k,)."""
        return self.sizes / max(self.sizes.sum(), 1)

    @property
    def values(self) -> np.ndarray:
        """What people read, shape (features, k)."""
        return np.where(self.use_median[:, None], self.medians, self.means)

    @property
    def overall(self) -> np.ndarray:
        """What people read for all customers together, shape (features,)."""
        return np.where(self.use_median, self.overall_medians, self.overall_means)

    def display_frame(self, names: Sequence[str]) -> pd.DataFrame:
        """Write the table for people: a row per feature; Shown as, All customers and a column per segment."""
        rows = [
            [shown_as(bool(self.use_median[row])), *(self._cell(row, value, known) for value, known in cells)]
            for row, cells in enumerate(self._cells())
        ]
        return pd.DataFrame(rows, index=self._labels(), columns=[*LEADING_COLUMNS, *names])

    def brief_row(self, place: int) -> list[str]:
        """Write the values of one feature without their unit, that of all customers first, (1 + k,)."""
        unit = self.features[place].unit
        values = (self.overall[place], *self.values[place])
        return [formats.bare(value, unit, self.currency) for value in values]

    def effect_frame(self, names: Sequence[str]) -> pd.DataFrame:
        """Give the shade of each cell: distance from the average in standard deviations, 0 where unknown."""
        return pd.DataFrame(np.nan_to_num(self.effects), index=self._labels(), columns=list(names))

    def plain_frame(self, names: Sequence[str]) -> pd.DataFrame:
        """Give the table for files: a row per segment, each feature's mean, and median where it is shown."""
        columns: dict[str, object] = {
            "segment": np.arange(1, self.k + 1),
            "segment_name": list(names),
            "customers": self.sizes,
            "share": self.shares,
        }
        if self.revenue_shares is not None:
            columns["revenue_share"] = self.revenue_shares
        for row, feature in enumerate(self.features):
            columns[feature.name] = self.means[row]
            if self.use_median[row]:
                columns[f"{feature.name}_median"] = self.medians[row]
        if self.currency and any(feature.unit == Unit.MONEY for feature in self.features):
            columns["currency"] = self.currency
        return pd.DataFrame(columns)

    def _cells(self) -> list[list[tuple[float, float]]]:
        everyone = np.ones((len(self.features), 1))
        known = np.hstack([everyone, self.known])
        return [
            list(zip(values, shares, strict=True))
            for values, shares in zip(self._with_overall(), known, strict=True)
        ]

    def _cell(self, row: int, value: float, known: float) -> str:
        """Write one value, and how many it speaks for where few ("28 days (known for 8.0%)")."""
        text = formats.of_unit(value, self.features[row].unit, self.currency)
        return text if known >= MOSTLY_KNOWN or known == 0 else f"{text} (known for {formats.percent(known)})"

    def _labels(self) -> list[str]:
        return formats.distinct([feature.label for feature in self.features])

    def _with_overall(self) -> np.ndarray:
        return np.column_stack([self.overall, self.values])


def shown_as(median: bool) -> str:
    """Say in a word which middle is shown."""
    return "typical (median)" if median else "average"


def with_themes(table: FeatureTable, text: TextBlock | None) -> FeatureTable:
    """Add a column per theme: the share of the customer's texts that are about it."""
    if text is None or not text.themes:
        return table
    features = tuple(
        Feature(f"theme_{number}", *words_of_theme(theme.name, theme.words), Group.TEXT, Unit.SHARE)
        for number, theme in enumerate(text.themes)
    )
    shares = pd.DataFrame(
        np.asarray(text.theme_shares, dtype=np.float64),
        columns=[feature.name for feature in features],
        index=table.values.index,
    )
    return replace(
        table, values=pd.concat([table.values, shares], axis=1), features=(*table.features, *features)
    )


def centroid_table(table: FeatureTable, labels: np.ndarray, k: int) -> CentroidTable:
    """Describe the segments `labels` (n,) of 0..k-1 of the table's n customers."""
    return centroid_tables(table, {k: labels})[k]


def centroid_tables(table: FeatureTable, labels: Mapping[int, np.ndarray]) -> dict[int, CentroidTable]:
    """Describe the segments of every k; each feature is prepared once for all of them.

    :param labels: for each k the segment 0..k-1 of every customer, shape (n,).
    """
    groupings = {k: _Grouping.of(of_k, k) for k, of_k in labels.items()}
    columns = [
        _Column.of(feature, table.values[feature.name].to_numpy(np.float64)) for feature in table.features
    ]
    cells = {k: [column.describe(grouping) for column in columns] for k, grouping in groupings.items()}
    correlations = rank_correlations(table)
    return {
        k: CentroidTable(
            features=table.features,
            k=k,
            sizes=grouping.sizes,
            revenue_shares=_revenue_shares(table, grouping),
            means=np.array([cell.means for cell in cells[k]]).reshape(-1, k),
            medians=np.array([cell.medians for cell in cells[k]]).reshape(-1, k),
            overall_means=np.array([column.mean for column in columns]),
            overall_medians=np.array([column.median for column in columns]),
            use_median=np.array([column.use_median for column in columns], dtype=bool),
            effects=np.array([cell.effects for cell in cells[k]]).reshape(-1, k),
            known=np.array([cell.known for cell in cells[k]]).reshape(-1, k),
            correlations=correlations,
            currency=table.currency,
        )
        for k, grouping in groupings.items()
    }


@dataclass(frozen=True)
class _Grouping:
    """The customers of each segment: labels as integers, sizes (k,), and the rows sorted by segment."""

    labels: np.ndarray
    sizes: np.ndarray
    order: np.ndarray

    @classmethod
    def of(cls, labels: np.ndarray, k: int) -> _Grouping:
        wide = labels.astype(np.intp)
        return cls(wide, np.bincount(wide, minlength=k), np.argsort(labels, kind="stable"))

    def means(self, filled: np.ndarray, counts: np.ndarray) -> np.ndarray:
        sums = np.bincount(self.labels, weights=filled, minlength=len(self.sizes))
        return np.divide(sums, counts, out=np.full(len(counts), np.nan), where=counts > 0)

    def medians(self, values: np.ndarray) -> np.ndarray:
        parts = np.split(values[self.order], np.cumsum(self.sizes)[:-1])
        return np.array([_median(part) for part in parts])


@dataclass(frozen=True)
class _Cells:
    means: np.ndarray
    medians: np.ndarray
    effects: np.ndarray
    known: np.ndarray


@dataclass(frozen=True)
class _Column:
    """One feature of all customers with what does not depend on segments."""

    values: np.ndarray
    exists: np.ndarray
    scale: np.ndarray
    mean: float
    median: float
    use_median: bool

    @classmethod
    def of(cls, feature: Feature, values: np.ndarray) -> _Column:
        exists = np.isfinite(values)
        present = values[exists]
        median = _median(present)
        crowded = present.size == 0 or median == present.min()
        scale = signed_log(values) if feature.skewed else values
        return cls(
            values,
            exists,
            _standardised(scale, exists),
            float(present.mean()) if present.size else np.nan,
            median,
            feature.skewed and not crowded,
        )

    def describe(self, grouping: _Grouping) -> _Cells:
        counts = np.bincount(grouping.labels, weights=self.exists, minlength=len(grouping.sizes))
        means = grouping.means(np.where(self.exists, self.values, 0.0), counts)
        return _Cells(
            means=means,
            medians=grouping.medians(self.values) if self.use_median else means,
            effects=grouping.means(self.scale, counts),
            known=counts / np.maximum(grouping.sizes, 1),
        )


def _standardised(values: np.ndarray, exists: np.ndarray) -> np.ndarray:
    """Centre and scale what exists; 0 elsewhere, and everywhere for a constant."""
    present = values[exists]
    spread = present.std() if present.size else 0.0
    if not spread > 0:
        return np.zeros_like(values)
    return np.where(exists, (values - present.mean()) / spread, 0.0)


def _median(values: np.ndarray) -> float:
    present = values[np.isfinite(values)]
    return float(np.median(present)) if present.size else np.nan


def _revenue_shares(table: FeatureTable, grouping: _Grouping) -> np.ndarray | None:
    if "monetary" not in table.values.columns:
        return None
    spend = np.nan_to_num(table.values["monetary"].to_numpy(np.float64))
    total = spend.sum()
    sums = np.bincount(grouping.labels, weights=spend, minlength=len(grouping.sizes))
    return sums / total if total > 0 else None


def rank_correlations(table: FeatureTable) -> np.ndarray:
    """Correlate the features by rank on evenly spaced customers, pairs without variation counting as 0."""
    step = max(1, len(table) // CORRELATION_SAMPLE)
    names = [feature.name for feature in table.features]
    ranks = table.values[names].iloc[::step].rank()
    return np.nan_to_num(ranks.corr().to_numpy())
