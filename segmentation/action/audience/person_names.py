"""A person's name in parts: one column of whole names as first and last names, where that is safe."""

from __future__ import annotations

import re

_TITLES = re.compile(
    r"(mr|mrs|ms|miss|mx|dr|prof|sir|dame|rev|herr|frau|hr|fr|m|mme|mlle|sr|sra|srta|dott|ing|dipl)\.?",
    re.IGNORECASE,
)
_SUFFIXES = re.compile(r"(jr|sr|ii|iii|iv|phd|md|esq|mba|msc|bsc)\.?", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(gmbh|ag|kg|ohg|ug|ltd|limited|llc|llp|inc|corp|plc|s\.?a\.?r\.?l|s\.?a\.?s|s\.?r\.?l|s\.?p\.?a|b\.?v|oy"
    r"|company|co\.)(?!\w)|[&@]|\d",
    re.IGNORECASE,
)


def split_name(full: str) -> tuple[str, str]:
    """Return first and last name; both are empty where the text is no name of two parts or more.

    "Becker, Anna" is turned round, titles and suffixes are dropped, and all that follows the first name is
    the last name (van Beethoven, García López). A company, a single word and a name that is written without
    blanks have no parts.
    """
    if _COMPANY.search(full):
        return "", ""
    last, comma, first = (part.strip() for part in full.partition(","))
    words = [*first.split(), *last.split()] if comma and not _SUFFIXES.fullmatch(first) else last.split()
    while len(words) > 1 and _TITLES.fullmatch(words[0]):
        words = words[1:]
    while len(words) > 1 and _SUFFIXES.fullmatch(words[-1]):
        words = words[:-1]
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", "")
