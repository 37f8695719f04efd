"""The course of long work: its stages, how long each usually takes, and how far it has come."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from segmentation.stages import Stage


@dataclass(frozen=True)
class Leg:
    """A part of long work: its stage, and the seconds that it usually takes."""

    stage: str
    seconds: float


Course = tuple[Leg, ...]

FINDING: Course = (
    Leg(Stage.BUILDING_SHOP, 2.0),
    Leg(Stage.BUILDING_FEATURES, 1.0),
    Leg(Stage.LOADING_MODEL, 6.0),
    Leg(Stage.READING_TEXTS, 5.0),
    Leg(Stage.FINDING_THEMES, 1.0),
    Leg(Stage.FINDING_SEGMENTS, 2.0),
    Leg(Stage.RESAMPLING, 3.0),
    Leg(Stage.JUDGING, 1.0),
    Leg(Stage.RESAMPLING, 8.0),
    Leg(Stage.COMPARING_WITH_EVEN, 1.0),
    Leg(Stage.DESCRIBING_SEGMENTS, 2.0),
    Leg(Stage.EXPLAINING, 8.0),
)
"""From files to segments that are explained; seconds of a shop of some 10,000 customers on two cores."""

SAMPLE: Course = (Leg(Stage.MAKING_SHOP, 1.0), Leg(Stage.LOADING_SHOP, 2.0), *FINDING)

AHEAD: Course = (
    Leg(Stage.FORETELLING, 1.0),
    Leg(Stage.CHECKING_FORECAST, 4.0),
    Leg(Stage.FORETELLING, 5.0),
    Leg(Stage.LEARNING_CHURN, 15.0),
)
"""Looking ahead at customers; seconds of a shop of some 4,000 on two cores, as of what follows."""

_BEFORE_A_CUT: Course = (
    Leg(Stage.LOOKING_BACK, 2.0),
    Leg(Stage.READING_TEXTS, 3.0),
    Leg(Stage.FINDING_THEMES, 5.0),
    Leg(Stage.FINDING_SEGMENTS, 2.0),
)

OFFERS: Course = (
    Leg(Stage.READING_PURCHASES, 20.0),
    *_BEFORE_A_CUT,
    Leg(Stage.TUNING, 25.0),
    *_BEFORE_A_CUT,
    Leg(Stage.TESTING, 25.0),
    Leg(Stage.CHOOSING_FOR_SEGMENTS, 8.0),
    Leg(Stage.LEARNING_LINKS, 15.0),
    Leg(Stage.CHOOSING_FOR_CUSTOMERS, 2.0),
)
"""Choosing what to offer, tried at two earlier days first."""

UNKNOWN: Course = (Leg("", 1.0),)
"""Work of which nobody said how it goes: each of its steps takes half of what is left of the bar."""

LEARNING = 0.1
"""Share of a course after which the pace of this machine and shop counts as much as the usual one."""


@dataclass
class Journey:
    """How far long work has come along its course; written by its thread, read by any screen.

    `place` is that of the present leg, from 0. A step that the course does not name counts to the leg in
    which it comes; several of one leg ("reading_texts: reviews") take half of what is left of it each.
    """

    course: Course = UNKNOWN
    clock: Callable[[], float] = time.monotonic
    place: int = 0
    _step: str = ""
    _step_began: float = 0.0
    _part: float = 0.0
    _known: float = 0.0
    _in_parts: bool = False
    _from: float = 0.0
    _to: float = 1.0
    _leg_began: float = 0.0
    _took: dict[int, float] = field(default_factory=dict)
    _furthest: float = 0.0

    def __post_init__(self) -> None:
        self._step_began = self._leg_began = self.clock()

    def report(self, step: str, done: int, total: int) -> None:
        """Follow the work: `done` of `total` parts of the named step are finished."""
        part = min(1.0, done / total) if total > 0 else 0.0
        if step != self._step:
            self._begin(step, part)
        self._part, self._in_parts = part, total > 1

    @property
    def share(self) -> float:
        """Share of the whole that is done, 0..1; never less than it was before."""
        before = sum(leg.seconds for leg in self.course[: self.place])
        here = self.course[self.place].seconds * self._within()
        self._furthest = max(self._furthest, (before + here) / self._whole)
        return self._furthest

    @property
    def seconds_left(self) -> float | None:
        """Seconds to the end, by what legs usually take and the pace of what is done; None where unknown."""
        later = self._pace() * sum(leg.seconds for leg in self.course[self.place + 1 :])
        if self._in_parts and self._part > self._known:
            rate = (self._part - self._known) / max(self.clock() - self._step_began, 1e-3)
            return (1.0 - self._part) / rate + later
        return None if self.course is UNKNOWN else self._usual() * (1.0 - self._within()) + later

    @property
    def _whole(self) -> float:
        return sum(leg.seconds for leg in self.course)

    def _begin(self, step: str, part: float) -> None:
        now, place = self.clock(), self._place_of(step)
        if place > self.place:
            self._took[self.place] = now - self._leg_began
            self.place, self._leg_began, self._from = place, now, 0.0
        else:
            self._from = self._within()
        several = ":" in step or self.course is UNKNOWN
        self._to = (self._from + 1.0) / 2 if several else 1.0
        self._step, self._step_began, self._known = step, now, part

    def _place_of(self, step: str) -> int:
        """Find the leg of a step: the present one or the next of its stage, never an earlier one."""
        stage = step.partition(":")[0]
        later = range(self.place, len(self.course))
        return next((place for place in later if self.course[place].stage == stage), self.place)

    def _within(self) -> float:
        """Share of the present leg that is done; by the time it took so far where it has no parts."""
        passed = (self.clock() - self._step_began) / self._usual()
        part = self._part if self._in_parts else max(self._part, 1.0 - math.exp(-passed))
        return self._from + (self._to - self._from) * part

    def _usual(self) -> float:
        return max(self.course[self.place].seconds * self._pace(), 1e-3)

    def _pace(self) -> float:
        """Say how many times as long this work takes as it usually does, by the legs that are done."""
        usual = sum(self.course[place].seconds for place in self._took)
        return (sum(self._took.values()) + LEARNING * self._whole) / (usual + LEARNING * self._whole)
