"""Each order line under the first rule that finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.cleaning.extreme_values import find_extreme_orders
from segmentation.intake.cleaning.fees import fee_condition
from segmentation.intake.cleaning.handed_on import Currencies, JudgedLines, Lines, Pairs, Replaced, exchanged
from segmentation.intake.cleaning.match_returns import find_pairs, no_pairs, settle_returns
from segmentation.intake.cleaning.merge_customers import GUEST, NAMED_GUEST
from segmentation.intake.cleaning.repeated_rows import find_overlaps, find_repeats
from segmentation.intake.cleaning.returned_in_part import returned_in_part
from segmentation.intake.cleaning.sham_customers import Suspects
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.cast import literal
from segmentation.intake.values.order_states import State

EARLIEST = "TIMESTAMP '1980-01-01'"
LATEST = "(now()::TIMESTAMP + INTERVAL 1 DAY)"
MIDDLE_IS_ODD = f"""(2 * count(*) FILTER (moment < {EARLIEST}) >= count(moment)
                     OR 2 * count(*) FILTER (moment > {LATEST}) > count(moment))"""
"""SQL that tells whether the middle moment of rows cannot be; finding that moment would cost more."""
MOST_EXCEPTIONS = 0.5
_NO_MONEY = "NULL::DECIMAL(18,4)"
_OF_RULES = f"ENUM({', '.join(literal(rule) for rule in Rule)})"
"""The type of a rule in SQL: a text for each of millions of lines would take sixteen times the room."""
# TRY: a product of ten billion or more leaves 64 bits; the wider arithmetic is 35 times slower.
PRICED = """TRY((unit_price * pieces)::DECIMAL(18,4)),
                            try_cast(unit_price * pieces::DECIMAL(20,4) AS DECIMAL(18,4))"""


@dataclass(frozen=True)
class OrderFiles:
    """What order lines and the files that add to them hold together, and in which currency they count.

    `others` are all files of orders, the oldest first; `are_customers` says that each row is a customer, so
    that none repeats; `has_costs` that something says what goods cost; `replaced` are the orders that several
    files hold.
    """

    source: Source
    others: Sequence[Source]
    has_date: bool
    has_money: bool
    currencies: Currencies
    are_customers: bool
    has_costs: bool = False
    replaced: Replaced | None = None


@dataclass(frozen=True)
class _Habits:
    """How this file writes what is no plain purchase, as SQL conditions on its rows."""

    cancelled_order: str
    fee: str
    odd_date: str
    negative_price: str
    free: str


def judge_lines(
    cursor: duckdb.DuckDBPyConnection, files: OrderFiles, suspects: Suspects, cleaning: Cleaning
) -> tuple[JudgedLines, Pairs]:
    """Give each order line its net amount and the rule that finds it, if any; say what undoes what."""
    judged = _judge_one_by_one(cursor, files, suspects, cleaning)
    backward = cursor.execute(f"SELECT bool_or(backward) FROM {judged.table}").fetchall()[0][0]
    pairs = find_pairs(cursor, judged) if backward else no_pairs(cursor)
    if backward:
        settle_returns(cursor, judged, pairs)
    if files.currencies.rates:
        _convert(cursor, judged, cleaning.applies(Rule.CONVERTED))
    if backward:
        _assign_returns(cursor, judged, pairs, cleaning)
    extreme = f"SELECT line, line AS pair FROM {find_extreme_orders(cursor, judged).table}"
    _assign(cursor, judged, Rule.EXTREME_ORDERS, cleaning, extreme)
    return judged, pairs


def _assign_returns(
    cursor: duckdb.DuckDBPyConnection, judged: JudgedLines, pairs: Pairs, cleaning: Cleaning
) -> None:
    for rule in (Rule.CANCELLATIONS, Rule.RETURNS):
        paired = f"SELECT line, pair FROM {pairs.table} WHERE rule = '{rule}'"
        _assign(cursor, judged, rule, cleaning, paired)
    turned = f"SELECT line, line AS pair FROM {judged.table} WHERE turned"
    _assign(cursor, judged, Rule.RETURNS, cleaning, turned)


def _judge_one_by_one(
    cursor: duckdb.DuckDBPyConnection, files: OrderFiles, suspects: Suspects, cleaning: Cleaning
) -> JudgedLines:
    """Put each line under the first rule that finds it by itself."""
    habits = _habits(cursor, files.source)
    applied, spare = _cases(_conditions(cursor, files, habits, cleaning), suspects, cleaning)
    nobody = f"if(order_id IS NULL, '{Rule.NO_CUSTOMER}', '{Rule.GUESTS}')"
    foreign = " foreign_currency, rate," if files.currencies.rates else ""
    optional = _optional_columns(files)
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE judged_lines AS
        WITH counted AS (
            SELECT line, customer_id, order_id, product_id, product_name, order_status, moment, quantity,
                   unit_price, discount, refund, cost, profit,{foreign}
                   coalesce(product_id, product_name, category) AS product,
                   coalesce(try_cast(quantity AS DECIMAL(14,4)), 1) AS pieces,
                   coalesce(amount, {PRICED}) AS amount,
                   coalesce({habits.cancelled_order}, false) AS cancelled_order,
                   coalesce(order_status = '{State.TAKES_BACK}', false) AS sent_back
            FROM {_in_currencies(files)}),
        directed AS (
            SELECT * REPLACE (if(cancelled_order OR sent_back, -abs(amount), amount) AS amount,
                              if(cancelled_order OR sent_back, -abs(quantity), quantity) AS quantity),
                   cancelled_order OR sent_back OR coalesce(quantity < 0, false)
                       OR coalesce(amount < 0, false) AS backward
            FROM counted),
        ruled AS (
            SELECT *, CASE WHEN customer_id IS NULL THEN {nobody} {applied} END AS rule,
                   coalesce({habits.fee}, false) AS is_fee,
                   cancelled_order OR (backward AND coalesce(order_status = '{State.CANCELLED}', false))
                       AS cancelling,
                   NOT backward AND coalesce(order_status = '{State.RETURNED}', false)
                       AND NOT {returned_in_part(files.source)} AS turned
            FROM directed)
        SELECT line, customer_id, order_id, product, moment, quantity, amount,
               is_fee, backward OR turned AS backward, cancelling, turned,
               rule::{_OF_RULES} AS rule,
               (CASE WHEN rule IS NOT NULL THEN NULL {spare} END)::{_OF_RULES} AS spare, line AS pair
               {"".join(f", {sql} AS {name}" for name, sql in optional.items())}
        FROM ruled"""
    )
    return JudgedLines("judged_lines", frozenset(optional))


def _optional_columns(files: OrderFiles) -> dict[str, str]:
    """Return SQL of the columns that only some files need: each is copied for every line."""
    upload = files.source.upload
    given = {"discount": Role.DISCOUNT, "refund": Role.REFUND}
    columns = {name: name for name, role in given.items() if upload.column_of(role)}
    gives_back = (upload.money and upload.money.refund) or upload.column_of(Role.PIECES_BACK)
    columns |= {"refund": "refund"} if gives_back else {}
    if files.currencies.rates:
        columns |= {
            "foreign_currency": "foreign_currency",
            "rate": "rate",
            "own_amount": "NULL::DECIMAL(18,4)",
        }
    if files.has_costs:
        columns |= {"written_cost": "cost", "written_profit": "profit", "cost": _NO_MONEY}
    return columns


def _conditions(
    cursor: duckdb.DuckDBPyConnection, files: OrderFiles, habits: _Habits, cleaning: Cleaning
) -> dict[Rule, str]:
    """Return SQL of what each rule finds, in the order in which they are asked."""
    repeats, held_before = _find_copies(cursor, files)
    return {
        Rule.REPEATS: repeats.holds,
        Rule.OVERLAPS: _unless(held_before.holds, files.replaced.newer if files.replaced else None),
        Rule.REPLACED: files.replaced.older if files.replaced else "false",
        Rule.CANCELLED: _in_state(State.CANCELLED),
        Rule.UNPAID: _in_state(State.UNPAID),
        Rule.NO_DATE: f"{files.has_date} AND moment IS NULL",
        Rule.ODD_DATES: habits.odd_date,
        Rule.NO_AMOUNT: f"{files.has_money} AND amount IS NULL",
        Rule.OTHER_CURRENCY: _other_currency(files.currencies, cleaning),
        Rule.NON_PRODUCTS: habits.fee,
        Rule.NEGATIVE_PRICES: habits.negative_price,
        Rule.FREE: habits.free,
    }


def _in_currencies(files: OrderFiles) -> str:
    """Return SQL of the typed rows with the currency of those in another one, and its rate of their day."""
    given, currencies = files.source.typed_view, files.currencies
    if not currencies.rates:
        return given
    own = f"coalesce(upper(currency), {literal(currencies.unsaid or '')})"
    return f"""(
        WITH told AS (SELECT *, nullif({own}, {literal(currencies.reporting or "")}) AS foreign_currency,
                             moment::DATE AS day FROM {given})
        SELECT told.*, rates.rate FROM told LEFT JOIN {currencies.rates} AS rates
        ON rates.currency = told.foreign_currency AND rates.day = told.day)"""


def _other_currency(currencies: Currencies, cleaning: Cleaning) -> str:
    """Return SQL that tells the lines of which the worth in the currency that counts is not known."""
    if not currencies.rates:
        return "false"
    foreign = "foreign_currency IS NOT NULL"
    return f"{foreign} AND rate IS NULL" if cleaning.applies(Rule.CONVERTED) else foreign


def _convert(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines, applies: bool) -> None:
    """Let amounts of other currencies count by the rate of their day, and not at all without one.

    Where they are not to be converted none counts, be it set aside for another reason.

    After purchases and returns have found each other: these are of one amount in their own currency only.
    """
    counts = f"{applies} AND rule IS DISTINCT FROM '{Rule.OTHER_CURRENCY}'"
    cursor.execute(
        f"""
        UPDATE {judged.table}
        SET own_amount = amount, amount = CASE WHEN {counts} THEN {exchanged("amount")} END
        WHERE foreign_currency IS NOT NULL"""
    )


def _cases(conditions: dict[Rule, str], suspects: Suspects, cleaning: Cleaning) -> tuple[str, str]:
    """Return the branches in SQL that set a line aside, and those that would if their rules were on."""
    suspected, more_suspects = suspects.cases(cleaning)
    cases = {True: suspected, False: more_suspects}
    for rule, condition in conditions.items():
        if condition != "false":
            cases[cleaning.applies(rule)] += f" WHEN {condition} THEN '{rule}'"
    if not cleaning.applies(Rule.GUESTS):
        lone = f"starts_with(customer_id, '{GUEST}') AND NOT starts_with(customer_id, '{NAMED_GUEST}')"
        cases[False] += f" WHEN {lone} THEN '{Rule.GUESTS}'"
    return cases[True], cases[False]


def _find_copies(cursor: duckdb.DuckDBPyConnection, files: OrderFiles) -> tuple[Lines, Lines]:
    """Find the lines equal to an earlier one of this file, and those equal to one of an earlier file.

    There are none where neither order nor time tells two purchases apart.
    """
    source = files.source
    stamped = not files.are_customers and (source.has(Role.ORDER_ID) or _has_time_of_day(cursor, source))
    repeats = find_repeats(cursor, source, f"customer_id IS NOT NULL AND {stamped}")
    return repeats, find_overlaps(cursor, source, files.others if stamped else ())


def _has_time_of_day(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether times are finer than days, so that two equal rows are one event written twice."""
    rows = cursor.execute(
        f"SELECT coalesce(avg((moment <> date_trunc('day', moment))::INT), 0) > 0.5 FROM {source.typed_view}"
    ).fetchall()
    return bool(rows[0][0])


def _habits(cursor: duckdb.DuckDBPyConnection, source: Source) -> _Habits:
    worth = "unit_price" if source.has(Role.UNIT_PRICE) else "amount"
    coded, negative, below, free, middle_is_odd = cursor.execute(
        f"""
        SELECT coalesce(bool_or((prefix(order_id, 'C') OR prefix(order_id, 'c'))
                                AND regexp_full_match(order_id, '[Cc]-?\\d+')), false),
               coalesce(bool_or(quantity < 0), false),
               coalesce(avg((unit_price < 0)::INT), 0), coalesce(avg(({worth} = 0)::INT), 0),
               {MIDDLE_IS_ODD}
        FROM {source.typed_view}"""
    ).fetchall()[0]
    things = source.has(Role.PRODUCT_ID, Role.PRODUCT_NAME)
    return _Habits(
        cancelled_order=_cancelled_order(cursor, source) if coded else "false",
        fee=fee_condition(cursor, source),
        odd_date="false" if middle_is_odd else f"moment NOT BETWEEN {EARLIEST} AND {LATEST}",
        negative_price="unit_price < 0 AND NOT coalesce(quantity < 0, false)"
        if negative and below < MOST_EXCEPTIONS
        else "false",
        free=f"{worth} = 0" if things and free < MOST_EXCEPTIONS else "false",
    )


def _cancelled_order(cursor: duckdb.DuckDBPyConnection, source: Source) -> str:
    """Return SQL that tells C536379 among orders that are numbers; letters in all ids mean nothing."""
    digits = cursor.execute(
        f"SELECT avg(regexp_full_match(order_id, '\\d+')::INT) > 0.5 FROM {source.typed_view}"
    ).fetchall()[0][0]
    return "order_id[1] IN ('C', 'c') AND regexp_full_match(order_id, '[Cc]-?\\d+')" if digits else "false"


def _unless(condition: str, exception: str | None) -> str:
    return f"{condition} AND NOT coalesce({exception}, false)" if exception else condition


def _in_state(state: State) -> str:
    """Return SQL that tells the purchases whose status is this one."""
    return f"order_status = '{state}' AND NOT backward"


def _assign(
    cursor: duckdb.DuckDBPyConnection, judged: JudgedLines, rule: Rule, cleaning: Cleaning, lines: str
) -> None:
    """Put the lines that no rule has found yet under this one: for good, or as what it would find."""
    column = "rule" if cleaning.applies(rule) else "spare"
    cursor.execute(
        f"""
        UPDATE {judged.table} AS mine SET {column} = '{rule}', pair = found.pair FROM ({lines}) AS found
        WHERE mine.line = found.line AND mine.rule IS NULL AND mine.{column} IS NULL"""
    )
