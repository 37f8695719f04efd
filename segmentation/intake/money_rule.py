"""The money rule of a file: what a row says was paid for goods, as a sum of its columns."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TypeVar

_ONE = "one:"
_One = TypeVar("_One")


class Grain(StrEnum):
    """What a sum of money in a row is of."""

    LINE = "line"
    ORDER = "order"
    """Of the whole order, and it stands on each of its lines: it counts once."""

    FIRST = "first_line"
    """Of the whole order, and it stands on one of its lines only."""


class Off(StrEnum):
    """How a discount of a line is written that is no sum of money of that line."""

    PERCENT = "percent"
    SHARE = "share"
    EACH = "each"
    """In money, of one piece."""


class Law(StrEnum):
    """Which law of the table the rule rests on."""

    LINE_SUM = "line_sum"
    """In nearly all rows the sum of the columns is another column."""

    ORDER_SUM = "order_sum"
    """In nearly all orders the lines and what was added or taken off make the total."""

    PIECES = "pieces"
    """Within one product the price stays as the quantity grows, or it grows with it."""

    REPEATED = "repeated"
    """The total stands on every line of an order, and counts once."""

    BELOW_LINES = "below_lines"
    """Orders cost less than their lines by what no column tells."""

    NONE = "none"
    """Nothing could be checked; the headers decide."""


@dataclass(frozen=True)
class Term:
    """A column of money that a row adds (`sign` 1) or takes off (-1)."""

    position: int
    sign: int = 1
    grain: Grain = Grain.LINE


@dataclass(frozen=True)
class Kinds:
    """Of the rows that a column parts into kinds of money, only the `counted` ones were paid for goods."""

    position: int
    counted: tuple[str, ...]


@dataclass(frozen=True)
class PriceElsewhere:
    """The price that another file lists for the goods of a row, of one piece.

    `goods` is the column of the row that names them, `key` that of the list, whose raw table is `table`;
    `price` is its column of prices, called `name`, written by `value_format`; `file_name` is the list's.
    """

    goods: int
    table: str
    file_name: str
    key: int
    price: int
    name: str
    value_format: str


@dataclass(frozen=True)
class OneCurrency:
    """The columns whose sums are in one currency whatever a row names; no code where none is known."""

    columns: tuple[int, ...]
    code: str

    def as_format(self) -> str:
        """Write it as the format of the column of currencies; see `one_currency_in`."""
        return f"{_ONE}{','.join(map(str, self.columns))}:{self.code}"


def one_currency_in(value_format: str) -> OneCurrency | None:
    """Read it from the format of a column of currencies; None where each row's is the one that it names."""
    if not value_format.startswith(_ONE):
        return None
    places, _, code = value_format.removeprefix(_ONE).partition(":")
    return OneCurrency(tuple(map(int, places.split(","))), code)


@dataclass(frozen=True)
class MoneyRule:
    """What was paid for goods in a row: pieces times price, less `off`, and the terms.

    `quantity` and `price` are multiplied where `multiplied`, and so is how many pieces are in a `pack`
    where the price is that of one; the price may stand in another file, as `listed`. `off` is a discount in
    percent or as a share of that product. Terms of a whole order are shared out among its lines by what
    these cost. `fees` are columns that add postage or tax to a total and are not in the rule, `held` those
    that its amount holds already; `refund` is money given back in a column of its own; it holds
    `refund_tax` (0.07 for 7 %) on top of the goods, None where it holds more than these and nothing tells
    how much. `law` is what the rule rests on, `total` the column that agrees with it, and `agreement` the
    share (0..1) of the `counted` rows or orders that keep it. `kinds` says which rows count, where not all
    do.
    """

    quantity: int | None = None
    price: int | None = None
    multiplied: bool = False
    off: int | None = None
    off_way: Off | None = None
    terms: tuple[Term, ...] = ()
    fees: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    refund: Term | None = None
    refund_tax: float | None = 0.0
    law: Law = Law.NONE
    total: int | None = None
    agreement: float = 0.0
    counted: int = 0
    kinds: Kinds | None = field(default=None, repr=False)
    pack: int | None = field(default=None, repr=False)
    listed: PriceElsewhere | None = field(default=None, repr=False)

    @property
    def said(self) -> str:
        """All that the rule says, in writing; of later fields (`repr=False`) only what is no default.

        So a rule that says nothing of them is written as by earlier versions, whose segments stay.
        """
        later = ((one.name, getattr(self, one.name)) for one in fields(self) if not one.repr)
        return repr(self) + "".join(f" {name}={value!r}" for name, value in later if value is not None)

    @property
    def of_orders(self) -> tuple[Term, ...]:
        """The terms of whole orders."""
        return tuple(term for term in self.terms if term.grain is not Grain.LINE)

    @property
    def amount(self) -> int | None:
        """The column that is the amount, where it is one."""
        sums = [term.position for term in self.terms if term.sign > 0]
        return sums[0] if sums and not self.multiplied else None

    def at(self, own: int | None, other: int) -> MoneyRule:
        """Return the rule with another column for one of its own."""
        terms = tuple(replace(term, position=other) if term.position == own else term for term in self.terms)
        return replace(self, price=other if self.price == own else self.price, terms=terms)


_LISTS = ("terms", "fees", "held")


def carried(rule: MoneyRule, before: MoneyRule, after: MoneyRule) -> MoneyRule:
    """Return a rule with what changed from one to another; where it differs from the first itself, it stays.

    So an answer to one question about money keeps what another one said.
    """
    if rule.price == before.price != after.price is not None:
        rule = rule.at(before.price, after.price)
    elif after.price == before.price != rule.price is not None:
        after = after.at(before.price, rule.price)
    plain = [one.name for one in fields(rule) if one.name not in _LISTS]
    free = [name for name in plain if getattr(rule, name) == getattr(before, name)]
    changed = replace(rule, **{name: getattr(after, name) for name in free})
    both_moved = bool(before.terms) and before.terms[0] not in (*rule.terms, *after.terms)
    terms = rule.terms if both_moved else _merged(rule.terms, before.terms, after.terms)
    return replace(
        changed,
        terms=tuple(sorted(terms, key=lambda term: -term.sign)),
        fees=_merged(rule.fees, before.fees, after.fees),
        held=_merged(rule.held, before.held, after.held),
    )


def _merged(mine: tuple[_One, ...], before: tuple[_One, ...], after: tuple[_One, ...]) -> tuple[_One, ...]:
    kept = [one for one in mine if one in after or one not in before]
    return (*kept, *(one for one in after if one not in before and one not in kept))
