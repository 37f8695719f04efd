"""Dates that name the month in one of the main languages of Europe, rewritten so that numbers are left."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale

LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "cs", "sv", "da", "nb")
SHORTEST = 3
_ALSO = {"mrz": 3}
_WRITTEN = (
    r"(?:[a-z]{2,}[.,]+ *|[a-z-]{5,} )?(?:(?:den|le|el|il) )?"
    r"(?P<day>\d{1,2})(?:\.|er|st|nd|rd|th|º|°)?[ ./-]+(?:(?:de|of|di) )?"
    r"(?P<month>[a-z]{3,})[.,]?[ ./-]*(?:(?:de|del) )?(?P<year>\d{4}|\d{2})"
    r"(?:(?:,| -| um| a| à| as| a las| alle| om| kl\.?)? (?P<time>\d{1,2}:\d{2}.*))?"
)
_GROUPS = ("day", "month", "year", "time")
_IN_PYTHON = re.compile(_WRITTEN)
_IN_SQL = re.sub(r"\?P<\w+>", "", _WRITTEN).replace("º|°", r"\x{ba}|\x{b0}")


@cache
def months() -> dict[str, int]:
    """Return the number of the month that each name, or its beginning, stands for, where it is but one.

    Names are those of the Common Locale Data Repository, in lower case and without accents.
    """
    meanings: dict[str, set[int]] = {}
    for language in LANGUAGES:
        widths = Locale(language).months["format"]
        for width in ("wide", "abbreviated"):
            for number, name in widths[width].items():
                bare = _bare(name).rstrip(".")
                for end in range(SHORTEST, len(bare) + 1):
                    meanings.setdefault(bare[:end], set()).add(number)
    return _ALSO | {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1}


def in_numbers(value: str) -> str | None:
    """Write `5 janv. 2023, 10:05` as `5-1-2023 10:05`; None where it is no such date."""
    found = _IN_PYTHON.fullmatch(_bare(value))
    month = months().get(found["month"]) if found else None
    if found is None or month is None:
        return None
    time = f" {found['time']}" if found["time"] else ""
    return f"{found['day']}-{month}-{found['year']}{time}"


def in_numbers_sql(cell: str) -> str:
    """Return SQL that does the same with a cell; NULL where the month is not known."""
    names = ", ".join(f"'{name}'" for name in months())
    numbers = ", ".join(f"'{number}'" for number in months().values())
    parts = f"regexp_extract(strip_accents(lower({cell})), '^{_IN_SQL}$', {list(_GROUPS)})"
    return (
        f"list_transform([{parts}], lambda p: p.day || '-' || MAP([{names}], [{numbers}])[p.month]"
        f" || '-' || p.year || if(p.time = '', '', ' ' || p.time))[1]"
    )


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
