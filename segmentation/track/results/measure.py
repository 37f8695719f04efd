"""From who ordered to effects: of each segment, of all together, and which segments differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.action.playbook.play import LIFT
from segmentation.algorithms.effects.means import Moments, weighted_difference
from segmentation.algorithms.effects.rates import (
    Between,
    TwoRates,
    difference_variance,
    newcombe,
    pooled_difference,
    stand_together,
)
from segmentation.algorithms.effects.shrinkage import differ_from_rest, shrink
from segmentation.algorithms.power import customers_needed, target_of
from segmentation.track.results.facts import Effect, Money, SegmentEffect, Verdict

LARGE = 0.1
"""A single order above this part of what a group paid is left out once, to see what rests on it."""
FEW = 100
BEYOND = frozenset({Verdict.MORE, Verdict.FEWER})


@dataclass(frozen=True)
class Outcomes:
    """What each of these people did in the window; (n,) each.

    `segment` counts from 0; `paid` is what they paid before returns and `largest` their largest order, both
    None where no amounts are known.
    """

    segment: np.ndarray
    held: np.ndarray
    ordered: np.ndarray
    paid: np.ndarray | None = None
    largest: np.ndarray | None = None

    def of(self, chosen: np.ndarray) -> Outcomes:
        """Return those of some people, bool (n,)."""
        return Outcomes(
            self.segment[chosen],
            self.held[chosen],
            self.ordered[chosen],
            None if self.paid is None else self.paid[chosen],
            None if self.largest is None else self.largest[chosen],
        )


def segment_effects(outcomes: Outcomes, names: Sequence[str]) -> tuple[SegmentEffect, ...]:
    """Tell the effect of each segment that somebody was in, drawn towards what they have in common.

    A segment has won or lost only where it does so among as many as there are.
    """
    found = [
        SegmentEffect(int(one), names[one], _single(outcomes.of(outcomes.segment == one)))
        for one in np.unique(outcomes.segment)
    ]
    told = [place for place, one in enumerate(found) if one.effect.lift]
    if not told:
        return tuple(found)
    rates = _rates([found[place].effect for place in told])
    variances = difference_variance(rates)
    common = pooled_difference(rates).value
    shrunk = shrink(rates.difference, variances, common)
    differs = differ_from_rest(rates.difference, variances)
    stand = stand_together(rates)
    for at, place in enumerate(told):
        effect = found[place].effect
        found[place] = replace(
            found[place],
            effect=effect
            if stand[at] or effect.verdict not in BEYOND
            else replace(effect, verdict=Verdict.UNCLEAR),
            shrunk=float(shrunk[at]),
            differs=bool(differs[at]),
        )
    return tuple(found)


def pooled_effect(outcomes: Outcomes, segments: Sequence[SegmentEffect]) -> Effect:
    """Tell the effect of all segments together that have somebody in both groups."""
    told = [one for one in segments if one.effect.lift]
    inside = outcomes.of(np.isin(outcomes.segment, [one.segment for one in told]))
    lift = pooled_difference(_rates([one.effect for one in told])) if told else None
    return _effect(inside, lift)


def _single(people: Outcomes) -> Effect:
    counts = _counts(people)
    if not counts.treated or not counts.held:
        return counts
    rates = _rates([counts])
    low, high = newcombe(rates)
    return _effect(people, Between(float(rates.difference[0]), float(low[0]), float(high[0])))


def _counts(people: Outcomes) -> Effect:
    return Effect(
        treated=int((~people.held).sum()),
        ordered=int((people.ordered & ~people.held).sum()),
        held=int(people.held.sum()),
        held_ordered=int((people.ordered & people.held).sum()),
        verdict=Verdict.NO_CONTROL,
    )


def _effect(people: Outcomes, lift: Between | None) -> Effect:
    counts = _counts(people)
    if lift is None:
        return counts
    everybody = counts.treated + counts.held
    baseline = (counts.ordered + counts.held_ordered) / everybody
    looked_for = target_of(baseline, LIFT) - baseline
    needed = (
        customers_needed(baseline, baseline + looked_for, counts.held / everybody) if looked_for else None
    )
    return replace(
        counts,
        lift=lift,
        verdict=_verdict(lift, looked_for),
        looked_for=looked_for,
        needed=None if needed is None else max(0, needed - everybody),
        money=_money(people),
    )


def _verdict(lift: Between, looked_for: float) -> Verdict:
    if lift.low > 0:
        return Verdict.MORE
    if lift.high < 0:
        return Verdict.FEWER
    return Verdict.ALIKE if lift.high < looked_for and lift.low > -looked_for else Verdict.UNCLEAR


def _rates(effects: Sequence[Effect]) -> TwoRates:
    names = ("ordered", "treated", "held_ordered", "held")
    return TwoRates(*(np.array([getattr(one, name) for one in effects], dtype=np.float64) for name in names))


def _money(people: Outcomes) -> Money | None:
    """Compare what was paid, in the segments where both groups have two people at least."""
    if people.paid is None or people.largest is None:
        return None
    inside = [
        stratum
        for one in np.unique(people.segment)
        if min(_sizes(stratum := people.of(people.segment == one))) > 1
    ]
    if not inside:
        return None
    extra = _difference(inside)
    treated = sum(_sizes(one)[0] for one in inside)
    paid, held_paid = people.paid[~people.held], people.paid[people.held]
    trimmed = _without_largest(people)
    return Money(
        paid=float(paid.sum()),
        held_paid=float(held_paid.sum()),
        each=extra.times(1 / treated),
        extra=extra,
        without_largest=None if trimmed is None else _difference([_as_in(trimmed, one) for one in inside]),
        few=int((people.paid > 0).sum()) < FEW,
    )


def _difference(strata: Sequence[Outcomes]) -> Between:
    """Return what all who got it paid more than they would have, each stratum for itself."""
    return weighted_difference(
        [
            (float(_sizes(one)[0]), Moments.of(one.paid[~one.held]), Moments.of(one.paid[one.held]))
            for one in strata
            if one.paid is not None
        ]
    )


def _as_in(people: Outcomes, stratum: Outcomes) -> Outcomes:
    return people.of(people.segment == stratum.segment[0])


def _sizes(people: Outcomes) -> tuple[int, int]:
    return int((~people.held).sum()), int(people.held.sum())


def _without_largest(people: Outcomes) -> Outcomes | None:
    """Take the largest order out of each group of which it is a large part; None where there is none."""
    if people.paid is None or people.largest is None:
        return None
    paid = people.paid.copy()
    for group in (~people.held, people.held):
        at = int(np.flatnonzero(group)[np.argmax(people.largest[group])])
        if people.largest[at] > LARGE * people.paid[group].sum():
            paid[at] -= people.largest[at]
    return None if np.array_equal(paid, people.paid) else replace(people, paid=paid)
