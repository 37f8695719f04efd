"""Rows that each tell a sum of another kind: goods, tax, fees, payouts. Which of them were paid for goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from segmentation.intake.meaning.money.adds_up import CENT
from segmentation.intake.meaning.money.facts import FoundMoney
from segmentation.intake.meaning.money.ledgers import LedgerRows, sold_kinds
from segmentation.intake.meaning.sample import draw_names
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import Kinds, MoneyRule
from segmentation.intake.roles import Column, Role

MANY, SEVERAL, ALONE, OFTEN, MOSTLY = 50, 1.5, 0.95, 0.05, 0.8
FEWEST_KINDS, MOST_KINDS = 2, 40
HALF = 0.5


@dataclass(frozen=True)
class _Rows:
    """Rows with their order and goods, numbered, -1 for none; their kind, of `names`, and sum of money."""

    orders: np.ndarray
    things: np.ndarray
    kinds: np.ndarray
    values: np.ndarray
    names: tuple[str, ...]


def asking_which_kinds_count(table: Table, found: FoundMoney) -> FoundMoney:
    """Count the kinds of rows that are goods by their figures; ask where they leave it open.

    All count where there are no such kinds.
    """
    rule = found.rule
    if told := _in_ledger(table, rule):
        column, choices = told
        rules = [replace(rule, kinds=Kinds(column.position, kinds)) for kinds in choices]
    elif rows_of := next((one for one in _candidates(table, rule) if _are_kinds(one[1])), None):
        column, rows = rows_of
        rules = [replace(rule, kinds=Kinds(column.position, kinds)) for kinds in _choices(rows)]
        rules.append(rule)
    else:
        return found
    return replace(found.read_by(rules[0]), kinds=tuple(rules[1:]))


def _in_ledger(table: Table, rule: MoneyRule) -> tuple[Column, list[tuple[str, ...]]] | None:
    """Return the column of an account's kinds of rows and which may count; None where it is no account."""
    codes, person = table.sample.codes, table.find(Role.CUSTOMER_ID, Role.EMAIL, Role.PHONE, Role.NAME)
    if person is None or person.position not in codes or rule.amount is None or table.sample.rows < MANY:
        return None
    values = table.numbers([rule.amount])[rule.amount]
    for column in _labels(table):
        rows = LedgerRows(codes[person.position], codes[column.position], values)
        if choices := sold_kinds(rows):
            names = draw_names(table.cursor, table.name, column.position)
            return column, [tuple(names[kind] for kind in sorted(kinds)) for kinds in choices]
    return None


def _labels(table: Table) -> list[Column]:
    """Return the columns of few words that nearly every row has."""
    codes, evidence = table.sample.codes, table.evidence
    goods = (Role.PRODUCT_ID, Role.PRODUCT_NAME)
    return [
        column
        for column in table.columns
        if column.position in codes
        and column.role not in goods
        and not evidence[column.position].is_number
        and FEWEST_KINDS <= table.sample.distinct(column.position) <= MOST_KINDS
        and evidence[column.position].filled >= ALONE * evidence[column.position].rows
    ]


def _candidates(table: Table, rule: MoneyRule) -> list[tuple[Column, _Rows]]:
    """Return the columns of few words, each with the rows of a file as it would part them."""
    order, goods, amount = (
        table.find(Role.ORDER_ID),
        table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME),
        rule.amount,
    )
    codes = table.sample.codes
    if order is None or amount is None or order.position not in codes or table.sample.rows < MANY:
        return []
    labels = _labels(table)
    values = table.numbers([amount])[amount] if labels else np.zeros(0)
    orders, found = codes[order.position], []
    for column in labels:
        things = orders * (table.sample.rows + 1)
        if goods and goods.position in codes and goods is not column:
            things = things + codes[goods.position]
        names = draw_names(table.cursor, table.name, column.position)
        found.append((column, _Rows(orders, things, codes[column.position], values, names)))
    return found


def _are_kinds(rows: _Rows) -> bool:
    """Whether kinds are of both signs, and of the same goods, or what is taken off is of whole orders."""
    return _are_of_both_signs(rows) and (_are_of_same_goods(rows) or _are_of_whole_orders(rows))


def _are_of_same_goods(rows: _Rows) -> bool:
    """Whether each kind stands once with the same goods of an order, once more where these came back."""
    several = len(np.unique(rows.things)) * SEVERAL <= len(rows.kinds)
    told = np.stack([rows.things, rows.kinds, rows.values < 0])
    return several and len(np.unique(told, axis=1).T) >= ALONE * len(rows.kinds)


def _are_of_whole_orders(rows: _Rows) -> bool:
    """Whether a kind below zero stands once with most of the orders, as what came back seldom does."""
    goods = int(np.argmax(_sums(rows)))
    return any(
        np.mean(rows.values[mine] < 0) >= MOSTLY
        and len(np.unique(rows.orders[mine])) >= ALONE * mine.sum()
        and not _is_seldom(rows, goods, kind)
        for kind in range(len(rows.names))
        if kind != goods and (mine := rows.kinds == kind).any()
    )


def _are_of_both_signs(rows: _Rows) -> bool:
    """Whether some kinds are mostly below zero and others mostly above, each with many rows."""
    frame = pd.DataFrame({"kind": rows.kinds, "below": rows.values < 0}).groupby("kind")["below"]
    often = frame.mean()[frame.size() >= OFTEN * len(rows.kinds)]
    return bool((often >= MOSTLY).any() and (often <= 1 - MOSTLY).any())


def _sums(rows: _Rows) -> np.ndarray:
    told = rows.kinds >= 0
    return np.bincount(rows.kinds[told], np.nan_to_num(rows.values[told]), minlength=len(rows.names))


def _choices(rows: _Rows) -> list[tuple[str, ...]]:
    """Return which kinds may count, the likeliest first: goods and what gives them back; also less, or more.

    Goods are the kind that most was paid for. What takes all of them back in some order is given back; of
    the others, those below zero in few orders may be money off, those above postage or tax.
    """
    sums = _sums(rows)
    goods = int(np.argmax(sums))
    counted = [
        goods,
        *(kind for kind in range(len(rows.names)) if kind != goods and _gives_back(rows, goods, kind)),
    ]
    others = [kind for kind in range(len(rows.names)) if kind not in counted and _is_of_orders(rows, kind)]
    off = [kind for kind in others if sums[kind] < 0 and _is_seldom(rows, goods, kind)]
    more = [kind for kind in others if sums[kind] > 0]
    sets = [counted, counted + off, counted + more, counted + off + more]
    return list(dict.fromkeys(_named(rows, kinds) for kinds in sets))


def _named(rows: _Rows, kinds: Sequence[int]) -> tuple[str, ...]:
    return tuple(rows.names[kind] for kind in sorted(kinds))


def _is_of_orders(rows: _Rows, kind: int) -> bool:
    return bool(np.mean(rows.orders[rows.kinds == kind] >= 0) >= HALF)


def _is_seldom(rows: _Rows, goods: int, kind: int) -> bool:
    """Whether a kind stands with fewer than half of the orders that have goods."""
    mine, all_orders = (np.unique(rows.orders[rows.kinds == one]) for one in (kind, goods))
    return len(mine) < HALF * len(all_orders)


def _gives_back(rows: _Rows, goods: int, kind: int) -> bool:
    """Whether a kind is below zero and mostly as much as the goods, or the whole order, cost."""
    mine, sold = rows.kinds == kind, rows.kinds == goods
    if not mine.any() or np.nanmean(rows.values[mine] < 0) < MOSTLY:
        return False
    frame = pd.DataFrame({"order": rows.orders, "thing": rows.things, "value": rows.values})
    back = frame[mine & (rows.orders >= 0)]
    if back.empty:
        return False
    costs = (frame[sold].groupby(by)["value"].sum() for by in ("thing", "order"))
    both = zip(("thing", "order"), costs, strict=True)
    same = [np.abs(cost.reindex(back[by]).to_numpy() + back["value"].to_numpy()) <= CENT for by, cost in both]
    return bool((same[0] | same[1]).mean() >= HALF)
