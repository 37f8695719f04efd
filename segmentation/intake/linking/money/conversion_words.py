"""The words for amounts in several currencies."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from segmentation import formats
from segmentation.intake.shop import Conversion, OtherCurrency
from segmentation.intake.values.currencies import decimals_of

SOURCE = (
    "the European Central Bank’s reference rate of each order’s day, or of the last working day before "
    "(quoted {first} to {last}; for information, not for bookkeeping)"
)
CONVERTED = "{sums} count as {worth}, by {source}."
OWN_TABLE = "{sums} count as {worth}, by your own table of rates ({rates})."
LATE = "{lines:,} of these lines are newer than the rates that Tessera carries: the last one stands in."
SET_ASIDE = "{sums}: set aside, since no rate is known for their day. A table of rates helps."
NOT_ASKED = (
    "{sums}: set aside. Say in which currency all amounts are to be, and they count by the rate of each "
    "order’s day{worth}."
)
WORTH = " (about {worth})"
DOUBTFUL = (
    "{sums}: set aside, since the sign taken for {codes} is that of several countries’ money. Say in which "
    "currency all amounts are to be, and they are converted."
)


def sums_by_currency(found: Iterable[tuple[str, int, Decimal | float | None]]) -> str:
    """Say how many lines there are of each currency, and what they come to in it."""
    return ", ".join(
        f"{in_code(float(total or 0), code)} in {count:,} {'row' if count == 1 else 'rows'}"
        for code, count, total in found
    )


def in_code(value: float, code: str) -> str:
    """Write an amount with the code of its currency, since signs would not tell dollars from dollars."""
    return f"{value:,.{0 if decimals_of(code) == 0 else 2}f} {code}"


def conversion_notes(conversion: Conversion | None, reporting: str | None) -> tuple[str, ...]:
    """Say what was converted, by whose rates and of which days, and what is set aside."""
    if conversion is None or reporting is None:
        return ()
    counted = [
        one for one in conversion.others if one.amount is not None and one.currency not in conversion.by_table
    ]
    by_table = [one for one in conversion.others if one.amount and one.currency in conversion.by_table]
    aside = [one for one in conversion.others if one.amount is None]
    notes = []
    if counted and conversion.first and conversion.last:
        first, last = (formats.date(day) for day in (conversion.first, conversion.last))
        worth = in_code(sum(one.amount or 0.0 for one in counted), reporting)
        source = SOURCE.format(first=first, last=last)
        notes.append(CONVERTED.format(sums=_sums(counted), worth=worth, source=source))
        if conversion.late:
            notes.append(LATE.format(lines=conversion.late))
    if by_table:
        worth = in_code(sum(one.amount or 0.0 for one in by_table), reporting)
        rates = ", ".join(_on_average(one, reporting) for one in by_table)
        notes.append(OWN_TABLE.format(sums=_sums(by_table), worth=worth, rates=rates))
    if aside:
        notes.append(_why_aside(conversion, _sums(aside), reporting))
    return tuple(notes)


def _why_aside(conversion: Conversion, sums: str, reporting: str) -> str:
    if conversion.applies:
        why = DOUBTFUL if conversion.doubtful else SET_ASIDE
        return why.format(sums=sums, codes=", ".join(conversion.doubtful))
    worth = WORTH.format(worth=in_code(conversion.worth_aside, reporting)) if conversion.worth_aside else ""
    return NOT_ASKED.format(sums=sums, worth=worth)


def _on_average(one: OtherCurrency, reporting: str) -> str:
    each = (one.amount or 0.0) / one.own_amount if one.own_amount else 0.0
    return f"1 {one.currency} = {each:.4g} {reporting} on average"


def _sums(others: Iterable[OtherCurrency]) -> str:
    return sums_by_currency((one.currency, one.lines, one.own_amount) for one in others)
