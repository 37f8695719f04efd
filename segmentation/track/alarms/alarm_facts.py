"""What is out of the ordinary in a month, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from segmentation.algorithms.drift.column_shift import ColumnShift
from segmentation.features.table import Feature
from segmentation.insight.facts.differences import Portrait
from segmentation.track.alarms.usual import Usual


@dataclass(frozen=True)
class MixAlarm:
    """The shares of the segments changed; `label` (0-based) is the one that changed most.

    `before` and `after`, float64 (k,), are the shares of customers.
    """

    label: int
    before: np.ndarray
    after: np.ndarray
    p: float
    usual: Usual

    @property
    def points(self) -> float:
        """By how much the share of that segment changed (0.1: ten points more)."""
        return float(self.after[self.label] - self.before[self.label])


@dataclass(frozen=True)
class SlowMixAlarm:
    """The shares changed over the `months` since the segments were found, the day `since`, little by little.

    `label`, `before`, `after` and `p` are as in `MixAlarm`; `bar` is how far the share would have gone at
    most at the pace of the year before.
    """

    label: int
    since: datetime
    months: int
    before: np.ndarray
    after: np.ndarray
    p: float
    bar: float


@dataclass(frozen=True)
class NewKindAlarm:
    """More customers than usual are unlike anybody: `people` of `active` who did something.

    `low` is the least that their share may be. `together` of them are a group of their own, 0 where they are
    none; `most_in` (0-based) is the segment that most of these people are nearest to, all the same.
    `portrait` says what sets the group apart from everybody, or all of them where they are no group.
    """

    people: int
    active: int
    low: float
    together: int
    most_in: int
    portrait: Portrait
    usual: Usual


@dataclass(frozen=True)
class MovedAlarm:
    """A feature of the customers who did something is another than in the month before.

    `before` and `after` are in the feature's unit: medians, or averages where `is_median` is not set.
    """

    feature: Feature
    before: float
    after: float
    is_median: bool
    shift: ColumnShift
    usual: Usual


@dataclass(frozen=True)
class LookedAt:
    """What the alarms looked at in a month that ended with `day`, so many months back.

    `customers` were there by then, `active` of them did something; `mix` is the largest change of a share,
    `strangers` the share of the active who were unlike anybody, `moved` how far each feature did.
    """

    back: int
    day: datetime
    customers: int
    active: int
    mix: float
    mix_p: float
    strangers: float
    strangers_low: float
    moved: dict[str, float]


@dataclass(frozen=True)
class Alarms:
    """What rang in the month from `since` to `until`, in the k segments of a run; nothing, most of the time.

    `fingerprint` names the state of the files; `months` are the earlier ones that say what is usual, and
    `by_time` the features that were left out since time alone moves them.
    """

    run_id: str
    k: int
    fingerprint: str
    since: datetime
    until: datetime
    mix: MixAlarm | None
    new_kind: NewKindAlarm | None
    moved: tuple[MovedAlarm, ...]
    figures: LookedAt
    months: tuple[LookedAt, ...]
    by_time: tuple[Feature, ...]
    currency: str | None
    slow_mix: SlowMixAlarm | None = None

    @property
    def number(self) -> int:
        """How many rang."""
        alone = (self.mix, self.new_kind, self.slow_mix)
        return sum(one is not None for one in alone) + len(self.moved)
