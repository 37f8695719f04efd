"""The currency of each cell of a column of amounts, by the mark that stands around the number."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from segmentation.intake.values.cast import literal
from segmentation.intake.values.currencies import code_of, code_or_mark, is_currency
from segmentation.intake.values.number_writing import MARK

COMMON_SHARE = 0.5


def currencies_in(cursor: duckdb.DuckDBPyConnection, table: str, cell: str) -> dict[str, str]:
    """Return the currency of each mark in a column of amounts: its ISO code, or the mark where it has none.

    All cells are looked at: of amounts in another currency even a few must not be added to the others.
    """
    rows = cursor.execute(
        f"""
        WITH marked AS (SELECT {cell} AS v FROM {table}
                        WHERE {cell} IS NOT NULL AND NOT regexp_full_match({cell}, '[-0-9.,]+'))
        SELECT {MARK} AS mark, count(*) FROM marked WHERE regexp_matches(v, '[0-9]') GROUP BY mark"""
    ).fetchall()
    counts = {mark: count for mark, count in rows if mark}
    most = max(counts.values(), default=0)
    common = COMMON_SHARE * sum(counts.values())
    return {
        mark: code_or_mark(mark)
        for mark, count in counts.items()
        if is_currency(mark) or count == most > common
    }


def currency_of_cell(cell: str, currencies: Mapping[str, str]) -> str:
    """Return SQL of the currency of a cell, by what `currencies_in` found; NULL where it has no mark."""
    cases = " ".join(f"WHEN {literal(mark)} THEN {literal(code)}" for mark, code in currencies.items())
    return f"CASE {MARK.replace('(v,', f'({cell},')} {cases} END"


def tells_apart(currencies: Mapping[str, str]) -> bool:
    """Whether the marks say the currency: there are several, or the one is of a single country's."""
    return len(set(currencies.values())) > 1 or any(
        code_of(mark) and mark not in ("$", "£") for mark in currencies
    )
