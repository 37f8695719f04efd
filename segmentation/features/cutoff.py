"""The shop as it was on an earlier day: what was known before the cut-off, apart from what came after."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import duckdb

from segmentation import formats
from segmentation.errors import NoHindsightError
from segmentation.intake.shop import TABLES, Shop, lines_known
from segmentation.workspace import Workspace

SHARES_OF_THE_SPAN = (1 / 4, 1 / 3, 1 / 2)
"""How much of the span of the orders is the later period, by preference."""

FEWEST_DAYS = 14
FEWEST_KNOWN = 50
FEWEST_RETURNING = 30
DATED = (("lines", "ordered_at"), ("events", "happened_at"), ("reviews", "reviewed_at"))
_ROWS_AT_ONCE = 65_536

MORE_HISTORY = "Upload a longer history of orders."


@dataclass(frozen=True)
class Period:
    """The later period: from the midnight of `cutoff` to the day of `end`, both included.

    `known` customers had done anything before; `returning` of them ordered in the period.
    """

    cutoff: datetime
    end: datetime
    known: int
    returning: int

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end.date() - self.cutoff.date()).days + 1

    @property
    def day_before(self) -> datetime:
        """The analysis date of all that is known before the period."""
        return self.cutoff - timedelta(days=1)


def choose_period(workspace: Workspace, shop: Shop, cutoff: datetime | None = None) -> Period:
    """Part the shop's history where the later part is long and busy enough to learn from.

    :param cutoff: the day on which the later period begins; by default it is the last quarter of the span of
        the orders, or the last third or half where too few customers came back in less.
    :raises NoHindsightError: where there are no dated orders, or too few of them before or after.
    """
    first = _first_order(workspace) if "lines.ordered_at" in shop.has else None
    if first is None or shop.as_of is None:
        raise NoHindsightError("the files have no orders with dates.", "Upload orders with their dates.")
    span = (shop.as_of.date() - first.date()).days + 1
    lengths = [round(share * span) for share in SHARES_OF_THE_SPAN]
    days = [_midnight(shop.as_of) - timedelta(days=length - 1) for length in lengths]
    for day in [_midnight(cutoff)] if cutoff else days:
        period = _look_at(workspace, day, shop.as_of)
        if not _lacking(period):
            return period
    raise NoHindsightError(_lacking(period), "Choose another cut-off day." if cutoff else MORE_HISTORY)


def _lacking(period: Period) -> str:
    """Say what is too little in this period; empty where all is enough."""
    if period.days < FEWEST_DAYS:
        return f"only {formats.days(max(0, period.days))} lie after the cut-off."
    day = formats.date(period.cutoff)
    if period.known < FEWEST_KNOWN:
        return f"only {period.known:,} customers were known before {day}."
    if period.returning < FEWEST_RETURNING:
        return f"only {period.returning:,} of the customers known before {day} ordered later."
    return ""


@contextmanager
def past_of(workspace: Workspace, shop: Shop, period: Period) -> Iterator[tuple[Workspace, Shop]]:
    """Give a workspace that holds the shop as it was before the period, deleted afterwards.

    It has the customers who had done anything by then, their dated orders, events and reviews, and the
    products; notes and the customer file have no dates, so that nobody knows what they said by then.
    """
    path = workspace.staging / f"past-{uuid.uuid4().hex}" / "workspace.duckdb"
    with Workspace(path, temporary=True) as past:
        with workspace.transaction() as source, past.transaction() as target:
            target.execute(TABLES)
            for table, column in DATED:
                rows = lines_known("$cutoff") if table == "lines" else f"shop.{table}"
                _copy(source, target, table, f"SELECT * FROM {rows} WHERE {column} < $cutoff", period)
            _copy(source, target, "products", "SELECT * FROM shop.products", None)
            _copy(source, target, "customers", _known("*"), period)
            filled = {name for name in ("lines", "events", "reviews", "products") if _count(target, name)}
            customers = _count(target, "customers")
        has = frozenset(entry for entry in shop.has if entry.partition(".")[0] in filled)
        yield past, replace(shop, customers=customers, as_of=period.day_before, has=has, profile=())


def _known(columns: str) -> str:
    """Write the query for the customers who had done anything before the cut-off, in the shop's own order."""
    tables = [(lines_known("$cutoff") if name == "lines" else f"shop.{name}", day) for name, day in DATED]
    seen = " UNION ".join(f"SELECT customer_id FROM {rows} WHERE {day} < $cutoff" for rows, day in tables)
    return f"SELECT {columns} FROM shop.customers SEMI JOIN ({seen}) USING (customer_id) ORDER BY customer_id"


def _copy(
    source: duckdb.DuckDBPyConnection,
    target: duckdb.DuckDBPyConnection,
    table: str,
    query: str,
    period: Period | None,
) -> None:
    rows = source.sql(query, params={"cutoff": period.cutoff} if period else {})
    target.register("copied", rows.to_arrow_reader(_ROWS_AT_ONCE))
    target.execute(f"INSERT INTO shop.{table} SELECT * FROM copied")
    target.unregister("copied")


def _count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(cursor.execute(f"SELECT count(*) FROM shop.{table}").fetchall()[0][0])


def _first_order(workspace: Workspace) -> datetime | None:
    with workspace.cursor() as cursor:
        first: datetime | None = cursor.execute("SELECT min(ordered_at) FROM shop.lines").fetchall()[0][0]
    return first


def _look_at(workspace: Workspace, cutoff: datetime, end: datetime) -> Period:
    query = f"""
        WITH known AS ({_known("customer_id")}), later AS (
            SELECT DISTINCT customer_id FROM shop.lines
            WHERE ordered_at >= $cutoff AND CAST(ordered_at AS DATE) <= CAST($end AS DATE)
              AND is_return IS NOT TRUE
        )
        SELECT count(*), count(later.customer_id) FROM known LEFT JOIN later USING (customer_id)
    """
    with workspace.cursor() as cursor:
        known, returning = cursor.execute(query, {"cutoff": cutoff, "end": end}).fetchall()[0]
    return Period(cutoff, end, known, returning)


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time())
