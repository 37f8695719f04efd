"""Headers of two rows: groups above names, or names above units."""

from __future__ import annotations

import re
from collections.abc import Sequence

LOOKED_AT = 50
MOSTLY = 0.8
LONGEST_NUMBER = 60
_NUMBER = re.compile(r"[-+]?[\d.,]*\d[\d.,]*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_NOTHING = frozenset(["", "-", "--", "na", "n/a", "nan", "null", "none", "nil", "?"])


def is_number(text: str) -> bool:
    """Tell numbers and dates; the pattern takes time by the square of the length, so a long text is none."""
    return len(text) <= LONGEST_NUMBER and bool(_NUMBER.fullmatch(text))


def is_second_row(first: Sequence[str], second: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the row below a header belongs to it: words wherever the rows below hold numbers and dates."""
    if len(first) != len(second):
        return False
    rows = [row for row in body[:LOOKED_AT] if len(row) == len(first)]
    numeric = [i for i in range(len(first)) if _are_numbers([row[i].strip() for row in rows])]
    words = [second[i].strip() for i in numeric]
    blank_above = any(not cell.strip() for cell in first)
    if len(numeric) < (1 if blank_above else 2) or not any(words):
        return False
    missing = any(word.lower() in _NOTHING - {""} or is_number(word) for word in words)
    unnamed = any(not word and not first[i].strip() for i, word in zip(numeric, words, strict=True))
    return not missing and not unnamed and sum(map(bool, words)) > MOSTLY * len(words)


def are_groups_above(groups: Sequence[str], header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the row above names of which some repeat parts them: groups, from the first column on."""
    names = [name.strip().lower() for name in header]
    named = [place for place, group in enumerate(groups) if group.strip()]
    if len(set(names)) == len(names) or len(named) < 2 or named[0] != 0:
        return False
    return len(set(join_rows(groups, header))) == len(names) and is_second_row(groups, header, body)


def join_rows(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Name the columns by both rows; a group stands above the first of its columns only."""
    names, group = [], ""
    for above, below in zip(first, second, strict=True):
        group = above.strip() or group
        own = above.strip() if not below.strip() else group
        names.append(" ".join(dict.fromkeys(filter(None, (own, below.strip())))))
    return names


def _are_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(is_number(cell) for cell in filled) >= MOSTLY * len(filled)
