"""How far off a way was in an earlier period, and a forecast corrected by it: level, season and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from segmentation.action.retention.value_ways import Prospect, ValueWay, What, came, foresee, know_before
from segmentation.algorithms.conformal import learn_stretch, stretch
from segmentation.algorithms.forecast import Forecast
from segmentation.errors import NoForecastError
from segmentation.features.cutoff import Period
from segmentation.workspace import Workspace

FEWEST_CAME = 30
"""Where fewer customers brought anything in a period, it tells nothing of the level."""


ALIKE = np.array([[4.0, 1.0, 2.0], [1.0, 3.0, 1.0], [2.0, 1.0, 3.0]])
WITH_NEXT = np.array([2.0, 2.0, 1.0])
"""How what three periods are off by goes together, in logarithms, among them and with the period to come."""
# All share a level; the latest and the coming one share its drift, the latest and the one a year before it a
# season, the coming one and that a year before it another, and each has its own chance: all of variance 1.


@dataclass(frozen=True)
class Level:
    """By what all customers together are multiplied: `factor`, and what it follows from.

    `latest` is what came in the latest period ÷ what had been foretold of it, `season` the same of a year
    before the span that is foretold, and `before` of a year before the latest period; None where not known.
    """

    latest: float | None = None
    season: float | None = None
    before: float | None = None

    @property
    def factor(self) -> float:
        """The best linear prediction, in logarithms: half of the latest alone, 1 where nothing is known."""
        ratios = (self.latest, self.season, self.before)
        known = [(at, np.log(one)) for at, one in enumerate(ratios) if one]
        if not known:
            return 1.0
        places, logs = zip(*known, strict=True)
        weights = np.linalg.solve(ALIKE[np.ix_(places, places)], WITH_NEXT[list(places)])
        return float(np.exp(weights @ np.array(logs)))


@dataclass(frozen=True)
class Lesson:
    """What a period taught of one way: how far the total was off, what those it expects nothing of brought.

    What came ÷ what was foretold is the `ratio`, None where too few came to tell; `idle` is per customer and
    day; `factors` stretch the intervals, by groups of rising expected value, and are learned around what is
    corrected by half of the ratio, as what they are used for is.
    """

    ratio: float | None = None
    idle: float = 0.0
    factors: tuple[float, ...] = ()


def learn_lesson(found: Prospect, way: ValueWay, came: np.ndarray) -> Lesson:
    """Hold one way against what came, (n,), at least 0, in a span that is all tested."""
    none = found.expected[way] <= 0
    lesson = Lesson(idle=float(came[none].mean()) / found.tested if none.any() else 0.0)
    total = float(_filled(found, way, lesson).sum())
    if np.count_nonzero(came) < FEWEST_CAME or not total:
        return lesson
    level = Level(float(came.sum()) / total)
    around = _laid_around(found, _filled(found, way, lesson) * level.factor)
    return replace(lesson, ratio=level.latest, factors=learn_stretch(around, came))


Taught = Mapping[What, Mapping[ValueWay, Lesson]]
"""What a period taught of every way; empty where too little was known before it."""


@dataclass(frozen=True)
class Lessons:
    """What was learned for a span to come: of the latest period, of a year before the span, and before it."""

    latest: Taught = field(default_factory=dict)
    season: Taught = field(default_factory=dict)
    before: Taught = field(default_factory=dict)

    def level(self, what: What, way: ValueWay) -> Level:
        """Say by what all customers together are multiplied."""
        return Level(*(one[what][way].ratio if what in one else None for one in vars(self).values()))


def lessons_of(workspace: Workspace, period: Period) -> Taught:
    """Foretell a past period from what was known before it, and learn from what came."""
    try:
        known, after = know_before(workspace, period)
    except NoForecastError:
        return {}
    return learn_lessons(foresee(known, period.days), came(after))


def learn_lessons(found: Mapping[What, Prospect], happened: Mapping[What, np.ndarray]) -> Taught:
    """Hold every way against what came."""
    return {
        what: {way: learn_lesson(one, way, happened[what]) for way in ValueWay} for what, one in found.items()
    }


def corrected(found: Prospect, what: What, way: ValueWay, lessons: Lessons) -> Forecast:
    """Return what one way expects, its level and its intervals corrected by what was learned.

    The days beyond those tested are the model's, at a level of their own only where their season is known.
    """
    lesson = lessons.latest[what][way] if what in lessons.latest else Lesson()
    level = lessons.level(what, way)
    later = 1.0 if level.season is None else level.factor
    forecast = _laid_around(found, _filled(found, way, lesson) * level.factor + found.beyond * later)
    return stretch(forecast, lesson.factors) if lesson.factors else forecast


def _filled(found: Prospect, way: ValueWay, lesson: Lesson) -> np.ndarray:
    """Give those of whom the way expects nothing what such customers brought."""
    expected = found.expected[way]
    return np.where(expected > 0, expected, lesson.idle * found.tested)


def _laid_around(found: Prospect, expected: np.ndarray) -> Forecast:
    """Lay the model's intervals around what is expected, as wide in proportion."""
    share = expected / np.maximum(found.model.expected, 1e-12)
    return Forecast(expected, found.model.low * share, found.model.high * share).reaching
