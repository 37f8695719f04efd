"""The best weekday and hour of each segment, guarded against chance and the habits of the whole shop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr

from segmentation.action.playbook.order_counts import SlotCounts
from segmentation.insight.facts.product_lift import q_values

SURE = 0.05
FEWEST_ORDERS = 30
NEARLY = 0.9
"""A slot with this part of the best one's orders is nearly as good."""


class Habit(StrEnum):
    """Whose habit a best time is."""

    OWN = "own"
    SHOP = "shop"
    EVEN = "even"
    NONE = "none"


@dataclass(frozen=True)
class BestTime:
    """The slot (0-based: Monday, or midnight to one) in which to write to a segment; None where none is best.

    `share` of the segment's orders, and `others` of those of all other customers, are in the slot; `orders`
    is how many the segment placed in all. OWN: more often than other customers, and that is no chance. SHOP:
    the slot of the whole shop, which the segment does not avoid. EVEN: more often than evenly spread orders.
    `alike` are further slots with nearly as many of the segment's orders.
    """

    slot: int | None
    habit: Habit
    share: float
    others: float
    orders: int
    alike: tuple[int, ...] = ()


def best_times(counts: SlotCounts) -> tuple[BestTime, ...]:
    """Choose the best slot for each segment.

    Orders of one customer hang together, so shares are ratios over customers with their linearised variance
    (Cochran 1977, Sampling Techniques, chapter 6), compared by a normal test; false finds over all segments
    and slots are held to 5 % (Benjamini and Hochberg 1995).
    """
    inside, variance = _shares(counts)
    everyone, of_everyone = _shares(_together(counts))
    rest = [_shares(_without(counts, segment)) for segment in range(len(inside))]
    others = np.array([share[0] for share, _ in rest])
    of_others = np.array([spread[0] for _, spread in rest])
    q_apart = _sure(inside - others, variance + of_others)
    even = 1 / inside.shape[1]
    q_uneven = _sure(inside - even, variance)
    busy = int(everyone[0].argmax()) if counts.totals.sum() else None
    q_busy = _sure(everyone - even, of_everyone)
    if busy is not None and q_busy[0, busy] > SURE:
        busy = None
    return tuple(
        _best(
            inside[segment],
            others[segment],
            q_apart[segment],
            q_uneven[segment],
            int(counts.totals[segment]),
            busy,
        )
        for segment in range(len(inside))
    )


def _best(
    inside: np.ndarray,
    others: np.ndarray,
    q_apart: np.ndarray,
    q_uneven: np.ndarray,
    orders: int,
    busy: int | None,
) -> BestTime:
    def at(slot: int, habit: Habit) -> BestTime:
        near = [int(one) for one in np.flatnonzero(inside >= NEARLY * inside[slot]) if one != slot]
        return BestTime(slot, habit, float(inside[slot]), float(others[slot]), orders, tuple(near))

    if orders < FEWEST_ORDERS:
        return BestTime(None, Habit.NONE, np.nan, np.nan, orders)
    top = int(inside.argmax())
    if q_apart[top] <= SURE and inside[top] > others[top]:
        return at(top, Habit.OWN)
    if busy is not None and not (q_apart[busy] <= SURE and inside[busy] < others[busy]):
        return at(busy, Habit.SHOP)
    if q_uneven[top] <= SURE:
        return at(top, Habit.EVEN)
    return BestTime(None, Habit.NONE, np.nan, np.nan, orders)


def _shares(counts: SlotCounts) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of orders in each slot and its variance, (k, slots) each."""
    totals = np.maximum(counts.totals, 1)[:, None]
    share = counts.orders / totals
    spread = counts.squared - 2 * share * counts.crossed + share**2 * counts.squares[:, None]
    return share, np.maximum(spread, 0) / totals**2


def _sure(gap: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Return q-values of gaps that would be nothing by chance, in their shape."""
    z = np.divide(np.abs(gap), np.sqrt(variance), out=np.zeros(gap.shape), where=variance > 0)
    return q_values(2 * ndtr(-z).ravel()).reshape(gap.shape)


def _together(counts: SlotCounts) -> SlotCounts:
    return SlotCounts(*(part.sum(axis=0, keepdims=True) for part in _parts(counts)))


def _without(counts: SlotCounts, segment: int) -> SlotCounts:
    return SlotCounts(
        *(part.sum(axis=0, keepdims=True) - part[segment : segment + 1] for part in _parts(counts))
    )


def _parts(counts: SlotCounts) -> tuple[np.ndarray, ...]:
    return counts.orders, counts.squared, counts.crossed, counts.totals, counts.squares
