"""What columns mean by how they hang together, where their headers say nothing.

Quantity times price is the amount; an order belongs to one moment and one customer, a customer to several
moments, a product to several of both; a total that repeats on each line of an order is no amount of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

import duckdb
import numpy as np

from segmentation.intake.cast import number
from segmentation.intake.concepts import Concept
from segmentation.intake.evidence import Evidence
from segmentation.intake.goods import find_goods
from segmentation.intake.roles import Column, Role
from segmentation.intake.whole import ALWAYS, LOOKED_AT, Table, determines, share_determined

ENOUGH_ROWS = 10
MULTIPLIED = 5_000
MOST_PIECES = 10_000
MOST_NUMBERS = 12
SHORTEST_ID = 6
_FACTORS = (Role.QUANTITY, Role.UNIT_PRICE, Role.AMOUNT)
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY)
C = Concept

_PREFIXES = {
    Role.CUSTOMER_ID: re.compile(r"(c|cu|cust|customer|k|u|usr|user|m|member)[-_]?\d+", re.IGNORECASE),
    Role.ORDER_ID: re.compile(r"(o|ord|order|inv|so|po|b|r)[-_]?\d+", re.IGNORECASE),
    Role.PRODUCT_ID: re.compile(r"(p|prod|sku|item|art|a)[-_]?\d+", re.IGNORECASE),
}


def read_structure(
    cursor: duckdb.DuckDBPyConnection,
    name: str,
    columns: list[Column],
    concepts: Sequence[frozenset[Concept]],
    evidence: Sequence[Evidence],
) -> list[Column]:
    """Return the columns with the roles that only the whole table can tell; lower confidence, reason said."""
    table = Table(cursor, name, list(columns), concepts, evidence)
    _multiply(table)
    _price_items(table)
    _find_moment(table)
    _find_rating(table)
    _find_keys(table, [column.position for column in table.mute if table.is_key(column)])
    if table.find(Role.ORDER_ID) is None:
        _adopt_order_number(table)
    find_goods(table)
    _set_ids_aside(table)
    _set_order_totals_aside(table)
    return table.columns


def _multiply(table: Table) -> None:
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


def _price_items(table: Table) -> None:
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


def _find_moment(table: Table) -> None:
    """Take numbers for times where they all can be and no column says a time more plainly."""
    if table.find(Role.TIMESTAMP):
        return
    for column in table.mute:
        dates = table.evidence[column.position].dates
        if dates and table.evidence[column.position].distinct > 1:
            reason = f"the numbers can be read as dates ({dates.words}), and nothing else can"
            table.set(column.position, Role.TIMESTAMP, 0.5, reason)
            return


def _find_rating(table: Table) -> None:
    if table.find(Role.RATING) or not table.find(Role.TEXT, Role.REVIEW_TEXT):
        return
    for column in table.mute:
        values = table.evidence[column.position]
        if values.whole and 3 <= values.distinct <= 5 and values.minimum >= 1 and values.maximum == 5:
            table.set(column.position, Role.RATING, 0.6, "whole numbers from 1 to 5 beside texts: stars")
            return


def _find_keys(table: Table, keys: list[int]) -> None:
    """Tell orders, customers and products among ids that no header explains."""
    moment = table.find(Role.TIMESTAMP)
    tells_events = table.find(Role.EVENT_TYPE) or table.find(Role.TEXT, Role.REVIEW_TEXT)
    if moment and not tells_events and table.find(*MONEY, Role.NUMERIC) and not _one_row_each(table):
        _find_order(table, keys, f"c{moment.position}")
    _find_person(table, keys, moment)
    _find_product(table, keys)


def _one_row_each(table: Table) -> bool:
    email = table.find(Role.EMAIL)
    return email is not None and table.evidence[email.position].is_unique


def _find_order(table: Table, keys: list[int], moment: str) -> None:
    if table.find(Role.ORDER_ID):
        return
    found = [key for key in keys if determines(table, f"c{key}", moment) and _fits(table, key, Role.ORDER_ID)]
    if found:
        best = max(found, key=lambda key: table.evidence[key].distinct)
        keys.remove(best)
        table.set(
            best, Role.ORDER_ID, 0.55, "each value belongs to one moment only, as a number of an order does"
        )


def _find_person(table: Table, keys: list[int], moment: Column | None) -> None:
    order = table.find(Role.ORDER_ID)
    found = [key for key in keys if _fits(table, key, Role.CUSTOMER_ID)]
    if table.find(Role.CUSTOMER_ID) or not found:
        return
    if order:
        found = [key for key in found if determines(table, f"c{order.position}", f"c{key}")]
        reason = "each order belongs to one value, and a value has several orders, as a customer has"
    elif _one_row_each(table):
        found = [key for key in found if table.evidence[key].is_unique]
        reason = "each row has an id of its own beside an e-mail address"
    elif moment or table.find(Role.TEXT, Role.REVIEW_TEXT):
        together = {
            key: share_determined(table, f"c{moment.position}", f"c{key}") if moment else 0 for key in found
        }
        hinted = [key for key in found if _hint(table, key) is Role.CUSTOMER_ID]
        found = hinted or [max(found, key=lambda key: (round(together[key], 2), -key))]
        reason = "the first id that repeats and stays the same within a moment, as a customer does"
    else:
        return
    if found:
        best = max(found, key=lambda key: (table.evidence[key].distinct, -key))
        keys.remove(best)
        table.set(best, Role.CUSTOMER_ID, 0.5, reason)


def _find_product(table: Table, keys: list[int]) -> None:
    """Take what is neither order nor customer and repeats for a product."""
    found = [key for key in keys if not table.evidence[key].is_unique and _fits(table, key, Role.PRODUCT_ID)]
    if table.find(Role.PRODUCT_ID) or table.find(Role.CUSTOMER_ID) is None or not found:
        return
    order = table.find(Role.ORDER_ID)
    if order and table.evidence[order.position].is_unique:
        return
    if order:
        found = [key for key in found if not determines(table, f"c{order.position}", f"c{key}")]
    if found:
        best = max(found, key=lambda key: table.evidence[key].distinct)
        table.set(
            best, Role.PRODUCT_ID, 0.5, "an id that customers share and that repeats, as a product does"
        )
        _find_product_name(table, best)


def _find_product_name(table: Table, product: int) -> None:
    """Take the wordy column that the product decides, and that decides the product, for its name."""
    if table.find(Role.PRODUCT_NAME):
        return
    for column in table.mute:
        values = table.evidence[column.position]
        wordy = (
            not values.is_number
            and values.dates is None
            and values.distinct > 10
            and values.mean_words >= 1.5
        )
        if wordy and determines(table, f"c{product}", f"c{column.position}"):
            table.set(column.position, Role.PRODUCT_NAME, 0.55, "words that go with the id of a product")
            return


def _adopt_order_number(table: Table) -> None:
    """Take an id that says not of what for the order, where the file has customers, dates and amounts."""
    moment, person = table.find(Role.TIMESTAMP), table.find(Role.CUSTOMER_ID, Role.EMAIL)
    if not moment or not person or not table.find(Role.AMOUNT, Role.UNIT_PRICE):
        return
    if table.evidence[person.position].is_unique:
        return
    ids = [
        column.position
        for column in table.columns
        if column.role is Role.IGNORE and table.concepts[column.position] <= {C.ID, C.ALONE, C.UNIQUE, C.CODE}
        and C.ID in table.concepts[column.position] and table.evidence[column.position].distinct > 1
    ]  # fmt: skip
    found = [key for key in ids if determines(table, f"c{key}", f"c{moment.position}")]
    if found:
        best = max(
            found, key=lambda key: (not table.evidence[key].is_row_number, _spelled_number(table, key))
        )
        reason = "an id of its own for each moment of buying: the order"
        table.set(best, Role.ORDER_ID, 0.6, reason)


def _spelled_number(table: Table, key: int) -> tuple[int, int]:
    return (table.evidence[key].distinct, -key)


def _set_ids_aside(table: Table) -> None:
    """Leave out long whole numbers of one length whose header says nothing: nobody averages those."""
    for column in table.mute:
        values = table.evidence[column.position]
        if column.role is Role.NUMERIC and table.is_key(column) and values.mean_characters >= SHORTEST_ID:
            table.set(column.position, Role.IGNORE, 0.5, "long whole numbers of one length: ids of something")


def _set_order_totals_aside(table: Table) -> None:
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


def _fits(table: Table, key: int, role: Role) -> bool:
    hint = _hint(table, key)
    return hint is None or hint is role


def _hint(table: Table, key: int) -> Role | None:
    """Return what the letters before the digits of an id speak of (C1001, SKU-7), if of anything."""
    sample = table.evidence[key].sample
    return next((role for role, prefix in _PREFIXES.items() if _all_match(prefix, sample)), None)


def _all_match(prefix: re.Pattern[str], sample: Iterable[str]) -> bool:
    return all(prefix.fullmatch(value) for value in sample)
