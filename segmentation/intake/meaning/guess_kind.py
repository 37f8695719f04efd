"""What one row of a file is, and how that settles the roles that a header alone leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import spell
from segmentation.intake.meaning.laws import NEVER, document_of, paid_columns
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.event_actions import known_actions

C = Concept
PER_TRAIT, MANY_TRAITS, MOST_FOR_TRAITS = 0.1, 1.0, 1.5
"""Of people many things are told, of an order few."""
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY)
STATES_BY_VALUE = "the values are states of orders, sales and returns, or yes and no to a state"
TEXTS = (Role.REVIEW_TEXT, Role.TEXT)


@dataclass(frozen=True)
class ByColumns:
    """How much the roles of a file's columns speak for one kind of row, how sure that is (0..1), and why."""

    score: float
    confidence: float
    reason: str


def kinds_by_columns(table: Table) -> dict[Kind, ByColumns]:
    """Weigh each kind of row by the roles that the columns seem to have."""
    roles = {column.role for column in table.columns}
    return {
        Kind.EVENTS: _events(table, roles),
        Kind.PRODUCTS: _products(table, roles),
        Kind.REVIEWS: _reviews(table, roles),
        Kind.ORDERS: ByColumns(0.0, 0.9, "there are orders with amounts, quantities or dates"),
        Kind.CUSTOMERS: _customers(table, roles),
        Kind.OTHER: ByColumns(0.0, 0.5, "nothing here speaks of customers, orders, products or reviews"),
    }


def _events(table: Table, roles: set[Role]) -> ByColumns:
    if _are_events(table.columns, roles, table.evidence):
        return ByColumns(7.0, 0.95, "each row is something a visitor did, with its time")
    seen = {Role.SESSION_ID, Role.PRODUCT_ID} <= roles and bool(roles & {Role.TIMESTAMP, Role.CUSTOMER_ID})
    if seen and not roles & {*MONEY, Role.ORDER_ID, Role.REVIEW_TEXT}:
        return ByColumns(3.0, 0.7, "each row is a product that somebody looked at in a visit")
    return ByColumns(NEVER, 0.0, "")


def _products(table: Table, roles: set[Role]) -> ByColumns:
    if _is_catalogue(table.columns, roles, table.evidence):
        reason = "each row is a product: names or measures of products, no customers or dates of orders"
        return ByColumns(6.0, 0.85, reason)
    if Role.PRODUCT_ID in roles and document_of(table) is not None:
        return ByColumns(-2.0, 0.5, "goods come again in many documents")
    if roles & {Role.PRODUCT_ID, Role.PRODUCT_NAME, Role.DESCRIPTION}:
        sold = bool(roles & {Role.CUSTOMER_ID, Role.EMAIL, Role.ORDER_ID, Role.TIMESTAMP})
        return ByColumns(0.5 if sold else 2.5, 0.7, "the columns are of products")
    return ByColumns(NEVER, 0.0, "")


def _reviews(table: Table, roles: set[Role]) -> ByColumns:
    paid = -3.0 if roles & {Role.AMOUNT, Role.UNIT_PRICE} or paid_columns(table) else 0.0
    paid -= 2.0 if paid and Role.ORDER_ID in roles else 0.0
    if Role.REVIEW_TEXT in roles:
        return ByColumns(5.0 + paid, 0.9, "there is a column of review texts")
    if Role.TEXT in roles and Role.RATING in roles:
        return ByColumns(5.0 + paid, 0.9, "there is a text and a rating in each row")
    if _are_letters(table.columns, roles, table.evidence):
        return ByColumns(4.0, 0.6, "each row is a text that somebody wrote at some time")
    if roles & set(TEXTS):
        return ByColumns(0.5 + paid, 0.6, "there is a column of free texts")
    return ByColumns(NEVER, 0.0, "")


def _customers(table: Table, roles: set[Role]) -> ByColumns:
    if roles & {Role.CUSTOMER_ID, Role.EMAIL}:
        return ByColumns(0.5, 0.9, "there is one row for each customer")
    return _table_of_traits(table.columns, table.concepts, table.evidence)


def _are_events(columns: Sequence[Column], roles: set[Role], evidence: Sequence[Evidence]) -> bool:
    """Whether some column names what visitors do, or codes it beside who, what and when."""
    if not roles & {Role.TIMESTAMP, Role.SESSION_ID}:
        return False
    named = [
        evidence[i] for i, column in enumerate(columns) if column.role in (Role.EVENT_TYPE, Role.CATEGORICAL)
    ]
    if any(known_actions(values.common) >= 2 for values in named):
        return True
    somebody = roles & {Role.CUSTOMER_ID, Role.SESSION_ID, Role.EMAIL}
    return Role.EVENT_TYPE in roles and bool(somebody) and not roles & {Role.ORDER_ID, Role.AMOUNT}


def _is_catalogue(columns: Sequence[Column], roles: set[Role], evidence: Sequence[Evidence]) -> bool:
    if roles & {Role.CUSTOMER_ID, Role.ORDER_ID, Role.SESSION_ID, Role.REVIEW_TEXT, Role.EMAIL}:
        return False
    keys = [column for column in columns if column.role is Role.PRODUCT_ID]
    if any(evidence[column.position].is_unique for column in keys):
        return True
    described = bool(keys) and bool(roles & {Role.PRODUCT_NAME, Role.DESCRIPTION})
    return described and Role.TIMESTAMP not in roles and (Role.UNIT_PRICE in roles or Role.TEXT not in roles)


def _are_letters(columns: Sequence[Column], roles: set[Role], evidence: Sequence[Evidence]) -> bool:
    """Whether people, some of them several times, wrote something of their own in nearly every row."""
    if Role.TIMESTAMP not in roles or roles & {*MONEY, Role.ORDER_ID, Role.PRODUCT_ID}:
        return False
    ids = [evidence[column.position] for column in columns if column.role in (Role.CUSTOMER_ID, Role.EMAIL)]
    texts = [evidence[column.position] for column in columns if column.role in (Role.TEXT, Role.DESCRIPTION)]
    written = any(
        values.is_text and values.filled > 0.5 * values.rows and values.distinct > 0.5 * values.filled
        for values in texts
    )
    return written and any(values.distinct < values.filled for values in ids)


def _table_of_traits(
    columns: Sequence[Column], concepts: Sequence[frozenset[Concept]], evidence: Sequence[Evidence]
) -> ByColumns:
    ids = [i for i, column in enumerate(columns) if is_bare_id(column) and evidence[i].is_unique]
    traits = [column for column in columns if column.role in (Role.NUMERIC, Role.CATEGORICAL)]
    told = min(MOST_FOR_TRAITS, PER_TRAIT * len(traits))
    if ids:
        return ByColumns(
            2.0 + told,
            0.75,
            "each row has an id of its own and columns that describe somebody",
        )
    places = [i for i, found in enumerate(concepts) if found & {C.PLACE, C.POSTAL, C.SELLER, C.PAYMENT}]
    if len(traits) >= 3 and len(places) < 0.5 * len(columns):
        reason = "columns that describe somebody, without an id: each row counts as one customer"
        return ByColumns(1.0 + told, 0.65 if told >= MANY_TRAITS else 0.5, reason)
    return ByColumns(-1.0, 0.5, "each row may be a customer")


def is_bare_id(column: Column) -> bool:
    """Whether a header says id and no more."""
    return spell(column.name) in ("id", "uid", "uuid", "guid", "key", "no", "nr")
