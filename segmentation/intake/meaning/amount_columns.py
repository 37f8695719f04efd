"""What the numbers of a file say of one another: quantity times price, and totals of whole orders."""

from __future__ import annotations

from itertools import product

import numpy as np

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.table_so_far import ALWAYS, LOOKED_AT, Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import number
from segmentation.intake.values.column_evidence import Evidence

ENOUGH_ROWS = 10
MULTIPLIED = 5_000
MOST_PIECES = 10_000
MOST_NUMBERS = 12
_FACTORS = (Role.QUANTITY, Role.UNIT_PRICE, Role.AMOUNT)
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY)
C = Concept


def multiply(table: Table) -> None:
    """Find a whole number, a price and an amount of which the third is the product of the first two."""
    known = {role: column.position for role in _FACTORS if (column := table.find(role))}
    if len(known) == len(_FACTORS):
        return
    numbers = [
        column.position
        for column in table.columns
        if column.role in (Role.NUMERIC, *MONEY) and not table.evidence[column.position].is_constant
    ][:MOST_NUMBERS]
    read = _read_numbers(table, list({*numbers, *known.values()}))
    places = [[known[role]] if len(known) > 1 and role in known else numbers for role in _FACTORS]
    for found in product(*places):
        if len(set(found)) < len(found) or not _may_count_pieces(table.evidence[found[0]]):
            continue
        if _is_product(*(read[place] for place in found)):
            reason = "in nearly every row a quantity times a price is the amount"
            for role, place in zip(_FACTORS, found, strict=True):
                if table.columns[place].role is not role:
                    table.set(place, role, 0.7, reason)
            return


def _may_count_pieces(values: Evidence) -> bool:
    within = -MOST_PIECES < values.minimum <= values.maximum <= MOST_PIECES
    return values.whole and values.distinct >= 3 and within


def _read_numbers(table: Table, places: list[int]) -> dict[int, np.ndarray]:
    """Read the first rows of some columns of numbers; NaN where there is none."""
    if not places:
        return {}
    fields = ", ".join(
        f"coalesce({number(f'c{place}', table.evidence[place].number_format or '')}, 'nan') AS c{place}"
        for place in places
    )
    rows = table.cursor.execute(f"SELECT {fields} FROM (FROM {table.name} LIMIT {MULTIPLIED})").fetchnumpy()
    return {place: np.asarray(rows[f"c{place}"], dtype=np.float64) for place in places}


def _is_product(quantity: np.ndarray, price: np.ndarray, amount: np.ndarray) -> bool:
    """Whether nearly all rows that can tell have the product of the first two as the third, cents rounded."""
    telling = (np.abs(quantity) >= 2) & (price != 0) & (price != 1) & np.isfinite(price + amount)
    if telling.sum() < ENOUGH_ROWS:
        return False
    slack = 0.011 * np.maximum(1, np.abs(quantity[telling]))
    return bool(np.mean(np.abs(quantity * price - amount)[telling] <= slack) >= ALWAYS)


def price_items(table: Table) -> None:
    """Take what an item costs for its price where the lines have no other."""
    quantity = table.find(Role.QUANTITY)
    if table.find(Role.UNIT_PRICE) or quantity is None:
        return
    amounts = [column for column in table.columns if column.role is Role.AMOUNT]
    for column in table.columns:
        found = table.concepts[column.position]
        spare = column.role is Role.COST or (column in amounts and len(amounts) > 1 and C.ORDER not in found)
        if spare and C.PRODUCT in found and C.COUNT not in found:
            reason = "what one item costs, and no other column is a price"
            table.set(column.position, Role.UNIT_PRICE, 0.6, reason)
            return


def set_order_totals_aside(table: Table) -> None:
    """Leave the total of a whole order out where it stands on its lines, which have prices of their own."""
    order, amount = table.find(Role.ORDER_ID), table.find(Role.AMOUNT)
    if not order or not amount or not table.find(Role.UNIT_PRICE) or not table.find(Role.QUANTITY):
        return
    for column in [column for column in table.columns if column.role is Role.AMOUNT]:
        repeated, once, of_lines, orders = _repetition(table, order, column)
        if orders and of_lines < 0.5 and max(repeated, once) >= ALWAYS:
            where = "stands on each of its lines" if repeated >= ALWAYS else "stands on one of its lines only"
            reason = f"the total of a whole order {where}; quantity times price is the amount of a line"
            table.set(column.position, Role.NUMERIC, 0.8, reason)


def _repetition(table: Table, order: Column, amount: Column) -> tuple[float, ...]:
    """Of the orders with several lines: the share with one amount on all, and that on one only.

    Then the share of their lines that have quantity times price as the amount, and how many orders there are.
    """
    quantity, price = table.find(Role.QUANTITY), table.find(Role.UNIT_PRICE)
    fields = [
        f"{number(f'c{column.position}', column.value_format)} AS {name}"
        for name, column in (("quantity", quantity), ("price", price), ("amount", amount))
        if column
    ]
    rows = table.cursor.execute(
        f"""
        WITH lines AS (SELECT c{order.position} AS placed, {", ".join(fields)}
                       FROM (FROM {table.name} LIMIT {LOOKED_AT})),
             orders AS (SELECT count(*) AS lines, count(amount) AS filled, count(DISTINCT amount) AS amounts,
                               avg((abs(amount - quantity * price) < 0.02)::INT) AS of_lines
                        FROM lines WHERE placed IS NOT NULL GROUP BY placed HAVING count(*) > 1)
        SELECT avg((filled = lines AND amounts = 1)::INT), avg((filled = 1)::INT), avg(of_lines), count(*)
        FROM orders"""
    ).fetchall()[0]
    return tuple(float(value or 0) for value in rows)
