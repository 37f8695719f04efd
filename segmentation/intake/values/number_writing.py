"""How the numbers of a column are written: their decimals, thousands and marks, by all values together."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from segmentation.intake.values.cast import (
    DECIMAL_COMMA,
    DECIMAL_EITHER,
    DECIMAL_POINT,
    MINUS,
    OTHER_DIGITS,
    PERCENT,
    PERCENT_COMMA,
    bare_number,
)
from segmentation.intake.values.currencies import (
    decimals_of,
    is_currency,
    is_usual_currency,
    is_whole_money,
)

NUMERIC_SHARE = 0.9
SHARED_MARK = 0.95
LONGEST_MARK, LONGEST_CURRENCY, LONGEST_GLUED = 20, 9, 3
FINE = 0.05
BOTH_HABITS = 0.02
ROUND_SHARE = 0.8
MANY = 50
HALF = 0.5
ACCOUNT_SIDES = ("CR", "DR")

_BLANKS = r"\s\x{a0}\x{202f}\x{2009}\x{200a}''’`´_"  # '' is one ' in SQL
_RUN = rf"[^0-9]*[.,]?[0-9](?:[0-9.,{_BLANKS}]*[0-9])?[.,]?(?:[eE][-+]?[0-9]+)?[^0-9]*"
BARE = (
    f"CASE WHEN length(v) <= 40 AND regexp_full_match(v, '{_RUN}')"
    rf" THEN regexp_replace({bare_number('v')}, '[^0-9.,eE]', '', 'g') END"
)
MARK = rf"regexp_replace(v, '[0-9.,()+{_BLANKS}\x{{2212}}\x{{2010}}-\x{{2013}}\-]+', '', 'g')"
PLAIN = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"
_SHAPES = {
    "whole": r"\d+",
    "point": r"\d*\.(\d{0,2}|\d{4,})|0\d*\.\d{3}|\d{4,}\.\d{3}|\d{1,3}(,\d{2,3})+\.\d*"
    r"|\d{1,3}(,\d{2,3})+,\d{3}|\d+(\.\d+)?[eE].*",
    "comma": r"\d*,(\d{0,2}|\d{4,})|0\d*,\d{3}|\d{4,},\d{3}|\d{1,3}(\.\d{3})+,\d*|\d{1,3}(\.\d{3})+\.\d{3}",
    "dot_threes": r"[1-9]\d{0,2}\.\d{3}",
    "comma_threes": r"[1-9]\d{0,2},\d{3}",
}
MEASURES = ",\n".join(
    [
        f"coalesce(sum(n) FILTER (regexp_full_match(v, '{PLAIN}')), 0) AS plain",
        "coalesce(sum(n) FILTER (bare IS NOT NULL), 0) AS numeric_like",
        *(
            f"coalesce(sum(n) FILTER (regexp_full_match(bare, '{shape}')), 0) AS {name}"
            for name, shape in _SHAPES.items()
        ),
        r"coalesce(sum(n) FILTER (regexp_full_match(bare, '[1-9]\d{0,2}')), 0) AS small",
        r"coalesce(sum(n) FILTER (regexp_full_match(bare, '[1-9]\d{0,2}[.,]\d\d0')), 0) AS round_threes",
        r"coalesce(sum(n) FILTER (regexp_full_match(bare, '[1-9]\d{1,2}[.,]\d{3}')), 0) AS far_threes",
        r"coalesce(sum(n) FILTER (regexp_full_match(bare, '[0-9]+[.,][0-9]{4,}')), 0) AS fine",
        r"coalesce(sum(n) FILTER (v LIKE '%\%%' ESCAPE '\'), 0) AS percents",
        "coalesce(sum(n) FILTER (regexp_full_match(v, '[^0-9]+0[0-9]+[^0-9]*')), 0) AS zeros_ahead",
        r"coalesce(sum(n) FILTER (regexp_matches(v, '[\p{L}]-?#?[0-9]')), 0) AS glued",
        "coalesce(sum(n) FILTER (regexp_matches(v, '^[^0-9]*[\\p{L}][^0-9]*-[0-9]')), 0) AS hyphened",
        "coalesce(sum(n) FILTER (regexp_matches(v, '^[(+-]*[0-9]')), 0) AS number_first",
    ]
)
SETTLING = tuple(f"regexp_full_match(bare, '{_SHAPES[shape]}')" for shape in ("point", "comma"))
"""SQL of whether a value says by itself that its decimals stand behind a point, or behind a comma."""


@dataclass(frozen=True)
class NumberReading:
    """How a column's numbers are written.

    `value_format` is one of `cast`; `others` are formats that read the values as well, with other amounts:
    where there are some, the column alone does not say whether its separators part thousands or decimals.
    `settled` is whether the values themselves say so. `marks` are what stands around the numbers, the
    commonest first, as it is written.
    """

    value_format: str
    others: tuple[str, ...] = ()
    settled: bool = True
    marks: tuple[str, ...] = ()


def read_numbers(found: Mapping[str, int], marks: Mapping[str, int]) -> NumberReading | None:
    """Return how a column's numbers are written; None where the values are no numbers.

    :param found: counts of rows by `MEASURES`, and `measured`, the rows that have a value.
    :param marks: how many rows have each mark, of those whose value holds one number.
    """
    count = found["measured"]
    readable = sum(found[shape] for shape in _SHAPES)
    if not count or max(readable, found["plain"]) < NUMERIC_SHARE * count or not _may_be_marks(found, marks):
        return None
    reading = _read_separators(found, marks)
    if found["percents"] > 0.5 * count:
        comma = reading.value_format == DECIMAL_COMMA
        return NumberReading(PERCENT_COMMA if comma else PERCENT, marks=reading.marks)
    if reading.value_format == DECIMAL_POINT and found["plain"] >= readable:
        return NumberReading("", reading.others, reading.settled, reading.marks)
    return _with_minus(reading, count, marks)


def _with_minus(reading: NumberReading, count: int, marks: Mapping[str, int]) -> NumberReading:
    """Take what accountants mark as credit or debit in fewer rows (`12.50 CR`) for money the other way."""
    sides = {
        letters: sum(n for mark, n in marks.items() if mark.upper() == letters) for letters in ACCOUNT_SIDES
    }
    told = {letters: n for letters, n in sides.items() if n}
    rarer = min(told, key=lambda letters: told[letters], default="")
    if not rarer or told[rarer] > HALF * count:
        return reading
    prefix = f"{MINUS}{rarer} "
    others = tuple(prefix + one for one in reading.others)
    return replace(reading, value_format=prefix + reading.value_format, others=others)


def _may_be_marks(found: Mapping[str, int], marks: Mapping[str, int]) -> bool:
    """Tell marks of a currency or unit from the letters that codes begin with (`C001`, `B-17`, `Store 5`).

    So it tells them from those of names (`shopper58.1265`).
    """
    count = found["measured"]
    spoken = {mark: n for mark, n in marks.items() if mark.strip("%‰*~≈")}
    spoken = {mark: n for mark, n in spoken.items() if mark.upper() not in ACCOUNT_SIDES}
    marked = sum(spoken.values())
    if not marked:
        return True
    if found["hyphened"] > 0.5 * count or found["zeros_ahead"] > 0.05 * count:
        return False
    common = max(spoken, key=lambda mark: spoken[mark])
    fractions = count - found["whole"] > 0.5 * count
    behind = found["number_first"] > 0.5 * count
    signed = any(unicodedata.category(sign) == "Sc" for sign in common)
    glued = found["glued"] >= 0.5 * count
    if len(common) > LONGEST_MARK or not (
        behind or signed or fractions or not glued or is_whole_money(common)
    ):
        return False
    ahead = glued and not behind and not signed and not is_currency(common)
    named = ahead and (len(common) > LONGEST_GLUED or found["fine"] > FINE * count)
    if spoken[common] >= SHARED_MARK * marked and (behind or signed or fractions) and not named:
        return True
    short = {mark: n for mark, n in spoken.items() if len(mark) <= LONGEST_CURRENCY}
    if sum(short.values()) < NUMERIC_SHARE * marked:
        return False
    known = is_currency if behind or signed or fractions else is_usual_currency
    return sum(n for mark, n in short.items() if known(mark)) >= NUMERIC_SHARE * marked


def _read_separators(found: Mapping[str, int], marks: Mapping[str, int]) -> NumberReading:
    written = tuple(sorted(marks, key=lambda mark: (-marks[mark], mark)))
    point, comma = found["point"], found["comma"]
    if point and comma and min(point, comma) > BOTH_HABITS * (point + comma):
        return NumberReading(DECIMAL_EITHER, marks=written)
    if point or comma:
        return NumberReading(DECIMAL_POINT if point >= comma else DECIMAL_COMMA, marks=written)
    dots, commas = found["dot_threes"], found["comma_threes"]
    if not dots and not commas:
        return NumberReading(DECIMAL_POINT, settled=False, marks=written)
    thousands, decimals = (DECIMAL_COMMA, DECIMAL_POINT) if dots > commas else (DECIMAL_POINT, DECIMAL_COMMA)
    places = {decimals_of(mark) for mark in written} - {None}
    if places == {0} or (places == {3} and dots > commas):
        return NumberReading(thousands if places == {0} else decimals, marks=written)
    if found["whole"] and found["small"] == found["whole"]:
        return NumberReading(thousands, marks=written)
    priced = bool(places) and found["far_threes"] > 0
    # Decimals that a machine writes lose their last zeros: of many, not all would have three of them.
    never_fewer = dots >= MANY and not found["whole"]
    likely_thousands = commas >= dots or priced or never_fewer or found["round_threes"] >= ROUND_SHARE * dots
    first, second = (thousands, decimals) if likely_thousands else (decimals, thousands)
    return NumberReading(first, (second,), settled=False, marks=written)


def other_digits(sample: Sequence[str]) -> str:
    """Return the prefix of formats whose digits are of another script; empty for the usual ones."""
    if all(map(str.isascii, sample)):
        return ""
    digits = [sign for value in sample for sign in value if sign.isdecimal() and not sign.isascii()]
    short = [value for value in sample if len(value) <= 40]
    holding = sum(any(sign.isdecimal() and not sign.isascii() for sign in value) for value in short)
    if not digits or holding < 0.5 * len(sample):
        return ""
    zeros = [ord(sign) - unicodedata.decimal(sign) for sign in digits]
    return f"{OTHER_DIGITS}{max(set(zeros), key=zeros.count):04x} "
