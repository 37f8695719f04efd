"""The shape of a written date: where its parts stand, and in which orders day, month and year may follow."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

_DAY = (
    r"(?P<weekday>[A-Z][a-z]{2}(?P<w>,? ))?"
    r"(?P<a>\d{4}|\d{1,2}|[A-Za-z]{3,9})(?P<s>[-/.]|[. ]{1,2}| ?[-/] ?|[年년] ?)"
    r"(?P<b>\d{1,2}|[A-Za-z]{3,9})(?P<t>[-/.]|[., ]{1,2}| ?[-/] ?|[月월] ?)(?P<c>\d{4}|\d{1,2})(?P<e>[.日일]?)"
)
_COMPACT = r"(?P<century>19|20|2[45])\d{6}|(?P<last>\d{4})(?:19|20)\d{2}"
_TIME = (
    r"(?P<h>\d{1,2})(?:(?P<hs>[:.h])(?P<m>\d{2})(?:(?P<ms>[:.])(?P<sec>\d{2})(?:(?P<fs>[.,])(?P<f>\d{1,9}))?)?)?"
    r"(?P<half> ?[AaPp][Mm])?|(?P<packed>\d{6}|\d{4})"
)
_GAP = r"(?P<gap>T| {1,2}|, ?| - |)"
_ZONE = r"(?P<zone>Z| ?UTC| ?GMT| ?[+-]\d{2}(?::?\d{2})?)?"
_SHAPES = (
    re.compile(f"(?:{_DAY}|(?P<compact>{_COMPACT}))(?:{_GAP}(?:{_TIME}){_ZONE})?"),
    re.compile(f"(?P<first>{_TIME})(?P<gap> |, ){_DAY}"),
)
_ENGLISH = {name.lower(): code for code, names in (("%B", calendar.month_name), ("%b", calendar.month_abbr))
            for name in names if name}  # fmt: skip
_LETTERS = {"d": "%d", "m": "%m", "y": "%y", "Y": "%Y"}


@dataclass(frozen=True)
class Shape:
    """The patterns that a written date may follow, each under the order of its parts, the likelier first."""

    patterns: tuple[tuple[str, str], ...]

    def pattern(self, order: str) -> str:
        """Return the pattern of an order, the likeliest where there is none of it."""
        return dict(self.patterns).get(order, self.patterns[0][1])

    @property
    def orders(self) -> tuple[str, ...]:
        """The orders that day, month and year may have; one where the writing leaves no choice."""
        return tuple(order for order, _ in self.patterns)


def shape_of(value: str) -> Shape | None:
    """Return the shape of a date in numbers and English; None where it is no date."""
    if len(value) > 40:
        return None
    return _shape_of(value[:2] + re.sub(r"[0-9]", "0", value[2:4]) + re.sub(r"[0-9]", "0", value[4:]))


@lru_cache(maxsize=8192)
def _shape_of(value: str) -> Shape | None:
    for shape in _SHAPES:
        if (found := shape.fullmatch(value)) and (patterns := _patterns(found)):
            return Shape(patterns)
    return None


def _patterns(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    part = found.groupdict()
    time = _time(part)
    if time is None:
        return ()
    if part.get("compact"):
        orders = {"Ymd": "ymd"} if part["century"] else {"dmY": "dmy", "mdY": "mdy"}
        gap = part["gap"] or ""
        return tuple((order, _spelled(letters, ("", "")) + gap + time) for letters, order in orders.items())
    separators = (part["s"], part["t"])
    ahead = f"%a{part['w']}" if part["weekday"] else ""
    days = [(order, ahead + _day(part, letters, separators) + part["e"]) for letters, order in _orders(part)]
    if "first" in part:
        return tuple((order, time + (part["gap"] or "") + day) for order, day in days)
    return tuple((order, day + (part["gap"] or "") + time) for order, day in days)


def _orders(part: dict[str, str]) -> list[tuple[str, str]]:
    """List the letters of year, month and day in the orders that are possible, the usual ones first."""
    a, b, c = part["a"], part["b"], part["c"]
    named = [_ENGLISH.get(text.lower()) for text in (a, b)]
    if any(text.isalpha() and not code for text, code in zip((a, b), named, strict=True)) or all(named):
        return []
    year = "Y" if len(c) == 4 else "y"
    if len(a) == 4 and a.isdigit():
        return [] if len(c) == 4 else [("Ymd", "ymd")] if named[1] else [("Ymd", "ymd"), ("Ydm", "ydm")]
    if len(c) == 1 or len(c) == 3:
        return []
    if named[0]:
        return [(f"md{year}", "mdy")]
    if named[1]:
        return [(f"dm{year}", "dmy")]
    day_first, month_first = (f"dm{year}", "dmy"), (f"md{year}", "mdy")
    usual = [month_first, day_first] if part["s"] in "/ " else [day_first, month_first]
    return usual if year == "Y" else [*usual, ("ymd", "ymd")]


def _day(part: dict[str, str], letters: str, separators: tuple[str, str]) -> str:
    month = next((_ENGLISH[text.lower()] for text in (part["a"], part["b"]) if text.isalpha()), "%m")
    return _spelled(letters, separators).replace("%m", month)


def _spelled(letters: str, separators: tuple[str, str]) -> str:
    first, second, third = (_LETTERS[letter] for letter in letters)
    return first + separators[0] + second + separators[1] + third


def _time(part: dict[str, str | None]) -> str | None:
    """Return the pattern of the time of day, empty where there is none; None where it cannot be one."""
    if packed := part.get("packed"):
        return ("%H%M%S" if len(packed) == 6 else "%H%M") + _zone(part)
    if not part.get("h"):
        return ""
    if part["gap"] == "" or (
        part["hs"] is None and (part["half"] or (part["gap"] != "T" and part["gap"] != " "))
    ):
        return None
    hour = "%I" if part["half"] else "%H"
    minutes = f"{part['hs']}%M" if part["hs"] else ""
    seconds = f"{part['ms']}%S" if part["ms"] else ""
    fraction = f"{part['fs']}{'%f' if len(part['f'] or '') <= 6 else '%n'}" if part["fs"] else ""
    half = (part["half"] or "")[:-2] + "%p" if part["half"] else ""
    return hour + minutes + seconds + fraction + half + _zone(part)


def _zone(part: dict[str, str | None]) -> str:
    zone = part.get("zone") or ""
    return re.sub(r"[+-].*", "%z", zone)
