"""Rates that a person uploaded: which way they are meant, told by those that are known besides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from math import log
from statistics import median

import duckdb

from segmentation.intake.linking.money.day_rates import DECIMALS, Quotes, quotes_of
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import literal, number

NEAR = 0.1
"""Rates of one day differ by no more than this (of their logarithm) between two sources."""

Told = Mapping[str, Mapping[date, Decimal]]


@dataclass(frozen=True)
class QuotedWay:
    """What the numbers of a table are: what one unit is worth in `base`, or (`inverse`) how many make one."""

    base: str
    inverse: bool

    def worth(self, rate: Decimal) -> Decimal:
        """Return what one unit is worth in the base."""
        return 1 / rate if self.inverse else rate


def uploaded_quotes(
    cursor: duckdb.DuckDBPyConnection,
    tables: Sequence[Source],
    reporting: str,
    sizes: Mapping[str, float],
) -> dict[str, Quotes]:
    """Return what one unit of each currency of these tables was worth in the reporting currency.

    :param sizes: what is paid on a typical line in each currency, which tells a rate from its inverse where
        no currency of the table is known besides.
    """
    found: dict[str, Quotes] = {}
    for source in tables:
        told, base = _read(cursor, source)
        way = _way(told, [base] if base else _bases(told, reporting), reporting, sizes)
        crossed = dict(quotes_of(way.base, reporting)) if way.base != reporting else {}
        for code in set(told) - {reporting}:
            quotes = tuple(
                (day, round(way.worth(rate) * cross, DECIMALS))
                for day, rate in sorted(told[code].items())
                if (cross := _cross(crossed, day, way.base == reporting))
            )
            found[code] = quotes or found.get(code, ())
    return {code: quotes for code, quotes in found.items() if quotes}


def _read(cursor: duckdb.DuckDBPyConnection, source: Source) -> tuple[dict[str, dict[date, Decimal]], str]:
    """Read a table of a row per currency and day, or of a column per currency; and what rates are in."""
    told: dict[str, dict[date, Decimal]] = {}
    for column in source.columns(Role.RATE):
        code = "upper(trim(currency))"
        if not source.has(Role.CURRENCY):
            code = literal(column.name.strip().upper())
        rows = cursor.execute(
            f"""
            SELECT {code}, moment::DATE, {number(f"c{column.position}", column.value_format)} AS rate
            FROM {source.raw_table} JOIN {source.typed_view} USING (line)
            WHERE moment IS NOT NULL AND rate > 0 ORDER BY line"""
        ).fetchall()
        for name, day, rate in rows:
            told.setdefault(name, {})[day] = Decimal(repr(rate))
    constant = source.column_of_base()
    if constant is None:
        return told, ""
    base = cursor.execute(f"SELECT upper(trim(any_value(c{constant}))) FROM {source.raw_table}").fetchall()
    return told, base[0][0] or ""


def _bases(told: Told, reporting: str) -> list[str]:
    """Return what rates may be in: the currency that is always 1, or else the likely ones."""
    ones = [code for code, rates in told.items() if set(rates.values()) == {Decimal(1)}]
    return ones or list(dict.fromkeys([reporting, "EUR", "USD"]))


def _way(told: Told, bases: Sequence[str], reporting: str, sizes: Mapping[str, float]) -> QuotedWay:
    ways = [QuotedWay(base, inverse) for base, inverse in product(bases, (False, True))]
    misfits = {way: misfit for way in ways if (misfit := _misfit(told, way)) is not None}
    best = min(misfits, key=lambda way: misfits[way], default=None)
    if best and misfits[best] < NEAR:
        return best
    straight = bases[0] if reporting not in bases else reporting
    return min(
        (QuotedWay(straight, False), QuotedWay(straight, True)),
        key=lambda way: _oddness(told, way, reporting, sizes),
    )


def _misfit(told: Told, way: QuotedWay) -> float | None:
    """Return how far the rates are from those known besides, as a logarithm; None where none is known."""
    off = [
        abs(log(way.worth(rate) / known[day]))
        for code, rates in told.items()
        if code != way.base and (known := dict(quotes_of(code, way.base)))
        for day, rate in rates.items()
        if day in known
    ]
    return median(off) if off else None


def _oddness(told: Told, way: QuotedWay, reporting: str, sizes: Mapping[str, float]) -> float:
    """Return how far what is typically paid in these currencies is from the same in the reporting one."""
    off = [
        abs(log(sizes[code] * float(way.worth(median(rates.values()))) / sizes[reporting]))
        for code, rates in told.items()
        if sizes.get(code) and sizes.get(reporting) and rates
    ]
    return sum(off)


def _cross(crossed: Mapping[date, Decimal], day: date, same: bool) -> Decimal | None:
    """Return what the base of a table was worth in the reporting currency, by the last quote of that day."""
    if same:
        return Decimal(1)
    days = sorted(crossed)
    at = bisect_right(days, day)
    return crossed[days[at - 1]] if at else None
