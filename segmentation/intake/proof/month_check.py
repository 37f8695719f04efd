"""Whether a month agrees with what the shop's own system says, and if not, which other reading would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from segmentation.intake.cleaning_rules import Cleaning
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.changes import ReadingChange, possible_changes
from segmentation.intake.proof.months import MonthFigures, month_figures
from segmentation.intake.proof.other_readings import Explaining, Said, Trials, gap_of
from segmentation.intake.proof.rows_around import rows_around
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.workspace import Workspace

TOLERANCE = 0.005
MOVES = 0.001
MOST_PAIRS = 12
MOST_SHOWN = 3
HALVED = 0.5
LIKELY = 0.05
MOST_BESIDE = 0.5
STEP, AGAIN = Stage.TRYING_READINGS, Stage.TRYING_ON_ALL


@dataclass(frozen=True)
class MonthCheck:
    """What was said beside what the files come to, and the readings that come nearer, the nearest first.

    `gap` is the larger of both relative differences (0..), of revenue and of orders where they were given.
    """

    said: Said
    revenue: float
    orders: int
    gap: float
    explanations: tuple[Explaining, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the difference is within half a percent."""
        return self.gap <= TOLERANCE


def compare(said: Said, found: MonthFigures) -> MonthCheck:
    """Hold what was said against a month as it is read now."""
    return MonthCheck(said, found.revenue, found.orders, gap_of(said, found.revenue, found.orders))


def check_month(
    workspace: Workspace, cleaning: Cleaning, said: Said, on_progress: Progress = silent
) -> MonthCheck:
    """Compare, and where the difference is large try other readings: one change at a time, then pairs.

    Nothing is kept: every reading is tried in a trial. Of large files only the rows around the month are
    read again and again, and what is found is tried once more on the whole. Pairs are tried only where no
    single change explains the difference, and only those whose single effects nearly add up to it.
    """
    shop = build_shop(workspace, cleaning)
    with workspace.cursor() as cursor:
        check = compare(said, month_figures(cursor, said.month))
    if check.agrees:
        return check
    changes = possible_changes(shop, list_uploads(workspace), cleaning)
    with rows_around(workspace, said.month) as ground:
        found = list(_nearest(_explain(Trials(ground, cleaning, said), changes, check, on_progress), check))
    if ground is not workspace:
        found = _on_the_whole(Trials(workspace, cleaning, said), found, on_progress)
    return replace(check, explanations=_nearest(found, check))


def _explain(
    trials: Trials, changes: Sequence[ReadingChange], check: MonthCheck, on_progress: Progress
) -> list[Explaining]:
    """Try single changes, and pairs where none is enough."""
    most = len(changes) + MOST_PAIRS
    on_progress(STEP, 0, most)
    as_now = trials.each([(), *((change,) for change in changes if not change.can_be_taken)])
    if not as_now:
        return []
    base, *singles = as_now
    for change in changes:
        if change.can_be_taken:
            on_progress(STEP, len(singles), most)
            singles += trials.of((change,))
    singles = [_shifted(one, base, check) for one in singles if _moves(one, base)]
    if any(one.gap <= TOLERANCE for one in singles):
        return singles
    tried = []
    for done, pair in enumerate(_likely_pairs(singles, check), start=len(changes)):
        on_progress(STEP, done, most)
        tried += [_shifted(one, base, check) for one in trials.of(pair)]
    return singles + tried


def _on_the_whole(trials: Trials, found: Sequence[Explaining], on_progress: Progress) -> list[Explaining]:
    """Try once more on all rows what was found on some."""
    again = []
    for done, one in enumerate(found):
        on_progress(AGAIN, done, len(found))
        again += trials.of(one.changes)
    return again


def _shifted(found: Explaining, base: Explaining, check: MonthCheck) -> Explaining:
    """Add the effect that changes have on some rows to what the month comes to on all of them."""
    revenue = check.revenue + found.revenue - base.revenue
    orders = check.orders + found.orders - base.orders
    return Explaining(found.changes, revenue, orders, gap_of(check.said, revenue, orders))


def _moves(found: Explaining, base: Explaining) -> bool:
    """Whether a change matters; what comes beside is smaller than what was bought."""
    if not found.changes[0].can_be_taken and abs(found.revenue - base.revenue) > MOST_BESIDE * base.revenue:
        return False
    return abs(found.revenue - base.revenue) > MOVES * abs(base.revenue) or found.orders != base.orders


def _likely_pairs(singles: Sequence[Explaining], check: MonthCheck) -> list[tuple[ReadingChange, ...]]:
    """Return pairs, those first whose single effects together come nearest to what was said."""
    pairs = [
        (abs(one.revenue + two.revenue - check.revenue - check.said.revenue), (*one.changes, *two.changes))
        for one, two in combinations(singles, 2)
        if not one.changes[0].excludes(two.changes[0])
    ]
    likely = [pair for pair in pairs if pair[0] <= LIKELY * abs(check.said.revenue)]
    return [pair for _, pair in sorted(likely, key=lambda pair: pair[0])[:MOST_PAIRS]]


def _nearest(found: Sequence[Explaining], check: MonthCheck) -> tuple[Explaining, ...]:
    """Keep what agrees, but no pair of which one alone does; or else what alone halves the difference."""
    alone = [one for one in found if len(one.changes) == 1]
    good = [one for one in alone if one.gap <= TOLERANCE]
    enough = {one.changes[0] for one in good}
    pairs = [one for one in found if one not in alone and not enough & set(one.changes)]
    good += [one for one in pairs if one.gap <= TOLERANCE]
    nearer = [one for one in alone if one.gap <= HALVED * check.gap]
    return tuple(sorted(good or nearer, key=_rank)[:MOST_SHOWN])


def _rank(one: Explaining) -> tuple[int, bool, float]:
    """Put few changes first, then those that can be taken, then the nearest."""
    only_explains = not all(change.can_be_taken for change in one.changes)
    return len(one.changes), only_explains, one.gap
