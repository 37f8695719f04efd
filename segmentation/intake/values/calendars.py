"""Days by other reckonings than day, month and common year, rewritten in SQL as the common one says them.

Persian months have 31 days and then 30 (Reingold and Dershowitz, *Calendrical Calculations*, 33-year cycle);
Islamic ones are reckoned by the table, by which a day may be off where the moon is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

BUDDHIST = "buddhist"
BUDDHIST_SHORT = "buddhist_short"
PERSIAN = "persian"
ISLAMIC = "islamic"
ERAS = "eras"
MINGUO = "minguo"
WEEKS = "weeks"
ROMAN = "roman"
NEARLY_ALL = 0.95
MOST_YEARS = 12
"""A shop's orders span fewer years than this; what its customers were born in, more."""

_PART = " ?[-/. ] ?"
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_AHEAD, _BEHIND = r"^([0-9]{1,2})" + _PART + r"([0-9]{1,2})" + _PART, _PART + r"([0-9]{1,2})" + _PART
_PERSIAN_YEAR, _ISLAMIC_YEAR = "1(?:3[789]|4[01])[0-9]", "14[2-5][0-9]"
_SHORT_YEAR = rf"^([0-9]{{1,2}}(?:{_PART}[0-9]{{1,2}}{_PART}|[^0-9]{{3,}}))([0-9]{{2}})"
_WEEK = "^([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?"
_ROMAN_MONTH = r"^([0-9]{1,2})[-/. ]{0,2}([IVXivx]{1,4})[-/. ]{0,2}([0-9]{4})"
_NUMERALS = "I II III IV V VI VII VIII IX X XI XII".split()  # noqa: SIM905
_ERA_STARTS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "民國": 1911,
    "民国": 1911,
}
_LETTERS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_ERA_YEAR = rf"^({'|'.join(_ERA_STARTS)}|[MTSHR])[ .]?([0-9]{{1,3}}|元)"
_THREE_DIGITS = rf"^((?:9|1[0-4])[0-9])({_PART}[0-9]{{1,2}}{_PART}[0-9]{{1,2}}| ?年)"
_SIGNS = {
    PERSIAN: rf"^{_PERSIAN_YEAR}{_BEHIND}[0-9]{{1,2}}(?:[^0-9]|$)|{_AHEAD}{_PERSIAN_YEAR}(?:[^0-9]|$)",
    ISLAMIC: rf"^{_ISLAMIC_YEAR}{_BEHIND}[0-9]{{1,2}}(?:[^0-9]|$)|{_AHEAD}{_ISLAMIC_YEAR}(?:[^0-9]|$)",
    BUDDHIST: "(?:^|[^0-9])2[45][0-9]{2}|2[45][0-9]{2}(?:[^0-9]|$)",
    ERAS: _ERA_YEAR + rf"(?:年|{_PART}[0-9]{{1,2}}{_PART})",
    MINGUO: _THREE_DIGITS,
    WEEKS: _WEEK,
    ROMAN: _ROMAN_MONTH,
}
"""How nearly all values of a column look that is written so."""
_SEEN = {name: re.compile(sign) for name, sign in _SIGNS.items()}
_SHORT = re.compile(_SHORT_YEAR + "(?![0-9:])")
_NAMED = re.compile(" ?(" + "|".join(_PERSIAN_MONTHS) + ") ?")
_NUMBER = {name: at for at, name in enumerate(_PERSIAN_MONTHS, 1)}
CALENDARS = (BUDDHIST_SHORT, *_SIGNS)


def calendar_of(sample: Sequence[str]) -> str:
    """Return the reckoning by which nearly all of some dates are written; empty for the common one."""
    enough = NEARLY_ALL * len(sample)
    persian = _in_numbers(sample)
    short = [int(found[2]) for value in sample if (found := _SHORT.match(value))]
    if short and len(short) >= enough and _are_ahead(min(short), max(short)):
        return BUDDHIST_SHORT
    counts = {
        name: sum(bool(sign.search(value)) for value in (persian if name == PERSIAN else sample))
        for name, sign in _SEEN.items()
    }
    return next((name for name, count in counts.items() if 0 < count >= enough), "")


def _in_numbers(sample: Sequence[str]) -> list[str]:
    """Write Persian months as numbers."""
    return [_NAMED.sub(lambda found: f"/{_NUMBER[found[1]]}/", value.replace("ي", "ی")) for value in sample]


def _in_numbers_sql(cell: str) -> str:
    cell = f"replace({cell}, 'ي', 'ی')"
    for at, name in enumerate(_PERSIAN_MONTHS, 1):
        cell = f"replace({cell}, '{name}', '/{at}/')"
    return cell


def _are_ahead(first: int, last: int) -> bool:
    """Whether years of two digits lie ahead of us, and from 2000 to next year where 2500 is added to them."""
    next_year = datetime.now(UTC).year % 100 + 1
    return max(next_year + 1, 43) <= first <= last <= next_year + 43 and last - first <= MOST_YEARS


def rewrite(cursor: duckdb.DuckDBPyConnection, values: Sequence[str], calendar: str) -> list[str]:
    """Write some dates as the common calendar says them; those that cannot be stay as they are."""
    rows = cursor.execute(
        f"SELECT coalesce({in_common_calendar('v', calendar)}, v) FROM (SELECT unnest(?) AS v)",
        [list(values)],
    ).fetchall()
    return [text for (text,) in rows]


def in_common_calendar(cell: str, calendar: str) -> str:
    """Return SQL that rewrites a date of a reckoning; NULL or the same text where it is none of it."""
    if calendar in (PERSIAN, ISLAMIC):
        return _counted(_in_numbers_sql(cell) if calendar == PERSIAN else cell, calendar)
    if calendar == BUDDHIST:
        year = f"regexp_extract({cell}, '2[45][0-9][0-9]')"
        return f"replace({cell}, {year}, (try_cast({year} AS INT) - 543)::VARCHAR)"
    if calendar == BUDDHIST_SHORT:
        year = f"(try_cast(regexp_extract({cell}, '{_SHORT_YEAR}', 2) AS INT) + 1957)"
        return f"regexp_extract({cell}, '{_SHORT_YEAR}', 1) || {year} || {_after(cell, _SHORT_YEAR)}"
    if calendar == MINGUO:
        year = f"(try_cast(regexp_extract({cell}, '{_THREE_DIGITS}', 1) AS INT) + 1911)"
        return f"{year} || substr({cell}, strlen(regexp_extract({cell}, '{_THREE_DIGITS}', 1)) + 1)"
    return {ERAS: _of_era, WEEKS: _of_week, ROMAN: _of_roman}[calendar](cell)


def _after(cell: str, pattern: str) -> str:
    return f"regexp_replace({cell}, '{pattern}', '')"


def _counted(cell: str, calendar: str) -> str:
    """Count the days of a Persian or Islamic date since 1970."""
    year = _PERSIAN_YEAR if calendar == PERSIAN else _ISLAMIC_YEAR
    first, last = rf"^({year}){_BEHIND}([0-9]{{1,2}})", rf"{_AHEAD}({year})"
    y, m, d = (
        f"try_cast(if(regexp_matches({cell}, '{first}'), regexp_extract({cell}, '{first}', {ahead}),"
        f" regexp_extract({cell}, '{last}', {behind})) AS INT)"
        for ahead, behind in ((1, 3), (2, 2), (3, 1))
    )
    days = (
        f"365 * ({y} + 1595) + (({y} + 1595) // 33) * 8 + (({y} + 1595) % 33 + 3) // 4 + {d}"
        f" + if({m} < 7, ({m} - 1) * 31, ({m} - 7) * 30 + 186) - 1075196"
        if calendar == PERSIAN
        else f"354 * {y} + (3 + 11 * {y}) // 30 + ceil(29.5 * ({m} - 1))::INT + {d} - 492503"
    )
    day = f"if({m} BETWEEN 1 AND 12 AND {d} BETWEEN 1 AND 31, (DATE '1970-01-01' + ({days}))::VARCHAR, NULL)"
    return f"{day} || regexp_replace({_after(cell, f'{first}|{last}')}, '^[^0-9]+$', '')"


def _of_era(cell: str) -> str:
    era, count = (f"regexp_extract({cell}, '{_ERA_YEAR}', {at})" for at in (1, 2))
    starts = " ".join(f"WHEN '{name}' THEN {year}" for name, year in (_ERA_STARTS | _LETTERS).items())
    year = f"(CASE {era} {starts} END + if({count} = '元', 1, try_cast({count} AS INT)))"
    return f"{year} || {_after(cell, _ERA_YEAR)}"


def _of_week(cell: str) -> str:
    year, week, day = (f"regexp_extract({cell}, '{_WEEK}', {at})" for at in (1, 2, 3))
    written = f"concat_ws('-', {year}, {week}, if({day} = '', '1', {day}))"
    return f"try_strptime({written}, '%G-%V-%u')::DATE || {_after(cell, _WEEK)}"


def _of_roman(cell: str) -> str:
    day, numeral, year = (f"regexp_extract({cell}, '{_ROMAN_MONTH}', {at})" for at in (1, 2, 3))
    months = " ".join(f"WHEN '{numeral}' THEN '{at}'" for at, numeral in enumerate(_NUMERALS, 1))
    month = f"CASE upper({numeral}) {months} END"
    return f"{year} || '-' || {month} || '-' || {day} || {_after(cell, _ROMAN_MONTH)}"
