"""In which currency amounts count: by column, sign or header, or as a person chose."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning.handed_on import Currencies
from segmentation.intake.linking.money.day_rates import make_day_rates
from segmentation.intake.linking.money.file_currencies import say_file_currencies, written_currency
from segmentation.intake.linking.money.uploaded_rates import uploaded_quotes
from segmentation.intake.roles import Kind
from segmentation.intake.typed_reading import Source
from segmentation.workspace.database import CURRENCY


def find_currencies(
    cursor: duckdb.DuckDBPyConnection,
    sources: Sequence[Source],
    reporting: str | None,
    tables: Sequence[Source] = (),
) -> Currencies:
    """Find the currency that counts, and where there are others make the table of their rates.

    :param reporting: the currency that a person wants all amounts in; None for that of most lines.
    :param tables: a person's own tables of rates.
    """
    chosen = chosen_currency(cursor)
    by_sign = say_file_currencies(cursor, sources) if chosen is None else frozenset[str]()
    found = _said(cursor, sources, chosen)
    base = max(sorted(found), key=lambda code: found[code]) if found else _written(cursor, sources)
    if base is None:
        return Currencies()
    unsaid, counts = (chosen if found and chosen else base), (reporting or base)
    others = frozenset({*found, unsaid}) - {counts}
    if not others:
        return Currencies(counts, unsaid)
    doubtful = frozenset[str]() if reporting else _doubtful(sources) | by_sign
    sure = frozenset[str]() if counts in doubtful else others - doubtful
    own = uploaded_quotes(cursor, tables, counts, _sizes(cursor, sources)) if tables else {}
    rates = make_day_rates(cursor, sure, counts, own)
    return Currencies(counts, unsaid, rates, doubtful & {counts, *others}, sure & own.keys())


def chosen_currency(cursor: duckdb.DuckDBPyConnection) -> str | None:
    """Return the currency that a person said the amounts are in, for files that say none."""
    rows = cursor.execute("SELECT value FROM meta WHERE key = ?", [CURRENCY]).fetchall()
    return rows[0][0] if rows else None


def _said(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], chosen: str | None) -> dict[str, int]:
    """Count the rows of each currency that some file says; those of orders that say none are of `chosen`."""
    found: dict[str, int] = {}
    said = False
    for source in sources:
        unsaid = chosen if source.kind is Kind.ORDERS else None
        rows = cursor.execute(
            f"""
            SELECT coalesce(upper(currency), $unsaid) AS code, count(*), count(currency) > 0
            FROM {source.typed_view} GROUP BY code HAVING code IS NOT NULL""",
            {"unsaid": unsaid},
        ).fetchall()
        for code, count, told in rows:
            found[code] = found.get(code, 0) + count
            said |= told
    return found if said else {}


def _sizes(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> dict[str, float]:
    """Return what a typical line comes to in each currency, in the file with the most lines of it."""
    found: dict[str, tuple[int, float]] = {}
    for source in sources:
        rows = cursor.execute(
            f"""
            SELECT upper(currency), count(*),
                   median(abs(coalesce(amount, unit_price * coalesce(quantity, 1))))
            FROM {source.typed_view} WHERE currency IS NOT NULL GROUP BY 1"""
        ).fetchall()
        for code, count, size in rows:
            found[code] = max(found.get(code, (0, 0.0)), (count, float(size or 0)))
    return {code: size for code, (_, size) in found.items()}


def _doubtful(sources: Sequence[Source]) -> frozenset[str]:
    """Name the currencies that some file says by a sign of several countries' money alone."""
    return frozenset(code for source in sources for code in source.doubtful_currencies)


def _written(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> str | None:
    return next((code for source in sources if (code := written_currency(cursor, source))), None)
