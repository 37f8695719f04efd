"""What pieces and prices make: of one piece or of all, and less which discount."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from itertools import product as all_of

import numpy as np

from segmentation.intake.meaning.money.adds_up import (
    ALWAYS,
    CENT,
    ENOUGH,
    TRIED,
    agrees,
    alike_in_orders,
    find_sum,
    is_mostly,
    is_off_each_piece,
    price_of,
    step_of,
)
from segmentation.intake.meaning.money.back import GROWS, is_part_of, may_be_percents
from segmentation.intake.meaning.money.counting import pieces_of
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival, value_of
from segmentation.intake.meaning.money.in_price import is_in_price
from segmentation.intake.meaning.money.of_orders import MOST_AMOUNTS, from_sum
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Off, Term

MOSTLY, NEAR = 0.95, 0.01


def priced(columns: MoneyColumns, quantity: int, price: int) -> FoundMoney:
    """Judge quantity and price: of one piece or of all, and which discount makes them an amount."""
    numbers = columns.numbers
    rule = MoneyRule(quantity, price, multiplied=True)
    paid = paid_for_all(columns, quantity, price)
    for amount in columns.of([*columns.amounts, *columns.others], Grain.LINE)[:MOST_AMOUNTS]:
        if amount not in (quantity, price) and (summed := _less_any(columns, rule, amount)):
            return summed
    prices = columns.of([*columns.prices, *columns.amounts], Grain.LINE)
    others = [one for one in columns.of(columns.others, Grain.LINE) if _may_be(columns, quantity, one, price)]
    for one, total in [*permutations(prices[:MOST_AMOUNTS], 2), *((one, price) for one in others)]:
        if summed := _adds_up(columns, replace(rule, price=one), total):
            return summed
    said = [
        place
        for place in columns.of(columns.amounts, Grain.LINE)
        if place != price and alike_in_orders(columns.orders, numbers[place], fewest=1) < ALWAYS
    ]
    said = said or [at for at in columns.of(columns.others, Grain.LINE) if _cost_mostly(columns, rule, at)]
    if said:  # rounded, or less by what no column tells: what the file calls the amount was paid
        return FoundMoney(replace(rule, multiplied=False, terms=(Term(said[0]),)))
    if columns.products is None:
        return less_discount(columns, rule)
    known = price_of(columns.products, numbers[quantity], numbers[price])
    whole = replace(rule, multiplied=False, terms=(Term(price),))
    if known.decided:
        best = rule if known.piece > known.all_pieces else whole
        share = max(known.piece, known.all_pieces)
        best = replace(best, law=Law.PIECES, agreement=share, counted=known.rows)
        return less_discount(columns, best)
    found = less_discount(columns, rule)
    several = np.nanmax(np.abs(numbers[quantity]), initial=0) >= 2
    rivals = (
        (Rival(Question.PRICE_OF, less_discount(columns, whole).rule, price),) if several and paid else ()
    )
    return replace(found, rivals=(*found.rivals, *rivals))


def _less_any(columns: MoneyColumns, rule: MoneyRule, amount: int) -> FoundMoney | None:
    """Say that an amount is pieces times price, less a discount; one of any header where none is said."""
    found = _adds_up(columns, rule, amount)
    places = (rule.quantity or 0, rule.price or 0, amount)
    if found or columns.discounts or not _may_be(columns, *places):
        return found
    tried = (replace(columns, discounts=(off,)) for off in columns.others if off not in places)
    return next((one for some in tried if (one := _adds_up(some, rule, amount)) and not one.rivals), None)


def _cost_mostly(columns: MoneyColumns, rule: MoneyRule, place: int) -> bool:
    """Whether a number is pieces times price in half of the rows of several pieces, and never more."""
    whole, pieces = value_of(columns, rule), columns.numbers[rule.quantity or 0]
    values = columns.numbers[place]
    several = np.isfinite(values) & np.isfinite(whole) & (pieces >= 2)
    return is_mostly((values - whole)[several], max(CENT, 0.6 * step_of(values)) * pieces[several])


def multiplied_sum(columns: MoneyColumns) -> FoundMoney | None:
    """Find pieces, a price and a sum by how they multiply, less any discount, whatever their headers."""
    counted = pieces_of(columns)
    sums = columns.of([*columns.prices, *columns.amounts, *columns.others], Grain.LINE)
    sums = [at for at in dict.fromkeys(sums) if at not in columns.percents][:MOST_AMOUNTS]
    for pieces, price, total in all_of(counted, sums, sums):
        if len({pieces, price, total}) < 3 or not _may_be(columns, pieces, price, total):
            continue
        rule, taken = MoneyRule(pieces, price, multiplied=True), {pieces, price, total}
        offs = [(at,) for at in (*columns.discounts, *columns.others) if at not in taken]
        for off in ((), *offs):
            found = _adds_up(replace(columns, amounts=(), discounts=off), rule, total)
            if found and not found.rivals:
                return found
    return None


def _may_be(columns: MoneyColumns, pieces: int, price: int, total: int) -> bool:
    """Whether the first rows cost at most what pieces and price make, and some just that."""
    few = {place: columns.numbers[place][:TRIED] for place in (pieces, price, total)}
    whole = few[pieces] * few[price]
    part = few[total] / np.where(np.abs(whole) > 0, whole, np.nan)
    part = part[np.isfinite(part) & (np.abs(few[pieces]) >= 2)]
    return len(part) >= ENOUGH and bool(np.mean((part > 0) & (part < 1 + NEAR)) >= MOSTLY)


def paid_for_all(columns: MoneyColumns, quantity: int, price: int) -> bool:
    """Whether a price could be that of all pieces: then it does not fall where more are bought."""
    pieces, money = np.abs(columns.numbers[quantity]), np.abs(columns.numbers[price])
    several = pieces >= 2
    if several.sum() < ENOUGH or (~several).sum() < ENOUGH:
        return False
    return bool(np.nanmedian(money[several]) > GROWS * np.nanmedian(money[~several]))


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
        if rule.multiplied and place not in columns.percents:
            found.append(replace(rule, off=place, off_way=Off.EACH))
    return found


def _adds_up(columns: MoneyColumns, rule: MoneyRule, amount: int) -> FoundMoney | None:
    """Return the rule by which quantity and price, less some discount, are this amount, if any is."""
    wanted, pieces = columns.numbers[amount], np.abs(np.nan_to_num(columns.numbers[rule.quantity or 0]))
    plain = value_of(columns, rule)
    telling = (pieces >= 2) | (np.abs(plain - wanted) > CENT)
    if np.isfinite(wanted[telling]).sum() < ENOUGH:
        return None
    slack = max(CENT, 0.6 * step_of(wanted)) * np.maximum(1, pieces)
    named = amount in columns.amounts
    for one in (*_discounted(columns, rule), rule):
        value = value_of(columns, one)
        told = telling | (np.abs(value - plain) > CENT)
        share = agrees(value[told], wanted[told], slack[told])
        if share >= ALWAYS and (one is not rule or not _undecided(columns)):
            paid = replace(rule, multiplied=False, terms=(Term(amount),), off=None, off_way=None)
            return FoundMoney(replace(paid, law=Law.LINE_SUM, agreement=share, counted=int(telling.sum())))
        if share >= ALWAYS:
            return _before_discount(columns, rule, amount, share, int(telling.sum()))
    if not named:
        return None
    parts = [*columns.discounts, *columns.fees, *columns.refunds, *columns.beside]
    extra = {place: columns.numbers[place] for place in columns.of(parts, Grain.LINE)}
    found = find_sum((amount, wanted), (None, plain), extra, slack)
    return from_sum(columns, rule, found, plain) if found else None


def _before_discount(
    columns: MoneyColumns, rule: MoneyRule, amount: int, agreement: float, counted: int
) -> FoundMoney:
    """Say what was paid where the amount is pieces times price and discounts stand beside it.

    Discounts in money are then still to be taken off, as shop systems write them; those in percent are more
    often in the price. Both are asked.
    """
    plain = replace(rule, multiplied=False, terms=(Term(amount),), law=Law.LINE_SUM, total=amount,
                    agreement=agreement, counted=counted)  # fmt: skip
    told = less_discount(columns, rule)
    less = told.rule
    if not told.rivals:
        return FoundMoney(plain)
    if less.off is not None:
        likely, other = (less, plain) if is_in_price(columns, less) is False else (plain, less)
        return FoundMoney(likely, (Rival(Question.DISCOUNT_IN, other, less.off),))
    place = less.terms[-1].position
    return FoundMoney(
        replace(plain, terms=(Term(amount), *less.terms)), (Rival(Question.DISCOUNT_IN, plain, place),)
    )


def _is_off_each(columns: MoneyColumns, rule: MoneyRule) -> bool:
    numbers, places = columns.numbers, (rule.quantity, rule.price, rule.off)
    return is_off_each_piece(*(numbers[place] for place in places if place is not None))


def _undecided(columns: MoneyColumns) -> bool:
    """Whether there are discounts of lines that the amount before discounts says nothing of."""
    return any(
        np.nansum(np.abs(columns.numbers[place])) for place in columns.of(columns.discounts, Grain.LINE)
    )


def less_discount(columns: MoneyColumns, rule: MoneyRule) -> FoundMoney:
    """Take the discounts of lines off, which nothing in the file confirms."""
    ways = _discounted(columns, rule)
    if not ways:
        return FoundMoney(rule)
    by_header = [one for one in ways if one.off is not None and one.off in columns.percents]
    percents = [one for one in ways if one.off_way is Off.PERCENT and _may_be_percents(columns, one)]
    shares = [one for one in ways if one.off_way is Off.SHARE]
    money = [one for one in ways if one.off is None]
    each = [one for one in ways if one.off_way is Off.EACH and _is_off_each(columns, one)]
    best = (by_header or shares or percents or each or money or ways)[0]
    place = best.off if best.off is not None else best.terms[-1].position
    if is_in_price(columns, best):
        return FoundMoney(rule)
    others = [one for one in money if one.terms[-1].position == place] if best in percents else []
    return FoundMoney(best, tuple(Rival(Question.DISCOUNT_IN, one, place) for one in (rule, *others)))


def _may_be_percents(columns: MoneyColumns, rule: MoneyRule) -> bool:
    """Whether a discount is of round numbers, and is more than some lines cost or grows not with them."""
    worth = np.abs(value_of(columns, replace(rule, off=None, off_way=None)))
    off = columns.numbers[rule.off or 0]
    return may_be_percents(off, columns.products) and not is_part_of(np.abs(np.nan_to_num(off)), worth)
