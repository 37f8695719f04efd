"""Numbers, dates and currency as people write them; a value that does not exist is an en dash."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from datetime import date as Date
from decimal import Decimal
from typing import TypeGuard

NOTHING = "–"
MINUS = "−"
LONGEST_NAME = 60

SYMBOLS = {
    "GBP": "£",
    "USD": "$",
    "EUR": "€",
    "BRL": "R$ ",
    "CNY": "¥",
    "JPY": "¥",
    "INR": "₹",
    "KRW": "₩",
    "TRY": "₺",
    "UAH": "₴",
    "ILS": "₪",
    "VND": "₫",
    "NGN": "₦",
    "PHP": "₱",
    "ZAR": "R ",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "HKD": "HK$",
    "SGD": "S$",
    "TWD": "NT$",
    "MXN": "MX$",
}
WHOLE = frozenset(["JPY", "KRW", "VND", "CLP", "ISK", "IDR", "COP", "PYG", "UGX", "RWF", "XAF", "XOF", "XPF"])
"""Currencies of which no fractions are in use."""


def money(value: float | None, currency: str | None = None) -> str:
    """Write an amount: whole from 100 on, with cents below; plain where the currency is not known."""
    if not _exists(value):
        return NOTHING
    whole = abs(value) >= 100 or value == 0 or _is_whole(currency)
    text = f"{abs(value):,.0f}" if whole else f"{abs(value):,.2f}"
    return _signed(value, _symbol(currency), text)


def worth(value: float | None, currency: str | None, in_margin: bool) -> str:
    """Write an amount that somebody is worth, and say where it is margin and not revenue."""
    written = money(value, currency)
    return f"{written} of margin" if in_margin and written != NOTHING else written


def to_the_cent(value: float | None, currency: str | None = None) -> str:
    """Write an amount as on a receipt: "£1,204.50"."""
    if not _exists(value):
        return NOTHING
    text = f"{abs(value):,.0f}" if _is_whole(currency) else f"{abs(value):,.2f}"
    return _signed(value, _symbol(currency), text)


def number(value: float | None) -> str:
    """Write a number with thousands separated and about three telling digits ("1,235", "21.4", "0.08")."""
    if not _exists(value):
        return NOTHING
    size = abs(value)
    if size >= 100 or value == int(value):
        text = f"{size:,.0f}"
    elif size >= 10:
        text = _trimmed(f"{size:.1f}")
    else:
        text = _trimmed(f"{size:.2f}" if size >= 0.1 else f"{size:.4f}")
    return _signed(value, "", text)


def counted(value: float | None) -> str:
    """Write how many whole things somebody has, in the middle of an even number of people ("15 to 16")."""
    if not _exists(value) or value % 1 != 0.5:
        return number(value)
    return f"{value // 1:,.0f} to {value // 1 + 1:,.0f}"


def percent(share: float | None) -> str:
    """Write a share (0..1) as a percentage to one place."""
    return _signed(share, "", f"{abs(share) * 100:.1f}%") if _exists(share) else NOTHING


def points(difference: float) -> str:
    """Write a difference of shares in points of percent, with its sign ("+1.2")."""
    text = f"{abs(difference) * 100:.1f}"
    if text == "0.0":
        return text
    return f"{MINUS if difference < 0 else '+'}{text}"


def points_between(difference: float, low: float, high: float) -> str:
    """Write the same with the ends of its interval ("+1.2 points, 0.3 to 2.1")."""
    least, most = (points(end).lstrip("+") for end in (low, high))
    return f"{points(difference)} points, {least} to {most}"


def days(value: float | None) -> str:
    """Write a span of days in full: "21 days", "1 day", "2.5 days"."""
    if not _exists(value):
        return NOTHING
    text = f"{abs(value):,.0f}" if abs(value) >= 10 else _trimmed(f"{abs(value):.1f}")
    return _signed(value, "", f"{text} {'day' if text == '1' else 'days'}")


def stretch(value: float) -> str:
    """Write a span of days in the unit that people would take: "28 days", "13 months", "2.5 years"."""
    if value < 60:
        return days(round(value))
    if value < 720:
        return _of(round(value / 30.44), "month")
    years = _trimmed(f"{value / 365.25:.1f}")
    return f"{years} years"


def duration(seconds: float) -> str:
    """Write a length of time as a person would say it: "26 seconds", "1 minute", "1.5 hours"."""
    if seconds < 59.5:
        return _of(max(1, round(seconds)), "second")
    if seconds < 3570:
        return _of(round(seconds / 60), "minute")
    return f"{_trimmed(f'{seconds / 3600:,.1f}')} {'hour' if seconds < 3780 else 'hours'}"


def hour(value: float | None) -> str:
    """Write an hour of the day (13.5) as a clock does ("13:30")."""
    if not _exists(value):
        return NOTHING
    minutes = round(value % 24 * 60) % (24 * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def year(value: float | None) -> str:
    """Write a year as calendars do ("1970")."""
    return f"{value:.0f}" if _exists(value) else NOTHING


def rating(value: float | None) -> str:
    """Write a rating to one place."""
    return NOTHING if not _exists(value) else _signed(value, "", f"{abs(value):.1f}")


def date(value: Date | None) -> str:
    """Write a date ("9 Dec 2011"); NaT and None do not exist."""
    return NOTHING if value is None or value != value else f"{value.day} {value:%b %Y}"


def times(ratio: float | None) -> str:
    """Write how many times as much ("2.3×", "14×")."""
    if not _exists(ratio):
        return NOTHING
    return f"{number(round(ratio, 1 if abs(ratio) < 10 else 0))}×"


def of_unit(value: float | None, unit: str, currency: str | None = None) -> str:
    """Write a value in the unit of its feature; `unit` is the string value of features.table.Unit."""
    if unit == "money":
        return money(value, currency)
    return _BY_UNIT.get(str(unit), number)(value)


def bare(value: float | None, unit: str, currency: str | None = None) -> str:
    """Write the same below a head that says of days that they are; `unit` as for `of_unit`."""
    text = of_unit(value, unit, currency)
    return text.removesuffix(" days").removesuffix(" day") if unit == "days" else text


def in_days(label: str, unit: str) -> str:
    """Say in the head of a column or row that it counts days ("Active span, days"); `unit` as `of_unit`."""
    return f"{label}, days" if unit == "days" and not label.startswith("Days") else label


def exactly(value: float, unit: str, currency: str | None = None) -> str:
    """Write a finite value with all its digits and its unit; `unit` as for `of_unit`."""
    amount = Decimal(repr(float(value))) * (100 if unit == "share" else 1)
    text = _trimmed(f"{abs(amount):f}" if unit == "year" else f"{abs(amount):,f}")
    ending = {"share": "%", "days": " day" if text == "1" else " days"}.get(unit, "")
    return _signed(value, _symbol(currency) if unit == "money" else "", f"{text}{ending}")


def in_currency(label: str, unit: str, currency: str | None = None) -> str:
    """Name the currency in the header of a column of amounts ("Net spend (EUR)"); `unit` as for `of_unit`."""
    return f"{label} ({currency.upper()})" if unit == "money" and currency else label


_BY_UNIT: dict[str, Callable[[float | None], str]] = {
    "days": days,
    "share": percent,
    "hour": hour,
    "year": year,
    "rating": rating,
    "count": number,
    "number": number,
}


def distinct(headers: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """Give headers that are already there a number."""
    seen = set(taken)
    result = []
    for header in headers:
        unique, number = header, 2
        while unique in seen:
            unique, number = f"{header} ({number})", number + 1
        seen.add(unique)
        result.append(unique)
    return result


def quoted(*names: str) -> str:
    """Write names that may hold commas themselves, as those of products do: “Pencils, red”, “Mug”."""
    return ", ".join(f"“{' '.join(name.split())}”" for name in names)


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """Cut a text that somebody's file brought, such as a header of a page's length, and mark the cut."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def capitalised(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def _of(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def _symbol(currency: str | None) -> str:
    """Return the sign of a currency, or its code; nothing where it is not known."""
    code = (currency or "").upper()
    return SYMBOLS.get(code, f"{code} " if len(code) == 3 and code.isalpha() else "")


def _is_whole(currency: str | None) -> bool:
    return (currency or "").upper() in WHOLE


def _exists(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(value: float, symbol: str, text: str) -> str:
    is_zero = not any(digit in text for digit in "123456789")
    return f"{MINUS if value < 0 and not is_zero else ''}{symbol}{text}"
