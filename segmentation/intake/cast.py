"""SQL that turns raw text into numbers, money, times and ids; what cannot be read becomes NULL."""

from __future__ import annotations

MISSING = ("", "null", "na", "n/a", "#n/a", "nan", "nat", "none", "nil", "-", "--", "\\n", "(null)", "<na>")
PATTERN_SEPARATOR = " | "
UNIX_SECONDS = "unix_seconds"
UNIX_MILLISECONDS = "unix_milliseconds"
DECIMAL_POINT = "decimal_point"
DECIMAL_COMMA = "decimal_comma"
PERCENT = "percent"
PERCENT_COMMA = "percent_decimal_comma"

_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288) || chr(65279)"
_AROUND_DIGITS = (
    r"[\s\x{a0}\x{202f}''’]|R\$|[$€£¥₹₽元%]|(?i:USD|EUR|GBP|INR|BRL|CNY|RMB|CHF|Rs\.?)"  # '' is one ' in SQL
)
_MISSING_LIST = ", ".join(f"'{word}'" for word in MISSING)


def literal(text: str) -> str:
    """Write a text as an SQL literal, for the places where a value cannot be bound."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(expression: str) -> str:
    """Trim blanks of all kinds at both ends, and byte order marks."""
    return f"trim({expression}, {_BLANKS})"


def filled(expression: str) -> str:
    """Trim, and turn markers of a missing value (null, NA, nan, -) into NULL."""
    text = trimmed(expression)
    return f"CASE WHEN lower({text}) IN ({_MISSING_LIST}) THEN NULL ELSE {text} END"


def identifier(expression: str) -> str:
    """Read an id as text; a whole number that went through a float loses its `.0`."""
    text = filled(expression)
    whole = f"regexp_replace({text}, '^(\\d+)\\.0+$', '\\1')"
    return f"CASE WHEN {expression} LIKE '%.0%' THEN {whole} ELSE {text} END"


def bare_number(text: str) -> str:
    """Strip what surrounds the digits: blanks, currency signs and codes, percent."""
    return f"regexp_replace({text}, '{_AROUND_DIGITS}', '', 'g')"


def number_text(expression: str, value_format: str) -> str:
    """Rewrite a written number so that a plain cast reads it."""
    text = filled(expression)
    if not value_format:
        return text
    bare = bare_number(text)
    if value_format in (DECIMAL_COMMA, PERCENT_COMMA):
        digits = f"replace(replace({bare}, '.', ''), ',', '.')"
    else:
        digits = f"replace({bare}, ',', '')"
    # Accountants write negative amounts in brackets.
    return f"regexp_replace({digits}, '^\\((.*)\\)$', '-\\1')"


def number(expression: str, value_format: str) -> str:
    """Read a column as DOUBLE; infinities and NaN are missing; percents stay as written (45 for 45 %)."""
    value = f"try_cast({number_text(expression, value_format)} AS DOUBLE)"
    return f"CASE WHEN isfinite({value}) THEN {value} END"


def money(expression: str, value_format: str) -> str:
    """Read a column as DECIMAL(18,4), exactly."""
    text = number_text(expression, value_format)
    return (
        f"coalesce(try_cast({text} AS DECIMAL(18,4)), try_cast(try_cast({text} AS DOUBLE) AS DECIMAL(18,4)))"
    )


def timestamp(expression: str, value_format: str) -> str:
    """Read a column as TIMESTAMP in UTC, by strptime patterns (tried in order) or as Unix time."""
    text = filled(expression)
    if value_format in (UNIX_SECONDS, UNIX_MILLISECONDS):
        unit = 1000 if value_format == UNIX_SECONDS else 1
        count = f"try_cast(try_cast({text} AS DOUBLE) * {unit} AS BIGINT)"
        return f"CASE WHEN {count} BETWEEN 0 AND 4102444800000 THEN make_timestamp({count} * 1000) END"
    parts = [
        f"try_cast(try_strptime({text}, {literal(pattern)}) AS TIMESTAMP)"
        for pattern in value_format.split(PATTERN_SEPARATOR)
        if pattern
    ]
    return f"coalesce({', '.join(parts)})" if len(parts) > 1 else (parts[0] if parts else "NULL::TIMESTAMP")
