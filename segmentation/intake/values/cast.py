"""SQL that turns tidy cells into numbers, money, times and ids (or NULL)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from unicodedata import decimal

from segmentation.intake.values.calendars import CALENDARS, in_common_calendar
from segmentation.intake.values.date_words import in_numbers_sql

MISSING = ("", "null", "na", "n/a", "#n/a", "nan", "nat", "none", "nil", "-", "--", "\\n", "(null)", "<na>")
PATTERN_SEPARATOR = " | "
UNIX_SECONDS = "unix_seconds"
UNIX_MILLISECONDS = "unix_milliseconds"
UNIX_MICROSECONDS = "unix_microseconds"
EXCEL_SERIAL = "excel_serial"
NAMED_MONTH = "month_name"
DECIMAL_POINT = "decimal_point"
DECIMAL_COMMA = "decimal_comma"
DECIMAL_EITHER = "decimal_either"
OTHER_DIGITS = "digits:"
MINUS = "minus:"
HUNDREDTHS = "hundredths"
YEAR_FROM = "from:"
PERCENT = "percent"
PERCENT_COMMA = "percent_decimal_comma"

BLANKS = " \t\n\r\xa0\u3000\ufeff"
_MINUS = r"\x{2212}\x{2010}-\x{2013}\x{fe63}\x{ff0d}\-"
LETTER, MARK, ASCII_LETTER = r"\p{L}", r"\p{M}", "A-Za-z"
"""Within the brackets of a class; the last are all of them in ASCII, and the database is ready at once."""
# What stands around a number, from `Rs. 1,00,000` and `12.50 руб.` to `12,-` and `7.50 (incl. tax)`; an E
# stays where it may be a power of ten, a dot where it may be a decimal point.
_AROUND_DIGITS = "|".join(
    (
        rf"^[^0-9()+{_MINUS}]*[{LETTER}{MARK}/]\.?",
        rf"[{LETTER}{MARK}/]+\.",
        r"\([^0-9]*\)",
        rf"[.,:][{_MINUS}]+[^0-9]*$",
        rf"[^0-9.,()+{_MINUS}][^0-9()+{_MINUS}]*$",
        rf"[^0-9.,()eE+{_MINUS}]",
        rf"[eE][^0-9+{_MINUS}]|[eE]$",
    )
)
# One run of digits, with marks but no signs and brackets around it: most numbers are written so.
_SIMPLE = (
    rf"(?:[^0-9()+{_MINUS}]*[^0-9.,()+{_MINUS}])?[0-9](?:[0-9.,]*[0-9])?"
    rf"(?:[^0-9.,()+{_MINUS}][^0-9()+{_MINUS}]*)?"
)
# Accountants write negative amounts in brackets, and some tills with the minus behind.
_NEGATIVE = (
    rf"^(?:[({_MINUS}][(+{_MINUS}]*([0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?)\.?[){_MINUS}]*|([0-9.]+)[{_MINUS}])$"
)
_COMMA_WITHIN = r"\..*,|\.[0-9]{3}\.|^[^.]*,([0-9]{1,2}|[0-9]{4,})$"
_OTHER_SIGNS = {"٫": ".", "，": ",", "．": ".", "٬": "'", "／": "/", "：": ":", "－": "-"}
_UNIX = {UNIX_SECONDS: 1_000_000, UNIX_MILLISECONDS: 1_000, UNIX_MICROSECONDS: 1}


def literal(text: str) -> str:
    """Write a text as an SQL literal, for the places where a value cannot be bound."""
    return "'" + text.replace("'", "''") + "'"


def identifier(cell: str) -> str:
    """Read an id as text; a whole number that went through a float loses its `.0`."""
    whole = f"regexp_replace({cell}, '^(\\d+)\\.0+$', '\\1')"
    return f"CASE WHEN suffix({cell}, '0') AND contains({cell}, '.0') THEN {whole} ELSE {cell} END"


@cache
def _digits() -> tuple[str, str]:
    """Return the digits of all scripts but the usual one, and the usual ones for them."""
    other = "".join(sign for sign in map(chr, range(0x80, 0x10000)) if sign.isdecimal())
    return other, "".join(str(decimal(sign)) for sign in other)


def usual_digits(cell: str) -> str:
    """Return SQL that writes the digits of any script as the usual ones."""
    other, usual = map(literal, _digits())
    return f"if(strlen({cell}) = length({cell}), {cell}, translate({cell}, {other}, {usual}))"


def unwrapped(cell: str, value_format: str) -> tuple[str, str]:
    """Take prefixes off a format, and return SQL that does to a cell what they ask for.

    `digits:0660 ` says that the digits are those from U+0660 on, `buddhist ` that years count from 543 BC;
    see `calendars` for the others. `minus:CR ` says that numbers with these letters behind are below zero.
    """
    if value_format.startswith(OTHER_DIGITS):
        first, _, rest = value_format.removeprefix(OTHER_DIGITS).partition(" ")
        digits = "".join(chr(int(first, 16) + i) for i in range(10))
        signs, plain = map("".join, (_OTHER_SIGNS, _OTHER_SIGNS.values()))
        return unwrapped(
            f"translate({cell}, {literal(digits + signs)}, {literal('0123456789' + plain)})", rest
        )
    if value_format.startswith(MINUS):
        letters, _, rest = value_format.removeprefix(MINUS).partition(" ")
        marked = f"regexp_full_match({cell}, '.*[0-9].*{letters}[^0-9]*', 'i')"
        return unwrapped(f"if({marked}, '-' || {cell}, {cell})", rest)
    calendar, _, rest = value_format.partition(" ")
    return (in_common_calendar(cell, calendar), rest) if calendar in CALENDARS else (cell, value_format)


def bare_number(text: str) -> str:
    """Strip what surrounds the digits: blanks, marks of a currency or unit, percent, notes."""
    return f"regexp_replace({text}, '{_AROUND_DIGITS}', '', 'g')"


def for_ascii(sql: str) -> str:
    """Return SQL that does the same to texts of ASCII: other letters take milliseconds to prepare."""
    return sql.replace(MARK, "").replace(LETTER, ASCII_LETTER)


def count_filled(cells: Sequence[str]) -> str:
    """Count which of some cells have a value, in halves: a chain of hundreds takes the database a second."""
    if len(cells) == 1:
        return f"({cells[0]} IS NOT NULL)::INT"
    half = len(cells) // 2
    return f"({count_filled(cells[:half])} + {count_filled(cells[half:])})"


def number_text(cell: str, value_format: str) -> str:
    """Rewrite a written number so that a plain cast reads it."""
    cell, value_format = unwrapped(cell, value_format)
    if not value_format:
        return cell
    signed = f"regexp_replace({_separated(bare_number(cell), value_format)}, '{_NEGATIVE}', '-\\1\\2')"
    simple = _separated(f"regexp_extract({cell}, '[0-9][0-9.,]*')", value_format)
    plain = _separated(cell, value_format)
    return (
        f"CASE WHEN regexp_full_match({cell}, '-?[0-9.,]+') THEN {plain}"
        f" WHEN regexp_full_match({cell}, '{_SIMPLE}') THEN {simple} ELSE {signed} END"
    )


def _separated(digits: str, value_format: str) -> str:
    """Leave a point before decimals as the only separator."""
    with_point, with_comma = f"replace({digits}, ',', '')", f"replace(replace({digits}, '.', ''), ',', '.')"
    if value_format == DECIMAL_EITHER:
        return f"if(regexp_matches({digits}, '{_COMMA_WITHIN}'), {with_comma}, {with_point})"
    return with_comma if value_format in (DECIMAL_COMMA, PERCENT_COMMA) else with_point


def number(cell: str, value_format: str) -> str:
    """Read a column as DOUBLE; infinities and NaN are missing; percents stay as written (45 for 45 %)."""
    if value_format == HUNDREDTHS:
        return f"({number(cell, '')} / 100)"
    value = f"try_cast({number_text(cell, value_format)} AS DOUBLE)"
    return f"CASE WHEN isfinite({value}) THEN {value} END"


def money(cell: str, value_format: str) -> str:
    """Read a column as DECIMAL(18,4), exactly."""
    if value_format == HUNDREDTHS:
        return f"({money(cell, '')} * 0.01::DECIMAL(3,2))::DECIMAL(18,4)"
    text = number_text(cell, value_format)
    return (
        f"coalesce(try_cast({text} AS DECIMAL(18,4)), try_cast(try_cast({text} AS DOUBLE) AS DECIMAL(18,4)))"
    )


def _spreadsheet_time(cell: str) -> str:
    """Read days since 1899-12-30, as spreadsheets count them, with or without a fraction of a day."""
    days = f"try_cast(replace({cell}, ',', '.') AS DOUBLE)"
    moment = f"TIMESTAMP '1899-12-30' + to_seconds(round({days} * 86400))"
    return f"CASE WHEN {days} BETWEEN 1 AND 100000 THEN {moment} END"


def _within_year(cell: str, value_format: str) -> str:
    """Read a day without a year (`0301`, `3.1.`) as that of the year from a day on: `from:20240701 %d/%m`."""
    first, _, pattern = value_format.removeprefix(YEAR_FROM).partition(" ")
    compact = f"regexp_replace(lpad({cell}, 4, '0'), '^(..)', '\\1/')"
    parted = f"rtrim(regexp_replace({cell}, '[^0-9]+', '/', 'g'), '/')"
    day = f"if(regexp_full_match({cell}, '[0-9]{{3,4}}'), {compact}, {parted})"
    begun = f"strptime({literal(first)}, '%Y%m%d')"
    years = int(first[:4]), int(first[:4]) + 1
    this, next_ = (_moment(f"{day} || '/{year}'", f"{pattern}/%Y") for year in years)
    return (
        f"CASE WHEN {this} >= {begun} THEN {this} WHEN {next_} < {begun} + INTERVAL 1 YEAR THEN {next_} END"
    )


def timestamp(cell: str, value_format: str) -> str:
    """Read a column as TIMESTAMP, as it is written, by patterns tried in order, Unix time or day number.

    An offset beside the time is left out: hours and weekdays are those of the shop. Unix time is in UTC.
    """
    cell, value_format = unwrapped(cell, value_format)
    if value_format.startswith(YEAR_FROM):
        return _within_year(cell, value_format)
    if value_format == EXCEL_SERIAL:
        return _spreadsheet_time(cell)
    if value_format in _UNIX:
        count = f"try_cast(try_cast({cell} AS DOUBLE) * {_UNIX[value_format]} AS BIGINT)"
        return f"CASE WHEN {count} BETWEEN 0 AND 4102444800000000 THEN make_timestamp({count}) END"
    parts = [_moment(cell, pattern) for pattern in value_format.split(PATTERN_SEPARATOR) if pattern]
    return f"coalesce({', '.join(parts)})" if len(parts) > 1 else (parts[0] if parts else "NULL::TIMESTAMP")


def _moment(cell: str, pattern: str) -> str:
    """Read a cell by one pattern."""
    if pattern.startswith(NAMED_MONTH):
        words, _, pattern = pattern.partition(" ")
        cell = in_numbers_sql(cell, words.removeprefix(NAMED_MONTH).removeprefix(":"))
    if pattern.endswith("%z"):
        pattern = pattern.removesuffix("%z").rstrip()
        cell = f"regexp_replace({cell}, ' ?[+-][0-9]{{2}}(:?[0-9]{{2}})?$', '')"
    return f"try_cast(try_strptime({cell}, {literal(pattern)}) AS TIMESTAMP)"
