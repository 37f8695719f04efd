"""A run: the segments of every k with all that a screen shows and a repeat needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from segmentation.algorithms.split_halves import Reliability
from segmentation.clusters.guided import Guidance
from segmentation.clusters.quality import Quality
from segmentation.clusters.space_columns import SpaceColumn
from segmentation.clusters.suggest import Suggestion
from segmentation.features.table import Feature, LeftOut
from segmentation.features.vote import Vote
from segmentation.insight.facts.centroids import CentroidTable
from segmentation.insight.facts.differences import Portrait, find_differences
from segmentation.insight.facts.typical_customers import ShownCustomers
from segmentation.insight.facts.worth import Worth
from segmentation.runs.options import RunOptions
from segmentation.text.block import Reading, Theme


@dataclass(frozen=True)
class Segment:
    """One segment at one k: steady label, generated name, how big, how steady (0..1).

    `recovered` is in how many re-samples it came back; `named_for` the features that its name speaks of. None
    and empty in runs of an earlier version.
    """

    label: int
    name: str
    size: int
    share: float
    revenue_share: float | None
    stability: float
    recovered: int | None = None
    named_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cut:
    """All customers in k segments."""

    k: int
    segments: tuple[Segment, ...]
    quality: Quality
    centroids: CentroidTable

    @cached_property
    def portraits(self) -> tuple[Portrait, ...]:
        """What sets each segment apart, in label order."""
        return find_differences(self.centroids, {one.label: one.named_for for one in self.segments})


@dataclass(frozen=True)
class Run:
    """The result of one job; `cuts` by k; the customers' own rows are read with `load_customers`.

    `centers` are the centroids of every k in the scaled space, and `columns` says how a raw value gets there.
    `shown` holds for every k the typical and the edge customers of each segment, as places among the rows;
    `profiles` the paragraphs about segments that a person took from a language model, by k and label.
    `votes` says how much the columns count by default, and `taste` how much of what customers buy is their
    own; empty and None in runs of an earlier version.
    `averages` are the shop's own shares to which a customer's are drawn, `known` says of what share of the
    customers (0..1) a feature is known, and `reach` for every k how far each segment reaches, float64 (k,);
    all three are empty in runs of an earlier version, which nobody can be assigned to. `categories` are the
    values of the customer file's columns that several customers had, by the column's header.
    """

    run_id: str
    made_at: datetime
    fingerprint: str
    options: RunOptions
    customers: int
    customer_meaning: str
    currency: str | None
    as_of: datetime | None
    suggestion: Suggestion
    cuts: dict[int, Cut]
    features: tuple[Feature, ...]
    left_out: tuple[LeftOut, ...]
    readings: tuple[Reading, ...]
    themes: tuple[Theme, ...]
    block_shares: dict[str, float]
    map_explained: float
    columns: tuple[SpaceColumn, ...]
    centers: dict[int, np.ndarray]
    versions: dict[str, str]
    names: dict[int, str] = field(default_factory=dict)
    shown: dict[int, tuple[ShownCustomers, ...]] = field(default_factory=dict)
    worth: Worth | None = None
    guidance: Guidance | None = None
    theme_names: dict[int, str] = field(default_factory=dict)
    profiles: dict[int, dict[int, str]] = field(default_factory=dict)
    votes: dict[str, Vote] = field(default_factory=dict)
    taste: Reliability | None = None
    averages: dict[str, float] = field(default_factory=dict)
    known: dict[str, float] = field(default_factory=dict)
    reach: dict[int, np.ndarray] = field(default_factory=dict)
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def draft(self) -> bool:
        """Whether any texts were read by a quick draft only."""
        return any(reading.draft for reading in self.readings)

    @property
    def ks(self) -> list[int]:
        """Every number of segments there is, ascending."""
        return sorted(self.cuts)

    def theme_name(self, theme: int) -> str:
        """Return the name of a theme (its place among `themes`): a person's own, or the generated one."""
        return self.theme_names.get(theme) or self.themes[theme].name

    def names_at(self, k: int) -> list[str]:
        """Names of the segments of this k in label order; a person's own name follows the segment."""
        return [self.names.get(segment.label) or segment.name for segment in self.cuts[k].segments]


def with_features(run: Run, change: Callable[[tuple[Feature, ...]], tuple[Feature, ...]]) -> Run:
    """Return the run with its features changed wherever they stand: in itself and in every table."""
    cuts = {
        k: replace(cut, centroids=replace(cut.centroids, features=change(cut.centroids.features)))
        for k, cut in run.cuts.items()
    }
    return replace(run, features=change(run.features), cuts=cuts)
