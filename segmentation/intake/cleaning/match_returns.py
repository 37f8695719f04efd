"""Cancellations and returns that undo an earlier purchase: which line undoes which."""

from __future__ import annotations

import duckdb

from segmentation.intake.cleaning.handed_on import JudgedLines, Pairs
from segmentation.intake.cleaning_rules import Rule

NEARLY_ALL = 0.95


def find_pairs(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines) -> Pairs:
    """Find which order line undoes which.

    A line that takes back undoes the latest purchase before it, not undone yet, by the same customer, of the
    same product, quantity and amount; where its own order holds such a purchase, that one, and what only a
    status says to have come back is no other order's. Such lines repeat a purchase only where nearly all of
    them do; else each is one itself, as in files of a line for each piece, and undoes no other.

    Purchases and takings-back are brackets that open and close: going through them by time, the balance of
    open ones tells the level, and on each level they alternate. One that takes back when nothing is open is
    a new low of the balance, and has no purchase.
    """
    cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE pairs AS
        WITH {_moves(judged)},
        balances AS (
            SELECT *, sum(step) OVER past AS balance FROM moves
            WINDOW past AS (PARTITION BY same ORDER BY moment, step DESC, order_id, line)),
        levels AS (
            SELECT *, balance - least(0, min(balance) OVER past) + (step < 0)::INT AS level FROM balances
            WINDOW past AS (PARTITION BY same ORDER BY moment, step DESC, order_id, line)),
        neighbours AS (
            SELECT line, step, rule, lag(step) OVER along AS step_before, lag(line) OVER along AS line_before,
                   lead(step) OVER along AS step_after, lead(line) OVER along AS line_after,
                   lead(rule) OVER along AS rule_after
            FROM levels
            WINDOW along AS (PARTITION BY same, level ORDER BY moment, step DESC, order_id, line))
        SELECT line, least(line, line_after) AS pair, rule_after AS rule
        FROM neighbours WHERE step > 0 AND step_after < 0
        UNION ALL
        SELECT line, least(line, line_before), rule FROM neighbours WHERE step < 0 AND step_before > 0"""
    )
    return Pairs("pairs")


def no_pairs(cursor: duckdb.DuckDBPyConnection) -> Pairs:
    """Say that no line undoes another one, as where none takes anything back."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE pairs (line BIGINT, pair BIGINT, rule VARCHAR)")
    return Pairs("pairs")


def settle_returns(cursor: duckdb.DuckDBPyConnection, judged: JudgedLines, pairs: Pairs) -> None:
    """Take a line whose status says returned, and whose purchase is another line, for the return itself."""
    cursor.execute(
        f"""
        UPDATE {judged.table} SET turned = false, quantity = -quantity, amount = -amount
        WHERE turned AND line IN (SELECT line FROM {pairs.table})"""
    )


def _moves(judged: JudgedLines) -> str:
    """Return the CTEs up to `moves`: purchases and takings-back, those that are the `same` in one group."""
    things = f"(SELECT *, hash(customer_id, product) AS thing FROM {judged.table})"
    return f"""
        noted AS (
            SELECT count(*) FILTER (turned) AS back, count(*) FILTER (NOT backward) AS sold
            FROM {judged.table} SEMI JOIN (SELECT order_id FROM {judged.table} WHERE turned) USING (order_id)
            WHERE rule IS NULL GROUP BY order_id, product, abs(quantity), abs(amount) HAVING back > 0),
        repeating AS (
            SELECT sum(least(back, sold)) >= {NEARLY_ALL} * sum(back) AS are_twins FROM noted),
        backs AS (
            FROM {things}
            WHERE backward AND rule IS NULL AND (NOT turned OR (SELECT are_twins FROM repeating))),
        buys AS (
            FROM {things} SEMI JOIN backs USING (thing)
            WHERE NOT backward AND (rule IS NULL OR rule = '{Rule.CANCELLED}')),
        likes AS (
            SELECT *, hash(thing, abs(quantity), abs(amount)) AS same
            FROM (FROM buys UNION ALL FROM backs)),
        moves AS (
            SELECT line, order_id, moment, if(backward, -1, 1) AS step,
                   hash(same, CASE WHEN turned OR (bool_or(backward) OVER its_order
                                                   AND NOT bool_and(backward) OVER its_order)
                                   THEN order_id END) AS same,
                   if(cancelling, '{Rule.CANCELLATIONS}', '{Rule.RETURNS}') AS rule
            FROM likes WINDOW its_order AS (PARTITION BY same, order_id))"""
