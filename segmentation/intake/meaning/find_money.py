"""Find the money rule of a file: which columns make up what was paid, by what adds up in nearly all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from segmentation.intake.meaning.money_laws import (
    ALWAYS,
    CENT,
    ENOUGH,
    Sum,
    agrees,
    alike_in_orders,
    find_sum,
    grain_of,
    per_order,
    price_of,
    step_of,
    takes_off,
)
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Off, Term

BELOW = 0.05
OFTEN, MOSTLY = 0.5, 0.8
MOST_AMOUNTS = 8


class Question(StrEnum):
    """What about a file's money its own figures cannot answer."""

    PRICE_OF = "price_of"
    """Is the price of one piece, or of all pieces of the row?"""

    TOTAL_OF = "total_of"
    """Is the amount of the row, or of the whole order?"""

    DISCOUNT_IN = "discount_in"
    """Is the discount taken off already?"""

    KIND = "kind"
    """What is one row?"""

    CUSTOMER = "customer"
    """Which column says who the customer is?"""


@dataclass(frozen=True)
class Rival:
    """Another rule that the figures allow, and the question between the two; `column` is what it is about."""

    question: Question
    rule: MoneyRule
    column: int


@dataclass(frozen=True)
class FoundMoney:
    """The likeliest rule, and its rivals."""

    rule: MoneyRule
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True)
class MoneyColumns:
    """The columns of money as arrays (rows,), by position, sorted by what their headers speak of.

    Of `amounts`, `prices` and `quantities` the likeliest is first; `others` are numbers whose headers say
    nothing. `orders` and `products` number the rows' orders and products, -1 where there is none.
    """

    numbers: dict[int, np.ndarray]
    orders: np.ndarray | None
    products: np.ndarray | None
    quantities: Sequence[int] = ()
    prices: Sequence[int] = ()
    amounts: Sequence[int] = ()
    discounts: Sequence[int] = ()
    refunds: Sequence[int] = ()
    fees: Sequence[int] = ()
    others: Sequence[int] = ()
    percents: frozenset[int] = frozenset()
    grains: dict[int, Grain] = field(default_factory=dict)

    def of(self, places: Sequence[int], *grains: Grain) -> list[int]:
        """Return those of the columns that are of one of these grains."""
        return [place for place in places if self.grains.get(place, Grain.LINE) in grains]


WHOLE_ORDERS = (Grain.ORDER, Grain.FIRST)


def measure_grains(columns: MoneyColumns) -> MoneyColumns:
    """Return the columns with what each is of: a line, or a whole order."""
    measured = {*columns.amounts, *columns.discounts, *columns.refunds, *columns.fees, *columns.others}
    grains = {place: grain_of(columns.orders, columns.numbers[place]) for place in measured}
    return replace(columns, grains=grains)


def find_money(columns: MoneyColumns) -> FoundMoney | None:
    """Find what was paid in each row; None where no column is of money."""
    columns = measure_grains(columns)
    found = _of_lines(columns)
    if found is None:
        return _of_orders_alone(columns)
    return _with_orders(columns, _asking_what_totals_are_of(columns, found))


def _asking_what_totals_are_of(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether an amount is of the whole order where it is alike on the lines of many orders, or of few there are."""
    rule = found.rule
    amount = rule.amount
    if amount is None or rule.law is not Law.NONE or found.rivals or len(rule.terms) > 1:
        return found
    alike = alike_in_orders(columns.orders, columns.numbers[amount])
    if alike < OFTEN:
        return found
    whole = replace(rule, terms=(Term(amount, 1, Grain.ORDER),), law=Law.REPEATED, agreement=alike)
    likelier, other = (whole, rule) if alike >= MOSTLY else (rule, whole)
    return FoundMoney(likelier, (Rival(Question.TOTAL_OF, other, amount),))


def _of_lines(columns: MoneyColumns) -> FoundMoney | None:
    if columns.quantities and columns.prices:
        return _priced(columns, columns.quantities[0], columns.prices[0])
    amounts = columns.of(columns.amounts, Grain.LINE)
    if not amounts and columns.prices and not columns.of(columns.amounts, *WHOLE_ORDERS):
        amounts = list(columns.prices[:1])
    return _summed(columns, amounts) if amounts else None


def _priced(columns: MoneyColumns, quantity: int, price: int) -> FoundMoney:
    """Judge quantity and price: of one piece or of all, and which discount makes them an amount."""
    numbers = columns.numbers
    rule = MoneyRule(quantity, price, multiplied=True)
    paid = _paid_for_all(columns, quantity, price)
    for amount in columns.of([*columns.amounts, *columns.others], Grain.LINE)[:MOST_AMOUNTS]:
        if amount not in (quantity, price) and (summed := _adds_up(columns, rule, amount)):
            return summed
    said = [place for place in columns.of(columns.amounts, Grain.LINE) if place != price]
    if said:  # rounded, or less by what no column tells: what the file calls the amount was paid
        return FoundMoney(replace(rule, multiplied=False, terms=(Term(said[0]),)))
    if columns.products is None:
        return _less_discount(columns, rule)
    known = price_of(columns.products, numbers[quantity], numbers[price])
    whole = replace(rule, multiplied=False, terms=(Term(price),))
    if known.decided:
        best = rule if known.piece > known.all_pieces else whole
        return _less_discount(columns, replace(best, law=Law.PIECES, agreement=max(known.piece, known.all_pieces),
                                               counted=known.rows))  # fmt: skip
    found = _less_discount(columns, rule)
    several = np.nanmax(np.abs(numbers[quantity]), initial=0) >= 2
    rivals = (
        (Rival(Question.PRICE_OF, _less_discount(columns, whole).rule, price),) if several and paid else ()
    )
    return replace(found, rivals=(*found.rivals, *rivals))


def _paid_for_all(columns: MoneyColumns, quantity: int, price: int) -> bool:
    """Whether a price could be that of all pieces: then it does not fall where more are bought."""
    pieces, money = np.abs(columns.numbers[quantity]), np.abs(columns.numbers[price])
    several = pieces >= 2
    if several.sum() < ENOUGH or (~several).sum() < ENOUGH:
        return False
    return bool(np.nanmedian(money[several]) > 1.3 * np.nanmedian(money[~several]))


def value_of(columns: MoneyColumns, rule: MoneyRule) -> np.ndarray:
    """Return what a rule says that each row paid, float64 (rows,), of its columns of lines alone."""
    numbers = columns.numbers
    value = np.zeros(len(next(iter(numbers.values()))))
    if rule.multiplied and rule.quantity is not None and rule.price is not None:
        value = numbers[rule.quantity] * numbers[rule.price]
        if rule.off is not None:
            part = np.nan_to_num(numbers[rule.off]) / (100 if rule.off_way is Off.PERCENT else 1)
            value = value * (1 - np.abs(part))
    for term in rule.terms:
        if term.grain is Grain.LINE:
            amount = numbers[term.position]
            value = value + term.sign * (
                np.nan_to_num(amount) if rule.multiplied or term.sign < 0 else amount
            )
    return value


def _discounted(columns: MoneyColumns, rule: MoneyRule) -> list[MoneyRule]:
    """Return the rule with each way in which a column of discounts could make it less."""
    found = []
    for place in columns.of(columns.discounts, Grain.LINE):
        values = columns.numbers[place]
        high = float(np.nanmax(np.abs(values), initial=0))
        if not high:
            continue
        sign = 1 if np.nansum(values) < 0 else -1
        if rule.multiplied and high <= 1 and place not in columns.percents:
            found.append(replace(rule, off=place, off_way=Off.SHARE))
        if rule.multiplied and (place in columns.percents or high <= 100):
            found.append(replace(rule, off=place, off_way=Off.PERCENT))
        if place not in columns.percents:
            found.append(replace(rule, terms=(*rule.terms, Term(place, sign))))
    return found


def _adds_up(columns: MoneyColumns, rule: MoneyRule, amount: int) -> FoundMoney | None:
    """Return the rule by which quantity and price, less some discount, are this amount, if any is."""
    wanted, pieces = columns.numbers[amount], np.abs(np.nan_to_num(columns.numbers[rule.quantity or 0]))
    telling = (pieces >= 2) | (np.abs(value_of(columns, rule) - wanted) > CENT)
    if np.isfinite(wanted[telling]).sum() < ENOUGH:
        return None
    slack = max(CENT, 0.6 * step_of(wanted)) * np.maximum(1, pieces)
    named = amount in columns.amounts
    for one in (*_discounted(columns, rule), rule):
        share = agrees(value_of(columns, one)[telling], wanted[telling], slack[telling])
        if share >= ALWAYS and (one is not rule or not _undecided(columns)):
            paid = replace(rule, multiplied=False, terms=(Term(amount),), off=None, off_way=None)
            return FoundMoney(replace(paid, law=Law.LINE_SUM, agreement=share, counted=int(telling.sum())))
        if share >= ALWAYS:
            return _before_discount(columns, rule, amount, share, int(telling.sum()))
    if not named:
        return None
    extra = {place: columns.numbers[place] for place in columns.of([*columns.discounts, *columns.fees, *columns.refunds],
                                                                    Grain.LINE)}  # fmt: skip
    found = find_sum((amount, wanted), (None, value_of(columns, rule)), extra, slack)
    return FoundMoney(_from_sum(columns, rule, found, amount)) if found else None


def _before_discount(
    columns: MoneyColumns, rule: MoneyRule, amount: int, agreement: float, counted: int
) -> FoundMoney:
    """Say what was paid where the amount is pieces times price and discounts stand beside it.

    Discounts in money are then still to be taken off, as shop systems write them; those in percent are more
    often in the price. Both are asked.
    """
    plain = replace(rule, multiplied=False, terms=(Term(amount),), law=Law.LINE_SUM, total=amount,
                    agreement=agreement, counted=counted)  # fmt: skip
    less = _less_discount(columns, rule).rule
    if less.off is not None:
        return FoundMoney(plain, (Rival(Question.DISCOUNT_IN, less, less.off),))
    place = less.terms[-1].position
    return FoundMoney(
        replace(plain, terms=(Term(amount), *less.terms)), (Rival(Question.DISCOUNT_IN, plain, place),)
    )


def _undecided(columns: MoneyColumns) -> bool:
    """Whether there are discounts of lines that the amount before discounts says nothing of."""
    return any(
        np.nansum(np.abs(columns.numbers[place])) for place in columns.of(columns.discounts, Grain.LINE)
    )


def _from_sum(columns: MoneyColumns, rule: MoneyRule, found: Sum, target: int) -> MoneyRule:
    """Make a rule of an identity: what was paid for goods is the base less what makes the sum smaller."""
    less = [
        Term(place, sign) for place, sign in found.signs.items() if takes_off(columns.numbers[place], sign)
    ]
    more = tuple(place for place in found.signs if place not in {term.position for term in less})
    law = {"law": Law.LINE_SUM, "agreement": found.agreement, "counted": found.counted, "fees": more}
    if not more:
        law["held"] = tuple(term.position for term in less)
        return replace(rule, multiplied=False, terms=(Term(target),), **law)  # type: ignore[arg-type]
    base = () if found.base is None else (Term(found.base),)
    return replace(rule, terms=(*base, *less), total=target, **law)  # type: ignore[arg-type]


def _less_discount(columns: MoneyColumns, rule: MoneyRule) -> FoundMoney:
    """Take the discounts of lines off, which nothing in the file confirms."""
    ways = _discounted(columns, rule)
    if not ways:
        return FoundMoney(rule)
    by_header = [one for one in ways if one.off is not None and one.off in columns.percents]
    shares = [one for one in ways if one.off_way is Off.SHARE]
    money = [one for one in ways if one.off is None]
    best = (by_header or shares or money or ways)[0]
    place = best.off if best.off is not None else best.terms[-1].position
    return FoundMoney(best, (Rival(Question.DISCOUNT_IN, rule, place),))


def _summed(columns: MoneyColumns, amounts: Sequence[int]) -> FoundMoney:
    """Choose among amounts of rows by which of them others add up to."""
    numbers = columns.numbers
    rule = MoneyRule(quantity=next(iter(columns.quantities), None))
    parts = [*columns.discounts, *columns.refunds, *columns.fees, *columns.others]
    found = [
        one
        for target in [*amounts[:MOST_AMOUNTS], *columns.of(columns.others, Grain.LINE)[:2]]
        for base in amounts[:MOST_AMOUNTS]
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
    if found:
        rules = [_from_sum(columns, rule, one, one.target) for one in found]
        return FoundMoney(max(rules, key=lambda one: _told(columns, one)))
    return FoundMoney(replace(rule, terms=(Term(amounts[0]),)))


def _told(columns: MoneyColumns, rule: MoneyRule) -> tuple[int, int, float]:
    """Prefer a rule whose goods are less than what it began with, then one that adds more, then agreement."""
    return (len(rule.terms) - (1 if rule.fees else 0) + (not rule.fees), len(rule.fees), rule.agreement)


def _of_orders_alone(columns: MoneyColumns) -> FoundMoney | None:
    """Read a file whose lines have no money of their own by the sums of its orders."""
    totals = columns.of(columns.amounts, *WHOLE_ORDERS)
    if not totals or columns.orders is None:
        return None
    orders = _by_order(columns)
    whole = replace(columns, numbers=orders, orders=None, grains={}, products=None)
    inner = _summed(whole, totals).rule
    terms = tuple(replace(term, grain=columns.grains[term.position]) for term in inner.terms)
    law = inner.law if inner.law is not Law.NONE else Law.REPEATED
    return FoundMoney(replace(inner, terms=terms, law=law, refund=_refund(columns, inner),
                              price=next(iter(columns.prices), None)))  # fmt: skip


def _by_order(columns: MoneyColumns) -> dict[int, np.ndarray]:
    assert columns.orders is not None  # noqa: S101 - the callers have checked
    return {
        place: per_order(columns.orders, values, columns.grains.get(place, Grain.LINE))
        for place, values in columns.numbers.items()
    }


def _with_orders(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Add what stands for whole orders to the rule of the lines: discounts, and totals that say less."""
    found = replace(found, rule=replace(found.rule, refund=_refund(columns, found.rule)))
    if columns.orders is None:
        return found
    totals = columns.of([*columns.amounts, *columns.others], *WHOLE_ORDERS)
    parts = columns.of([*columns.discounts, *columns.fees], *WHOLE_ORDERS)
    orders = _by_order(columns)
    candidates = [found.rule, *(rival.rule for rival in found.rivals)]
    for rule in candidates:
        lines = per_order(columns.orders, value_of(columns, rule), Grain.LINE)
        for total in totals:
            one = find_sum((total, orders[total]), (None, lines), {p: orders[p] for p in parts},
                           max(0.03, 0.6 * step_of(orders[total])))  # fmt: skip
            if one:
                return FoundMoney(_order_rule(columns, rule, one, orders))
    return _unexplained(columns, found, totals, orders)


def _order_rule(
    columns: MoneyColumns, rule: MoneyRule, found: Sum, orders: dict[int, np.ndarray]
) -> MoneyRule:
    less = tuple(
        Term(place, sign, columns.grains[place])
        for place, sign in found.signs.items()
        if takes_off(orders[place], sign)
    )
    more = tuple(place for place in found.signs if place not in {term.position for term in less})
    return replace(
        rule,
        terms=(*rule.terms, *less),
        fees=more,
        law=Law.ORDER_SUM,
        total=found.target,
        agreement=found.agreement,
        counted=found.counted,
    )


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
        return replace(found, rule=rule, rivals=(*found.rivals, rival))
    lines = per_order(columns.orders, value_of(columns, rule), Grain.LINE)
    for total in totals:
        if total not in columns.amounts:
            continue
        below = np.mean((orders[total] < 0.995 * lines)[np.isfinite(orders[total]) & (lines > 0)])
        if below >= BELOW:
            paid = replace(rule, multiplied=False, terms=(Term(total, 1, columns.grains[total]),), off=None,
                           law=Law.BELOW_LINES, total=total, agreement=float(below))  # fmt: skip
            return replace(found, rule=paid)
    return found


def _refund(columns: MoneyColumns, rule: MoneyRule) -> Term | None:
    """Return the column of money given back that the rule does not hold already."""
    held = {*rule.held, *(term.position for term in rule.terms)}
    for place in columns.refunds:
        if place not in held and np.nansum(np.abs(columns.numbers[place])):
            return Term(place, -1, columns.grains.get(place, Grain.LINE))
    return None
