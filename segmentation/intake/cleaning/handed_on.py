"""What the steps of cleaning hand on: temporary tables by name, with the columns that each has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lines:
    """Some rows of one file, by number: `line`."""

    table: str

    @property
    def holds(self) -> str:
        """SQL that tells them among the rows of their file."""
        return f"line IN (SELECT line FROM {self.table})"


@dataclass(frozen=True)
class Replaced:
    """Orders of a file that a newer one holds again: `table` has `file`, `order_id`, `newer`.

    Files are named by upload id.
    """

    table: str
    upload_id: str

    @property
    def older(self) -> str:
        """SQL that tells the file's rows that a newer file replaces."""
        return f"order_id IN (SELECT order_id FROM {self.table} WHERE file = '{self.upload_id}')"

    @property
    def newer(self) -> str:
        """SQL that tells the file's rows that replace those of an older one."""
        return f"order_id IN (SELECT order_id FROM {self.table} WHERE newer = '{self.upload_id}')"


@dataclass(frozen=True)
class Currencies:
    """In which currency amounts are to count, and in which one is that does not say it.

    `rates` is a table of what one unit of another currency was worth on a day (`currency`, `day`, `rate`), by
    the quote of the day `quoted`; None where all is in one currency. `doubtful` are currencies of which there
    is only a sign that several countries use: they have no rate before a person has said the reporting one.
    Those `by_table` have the rates of a table that a person uploaded.
    """

    reporting: str | None = None
    unsaid: str | None = None
    rates: str | None = None
    doubtful: frozenset[str] = frozenset()
    by_table: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownPeople:
    """Some customers, by number: `customer_id`."""

    table: str


@dataclass(frozen=True)
class Judged:
    """All rows of one file with the first rule that finds each, and the columns of their kind.

    Of every kind: `line`, `customer_id`, `amount` (NULL where nothing was paid), `rule` that sets the row
    aside, `spare` that would if it were on, `pair` (the line to show it with).
    """

    table: str


OPTIONAL = {
    "discount": "DOUBLE",
    "refund": "DECIMAL(18,4)",
    "foreign_currency": "VARCHAR",
    "rate": "DECIMAL(20,14)",
    "own_amount": "DECIMAL(18,4)",
    "cost": "DECIMAL(18,4)",
}
"""What only some files say of their order lines."""


@dataclass(frozen=True)
class JudgedLines(Judged):
    """Order lines: also `order_id`, `product`, `moment`, `quantity`, `discount`, `refund` and `is_fee`.

    Of another currency than that which counts: `foreign_currency`, its `rate` that day, and the `own_amount`
    of which `amount` is the worth; `refund`, `written_cost` and `written_profit` are in the row's own
    currency. `cost` is that of the line in the currency that counts, once it is known.

    `product` is what was bought, by whatever names it; lines that take back (`backward`) have negative
    amounts; `cancelling` ones take back a whole order; `turned` are purchases whose status says that they
    came back. The table has of the `OPTIONAL` columns those of `has` alone, `rows` all of them.
    """

    has: frozenset[str] = frozenset()

    @property
    def rows(self) -> str:
        """SQL to read the lines from."""
        absent = "".join(f", NULL::{OPTIONAL[name]} AS {name}" for name in OPTIONAL if name not in self.has)
        return f"(SELECT *{absent} FROM {self.table})" if absent else self.table


def exchanged(amount: str) -> str:
    """Return SQL of what an amount of a judged line is worth in the currency that counts, to four decimals.

    NULL where its day has no rate.

    :param amount: SQL of a DECIMAL(18,4).
    """
    return f"if(foreign_currency IS NULL, {amount}, try_cast({amount} * rate AS DECIMAL(18,4)))"


@dataclass(frozen=True)
class Pairs:
    """Lines that undo each other: `line`, `pair` (the smaller line of the two) and `rule`."""

    table: str


@dataclass(frozen=True)
class Placed:
    """People whose order was cancelled or never paid, so that no line of theirs may count: `customer_id`."""

    table: str
