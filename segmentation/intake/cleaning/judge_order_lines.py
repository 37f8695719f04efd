"""Each order line under the first rule that finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.cleaning.extreme_values import find_extreme_orders
from segmentation.intake.cleaning.fees import fee_condition
from segmentation.intake.cleaning.match_returns import find_pairs
from segmentation.intake.cleaning.merge_customers import GUEST
from segmentation.intake.cleaning.repeated_rows import find_overlaps, find_repeats
from segmentation.intake.cleaning.sham_customers import suspect_cases
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import literal
from segmentation.intake.values.order_states import CANCELLED, PARTLY, RETURNED

EARLIEST = "TIMESTAMP '1980-01-01'"
LATEST = "(now()::TIMESTAMP + INTERVAL 1 DAY)"
MOST_EXCEPTIONS = 0.5
# TRY: a product of ten billion or more leaves 64 bits; the wider arithmetic is 35 times slower.
PRICED = """TRY((unit_price * pieces)::DECIMAL(18,4)),
                            try_cast(unit_price * pieces::DECIMAL(20,4) AS DECIMAL(18,4))"""


@dataclass(frozen=True)
class Family:
    """What order lines and the files that add to them hold together, and which currency counts.

    `others` are all files of orders; `are_customers` says that each row is a customer, so that none repeats.
    """

    source: Source
    others: Sequence[Source]
    has_date: bool
    has_money: bool
    currency: str | None
    are_customers: bool


@dataclass(frozen=True)
class _Habits:
    """How this file writes what is no plain purchase, as SQL conditions on its rows."""

    cancelled_order: str
    cancelled_status: str
    returned_status: str
    fee: str
    odd_date: str
    negative_price: str
    free: str


def judge_lines(cursor: duckdb.DuckDBPyConnection, family: Family, cleaning: Cleaning) -> None:
    """Make the table `judged`: each order line with its net amount, and the rule that sets it aside, if any.

    Lines that take back (`backward`) have negative amounts; `turned` are purchases whose status says that
    they came back. `spare` is the rule that would set a line aside if it were on.
    """
    _make_judged(cursor, family, cleaning)
    find_pairs(cursor)
    _settle_returns(cursor)
    for rule in (Rule.CANCELLATIONS, Rule.RETURNS):
        _assign(cursor, rule, cleaning, f"SELECT line, pair FROM pairs WHERE rule = '{rule}'")
    _assign(cursor, Rule.RETURNS, cleaning, "SELECT line, line AS pair FROM judged WHERE turned")
    find_extreme_orders(cursor)
    _assign(cursor, Rule.EXTREME_ORDERS, cleaning, "SELECT line, line AS pair FROM extreme_lines")


def _make_judged(cursor: duckdb.DuckDBPyConnection, family: Family, cleaning: Cleaning) -> None:
    source, habits = family.source, _habits(cursor, family.source)
    _find_copies(cursor, family)
    suspects, more_suspects = suspect_cases(cursor, cleaning)
    currency = literal(family.currency) if family.currency else None
    nobody = f"if(order_id IS NULL, '{Rule.NO_CUSTOMER}', '{Rule.GUESTS}')"
    conditions = {
        Rule.REPEATS: "line IN (SELECT line FROM repeats)",
        Rule.OVERLAPS: "line IN (SELECT line FROM held_before)",
        Rule.CANCELLED: f"({habits.cancelled_status}) AND NOT backward",
        Rule.NO_DATE: f"{family.has_date} AND moment IS NULL",
        Rule.ODD_DATES: habits.odd_date,
        Rule.NO_AMOUNT: f"{family.has_money} AND amount IS NULL",
        Rule.OTHER_CURRENCY: f"upper(currency) <> {currency}" if currency else "false",
        Rule.NON_PRODUCTS: habits.fee,
        Rule.NEGATIVE_PRICES: habits.negative_price,
        Rule.FREE: habits.free,
    }
    cases = {applied: "" for applied in (True, False)}
    for rule, condition in conditions.items():
        if condition != "false":
            cases[cleaning.applies(rule)] += f" WHEN {condition} THEN '{rule}'"
    spare = f"WHEN rule IS NOT NULL THEN NULL {more_suspects}{cases[False]}"
    if not cleaning.applies(Rule.GUESTS):
        spare += f" WHEN starts_with(customer_id, '{GUEST}') THEN '{Rule.GUESTS}'"
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        WITH counted AS (
            SELECT line, customer_id, order_id, product_id, product_name, order_status, moment, quantity,
                   unit_price, discount, refund, currency,
                   coalesce(product_id, product_name, category, '') AS thing,
                   coalesce(try_cast(quantity AS DECIMAL(14,4)), 1) AS pieces,
                   coalesce(amount, {PRICED}) AS amount,
                   coalesce({habits.cancelled_order}, false) AS cancelled_order
            FROM {source.table}),
        directed AS (
            SELECT * REPLACE (if(cancelled_order, -abs(amount), amount) AS amount,
                              if(cancelled_order, -abs(quantity), quantity) AS quantity),
                   cancelled_order OR coalesce(quantity < 0, false) OR coalesce(amount < 0, false) AS backward
            FROM counted),
        ruled AS (
            SELECT *, CASE WHEN customer_id IS NULL THEN {nobody} {suspects}{cases[True]} END AS rule,
                   coalesce({habits.fee}, false) AS is_fee,
                   cancelled_order OR (backward AND coalesce({habits.cancelled_status}, false)) AS cancelling,
                   NOT backward AND coalesce({habits.returned_status}, false) AS turned
            FROM directed)
        SELECT line, customer_id, order_id, nullif(thing, '') AS product, thing, moment, quantity, amount,
               discount, refund, is_fee, backward OR turned AS backward, cancelling, turned,
               rule, (CASE {spare} END)::VARCHAR AS spare, line AS pair
        FROM ruled"""
    )


def _find_copies(cursor: duckdb.DuckDBPyConnection, family: Family) -> None:
    """Make `repeats` and `held_before`: lines equal to an earlier one of this file, or of another.

    There are none where neither order nor time tells two purchases apart.
    """
    source = family.source
    stamped = not family.are_customers and (source.has(Role.ORDER_ID) or _has_time_of_day(cursor, source))
    find_repeats(cursor, source, f"customer_id IS NOT NULL AND {stamped}")
    find_overlaps(cursor, source, family.others if stamped else ())


def _has_time_of_day(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether times are finer than days, so that two equal rows are one event written twice."""
    rows = cursor.execute(
        f"SELECT coalesce(avg((moment <> date_trunc('day', moment))::INT), 0) > 0.5 FROM {source.table}"
    ).fetchall()
    return bool(rows[0][0])


def _habits(cursor: duckdb.DuckDBPyConnection, source: Source) -> _Habits:
    coded, negative, below, free, middle_is_odd = cursor.execute(
        f"""
        SELECT coalesce(bool_or(order_id[1] IN ('C', 'c') AND regexp_full_match(order_id, '[Cc]-?\\d+')),
                        false),
               coalesce(bool_or(quantity < 0), false),
               coalesce(avg((unit_price < 0)::INT), 0), coalesce(avg((unit_price = 0)::INT), 0),
               coalesce(quantile_disc(moment, 0.5) NOT BETWEEN {EARLIEST} AND {LATEST}, true)
        FROM {source.table}"""
    ).fetchall()[0]
    priced = source.has(Role.UNIT_PRICE)
    things = source.has(Role.PRODUCT_ID, Role.PRODUCT_NAME)
    return _Habits(
        cancelled_order=_cancelled_order(cursor, source) if coded else "false",
        cancelled_status=_status(cursor, source, CANCELLED),
        returned_status=_status(cursor, source, RETURNED, PARTLY),
        fee=fee_condition(cursor, source),
        odd_date="false" if middle_is_odd else f"moment NOT BETWEEN {EARLIEST} AND {LATEST}",
        negative_price="unit_price < 0 AND NOT coalesce(quantity < 0, false)"
        if negative and below < MOST_EXCEPTIONS
        else "false",
        free=("unit_price = 0" if priced else "amount = 0") if things and free < MOST_EXCEPTIONS else "false",
    )


def _cancelled_order(cursor: duckdb.DuckDBPyConnection, source: Source) -> str:
    """Return SQL that tells C536379 among orders that are numbers; letters in all ids mean nothing."""
    digits = cursor.execute(
        f"SELECT avg(regexp_full_match(order_id, '\\d+')::INT) > 0.5 FROM {source.table}"
    ).fetchall()[0][0]
    return "order_id[1] IN ('C', 'c') AND regexp_full_match(order_id, '[Cc]-?\\d+')" if digits else "false"


def _status(cursor: duckdb.DuckDBPyConnection, source: Source, pattern: str, but: str = "^$") -> str:
    """Return SQL that tells the statuses whose words match, among the few that there are."""
    found = cursor.execute(
        f"SELECT DISTINCT order_status FROM {source.table} WHERE order_status IS NOT NULL"
        f" AND regexp_matches(lower(order_status), ?) AND NOT regexp_matches(lower(order_status), ?)"
        " ORDER BY 1",
        [pattern, but],
    ).fetchall()
    return f"order_status IN ({', '.join(literal(row[0]) for row in found)})" if found else "false"


def _settle_returns(cursor: duckdb.DuckDBPyConnection) -> None:
    """Take a line whose status says returned, and whose purchase is another line, for the return itself."""
    cursor.execute(
        """
        UPDATE judged SET turned = false, quantity = -quantity, amount = -amount
        WHERE turned AND line IN (SELECT line FROM pairs)"""
    )


def _assign(cursor: duckdb.DuckDBPyConnection, rule: Rule, cleaning: Cleaning, lines: str) -> None:
    """Put the lines that no rule has found yet under this one: for good, or as what it would find."""
    column = "rule" if cleaning.applies(rule) else "spare"
    cursor.execute(
        f"""
        UPDATE judged SET {column} = '{rule}', pair = found.pair FROM ({lines}) AS found
        WHERE judged.line = found.line AND judged.rule IS NULL AND judged.{column} IS NULL"""
    )
