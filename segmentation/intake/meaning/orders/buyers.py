"""Whose orders these are where a row names several people: the buyer, and who attends, travels or receives.

An order has one buyer; others may differ from line to line of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.role_conditions import is_full_name
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Column, Role

PEOPLE = (Role.CUSTOMER_ID, Role.EMAIL, Role.PHONE, Role.NAME)
ENOUGH_ORDERS = 8
ONE, SEVERAL, MOSTLY = 0.98, 0.9, 0.8
NO_BUYERS = {C.LATER, C.SELLER}
OTHERS = "orders name several of these people, and one “{buyer}”: they are not who bought"


def set_guests_aside(table: Table) -> None:
    """Set the people aside of whom orders name several, where others are one in each order."""
    people = [c for c in table.columns if c.role in PEOPLE and c.position in table.sample.codes]
    people = [c for c in people if table.concepts[c.position] - {C.NAME, C.ALONE}]
    for order in _orders(table) if len(people) > 1 else ():
        shares = {c.position: share for c in people if (share := _alike(table, order, c)) is not None}
        buyers = [c for c in people if shares.get(c.position, 0.0) >= ONE]
        if not buyers:
            continue
        for column in people:
            if shares.get(column.position, 1.0) < SEVERAL:
                table.set(column.position, Role.IGNORE, 0.8, OTHERS.format(buyer=buyers[0].name))
        return


def other_buyer(table: Table) -> tuple[Column, Column] | None:
    """Return who is taken for the buyer by address or name, and who may be as well; None where words decide.

    Two who are always the same are one.
    """
    email = table.find(Role.EMAIL)
    if table.find(Role.CUSTOMER_ID) or (table.find(Role.PHONE) and not email):
        return None
    people = _addresses(table) if email else _names(table)
    coded = [column for column in people if column.position in table.sample.codes]
    taken = email or next((one for one in coded if one.role is Role.NAME), None)
    if taken not in coded or taken is None:
        return None
    others = (one for one in coded if one is not taken and not _decide(table, taken, one))
    return next(((taken, one) for one in others if not _are_one(table, taken, one)), None)


def _addresses(table: Table) -> list[Column]:
    return [column for column in table.columns if table.evidence[column.position].emails > MOSTLY]


def _names(table: Table) -> list[Column]:
    return [c for c in table.columns if c.role is Role.NAME and is_full_name(table.evidence[c.position])]


def _decide(table: Table, taken: Column, other: Column) -> bool:
    """Whether headers, or an order that names several of the others, say that these do not buy."""
    said, beside = table.concepts[taken.position], table.concepts[other.position]
    plainer = C.CUSTOMER in said and C.CUSTOMER not in beside
    several = other.reason == OTHERS.format(buyer=taken.name)
    rare = table.evidence[other.position].filled < MOSTLY * table.evidence[taken.position].filled
    return bool(beside & NO_BUYERS) or plainer or several or rare


def _are_one(table: Table, one: Column, other: Column) -> bool:
    ends = one.position, other.position
    return min(table.sample.determined(*ends), table.sample.determined(*reversed(ends))) >= SEVERAL


def _orders(table: Table) -> list[Column]:
    """Return the columns that may number orders of several rows, those that headers speak of first."""
    said = [
        c for c in table.columns if c.role is Role.ORDER_ID or {C.ORDER, C.ID} <= table.concepts[c.position]
    ]
    keys = [c for c in table.columns if c not in said and c.role not in PEOPLE and table.may_be_key(c)]
    moment = table.find(Role.TIMESTAMP)
    codes = table.sample.codes
    if moment is None or moment.position not in codes:
        return [c for c in said if c.position in codes]
    kept = [c for c in keys if c.position in codes and table.evidence[c.position].dates is None]
    days = [c for c in kept if table.sample.determined(c.position, moment.position) >= ONE]
    return [c for c in (*said, *days) if c.position in codes]


def _alike(table: Table, order: Column, person: Column) -> float | None:
    """Return the share (0..1) of orders of several rows that name one person; None where these are few."""
    codes = table.sample.codes
    frame = pd.DataFrame({"order": codes[order.position], "who": codes[person.position]})
    groups = frame[(frame >= 0).all(axis=1)].groupby("order")["who"]
    several = groups.nunique()[groups.size() > 1]
    return float(np.mean(several == 1)) if len(several) >= ENOUGH_ORDERS else None
