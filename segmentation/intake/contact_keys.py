"""SQL of what tells people apart in a raw table: number or e-mail address, else telephone, else name."""

from __future__ import annotations

from segmentation.intake.headers.name_parts import NamePart, name_part
from segmentation.intake.roles import Column, Role, Upload
from segmentation.intake.values.cast import identifier, usual_digits

FEWEST_DIGITS = 7
COUNTED = "0123456789"


def person_key(column: Column) -> str:
    """Return SQL that reads the key of a person from a raw table; e-mail addresses in lower case."""
    key = identifier(f"c{column.position}")
    return f"lower({key})" if column.role is Role.EMAIL else key


def contact_key(upload: Upload) -> tuple[Column, str] | None:
    """Return what tells people apart where they have no number and no address: the column, and SQL of it.

    It is the telephone, and the name where a row has none; None where a file says neither.
    """
    phone, name = upload.column_of(Role.PHONE), full_name(upload)
    if phone:
        number = telephone(f"c{phone.position}")
        return phone, f"coalesce({number}, {name})" if name else number
    column = upload.column_of(Role.NAME)
    return (column, name) if column and name else None


def telephone(cell: str) -> str:
    """Return SQL of the digits of a telephone number; NULL where they are too few, all the same, or count."""
    digits = f"regexp_replace({usual_digits(cell)}, '\\D', '', 'g')"
    several = f"replace({digits}, {digits}[1], '') <> ''"
    drawn = " AND ".join(f"NOT contains('{count * 2}', {digits})" for count in (COUNTED, COUNTED[::-1]))
    return f"CASE WHEN strlen({digits}) >= {FEWEST_DIGITS} AND {several} AND {drawn} THEN {digits} END"


def full_name(upload: Upload) -> str | None:
    """Return SQL that reads who a row names, from one column or from first and last name; None without."""
    parts = {
        name_part(column.name): column for column in reversed(upload.columns) if column.role is Role.NAME
    }
    whole = [parts[NamePart.FULL]] if NamePart.FULL in parts else []
    columns = whole or [parts[part] for part in (NamePart.FIRST, NamePart.LAST) if part in parts]
    if not whole and len(columns) < 2:
        return None
    cells = ", ".join(f"c{column.position}" for column in columns)
    return f"nullif(trim(regexp_replace(concat_ws(' ', {cells}), '[\\s\\p{{Z}}]+', ' ', 'g')), '')"
