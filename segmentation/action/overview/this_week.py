"""Three things to do this week: whom to win back, whom to make an offer, whom to thank, what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from segmentation.action.overview.kept_overview import OrdersOverview, SegmentsOverview
from segmentation.action.recommend import Recommended
from segmentation.action.retention import Outlook, list_win_back, usual_silence
from segmentation.action.retention.win_back import AHEAD, at_risk
from segmentation.runs import View
from segmentation.workspace import Workspace


class Deed(StrEnum):
    """What to do with some people."""

    WIN_BACK = "win_back"
    OFFER = "offer"
    THANK = "thank"


class Stake(StrEnum):
    """What the worth of some people is: at risk in the next year, paid or ordered in the last window."""

    MONEY_AT_RISK = "money_at_risk"
    MARGIN_AT_RISK = "margin_at_risk"
    ORDERS_AT_RISK = "orders_at_risk"
    PAID = "paid"
    ORDERED = "ordered"


@dataclass(frozen=True)
class ToDo:
    """One thing to do with so many people, and what they are worth, in the shop's currency or in orders.

    `segment` (0-based) is theirs where they are one, `product` the first to offer them where one was chosen.
    `foreseen` is whether they were chosen by the risk to stop, and not by their silence alone.
    """

    deed: Deed
    people: int
    worth: float
    stake: Stake
    segment: int | None = None
    product: str | None = None
    foreseen: bool = False


def risk_of_shop(workspace: Workspace, run_id: str) -> float | None:
    """Return what is at risk in the next year, summed over a run's customers; None where nobody looked ahead.

    In money, or in orders where nothing is known of amounts.
    """
    query = f"SELECT sum({at_risk(AHEAD)}) FROM outlook WHERE run_id = ?"
    with workspace.cursor() as cursor:
        [(found,)] = cursor.execute(query, [run_id]).fetchall()
    return None if found is None else float(found)


def whom_to_win_back(
    workspace: Workspace, view: View, orders: OrdersOverview, outlook: Outlook | None
) -> ToDo | None:
    """Return the usual win-back list, or who is overdue where nobody has looked ahead; None for nobody."""
    if outlook is None or outlook.churn is None or outlook.definition is None:
        return _overdue(orders)
    listed = list_win_back(workspace, view, AHEAD, usual_silence(outlook.definition))
    if not len(listed):
        return None
    money = Stake.MARGIN_AT_RISK if outlook.in_margin else Stake.MONEY_AT_RISK
    stake = money if outlook.has_spend else Stake.ORDERS_AT_RISK
    return ToDo(Deed.WIN_BACK, len(listed), float(listed["at_risk"].sum()), stake, foreseen=True)


def whom_to_thank_and_offer(
    view: View, orders: OrdersOverview, found: SegmentsOverview, recommended: Recommended | None
) -> tuple[ToDo, ...]:
    """Thank the segment that brings the most a head, and offer to the other one that brings the most.

    What one brings is paid in the window, or ordered where the files give no amounts.
    """
    worth = found.paid if orders.has_amounts else found.orders.astype(np.float64)
    stake = Stake.PAID if orders.has_amounts else Stake.ORDERED
    sizes = np.array([one.size for one in view.segments])
    thanked = int(np.argmax(worth / np.maximum(sizes, 1)))
    others = np.where(np.arange(view.k) == thanked, -np.inf, worth)
    offered = int(np.argmax(others))
    offers = recommended.offers.get(view.k, ()) if recommended else ()
    product = next(iter(offers[offered].product_names), None) if offers else None
    deeds = (
        ToDo(Deed.OFFER, int(sizes[offered]), float(worth[offered]), stake, offered, product),
        ToDo(Deed.THANK, int(sizes[thanked]), float(worth[thanked]), stake, thanked),
    )
    return tuple(one for one in deeds if one.worth > 0)


def _overdue(orders: OrdersOverview) -> ToDo | None:
    now = orders.now
    if not now.overdue:
        return None
    if now.overdue_paid is None:
        return ToDo(Deed.WIN_BACK, now.overdue, float(now.overdue_orders), Stake.ORDERED)
    return ToDo(Deed.WIN_BACK, now.overdue, now.overdue_paid, Stake.PAID)
