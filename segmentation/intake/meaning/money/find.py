"""Find the money rule of a file: which columns make up what was paid, by what adds up in nearly all rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import (
    ALWAYS,
    alike_in_orders,
    is_of_each_line,
    price_of,
)
from segmentation.intake.meaning.money.back import (
    are_round_parts,
    is_sometimes_less,
    may_be_percents,
    with_money_back,
    with_money_off,
    with_refund_tax,
)
from segmentation.intake.meaning.money.counting import (
    are_like_pieces,
    are_mostly_one,
    are_too_many,
    may_be_of_lines,
)
from segmentation.intake.meaning.money.facts import (
    WHOLE_ORDERS,
    FoundMoney,
    MoneyColumns,
    Question,
    Rival,
    measure_grains,
)
from segmentation.intake.meaning.money.hundredths import without_hundredths
from segmentation.intake.meaning.money.of_orders import (
    of_orders_alone,
    summed,
    with_orders,
)
from segmentation.intake.meaning.money.packs import asking_about_packs, counting_no_packs
from segmentation.intake.meaning.money.priced import less_discount, multiplied_sum, paid_for_all, priced
from segmentation.intake.meaning.money.prices import asking_which_price
from segmentation.intake.meaning.money.shares import without_shares
from segmentation.intake.meaning.money.tills import without_change
from segmentation.intake.meaning.money.without_words import is_lone_money, is_written_as_money, unspoken
from segmentation.intake.money_rule import Grain, Law, MoneyRule, Off, Term

OFTEN, MOSTLY = 0.5, 0.8
MOST_COUNTED = 2


def find_money(columns: MoneyColumns) -> FoundMoney | None:
    """Find what was paid in each row; None where no column is of money.

    Where no header speaks of money, the likeliest numbers are taken, and it is asked whether they are.
    """
    columns = without_shares(without_hundredths(columns))
    columns, handed_over = without_change(measure_grains(columns))
    found = _found_or_guessed(columns)
    return replace(found, handed_over=handed_over) if found else None


def _found_or_guessed(columns: MoneyColumns) -> FoundMoney | None:
    choices = [(place, found) for place, one in unspoken(columns) if (found := _found(one))]
    if not choices:
        found = _found(columns)
        return _asking_what_was_paid(columns, found) if found else None
    (taken, found), *others = choices
    if found.rule.law in (Law.LINE_SUM, Law.ORDER_SUM):
        return found  # what adds up in nearly every row needs no asking
    if not others and is_lone_money(columns, taken):
        return found  # there is no other money
    return replace(found, unspoken=taken, others=tuple((place, one.rule) for place, one in others))


def _asking_what_was_paid(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether it is what only the encoder says, where nothing adds up and other numbers may be money."""
    rule = found.rule
    place = rule.price if rule.multiplied else rule.amount
    if place is None or place not in columns.guessed or rule.law is not Law.NONE:
        return found
    used = {rule.quantity, rule.price, rule.off, *(term.position for term in rule.terms)}
    used |= {one.column for one in found.rivals}
    free = [one for one in (*columns.amounts, *columns.prices, *columns.others) if one not in used]
    free = [one for one in dict.fromkeys(free) if is_written_as_money(columns.numbers[one])]
    others = [(one, MoneyRule(rule.quantity, terms=(Term(one, 1, columns.grains.get(one, Grain.LINE)),)))
              for one in free[:MOST_COUNTED]]  # fmt: skip
    return replace(found, unspoken=place, others=tuple(others)) if others else found


def _found(columns: MoneyColumns) -> FoundMoney | None:
    columns = counting_no_packs(with_money_off(with_money_back(columns)))
    found = _of_lines(columns)
    if found is None:
        return of_orders_alone(columns)
    found = asking_about_packs(columns, found)
    found = with_orders(columns, _asking_what_totals_are_of(columns, found))
    found = asking_which_price(columns, _asking_about_percents(columns, found))
    found = _asking_about_discounts(columns, found)
    rivals = tuple(replace(one, rule=with_refund_tax(columns, one.rule)) for one in found.rivals)
    return FoundMoney(with_refund_tax(columns, found.rule), rivals)


def _asking_about_percents(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether round numbers below a hundred, of which no header speaks, are percents to be taken off.

    Where what pieces and price make is an amount, only those that are written as percents may be.
    """
    rule = found.rule
    confirmed = not rule.multiplied or rule.law in (Law.LINE_SUM, Law.ORDER_SUM, Law.BELOW_LINES)
    of_lines = rule.multiplied or [term.grain for term in rule.terms] == [Grain.LINE]
    if not of_lines or rule.off is not None or rule.total is not None or columns.discounts:
        return found
    likely = [place for place in columns.others if not confirmed or place in columns.percents]
    free = [place for place in likely if place not in (rule.quantity, rule.price)]
    rivals = [
        Rival(Question.DISCOUNT_IN, replace(rule, off=place, off_way=Off.PERCENT), place)
        for place in free
        if may_be_percents(columns.numbers[place], columns.products) or _are_of_orders(columns, place)
    ]
    return replace(found, rivals=(*found.rivals, *rivals[:1]))


def _are_of_orders(columns: MoneyColumns, place: int) -> bool:
    """Whether numbers are written as percents, round, and one for all lines of an order."""
    values = columns.numbers[place]
    told = place in columns.percents and are_round_parts(values)
    return told and alike_in_orders(columns.orders, values) >= ALWAYS


def _asking_about_discounts(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether discounts that headers speak of are in an amount, where nothing adds up to tell."""
    rule = found.rule
    if rule.law is not Law.NONE or rule.multiplied or rule.off is not None or len(rule.terms) != 1:
        return found
    grain = rule.terms[0].grain
    worth = columns.numbers[rule.terms[0].position]
    known = [
        place
        for place in columns.of(columns.discounts, grain)
        if place not in columns.guessed or is_sometimes_less(columns.numbers[place], worth)
    ]
    sums = {place: float(np.nansum(columns.numbers[place])) for place in known}
    place = next((place for place, total in sums.items() if total), None)
    if place is None:
        return found
    if place in columns.percents:
        by_rate = replace(rule, off=place, off_way=Off.PERCENT)
        return replace(found, rivals=(*found.rivals, Rival(Question.DISCOUNT_IN, by_rate, place)))
    less = replace(rule, terms=(*rule.terms, Term(place, 1 if sums[place] < 0 else -1, grain)))
    return replace(found, rivals=(*found.rivals, Rival(Question.DISCOUNT_IN, less, place)))


def _asking_what_totals_are_of(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether an amount is of the whole order, where it is alike on the lines of most orders."""
    rule = found.rule
    amount = rule.amount
    if amount is None or rule.law is not Law.NONE or found.rivals or len(rule.terms) > 1:
        return found
    alike = alike_in_orders(columns.orders, columns.numbers[amount])
    if alike < OFTEN:
        return found
    whole = replace(rule, terms=(Term(amount, 1, Grain.ORDER),), law=Law.REPEATED, agreement=alike)
    likely = alike >= MOSTLY and not is_of_each_line(columns.orders, columns.numbers[amount])
    likelier, other = (whole, rule) if likely else (rule, whole)
    return FoundMoney(likelier, (Rival(Question.TOTAL_OF, other, amount),))


def _of_lines(columns: MoneyColumns) -> FoundMoney | None:
    if columns.quantities and columns.prices:
        found = priced(columns, columns.quantities[0], columns.prices[0])
        return _asking_whether_pieces(columns, found)
    if known := multiplied_sum(columns):
        return known
    amounts = columns.of(columns.amounts, Grain.LINE)
    if not amounts and columns.prices and not columns.of(columns.amounts, *WHOLE_ORDERS):
        amounts = list(columns.prices[:1])
    if not amounts:
        return None
    found = summed(columns, amounts)
    if found.rule.law is not Law.NONE:
        return found
    said = amounts[0] in columns.amounts and amounts[0] not in columns.guessed
    if columns.quantities:
        return _asking_what_it_is_of(columns, found, amounts[0], said)
    return found if said else _asking_for_pieces(_without_guesses(columns), found, amounts[0])


def _without_guesses(columns: MoneyColumns) -> MoneyColumns:
    """Let discounts of which only the encoder speaks, and nothing adds up, be any numbers."""
    guessed = [place for place in columns.discounts if place in columns.guessed]
    known = [place for place in columns.discounts if place not in guessed]
    return replace(columns, discounts=known, others=(*guessed, *columns.others))


def _asking_whether_pieces(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether guessed pieces are some, where most are not one, as they are of goods.

    Where each row has a thousand or more, and nothing but a price would bear it out, they rather are none.
    """
    rule, pieces, price = found.rule, columns.quantities[0], columns.prices[0]
    if not rule.multiplied or pieces not in columns.guessed or are_mostly_one(columns.numbers[pieces]):
        return found
    plain = summed(replace(columns, quantities=()), [price])
    if are_too_many(columns.numbers[pieces]):
        return replace(plain, rivals=(Rival(Question.PIECES, rule, pieces), *plain.rivals))
    return replace(found, rivals=(*found.rivals, Rival(Question.PIECES, plain.rule, pieces)))


def _asking_what_it_is_of(columns: MoneyColumns, whole: FoundMoney, amount: int, said: bool) -> FoundMoney:
    """Ask whether an amount is of one piece: where goods have one whatever the pieces, or no header says it.

    :param said: whether a header says that it is what the row paid.
    """
    pieces, products = columns.quantities[0], columns.products
    goods = np.full(len(columns.numbers[amount]), -1) if products is None else products
    known = price_of(goods, columns.numbers[pieces], columns.numbers[amount])
    if (known.decided and known.all_pieces > known.piece) or (said and not known.decided):
        return whole
    each = less_discount(columns, MoneyRule(pieces, amount, multiplied=True))
    if known.decided or not paid_for_all(columns, pieces, amount):
        return replace(each, rivals=(Rival(Question.PRICE_OF, whole.rule, amount), *each.rivals))
    return replace(whole, rivals=(Rival(Question.PRICE_OF, each.rule, amount), *whole.rivals))


def _asking_for_pieces(columns: MoneyColumns, plain: FoundMoney, price: int) -> FoundMoney:
    """Ask whether small whole numbers beside a price count its pieces, where no header and no sum says it.

    They are taken for these where they look like them and the price does not grow with them.
    """
    counted = may_be_of_lines(columns, price)[:MOST_COUNTED]
    read = {place: _counting(columns, place, price) for place in counted}
    proof = next(
        (one for one in read.values() if one.rule.law is not Law.NONE and not one.rule.multiplied), None
    )
    if proof or not counted:
        return proof or plain
    first, *more = counted
    rivals = [Rival(Question.PIECES, read[place].rule, place) for place in more]
    if are_like_pieces(columns.numbers[first]) and not paid_for_all(columns, first, price):
        known = read[first]
        return replace(known, rivals=(Rival(Question.PIECES, plain.rule, first), *rivals, *known.rivals))
    return replace(plain, rivals=(Rival(Question.PIECES, read[first].rule, first), *rivals, *plain.rivals))


def _counting(columns: MoneyColumns, pieces: int, price: int) -> FoundMoney:
    """Read a price by numbers that are taken for its pieces."""
    others = tuple(place for place in columns.others if place not in (pieces, price))
    taken = replace(columns, quantities=(pieces,), prices=(price,), others=others, amounts=())
    return priced(taken, pieces, price)
