"""The words for who moved: from where to where, since when, and why."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from segmentation import formats
from segmentation.track.movement.cells import Called, Cell
from segmentation.track.movement.kept_movements import Movement
from segmentation.track.movement.steps import Outside
from segmentation.track.movement.weight import Direction

NEW, GONE, NOT_COMPARABLE = "New", "Gone", "Not comparable"
OTHERWISE, SILENCE, BORDER = "did something, no order", "only time passed", "on the border"

WHAT_REASONS_MEAN = (
    "**Did something**: ordered, sent or took back, browsed or reviewed between the two days. **Only time "
    "passed**: nothing of these. **On the border**: before or after, the other of the two segments was less "
    "than a tenth farther than their own, so that little moves them."
)
_VERBS = {Direction.UP: "rose", Direction.DOWN: "fell", Direction.ACROSS: "moved"}


def code_of(side: int, before: bool) -> str:
    """Return a segment (0-based) as files and lists call it: its number from 1, "new", "gone", "unknown"."""
    if side >= 0:
        return str(side + 1)
    return "unknown" if side == Outside.NOT_COMPARABLE else "new" if before else "gone"


def side_of(code: str, k: int, before: bool) -> int | None:
    """Return the segment (0-based) of such a code; None for what is no code."""
    offered = [*range(k), *Outside]
    return {code_of(side, before): int(side) for side in offered}.get(code.casefold())


def side_name(side: int, called: Called, before: bool) -> str:
    """Name where somebody was (or is): a segment, or what stands in its place."""
    if side >= 0:
        return (called.before if before else called.now)[side]
    return NOT_COMPARABLE if side == Outside.NOT_COMPARABLE else NEW if before else GONE


def days_words(movement: Movement, last: datetime | None) -> str:
    """Say between which days: "this month", "since 9 Nov 2011", "between 9 Oct and 9 Nov 2011".

    :param last: the last day of the data.
    """
    since, until = movement.since, movement.until
    if movement.from_run:
        return f"from the run of {formats.date(since)} to that of {formats.date(until)}"
    if last is None or until.date() != last.date():
        return f"between {formats.date(since)} and {formats.date(until)}"
    is_month = (pd.Timestamp(until) - pd.DateOffset(months=1)).date() == since.date()
    return "this month" if is_month else f"since {formats.date(since)}"


def cell_title(cell: Cell, called: Called, direction: Direction, days: str) -> str:
    """Say who these are: "Fell from Best to At risk this month"."""
    was, now = side_name(cell.was, called, before=True), side_name(cell.now, called, before=False)
    if cell.was == Outside.NOT_COMPARABLE:
        return f"In {now}, from when is not known"
    if cell.was == Outside.NOT_THERE:
        return f"New in {now} {days}"
    if cell.now < 0:
        return f"Gone from {was} {days}"
    if cell.was == cell.now:
        return f"Stayed in {now} {days}"
    return f"{_VERBS[direction].capitalize()} from {was} to {now} {days}"


def headline(
    cell: Cell, called: Called, direction: Direction, days: str, currency: str | None
) -> tuple[str, str]:
    """Say the most important step in people and money, and then why they moved."""
    people = _counted(cell.customers)
    was, now = side_name(cell.was, called, before=True), side_name(cell.now, called, before=False)
    step = f"{people} {_VERBS[direction]} from {was} to {now} {days}."
    return step, f"{money_sentence(cell, currency)} {why_sentence(cell)}".strip()


def money_sentence(cell: Cell, currency: str | None) -> str:
    """Say what the customers of a cell pay, and what are expected to; nothing where no amounts are known."""
    told = []
    if cell.revenue is not None:
        told.append(f"paid {formats.money(cell.revenue, currency)} in a year")
    if cell.expected is not None:
        told.append(
            f"are expected to bring {formats.worth(cell.expected, currency, cell.in_margin)} in the next"
        )
    return f"They {' and '.join(told)}." if told else ""


def why_sentence(cell: Cell) -> str:
    """Say why the customers of a cell moved."""
    told = []
    if cell.silence:
        told.append(f"only time passed for {_of(cell.silence, cell)}")
    if cell.did_something:
        told.append(f"{_of(cell.did_something, cell)} did something")
    if cell.border:
        told.append(f"{cell.border:,} {'was' if cell.border == 1 else 'were'} on the border")
    return f"{formats.capitalised('; '.join(told))}."


def _of(some: int, cell: Cell) -> str:
    return f"{some:,}" if some < cell.customers or some == 1 else "all of them"


def reasons(people: pd.DataFrame, currency: str | None) -> list[str]:
    """Say of every customer why they moved, in a few words.

    :param people: rows of `customers_of_cell`.
    """
    columns = (people[name].tolist() for name in ("orders", "acted", "paid", "last_order", "border"))
    return [
        f"{_did(orders, paid, currency) if orders else OTHERWISE if acted else _silent(last)}"
        f"{f'; {BORDER}' if border else ''}"
        for orders, acted, paid, last, border in zip(*columns, strict=True)
    ]


def _did(orders: int, paid: float | None, currency: str | None) -> str:
    told = "ordered once" if orders == 1 else f"ordered on {orders} days"
    known = paid is not None and paid == paid
    return f"{told} ({formats.money(paid, currency)})" if known else told


def _silent(last_order: datetime | None) -> str:
    known = last_order is not None and last_order == last_order  # NaT is not itself
    return f"{SILENCE}: no order since {formats.date(last_order)}" if known else SILENCE


def _counted(customers: int) -> str:
    return f"{customers:,} {'customer' if customers == 1 else 'customers'}"
