"""Which currency the amounts are in, by column, sign or header; several are never summed together."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.currencies import currency_in_header
from segmentation.intake.values.money_marks import currencies_in
from segmentation.intake.words import SEVERAL_CURRENCIES
from segmentation.workspace.database import CURRENCY

MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.REFUND, Role.PROFIT, Role.COST)


def find_currency(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]
) -> tuple[str | None, list[str]]:
    """Return the ISO code of the currency that counts, and notes for people."""
    found: dict[str, int] = {}
    for source in sources:
        rows = cursor.execute(
            f"SELECT upper(currency), count(*) FROM {source.typed_view} WHERE currency IS NOT NULL GROUP BY 1"
        ).fetchall()
        for code, count in rows:
            found[code] = found.get(code, 0) + count
    if found:
        best = max(sorted(found), key=lambda code: found[code])
        others = ", ".join(sorted(set(found) - {best}))
        note = SEVERAL_CURRENCIES.format(counts=best, others=others)
        return best, [note] if others else []
    return next((code for source in sources if (code := _written_currency(cursor, source))), None), []


def chosen_currency(cursor: duckdb.DuckDBPyConnection) -> str | None:
    """Return the currency that a person said the amounts are in, for files that say none."""
    rows = cursor.execute("SELECT value FROM meta WHERE key = ?", [CURRENCY]).fetchall()
    return rows[0][0] if rows else None


def _written_currency(cursor: duckdb.DuckDBPyConnection, source: Source) -> str | None:
    for column in source.columns(*MONEY):
        if code := currency_in_header(column.name):
            return code
        if column.value_format:
            written = currencies_in(cursor, source.raw_table, f"c{column.position}")
            if len(set(written.values())) == 1:
                return next(iter(written.values()))
    return None
