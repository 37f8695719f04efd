"""The test of a message in words: how many to hold out, what that finds, and what the last one brought."""

from __future__ import annotations

from segmentation import formats
from segmentation.action.files.kept_results import LastResult
from segmentation.action.playbook.play import Kpi, Line
from segmentation.action.playbook.words import NO_DATES
from segmentation.algorithms.power import SMALLEST_GAIN, HoldOut

LAST_TIME = "last time {lift}"
AS_EXPECTED = "as is expected after the last campaign"
COUNTED = (
    "Sent on {day}: in {days} {ordered:,} of {treated:,} ordered, and {held_ordered:,} of the {held:,} who "
    "were held out."
)


def hold_out_line(test: HoldOut | None, kpi: Kpi | None, lift: float, last: LastResult | None = None) -> Line:
    """Say how many to hold out of a message, so that its effect can be told from chance; and of the last."""
    planned = _planned(test, kpi, lift, last)
    if last is None:
        return planned
    return Line(
        f"{planned.text} {formats.capitalised(last_words(last))}.", (*planned.evidence, _counted(last))
    )


def last_words(last: LastResult) -> str:
    """Say what the last campaign changed: "last time +1.2 points, 0.3 to 2.1"."""
    return LAST_TIME.format(lift=formats.points_between(last.lift, last.low, last.high))


def _counted(last: LastResult) -> str:
    return COUNTED.format(
        day=formats.date(last.sent_on),
        days=formats.days(last.days),
        ordered=last.ordered,
        treated=last.treated,
        held_ordered=last.held_ordered,
        held=last.held,
    )


def _planned(test: HoldOut | None, kpi: Kpi | None, lift: float, last: LastResult | None) -> Line:
    if test is None:
        known = kpi.known if kpi else 0
        why = f"only {known:,} of them had ordered before the last {kpi.window} days" if kpi else ""
        return Line(f"Not yet: {why}, too few for a baseline." if kpi else NO_DATES)
    before, after = formats.percent(test.baseline), formats.percent(test.target)
    how = (
        f"Comparing two shares, two-sided at {test.alpha:.0%}, found {test.power:.0%} of the time (Fleiss, "
        "Levin and Paik 2003)."
    )
    if test.detectable is None:
        return Line(
            f"No test of these {test.customers:,} can show a rise: {before} order again as it is, and even "
            f"{formats.percent(1.0)} could not be told from chance.",
            (how,),
        )
    rise = f"from {before} to {after} ({_lift_said(test, lift, last)})"
    if test.enough:
        held_out = f"Hold out {test.held_out:,} of {test.customers:,}, chosen at random"
        return Line(f"{held_out}: enough to find a rise {rise}.", (how,))
    found = formats.percent(test.detectable)
    return Line(
        f"Too small to find a rise {rise}. With half of them held out ({test.held_out:,} of "
        f"{test.customers:,}), a rise to {found} could be found.",
        (how,),
    )


def _lift_said(test: HoldOut, lift: float, last: LastResult | None) -> str:
    """Say which of the ways of counting a lift made the target."""
    if last is not None and last.shrunk > 0:
        return AS_EXPECTED
    if lift * min(test.baseline, 1 - test.baseline) < SMALLEST_GAIN:
        return "one point more"
    part = f"{lift:.0%}"
    return f"{part} more of them" if test.baseline <= 0.5 else f"{part} fewer stay away"
