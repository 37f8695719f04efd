"""Read a campaign back: what became of those who were on the file and of those who were held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from segmentation.action.files.campaign_log import Campaign, Party, campaign_of, list_campaigns, party_of
from segmentation.algorithms.effects.rates import sample_ratio
from segmentation.intake.shop import Shop
from segmentation.track.results.facts import Note, Noted, Origin, Refusal, Refused, Result
from segmentation.track.results.matching import places_of
from segmentation.track.results.measure import Outcomes, pooled_effect, segment_effects
from segmentation.track.results.result_file import ResultRows, in_window
from segmentation.track.results.window_orders import known_people, orders_of, orders_until, others_than
from segmentation.workspace import Workspace

DAYS = 14
WINDOWS = (7, 14, 30)
BROKEN = 0.001
"""The groups' sizes are no chance any more where they are less likely than that."""


@dataclass(frozen=True)
class Asked:
    """What is read back: sent on which day (by default that of the file), in how many days, at what cost.

    `today` is the day of reading; `region` the country of phones without a country code in a result file.
    """

    export_id: str
    sent_on: date | None = None
    days: int = DAYS
    cost: float | None = None
    region: str = ""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())


@dataclass(frozen=True)
class _Seen:
    """What the data say of the people of a campaign who are still known."""

    outcomes: Outcomes
    origin: Origin
    known_until: date | None
    contaminated: int
    noted: tuple[Noted, ...]
    cost: float | None


def read_back(workspace: Workspace, shop: Shop, asked: Asked, rows: ResultRows | None = None) -> Result:
    """Compare who got it with who was held out; everybody on the file counts as having got it.

    :param shop: whose tables the workspace holds.
    :param rows: of a result file; without one the orders in the workspace tell who ordered.
    :raises OptionError: if no such file was handed over.
    """
    campaign = campaign_of(workspace, asked.export_id)
    asked = replace(asked, sent_on=asked.sent_on or campaign.made_at.date())
    party = party_of(workspace, campaign.export_id)
    seen = _look(workspace, party, asked, rows)
    outcomes, sent_on = _in_margin(seen, shop), _day(asked)
    closes_on = sent_on + timedelta(days=asked.days - 1)
    result = Result(
        campaign=campaign,
        sent_on=sent_on,
        days=asked.days,
        origin=seen.origin,
        closes_on=closes_on,
        known_until=seen.known_until,
        currency=shop.currency,
        treated=int((~outcomes.held).sum()),
        held=int(outcomes.held.sum()),
        ordered=int(outcomes.ordered.sum()),
        refused=(),
        noted=(*seen.noted, *_others(workspace, campaign, party, asked)),
        cost=asked.cost if asked.cost is not None else seen.cost,
        in_margin=shop.in_margin and outcomes.paid is not None,
    )
    if refused := tuple(_refusals(result, seen)):
        return replace(result, refused=refused)
    segments = segment_effects(outcomes, campaign.names)
    return replace(result, segments=segments, pooled=pooled_effect(outcomes, segments))


def _in_margin(seen: _Seen, shop: Shop) -> Outcomes:
    """Turn the revenue of a result file into margin by the shop's own share, where its costs count."""
    found = seen.outcomes
    if seen.origin is not Origin.FILE or found.paid is None or found.largest is None:
        return found
    kept = shop.costs.margin if shop.costs is not None and shop.in_margin else 1.0
    return replace(found, paid=kept * found.paid, largest=kept * found.largest)


def _day(asked: Asked) -> date:
    return asked.sent_on or asked.today


def _refusals(result: Result, seen: _Seen) -> list[Refused]:
    """Say all that stands in the way of an honest difference."""
    found = []
    if not result.held:
        found.append(Refused(Refusal.NOBODY_HELD_OUT))
    if result.sent_on < result.campaign.made_at.date():
        found.append(Refused(Refusal.DRAWN_AFTER_SEND, day=result.campaign.made_at.date()))
    if seen.contaminated:
        found.append(Refused(Refusal.CONTAMINATED, seen.contaminated))
    if result.known_until is None:
        found.append(Refused(Refusal.NO_ORDERS))
    elif result.known_until < result.closes_on:
        found.append(Refused(Refusal.NOT_CLOSED, day=result.known_until))
    share = result.campaign.share
    if result.held and 0 < share < 1:
        chance = sample_ratio(result.treated, result.held, share)
        found += [Refused(Refusal.BROKEN_RATIO, chance)] if chance < BROKEN else []
    return found


def _look(workspace: Workspace, party: Party, asked: Asked, rows: ResultRows | None) -> _Seen:
    known, ids = known_people(workspace, party)
    lost = len(party.person) - len(known.person)
    noted = [Noted(Note.LOST, lost)] if lost else []
    outcomes = orders_of(workspace, known, ids, _day(asked), asked.days)
    seen = _Seen(outcomes, Origin.ORDERS, orders_until(workspace, asked.today), 0, tuple(noted), None)
    return seen if rows is None else _with_file(workspace, seen, known, ids, asked, rows)


def _with_file(
    workspace: Workspace, seen: _Seen, known: Party, ids: np.ndarray, asked: Asked, rows: ResultRows
) -> _Seen:
    """Add what a result file says; where it is silent of all held out, orders still tell who ordered."""
    everybody = np.concatenate([ids, others_than(workspace, ids)])
    places = places_of(workspace, rows, everybody, asked.region)
    there = (places >= 0) & (places < len(ids))
    held = known.held[places[there]]
    sent = np.ones(len(places), dtype=bool) if rows.sent is None else rows.sent
    got = np.zeros(len(ids), dtype=bool)
    got[places[there & sent]] = True
    says_who = rows.sent is not None
    noted = [
        *seen.noted,
        *_counted(Note.UNMATCHED, int((places < 0).sum())),
        *_counted(Note.STRANGERS, int((places >= len(ids)).sum())),
    ]
    if says_who:
        noted += _counted(Note.NOT_SENT, int((~got & ~known.held).sum()))
    seen = replace(
        seen,
        contaminated=int((got & known.held).sum()) if says_who else 0,
        noted=tuple(noted),
        cost=None if rows.cost is None else float(rows.cost[there].sum()),
    )
    if not rows.tells_orders:
        return seen
    if not held.any():
        return replace(seen, noted=(*seen.noted, Noted(Note.ONLY_SENT, int(there.sum()))))
    last = asked.today - timedelta(days=1)
    outcomes = _outcomes(known, np.where(there, places, -1), rows, asked)
    return replace(seen, outcomes=outcomes, origin=Origin.FILE, known_until=last)


def _outcomes(known: Party, places: np.ndarray, rows: ResultRows, asked: Asked) -> Outcomes:
    """Add the rows of each person up; who is not in the file has not ordered."""
    there, number = places >= 0, len(known.person)
    revenue = np.zeros(len(places)) if rows.revenue is None else rows.revenue
    counted = (revenue > 0).astype(np.float64) if rows.ordered is None else rows.ordered
    if rows.dated:
        counted = in_window(counted, _day(asked), asked.days).astype(np.float64)
        revenue = np.where(counted > 0, revenue, 0.0)
    orders = np.bincount(places[there], counted[there], number)
    if rows.revenue is None:
        return Outcomes(known.segment, known.held, orders > 0)
    paid, largest = np.bincount(places[there], revenue[there], number), np.zeros(number)
    np.maximum.at(largest, places[there], revenue[there])
    return Outcomes(known.segment, known.held, orders > 0, paid, largest)


def _others(workspace: Workspace, campaign: Campaign, party: Party, asked: Asked) -> list[Noted]:
    """Count who was on another file that was handed over within the window's length before or after."""
    got, held_got = np.zeros(len(party.person), dtype=bool), np.zeros(len(party.person), dtype=bool)
    for other in list_campaigns(workspace):
        apart = abs((other.made_at.date() - _day(asked)).days)
        is_other = other.file_names != campaign.file_names  # else the same file, seen in other segments
        if is_other and apart < asked.days:
            them = party_of(workspace, other.export_id)
            on_file = np.isin(party.person, them.person[~them.held])
            got |= on_file & ~party.held
            held_got |= on_file & party.held
    return [
        *_counted(Note.OTHER_CAMPAIGNS, int(got.sum())),
        *_counted(Note.HELD_OUT_GOT_OTHERS, int(held_got.sum())),
    ]


def _counted(what: Note, number: int) -> Sequence[Noted]:
    return [Noted(what, number)] if number else []
