"""The number of an order, alone or with what numbers begin anew in: a shop, a year, a month, a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from segmentation.intake.meaning.date_and_time_columns import moment
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import identifier

_SHOP, _CYCLE = "shop:", "each:"


class Cycle(StrEnum):
    """A time in which numbers are given once."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True)
class Anew:
    """In what numbers of orders begin anew: the shop that this column names, a cycle, or both."""

    shop: int | None = None
    cycle: Cycle | None = None

    def as_format(self) -> str:
        """Write it as the format of the column of order numbers; see `anew_in`."""
        parts = [f"{_SHOP}{self.shop}"] if self.shop is not None else []
        return ", ".join(parts + ([f"{_CYCLE}{self.cycle}"] if self.cycle else []))

    def as_words(self, names: Sequence[str]) -> str:
        """Say it, by the names of the columns."""
        parts = [f"“{names[self.shop]}”"] if self.shop is not None else []
        return ", ".join(parts + ([f"the {self.cycle}"] if self.cycle else []))


def anew_in(value_format: str) -> Anew:
    """Read it from the format of a column of order numbers."""
    parts = value_format.split(", ")
    shops = [int(part.removeprefix(_SHOP)) for part in parts if part.startswith(_SHOP)]
    cycles = [Cycle(part.removeprefix(_CYCLE)) for part in parts if part.startswith(_CYCLE)]
    return Anew(next(iter(shops), None), next(iter(cycles), None))


def order_number(columns: Sequence[Column]) -> str | None:
    """Return SQL of the order of a row of a raw table, None where no column has its number."""
    column = next((column for column in columns if column.role is Role.ORDER_ID), None)
    if column is None:
        return None
    number, anew = identifier(f"c{column.position}"), anew_in(column.value_format)
    parts = [identifier(f"c{anew.shop}")] if anew.shop is not None else []
    when = moment(columns)
    if anew.cycle and when:
        parts.append(f"strftime(date_trunc('{anew.cycle}', {when}), '%Y-%m-%d')")
    within = [f"coalesce(' / ' || {part}, '')" for part in parts]
    return f"({' || '.join([number, *within])})"
