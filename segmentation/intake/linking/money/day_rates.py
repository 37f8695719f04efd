"""What other currencies were worth on each day, by the reference rates of the European Central Bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

import duckdb
import pyarrow as pa
from currency_converter import CurrencyConverter, RateNotFoundError

DECIMALS = 14
LONGEST_GAP, LONGEST_WAIT = 31, 366
"""Days for which a quote stands in for those without one: between two, and after the newest of all or of a
person's own table.

A currency that is no longer quoted, or was not for years, is not converted by what it was worth long ago.
"""

Quotes = tuple[tuple[date, Decimal], ...]


def make_day_rates(
    cursor: duckdb.DuckDBPyConnection,
    currencies: Iterable[str],
    reporting: str,
    own: Mapping[str, Quotes],
) -> str:
    """Make a temporary table of what one unit of each currency was worth on each day; return its name.

    Columns: currency, day, rate (DECIMAL(20,14), in the reporting currency), quoted (the day of the quote:
    the nearest before, where a day has none).

    :param own: what a person's own tables say, which comes before what the bank says of the same currency.
    """
    quotes = {code: own.get(code) or quotes_of(code, reporting) for code in sorted(currencies)}
    rows = [(code, day, rate, code in own) for code, quoted in quotes.items() for day, rate in quoted]
    names, days, rates, owned = zip(*rows, strict=True) if rows else ((), (), (), ())
    cursor.register(
        "bank_quotes",
        pa.table(
            {
                "currency": pa.array(names, pa.string()),
                "day": pa.array(days, pa.date32()),
                "rate": pa.array(rates, pa.decimal128(20, DECIMALS)),
                "own": pa.array(owned, pa.bool_()),
            }
        ),
    )
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE day_rates AS
        WITH quoted AS (
            SELECT *, day + if(own OR day = $newest, {LONGEST_WAIT}, {LONGEST_GAP}) AS latest,
                   lead(day) OVER (PARTITION BY currency ORDER BY day) AS next FROM bank_quotes)
        SELECT currency, rate, day AS quoted,
               unnest(range(day, coalesce(least(next, latest), latest), INTERVAL 1 DAY))::DATE AS day
        FROM quoted""",
        {"newest": _bank().bounds["EUR"].last_date},
    )
    cursor.unregister("bank_quotes")
    return "day_rates"


@lru_cache(maxsize=64)
def quotes_of(currency: str, reporting: str) -> Quotes:
    """Return what one unit was worth in the reporting currency on each day that has a quote of both.

    None where one of the two is not quoted.
    """
    bank = _bank()
    if not {currency, reporting} <= bank.currencies:
        return ()
    found = []
    first, last = bank.bounds[currency]
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        try:
            rate = bank.convert(Decimal(1), currency, reporting, day)
        except RateNotFoundError:
            continue
        found.append((day, round(rate, DECIMALS)))
    return tuple(found)


@lru_cache(maxsize=1)
def _bank() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)
