"""What whole orders paid: totals, discounts and refunds that stand once for all lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import (
    CENT,
    Sum,
    find_sum,
    is_cost_of_paying,
    is_mostly,
    per_order,
    step_of,
)
from segmentation.intake.meaning.money.back import HIGHEST_RATE
from segmentation.intake.meaning.money.facts import (
    WHOLE_ORDERS,
    FoundMoney,
    MoneyColumns,
    Question,
    Rival,
    value_of,
)
from segmentation.intake.meaning.money.tenders import (
    asking_what_they_are,
    is_often,
    is_unsaid,
    parts_of,
    turned,
)
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Term

BELOW = 0.05


MOST_AMOUNTS = 8
RATE = HIGHEST_RATE / (1 + HIGHEST_RATE)
"""The share of a total that tax can be."""
OFTEN, HALF = 0.8, 0.5


def from_sum(columns: MoneyColumns, rule: MoneyRule, found: Sum, base: np.ndarray) -> FoundMoney:
    """Make a rule of an identity: what was paid for goods is the base less what makes them cheaper.

    What pays for them does not, however it makes the total less.

    :param base: the values of the base, float64 (rows,).
    """
    parts = parts_of(columns, columns.numbers, base, found.signs)
    less = tuple(Term(place, found.signs[place]) for place in parts.off)
    terms = (*(() if found.base is None else (Term(found.base),)), *less)
    whole = replace(rule, terms=terms, law=Law.LINE_SUM, total=found.target, fees=parts.more,
                    agreement=found.agreement, counted=found.counted)  # fmt: skip
    rivals = asking_what_they_are(whole, parts, found.signs)
    if parts.more or parts.paid:
        return FoundMoney(whole, rivals)
    left = replace(whole, multiplied=False, terms=(Term(found.target),), total=None, held=parts.off)
    return FoundMoney(left, rivals)


def summed(columns: MoneyColumns, amounts: Sequence[int]) -> FoundMoney:
    """Choose among amounts of rows by which of them others add up to."""
    numbers = columns.numbers
    rule = MoneyRule(quantity=next(iter(columns.quantities), None))
    parts = [*columns.discounts, *columns.refunds, *columns.fees, *columns.others, *columns.beside]
    others = columns.of(columns.others, Grain.LINE)
    unsaid = amounts[0] in columns.guessed  # then any number may be what others add up to
    found = [
        one
        for target in [*amounts[:MOST_AMOUNTS], *others[: MOST_AMOUNTS if unsaid else 2]]
        for base in [*amounts, *(others if unsaid else ())][:MOST_AMOUNTS]
        if base != target
        and (
            one := find_sum(
                (target, numbers[target]),
                (base, numbers[base]),
                {
                    p: numbers[p]
                    for p in columns.of([*parts, *amounts], Grain.LINE)
                    if p not in (target, base)
                },
                max(CENT, 0.6 * step_of(numbers[target])),
            )
        )
        and one.signs
    ]
    told = [turned(columns, one) for one in found]
    read = [
        _with_its_parts(columns, from_sum(columns, rule, one, numbers[one.base or 0]), one) for one in told
    ]
    if read:
        return max(read, key=lambda one: (one[0], _told(columns, one[1].rule)))[1]
    return FoundMoney(replace(rule, terms=(Term(amounts[0]),)))


def _with_its_parts(columns: MoneyColumns, read: FoundMoney, found: Sum) -> tuple[int, FoundMoney]:
    """Take the largest of columns that add up where the rest is more than tax or money off could be, and ask.

    So where it is what the seller pays for being paid; not where headers say that it is taken off, or that
    what is left was paid. What no header speaks of is asked about where it is in nearly every row.

    :return: with how likely the reading is, the likeliest highest.
    """
    rule, numbers = read.rule, columns.numbers
    told = {*rule.fees, *rule.held, *(term.position for term in rule.terms)}
    unsaid = [place for place in found.signs if place in told and is_unsaid(columns, place)]
    sums = {
        place: float(np.nansum(np.abs(numbers[place])))
        for place in (found.target, found.base, *found.signs)
        if place is not None
    }
    whole = max(sums, key=sums.__getitem__)
    side = -1 if whole == found.target else found.signs.get(whole, 1)
    added = {place: sign * np.sign(np.nansum(numbers[place])) for place, sign in found.signs.items()}
    kept = [place for place, sign in added.items()
            if sign == -side and is_cost_of_paying(numbers[whole], numbers[place])]  # fmt: skip
    paid = replace(rule, multiplied=False, terms=(Term(whole),), fees=(), held=(), total=whole)
    if kept:
        return 2, FoundMoney(paid, (Rival(Question.FEES, rule, kept[0]),))
    often = [place for place in unsaid if is_often(columns, place) and place not in columns.beside]
    if not unsaid or (not rule.fees and _is_said(columns, rule.amount)):
        return 1, read
    rest = sums[whole] - float(np.nansum(np.abs(value_of(columns, rule))))
    if rest > (RATE if rule.fees or often else HALF) * sums[whole]:
        return 0, FoundMoney(paid, (Rival(Question.FEES, rule, unsaid[0]),))
    other = found.target if rule.fees else found.base
    if not often or other is None:
        return 1, read
    more = replace(paid, terms=(Term(other),), total=other)
    return 1, replace(read, rivals=(Rival(Question.FEES, more, often[0]), *read.rivals))


def _is_said(columns: MoneyColumns, place: int | None) -> bool:
    return place in columns.amounts and place not in columns.guessed


def _told(columns: MoneyColumns, rule: MoneyRule) -> tuple[int, int, float]:
    """Prefer a rule whose goods are less than what it began with, then one that adds more, then agreement."""
    return (len(rule.terms) - (1 if rule.fees else 0) + (not rule.fees), len(rule.fees), rule.agreement)


def of_orders_alone(columns: MoneyColumns) -> FoundMoney | None:
    """Read a file whose lines have no money of their own by the sums of its orders."""
    totals = columns.of(columns.amounts, *WHOLE_ORDERS)
    if not totals or columns.orders is None:
        return None
    orders = _by_order(columns)
    whole = replace(columns, numbers=orders, orders=None, grains={}, products=None)
    found = summed(whole, totals)
    rivals = (replace(one, rule=_of_whole_orders(columns, one.rule)) for one in found.rivals)
    return FoundMoney(_of_whole_orders(columns, found.rule), tuple(rivals))


def _of_whole_orders(columns: MoneyColumns, inner: MoneyRule) -> MoneyRule:
    """Return a rule of orders as one of their lines."""
    terms = tuple(replace(term, grain=columns.grains[term.position]) for term in inner.terms)
    law = inner.law if inner.law is not Law.NONE else Law.REPEATED
    price, refund = next(iter(columns.prices), None), _refund(columns, inner)
    return replace(inner, terms=terms, law=law, refund=refund, price=price)


def _by_order(columns: MoneyColumns) -> dict[int, np.ndarray]:
    assert columns.orders is not None  # noqa: S101 - the callers have checked
    return {
        place: per_order(columns.orders, values, columns.grains.get(place, Grain.LINE))
        for place, values in columns.numbers.items()
    }


def with_orders(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Add what stands for whole orders to the rule of the lines: discounts, and totals that say less."""
    found = found.read_by(replace(found.rule, refund=_refund(columns, found.rule)))
    if columns.orders is None:
        return found
    totals = columns.of([*columns.amounts, *columns.others], *WHOLE_ORDERS)
    parts = [*columns.discounts, *columns.fees, *columns.others, *columns.beside]
    parts = columns.of(parts, *WHOLE_ORDERS)
    orders = _by_order(columns)
    candidates = [found.rule, *(rival.rule for rival in found.rivals)]
    for rule in candidates:
        lines = per_order(columns.orders, value_of(columns, rule), Grain.LINE)
        for total in totals:
            more = {place: orders[place] for place in parts if place != total}
            slack = max(0.03, 0.6 * step_of(orders[total]))
            one = find_sum((total, orders[total]), (None, lines), more, slack)
            if one:
                return _of_orders_and_lines(columns, rule, one, orders, lines)
    return _unexplained(columns, found, totals, orders)


def _of_orders_and_lines(
    columns: MoneyColumns, rule: MoneyRule, found: Sum, orders: dict[int, np.ndarray], lines: np.ndarray
) -> FoundMoney:
    """Take what makes whole orders cheaper off what their lines cost.

    What makes nearly every total less, and no header calls money off, is what the seller is charged.
    """
    parts = parts_of(columns, orders, lines, found.signs)
    less = {place: Term(place, found.signs[place], columns.grains[place]) for place in parts.off}
    charged = [place for place in less if _is_charged(columns, place, orders[place])]
    off = (term for place, term in less.items() if place not in charged)
    whole = replace(rule, terms=(*rule.terms, *off), fees=parts.more, law=Law.ORDER_SUM, total=found.target,
                    agreement=found.agreement, counted=found.counted)  # fmt: skip
    asked = [
        Rival(Question.DISCOUNT_IN, replace(whole, terms=(*whole.terms, less[place])), place)
        for place in charged
        if is_unsaid(columns, place)
    ]
    return FoundMoney(whole, (*asking_what_they_are(whole, parts, found.signs, columns.grains), *asked))


def _is_charged(columns: MoneyColumns, place: int, of_orders: np.ndarray) -> bool:
    unsaid = place in columns.fees or is_unsaid(columns, place)
    return unsaid and bool(np.mean(np.nan_to_num(of_orders) != 0) > OFTEN)


def _unexplained(
    columns: MoneyColumns, found: FoundMoney, totals: Sequence[int], orders: dict[int, np.ndarray]
) -> FoundMoney:
    """Take a discount of orders off; where orders cost less than their lines untold, believe the total."""
    assert columns.orders is not None  # noqa: S101 - the caller has checked
    rule = found.rule
    discounts = [p for p in columns.of(columns.discounts, *WHOLE_ORDERS) if np.nansum(np.abs(orders[p]))]
    for place in discounts:
        sign = 1 if np.nansum(orders[place]) < 0 else -1
        rule = replace(rule, terms=(*rule.terms, Term(place, sign, columns.grains[place])))
    if discounts:
        rival = Rival(Question.DISCOUNT_IN, found.rule, discounts[0])
        found = found.read_by(rule)
        return replace(found, rivals=(*found.rivals, rival))
    lines = per_order(columns.orders, value_of(columns, rule), Grain.LINE)
    for total in totals:
        if total not in columns.amounts and not _cost_mostly(orders[total], lines):
            continue
        below = np.mean((orders[total] < 0.995 * lines)[np.isfinite(orders[total]) & (lines > 0)])
        if below >= BELOW:
            paid = replace(rule, multiplied=False, terms=(Term(total, 1, columns.grains[total]),), off=None,
                           law=Law.BELOW_LINES, total=total, agreement=float(below))  # fmt: skip
            return replace(found, rule=paid)
    return found


def _cost_mostly(totals: np.ndarray, lines: np.ndarray) -> bool:
    """Whether numbers of orders are what the lines cost in half of the orders, and never more."""
    both = np.isfinite(totals) & np.isfinite(lines)
    return is_mostly((totals - lines)[both], max(0.03, 0.6 * step_of(totals)))


def _refund(columns: MoneyColumns, rule: MoneyRule) -> Term | None:
    """Return the column of money given back that the rule does not hold already."""
    held = {*rule.held, *(term.position for term in rule.terms)}
    for place in columns.refunds:
        if place not in held and np.nansum(np.abs(columns.numbers[place])):
            return Term(place, -1, columns.grains.get(place, Grain.LINE))
    return None
