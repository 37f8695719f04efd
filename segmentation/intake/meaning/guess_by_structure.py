"""What columns mean by how they hang together, where their headers say nothing.

Quantity times price is the amount; an order belongs to one moment and one customer, a customer to several
moments, a product to several of both; a total that repeats on each line of an order is no amount of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.amount_columns import MONEY, multiply, price_items
from segmentation.intake.meaning.product_columns import find_goods
from segmentation.intake.meaning.table_so_far import Table, determines, share_determined
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.column_evidence import Evidence

SHORTEST_ID = 6
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
) -> Table:
    """Return the table with the roles that only the whole of it can tell; lower confidence, reason said."""
    table = Table(cursor, name, list(columns), concepts, evidence)
    multiply(table)
    price_items(table)
    _find_moment(table)
    _find_rating(table)
    _find_keys(table, [column.position for column in table.mute if table.is_key(column)])
    if table.find(Role.ORDER_ID) is None:
        _adopt_order_number(table)
    find_goods(table)
    _set_ids_aside(table)
    return table


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


def _fits(table: Table, key: int, role: Role) -> bool:
    hint = _hint(table, key)
    return hint is None or hint is role


def _hint(table: Table, key: int) -> Role | None:
    """Return what the letters before the digits of an id speak of (C1001, SKU-7), if of anything."""
    sample = table.evidence[key].sample
    return next((role for role, prefix in _PREFIXES.items() if _all_match(prefix, sample)), None)


def _all_match(prefix: re.Pattern[str], sample: Iterable[str]) -> bool:
    return all(prefix.fullmatch(value) for value in sample)
