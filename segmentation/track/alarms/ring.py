"""Look whether the last month of a shop is out of the ordinary, by the months before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property, partial

import numpy as np
import pandas as pd

from segmentation.errors import NoHindsightError
from segmentation.features.table import Feature, FeatureTable
from segmentation.insight.facts.centroids import centroid_table
from segmentation.insight.facts.differences import find_differences
from segmentation.intake.linking.build import build_shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.track.alarms.alarm_facts import Alarms, LookedAt, MixAlarm, MovedAlarm, NewKindAlarm
from segmentation.track.alarms.compared import Compared, MonthEnd, compare
from segmentation.track.alarms.kept_alarms import keep_alarms
from segmentation.track.alarms.month_ends import (
    A_MONTH,
    LOOKED_AT,
    Ruler,
    measure_by,
    month_ends,
    months_before,
    moved_by_time,
)
from segmentation.track.alarms.slow import anchor_of, backs_of, slow_mix
from segmentation.track.alarms.usual import GROWN_UP, LATELY, SEASON, Usual, usual
from segmentation.track.assign import describe_as_of
from segmentation.track.frozen import Frozen
from segmentation.track.movement.activity import activity, who_acted
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed


@dataclass(frozen=True)
class _Month:
    """A month that ended with `day`, so many months back, beside the one before: their ends and tables."""

    ruler: Ruler
    back: int
    day: datetime
    tables: tuple[FeatureTable, FeatureTable]
    ends: tuple[MonthEnd, MonthEnd]

    @cached_property
    def found(self) -> Compared:
        """How it differs from the one before, once somebody asks."""
        return compare(*self.ends, self.ruler.centroids, self.ruler.frozen.run.options.seed)

    @property
    def counts(self) -> dict[int, np.ndarray]:
        """How many customers were in each segment at both ends, by how many months back these are."""
        segments = len(self.ruler.centroids)
        before, after = (np.bincount(end.segments, minlength=segments) for end in self.ends)
        return {self.back + 1: before, self.back: after}

    def strangers(self, told: bool) -> pd.DataFrame:
        """Return who is unlike anybody, where that is told: customer_id, segment, in_group."""
        far = self.found.far & told
        return pd.DataFrame(
            {
                "customer_id": self.tables[1].customer_ids[far],
                "segment": self.ends[1].segments[far],
                "in_group": self.found.group[far],
            }
        )

    def figures(self, names: Sequence[str]) -> LookedAt:
        """Return what the alarms look at."""
        found, end = self.found, self.ends[1]
        moved = {name: shift.moved for name, shift in zip(names, found.shifts, strict=True)}
        return LookedAt(
            self.back,
            self.day,
            len(end.did),
            int(end.did.sum()),
            found.mix.largest,
            found.mix.p,
            found.strangers.share,
            found.strangers.low,
            moved,
        )


@undisturbed
def ring_alarms(
    workspace: Workspace, frozen: Frozen, on_progress: Progress = silent, load: Loader = load_encoder
) -> Alarms:
    """Compare the last month of the data with the one before, in the run's segments, and keep what rang.

    The same is done for the earlier months, which say what is usual. Every alarm has to be more than chance
    would make, large enough to matter, and more than usual. Where too few months say what is usual, only a
    new kind can ring: what is far is known from the customers of the run.

    :raises NoHindsightError: if the files have no dates, or cover less than two months.
    """
    on_progress(Stage.BUILDING_SHOP, 0, 1)
    shop = build_shop(workspace, frozen.run.options.cleaning)
    if shop.as_of is None:
        raise NoHindsightError("nothing in the files has a date.", "Upload orders with their dates.")
    last = datetime.combine(shop.as_of.date(), datetime.min.time())
    seen = frozen.run.as_of or last
    anchor = anchor_of(seen, last)
    days = month_ends(last, _first_day(workspace) or last, backs_of(anchor))
    load = cache(load)
    today = describe_as_of(workspace, frozen, last, load=load)
    by_time = moved_by_time(today[0], describe_as_of(workspace, frozen, last + A_MONTH, load=load)[0])
    then = today if seen.date() >= last.date() else describe_as_of(workspace, frozen, seen, load=load)
    ruler = measure_by(frozen, then, by_time)
    figures, counts = list[LookedAt](), dict[int, np.ndarray]()
    for month in _months(workspace, ruler, days, on_progress, load):
        counts |= month.counts
        if month.back in LOOKED_AT:
            figures.append(month.figures([column.name for column in ruler.readable]))
    if not figures or figures[-1].back:
        raise NoHindsightError("the files cover less than two months.", "Upload a longer history of orders.")
    alarms = _rung(ruler, month, figures, by_time, shop.fingerprint)
    if alarms.mix is None:
        own = {0: month.found.counts[1]}  # a new kind is an alarm of its own
        alarms = replace(alarms, slow_mix=slow_mix(counts | own, anchor, last))
    keep_alarms(workspace, alarms, month.strangers(alarms.new_kind is not None))
    on_progress(Stage.DONE, 1, 1)
    return alarms


def _first_day(workspace: Workspace) -> datetime | None:
    """Return the day of the first thing that anybody did."""
    query = """
        SELECT min(day) FROM (SELECT min(ordered_at) AS day FROM shop.lines
        UNION ALL SELECT min(happened_at) FROM shop.events
        UNION ALL SELECT min(reviewed_at) FROM shop.reviews)"""
    with workspace.cursor() as cursor:
        first: datetime | None = cursor.execute(query).fetchall()[0][0]
    return first


def _months(
    workspace: Workspace,
    ruler: Ruler,
    days: Sequence[tuple[int, datetime]],
    on_progress: Progress,
    load: Loader,
) -> Iterator[_Month]:
    """Yield every month that has one before it, the earliest first."""
    before: tuple[int, FeatureTable, MonthEnd] | None = None
    for done, (back, day) in enumerate(days):
        on_progress(Stage.COMPARING_DAYS, done, len(days))
        described = describe_as_of(workspace, ruler.frozen, day, load=load)
        table = described[0]
        did = _who_did(workspace, table, months_before(day, 1), day)
        after = back, table, ruler.month_end(described, did)
        if before is not None and before[0] == back + 1 and len(before[1]):
            yield _Month(ruler, back, day, (before[1], table), (before[2], after[2]))
        before = after


def _who_did(workspace: Workspace, table: FeatureTable, since: datetime, until: datetime) -> np.ndarray:
    return who_acted(activity(workspace, since, until), table.customer_ids)


def _rung(
    ruler: Ruler,
    month: _Month,
    looked_at: Sequence[LookedAt],
    by_time: frozenset[str],
    fingerprint: str,
) -> Alarms:
    """Return what rang in the last month."""
    *earlier, figures = looked_at
    grown = tuple(one for one in earlier if one.customers >= GROWN_UP * figures.customers)
    return Alarms(
        ruler.frozen.run.run_id,
        ruler.frozen.k,
        fingerprint,
        months_before(month.day, 1),
        month.day,
        _mix(month, grown),
        _new_kind(month, grown, by_time),
        _moved(month, grown, [column.name for column in ruler.readable]),
        figures,
        grown,
        tuple(one for one in ruler.frozen.defining if one.name in by_time),
        ruler.frozen.run.currency,
    )


def _usual(earlier: Sequence[LookedAt], figure: Callable[[LookedAt], float]) -> Usual:
    lately = [figure(one) for one in earlier if one.back in LATELY]
    return usual(lately, [figure(one) for one in earlier if one.back in SEASON])


def _mix(month: _Month, earlier: Sequence[LookedAt]) -> MixAlarm | None:
    mix, known = month.found.mix, _usual(earlier, lambda one: one.mix)
    if not (mix.is_news and known.is_exceeded(mix.largest)):
        return None
    before, after = (counts / counts.sum() for counts in month.found.counts)
    return MixAlarm(int(np.abs(mix.points).argmax()), before, after, mix.p, known)


def _new_kind(month: _Month, earlier: Sequence[LookedAt], by_time: frozenset[str]) -> NewKindAlarm | None:
    found, known = month.found, _usual(earlier, lambda one: one.strangers)
    usual_enough = known.is_known and not known.is_exceeded(found.strangers.share)
    if usual_enough or not found.strangers.is_news:
        return None
    together = int(found.group.sum())
    who = found.group if together else found.far
    table = month.tables[1].as_counted()
    told = replace(table, features=tuple(one for one in table.features if one.name not in by_time))
    portrait = find_differences(centroid_table(told, who.astype(np.intp), 2))[1]
    most_in = int(np.bincount(month.ends[1].segments[who]).argmax())
    counted = found.strangers
    return NewKindAlarm(counted.far, counted.rows, counted.low, together, most_in, portrait, known)


def _moved(month: _Month, earlier: Sequence[LookedAt], names: Sequence[str]) -> tuple[MovedAlarm, ...]:
    found = []
    for name, shift in zip(names, month.found.shifts, strict=True):
        known = _usual(earlier, partial(_moved_of, name))
        if shift.is_news and known.is_exceeded(shift.moved):
            feature = month.tables[1].feature(name)
            found.append(MovedAlarm(feature, *_middles(month, feature), shift, known))
    return tuple(sorted(found, key=lambda one: -one.shift.moved))


def _moved_of(name: str, month: LookedAt) -> float:
    return month.moved[name]


def _middles(month: _Month, feature: Feature) -> tuple[float, float, bool]:
    """Return the middles of those who did something, before and after: medians where they tell it apart."""
    now = month.ends[1].did & ~month.found.group
    values = [
        table.as_counted().values[feature.name].to_numpy(np.float64)[rows]
        for table, rows in zip(month.tables, (month.ends[0].did, now), strict=True)
    ]
    medians = [float(np.nanmedian(one)) for one in values]
    means = [float(np.nanmean(one)) for one in values]
    is_median = feature.skewed and medians[0] != medians[1]
    before, after = medians if is_median else means
    return before, after, is_median
