"""What stands in other currencies than the one that counts: in the ledger, and summed by currency."""

from __future__ import annotations

import duckdb

from segmentation.intake.cleaning.handed_on import Currencies, JudgedLines
from segmentation.intake.cleaning.ledger import Book
from segmentation.intake.cleaning_rules import Rule
from segmentation.intake.linking.money.conversion_words import sums_by_currency
from segmentation.intake.roles import Upload
from segmentation.intake.shop import Conversion, OtherCurrency

LATE = 10
"""Days after which the quote of a rate is old; no holidays are longer."""


def begin_conversion(cursor: duckdb.DuckDBPyConnection) -> None:
    """Begin the account of what is set aside since its currency has no rate."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE set_aside_money"
        " (currency VARCHAR, lines BIGINT, own_amount DECIMAL(38,4), worth DOUBLE)"
    )


def account_for_currencies(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, judged: JudgedLines, book: Book
) -> dict[Rule, str]:
    """Write down what of a file was converted; return the sums of what is set aside as its rule's detail."""
    by_currency = (
        f"SELECT foreign_currency, count(*), sum(own_amount) FROM {judged.table}"
        " WHERE foreign_currency IS NOT NULL AND {which} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    aside = f"rule = '{Rule.OTHER_CURRENCY}'"
    cursor.execute(
        f"""
        INSERT INTO set_aside_money
        SELECT foreign_currency, count(*), sum(own_amount), sum(own_amount::DOUBLE * rate::DOUBLE)
        FROM {judged.table} WHERE foreign_currency IS NOT NULL AND {aside} GROUP BY 1"""
    )
    applies = book.cleaning.applies(Rule.CONVERTED)
    converted = f"rate IS NOT NULL AND {'rule IS NULL' if applies else aside}"
    sums = cursor.execute(by_currency.format(which=converted)).fetchall()
    lines = f"SELECT line FROM {judged.table} WHERE {converted}"
    book.record(upload, Rule.CONVERTED, lines, sums_by_currency(sums))
    left = cursor.execute(by_currency.format(which=aside)).fetchall()
    return {Rule.OTHER_CURRENCY: sums_by_currency(left)}


def find_conversion(
    cursor: duckdb.DuckDBPyConnection, currencies: Currencies, applies: bool
) -> Conversion | None:
    """Sum up by currency what counts by the rates of its days and what does not; None of one currency.

    :param applies: whether a person wants other currencies converted.
    """
    if not currencies.rates:
        return None
    counted = cursor.execute(
        "SELECT currency, count(*), sum(own_amount)::DOUBLE, sum(amount)::DOUBLE FROM shop.lines"
        " WHERE currency IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    aside = cursor.execute(
        "SELECT currency, sum(lines)::BIGINT, sum(own_amount)::DOUBLE, NULL FROM set_aside_money"
        " GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    others = tuple(OtherCurrency(*row) for row in [*counted, *aside])
    first, last, late = cursor.execute(
        f"""
        SELECT min(quoted), max(quoted), count(*) FILTER (rates.day - quoted > {LATE})
        FROM shop.lines AS lines JOIN {currencies.rates} AS rates
        ON rates.currency = lines.currency AND rates.day = ordered_at::DATE"""
    ).fetchall()[0]
    doubtful, by_table = (tuple(sorted(codes)) for codes in (currencies.doubtful, currencies.by_table))
    [(worth,)] = cursor.execute("SELECT coalesce(sum(worth), 0) FROM set_aside_money").fetchall()
    return Conversion(others, doubtful, by_table, first, last, late, applies, worth) if others else None
