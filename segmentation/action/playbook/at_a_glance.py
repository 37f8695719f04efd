"""All plays as one table: a row of few words for each segment, the same on screen and in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation import formats
from segmentation.action.playbook.edits import Edits, said
from segmentation.action.playbook.glance_words import (
    AT_RISK,
    CUSTOMERS,
    FINDS,
    FINDS_ONLY,
    MARGIN,
    MARGIN_AT_RISK,
    NO_TEST,
    PAID,
    REACHABLE,
)
from segmentation.action.playbook.hold_out_words import last_words
from segmentation.action.playbook.play import Aspect, Play, Playbook, Stakes
from segmentation.algorithms.power import HoldOut

LONGEST = 60


@dataclass(frozen=True)
class Glance:
    """One play as words for a row: people and money, what to do, how many to hold out and what that finds.

    `people` are those who can be reached, where files say so, else all customers of the segment; `last` is
    what the last campaign brought.
    """

    segment: int
    name: str
    goal: str
    people: str
    money: str
    offer: str
    hold_out: str
    finds: str
    last: str = ""


def at_a_glance(playbook: Playbook, names: Sequence[str], edits: Edits) -> tuple[Glance, ...]:
    """Return a row for each play; a line that a person wrote stands in place of the generated one."""
    risked = knows_risk(playbook)
    return tuple(
        Glance(
            segment=play.segment,
            name=name,
            goal=_briefly(play, Aspect.GOAL, edits),
            people=f"{people_of(play):,}",
            money=formats.money(_money(play.figures.stakes, risked), playbook.currency),
            offer=_briefly(play, Aspect.OFFER, edits),
            hold_out=_hold_out(play.figures.test),
            finds=_finds(play.figures.test),
            last=formats.capitalised(last_words(play.figures.last)) if play.figures.last else "",
        )
        for play, name in zip(playbook.plays, names, strict=True)
    )


def knows_risk(playbook: Playbook) -> bool:
    """Whether any play knows what of the next year is at risk."""
    return any(one.figures.stakes and one.figures.stakes.at_risk is not None for one in playbook.plays)


def people_title(playbook: Playbook) -> str:
    """Say whom the table counts: who can be reached, else everybody."""
    return REACHABLE if any(one.figures.reach for one in playbook.plays) else CUSTOMERS


def money_title(playbook: Playbook) -> str:
    """Say what money the table shows: what is at risk, else what was paid; nothing without amounts."""
    stakes = [one.figures.stakes for one in playbook.plays if one.figures.stakes]
    in_margin = any(one.in_margin for one in stakes)
    if knows_risk(playbook):
        return MARGIN_AT_RISK if in_margin else AT_RISK
    return (MARGIN if in_margin else PAID).format(days=formats.days(stakes[0].days)) if stakes else ""


def people_of(play: Play) -> int:
    """Return how many customers a play can reach, where files say so; else how many there are."""
    reach = play.figures.reach
    return reach.customers - reach.neither if reach else play.customers


def at_stake(play: Play) -> float:
    """Return how much money a play is about: what is at risk, else what was paid; 0 where not known."""
    stakes = play.figures.stakes
    return (stakes.revenue if stakes.at_risk is None else stakes.at_risk) if stakes else 0.0


def first_actions(playbook: Playbook, edits: Edits, most: int = 3) -> tuple[tuple[Play, ...], ...]:
    """Return what to begin with: plays of one goal and offer together, most money first, then most people.

    A play that is not to be trusted is left out.
    """
    together: dict[tuple[str, str], list[Play]] = {}
    for play in playbook.plays:
        if not play.warning:
            what = said(play, Aspect.GOAL, edits), said(play, Aspect.OFFER, edits)
            together.setdefault(what, []).append(play)
    order = sorted(
        together.values(),
        key=lambda plays: (-sum(map(at_stake, plays)), -sum(one.customers for one in plays)),
    )
    return tuple(map(tuple, order[:most]))


def _money(stakes: Stakes | None, risked: bool) -> float | None:
    return (stakes.at_risk if risked else stakes.revenue) if stakes else None


def _briefly(play: Play, aspect: Aspect, edits: Edits) -> str:
    written = edits.get((play.segment, aspect))
    return formats.shortened(written, LONGEST) if written else play.lines[aspect].brief


def _hold_out(test: HoldOut | None) -> str:
    if test is None:
        return formats.NOTHING
    return NO_TEST if test.detectable is None else f"{test.held_out:,}"


def _finds(test: HoldOut | None) -> str:
    if test is None or test.detectable is None:
        return ""
    says = FINDS if test.enough else FINDS_ONLY
    return says.format(before=formats.percent(test.baseline), after=formats.percent(test.detectable))
