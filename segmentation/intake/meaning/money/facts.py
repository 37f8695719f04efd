"""The columns of money of a file as arrays, and what is found of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from segmentation.intake.meaning.money.adds_up import (
    grain_of,
    is_of_each_line,
)
from segmentation.intake.money_rule import Grain, MoneyRule, Off, carried

HANDED_OVER = "handed over at a till, or the change: the one less the other was paid"


class Question(StrEnum):
    """What about a file its own figures cannot answer."""

    PRICE_OF = "price_of"
    """Is the price of one piece, or of all pieces of the row?"""

    WHICH_PRICE = "which_price"
    """Which of several prices of an article did customers pay?"""

    PIECES = "pieces"
    """Do small whole numbers beside a price count its pieces?"""

    TOTAL_OF = "total_of"
    """Is the amount of the row, or of the whole order?"""

    DISCOUNT_IN = "discount_in"
    """Is the discount taken off already?"""

    TENDER = "tender"
    """Is what makes a total less money off, or did customers pay with it?"""

    FEES = "fees"
    """Is what a total holds besides, and no header speaks of, part of what was paid for goods?"""

    REFUND = "refund"
    """Is a column that is filled in some states alone money given back?"""

    HOME = "home"
    """Which of two sums is in one currency in all rows, where the other is in that of the row?"""

    KINDS = "kinds"
    """Which kinds of rows were paid for goods, where others are fees, tax or payouts?"""

    SIDE = "side"
    """Did customers pay what raises a running balance, or what lowers it?"""

    PAID = "paid"
    """Which column says what was paid, where no header speaks of money?"""

    PACK = "pack"
    """Is the price of one piece of a pack, so that the pieces in it multiply, too?"""

    OTHER_MONEY = "other_money"
    """Are the sums in the same currency as those of other files, though articles cost other sums there?"""

    HUNDREDTHS = "hundredths"
    """Are all sums of money in hundredths, as cents?"""

    NUMBERS = "numbers"
    """Which sign parts the decimals?"""

    DATES = "dates"
    """Which comes first, the day or the month?"""

    STATE = "state"
    """Which of the states that nobody knows mean that an order was not paid for?"""

    SOLD = "sold"
    """Do all rows count as sold, whatever a column says in words that nobody knows?"""

    BACK = "back"
    """Does a column tell how many pieces came back?"""

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
    """The likeliest rule, and its rivals.

    `unspoken` is the column that it rests on where no header speaks of money, and `others` are the columns,
    each with its rule, that may say it as well. `kinds` are rules by which other kinds of rows count.
    `handed_over` are the columns of what was given at a till and of the change.
    """

    rule: MoneyRule
    rivals: tuple[Rival, ...] = ()
    unspoken: int | None = None
    others: tuple[tuple[int, MoneyRule], ...] = ()
    kinds: tuple[MoneyRule, ...] = ()
    handed_over: tuple[int, ...] = ()

    def read_by(self, rule: MoneyRule) -> FoundMoney:
        """Return it with another rule: what changes in the likeliest one does in all others, too."""

        def along(one: MoneyRule) -> MoneyRule:
            return carried(one, self.rule, rule)

        return replace(
            self,
            rule=rule,
            rivals=tuple(replace(one, rule=along(one.rule)) for one in self.rivals),
            others=tuple((place, along(one)) for place, one in self.others),
            kinds=tuple(map(along, self.kinds)),
        )


@dataclass(frozen=True)
class MoneyColumns:
    """The columns of money as arrays (rows,), by position, sorted by what their headers speak of.

    Of `amounts`, `prices` and `quantities` the likeliest is first; `others` are numbers whose headers say
    nothing, `beside` those that only count where they add up (of sending, of a shop's credit), and `guessed`
    those of which only the encoder says what they speak of; `doubtful` are others of which it says that they
    are no money, so that they count only where they add up. `packs` may say how many pieces are in a pack,
    `names` are headers, and `marked` are written with a currency. `orders` and `products` number the rows'
    orders and products, and `people` their customers, -1 where there is none.
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
    beside: Sequence[int] = ()
    percents: frozenset[int] = frozenset()
    guessed: frozenset[int] = frozenset()
    people: np.ndarray | None = None
    doubtful: frozenset[int] = frozenset()
    grains: dict[int, Grain] = field(default_factory=dict)
    packs: Sequence[int] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    marked: frozenset[int] = frozenset()

    def of(self, places: Sequence[int], *grains: Grain) -> list[int]:
        """Return those of the columns that are of one of these grains."""
        return [place for place in places if self.grains.get(place, Grain.LINE) in grains]


WHOLE_ORDERS = (Grain.ORDER, Grain.FIRST)


def measure_grains(columns: MoneyColumns) -> MoneyColumns:
    """Return the columns with what each is of: a line, or a whole order; a rate is of each line."""
    measured = {*columns.amounts, *columns.discounts, *columns.refunds, *columns.fees}
    measured |= {*columns.others, *columns.beside}
    shares = {place for place in columns.discounts if is_share(columns.numbers[place])}
    of_sums = measured - columns.percents - shares
    grains = {place: grain_of(columns.orders, columns.numbers[place]) for place in of_sums}
    prices = [place for place in columns.amounts if is_of_each_line(columns.orders, columns.numbers[place])]
    grains |= dict.fromkeys(of_sums & {*prices}, Grain.LINE)
    return replace(columns, grains=grains)


def is_share(values: np.ndarray) -> bool:
    """Whether numbers are parts of one."""
    known = np.abs(values[np.isfinite(values)])
    return bool(len(known) and known.max() <= 1 and np.any((known > 0) & (known < 1)))


def value_of(columns: MoneyColumns, rule: MoneyRule) -> np.ndarray:
    """Return what a rule says that each row paid, float64 (rows,), of its columns of lines alone."""
    numbers = columns.numbers
    value = np.zeros(len(next(iter(numbers.values()))))
    if rule.multiplied and rule.quantity is not None and rule.price is not None:
        value = numbers[rule.quantity] * numbers[rule.price]
        if rule.pack is not None:
            value = value * np.nan_to_num(numbers[rule.pack], nan=1.0)
        if rule.off is not None and rule.off_way is Off.EACH:
            value = value - numbers[rule.quantity] * np.abs(np.nan_to_num(numbers[rule.off]))
        else:
            value = value * kept_share(columns, rule)
    for term in rule.terms:
        if term.grain is Grain.LINE:
            amount = numbers[term.position]
            value = value + term.sign * (
                np.nan_to_num(amount) if rule.multiplied or term.sign < 0 else amount
            )
    return value if rule.multiplied else value * kept_share(columns, rule)


def kept_share(columns: MoneyColumns, rule: MoneyRule) -> np.ndarray | float:
    """Return what a discount in percent, or as a share, leaves of each row (0..1)."""
    if rule.off is None or rule.off_way is Off.EACH:
        return 1.0
    return np.asarray(1 - off_share(columns, rule.off, rule.off_way))


def off_share(columns: MoneyColumns, place: int, way: Off | None) -> np.ndarray:
    """Return the share that a discount in percent, or as a share, takes off each row (0..1)."""
    return np.abs(np.nan_to_num(columns.numbers[place])) / (100 if way is Off.PERCENT else 1)
