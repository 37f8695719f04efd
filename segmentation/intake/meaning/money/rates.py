"""Tables of rates, known by their shape: codes of currencies, days and one number, or a number for each code.

Where rates are of months, they hold from the first day on.
"""

from __future__ import annotations

import re
from dataclasses import replace

from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import timestamp
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.currencies import is_code

MOST_OF_RATES = 6
RATES = "each row says what a currency was worth on a day"
BASE_OF_RATES = "all rates are in this currency"
_MAY_BE_MONTH = re.compile("[0-9./-]{6,8}")
_MONTHS = ("%Y-%m", "%Y/%m", "%Y.%m", "%m.%Y", "%m.%Y.", "%m/%Y", "%m-%Y", "%Y%m")


def rates_columns(table: Table) -> tuple[Column, ...] | None:
    """Return the columns with their roles where the table is one of rates, else None."""
    filled = [column for column in table.columns if table.evidence[column.position].filled]
    dated = [c for c in filled if c.role is Role.TIMESTAMP and table.evidence[c.position].dates]
    dated = dated or [month for column in filled if (month := _as_months(table, column))]
    if len(dated) != 1:
        return None
    others = [column for column in filled if column.position != dated[0].position]
    return _in_rows(table, dated[0], others) or _in_columns(table, dated[0], others)


def _as_months(table: Table, column: Column) -> Column | None:
    """Read a column of months, all in one writing, as times; None where it is none."""
    if not all(map(_MAY_BE_MONTH.fullmatch, table.evidence[column.position].sample)):
        return None
    cell = f"c{column.position}"
    for pattern in _MONTHS:
        ends = "'^[0-9./-]{6,8}$'"
        fields = f"min(({timestamp(cell, pattern)} IS NOT NULL AND regexp_matches({cell}, {ends}))::INT)"
        if table.ask(fields, f"{cell} IS NOT NULL") == (1.0,):
            return replace(column, role=Role.TIMESTAMP, confidence=0.9, reason=RATES, value_format=pattern)
    return None


def _in_rows(table: Table, day: Column, others: list[Column]) -> tuple[Column, ...] | None:
    """Look for a row of each currency and day: one column of codes that varies, one of numbers above zero."""
    codes = [c for c in others if _are_codes(table.evidence[c.position])]
    numbers = [c for c in others if c not in codes and _are_rates(table.evidence[c.position])]
    varying = [c for c in codes if not table.evidence[c.position].is_constant] or codes[:1]
    if len(others) >= MOST_OF_RATES or len(numbers) != 1 or len(varying) != 1 or len(codes) > 2:
        return None
    if {*others} - {*codes, *numbers}:
        return None
    pairs = table.cursor.execute(
        f"SELECT count(DISTINCT (c{varying[0].position}, c{day.position})) / count(*) FROM {table.name}"
    ).fetchall()[0][0]
    if pairs < ALWAYS:
        return None
    return _with_roles(table, day, {varying[0].position: Role.CURRENCY, numbers[0].position: Role.RATE})


def _in_columns(table: Table, day: Column, others: list[Column]) -> tuple[Column, ...] | None:
    """Look for a row of each day, with a column of numbers for each currency, headed by its code."""
    if not others or not table.evidence[day.position].is_unique:
        return None
    if all(is_code(c.name.strip().upper()) and _are_rates(table.evidence[c.position]) for c in others):
        return _with_roles(table, day, {column.position: Role.RATE for column in others})
    return None


def _with_roles(table: Table, day: Column, roles: dict[int, Role]) -> tuple[Column, ...]:
    """Give the columns of rates their roles; a code that is the same in all rows is what rates are in."""
    kept = []
    for column in table.columns:
        values = table.evidence[column.position]
        if column.position in roles:
            written = values.number_format or "" if roles[column.position] is Role.RATE else ""
            kept.append(replace(column, role=roles[column.position], confidence=0.9, reason=RATES,
                                value_format=written))  # fmt: skip
        elif column.position == day.position:
            kept.append(day)
        elif values.filled:
            kept.append(replace(column, role=Role.CATEGORICAL, confidence=0.8, reason=BASE_OF_RATES))
        else:
            kept.append(column)
    return tuple(kept)


def _are_codes(values: Evidence) -> bool:
    return bool(values.common) and all(is_code(value.strip().upper()) for value in values.common)


def _are_rates(values: Evidence) -> bool:
    return values.is_number and values.minimum > 0
