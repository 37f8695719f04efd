"""Which order files hold lines, which only add to them (heads, payments), and which tell what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.linking.credits import VALUE, credited_of, may_be_credited
from segmentation.intake.linking.find_customers import MIN_OVERLAP
from segmentation.intake.linking.pieces_again import worth_of_pieces
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.typed_reading import Source, overlap
from segmentation.intake.values.order_states import State, state_of

MIN_KNOWN, SAME_PEOPLE = 0.9, 0.5
MOST_RETURNED, MOST_WHOLE, FEW_NAMED = 0.6, 0.3, 0.1
MIN_LATER = 0.95
HIGHEST_TAX = 1.35
_LOST = (State.RETURNED, State.TAKES_BACK, State.CANCELLED)
_TELLING = (Role.AMOUNT, Role.REFUND, Role.TIMESTAMP, Role.QUANTITY, Role.UNIT_PRICE)


@dataclass(frozen=True)
class OrderSources:
    """The order files by what they do, oldest first: `heads` and `returns` add to some files of lines.

    So do `credits`, which name no orders.
    """

    lines: tuple[Source, ...]
    heads: Mapping[Source, tuple[Source, ...]]
    returns: Mapping[Source, tuple[Source, ...]]
    credits: Mapping[Source, tuple[Source, ...]]

    def family_of(self, lines: Source) -> list[Source]:
        """Return a file of lines and the heads that add to it."""
        return [lines, *(head for head, bases in self.heads.items() if lines in bases)]


def sort_orders(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> OrderSources:
    """Tell the files of order lines from those that add to them."""
    orders = [source for source in sources if source.kind is Kind.ORDERS]
    keyed = [source for source in orders if source.has(Role.ORDER_ID)]
    returns = {source: known for source in keyed if (known := _returned_of(cursor, source, keyed))}
    others = [source for source in orders if source not in returns]
    credits = {source: found for source in others if (found := _credited_of(cursor, source, others))}
    others = [source for source in others if source not in credits]
    heads = {source: found for source in others if (found := _bases_of(cursor, source, others))}
    lines = tuple(source for source in others if source not in heads)
    return OrderSources(lines, heads, returns, credits)


def _credited_of(
    cursor: duckdb.DuckDBPyConnection, source: Source, orders: Sequence[Source]
) -> tuple[Source, ...]:
    """Return the files whose purchases this one takes back, of which it names no orders."""
    named = loss_of(source) is not None and Concept.CUSTOMER not in concepts_of(source.upload.file_name)
    others = [
        one for one in orders if may_be_credited(source, one) and not _names_orders(cursor, source, one)
    ]
    return tuple(one for one in others if credited_of(cursor, source, one, named))


def _names_orders(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source) -> bool:
    known = all(one.has(Role.ORDER_ID) for one in (source, other)) and _share_of(cursor, source, other)
    return known > FEW_NAMED and _are_of_the_same_people(cursor, source, other)


def _rank(source: Source) -> tuple[bool, bool, bool]:
    """Order files by how close they are to order lines: goods, then who and when, then money."""
    return (
        source.has(Role.PRODUCT_ID, Role.PRODUCT_NAME) or _prices_pieces(source),
        source.person is not None or source.has(Role.TIMESTAMP),
        source.has(Role.AMOUNT, Role.UNIT_PRICE),
    )


def _prices_pieces(source: Source) -> bool:
    return source.has(Role.QUANTITY) and source.has(Role.UNIT_PRICE)


def _bases_of(
    cursor: duckdb.DuckDBPyConnection, source: Source, orders: Sequence[Source]
) -> tuple[Source, ...]:
    """Return the files of order lines that this file only adds to."""
    if not source.has(Role.ORDER_ID):
        return ()
    closer = [other for other in orders if other.has(Role.ORDER_ID) and _rank(other) > _rank(source)]
    known = [other for other in closer if _share_of(cursor, other, source) >= MIN_OVERLAP]
    best = max(map(_rank, known), default=None)
    return tuple(other for other in known if _rank(other) == best)


def _returned_of(
    cursor: duckdb.DuckDBPyConnection, source: Source, orders: Sequence[Source]
) -> tuple[Source, ...]:
    """Return the files whose orders this one tells to have come back, none where it tells no such thing."""
    others = [other for other in orders if other is not source and _rank(other) > (False, False, False)]
    known = [one for one in others if _share_of(cursor, source, one) >= MIN_KNOWN]
    known = [one for one in known if _are_of_the_same_people(cursor, source, one)]
    few = [one for one in known if _share_of(cursor, one, source) <= MOST_RETURNED]
    if _speaks_of_loss(cursor, source):
        return tuple(few)
    laws = (_are_parts_of_orders, _name_goods_again, _are_pieces_again)
    return tuple(one for one in few if any(law(cursor, source, one) for law in laws))


def _are_parts_of_orders(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source) -> bool:
    """Whether a file of sums says of what was bought before that it came back.

    Each row names the order, and a product of it where there are any, lies later, and is no more than that
    cost with its tax. Whole orders, and those whose buyer is named again, are few, and no header speaks of
    paying or sending.
    """
    if source.has(Role.ORDER_STATUS) or not source.has(Role.AMOUNT):
        return False
    if other.person is None or not all(one.has(Role.TIMESTAMP) for one in (source, other)):
        return False
    keys = "order_id, product_id" if source.has(Role.PRODUCT_ID) else "order_id"
    doubtful = keys == "order_id" or source.person is not None
    if doubtful and (_speaks_of_paying(source) or _share_of(cursor, other, source) > MOST_WHOLE):
        return False
    if keys != "order_id" and not other.has(Role.PRODUCT_ID):
        return False
    share, known = cursor.execute(
        f"""
        WITH bought AS (SELECT {keys}, min(moment) AS ordered, sum(abs({VALUE})) AS paid,
                               min(customer_id) AS buyer
                        FROM {other.typed_view} GROUP BY ALL)
        SELECT count(*) FILTER (told.moment > ordered AND abs(told.amount) <= {HIGHEST_TAX} * paid + 0.01
                                AND coalesce(told.customer_id = buyer, true))
                   / greatest(count(*), 1),
               count(ordered) / greatest(count(*), 1)
        FROM {source.typed_view} AS told LEFT JOIN bought USING ({keys})"""
    ).fetchall()[0]
    return bool(share >= MIN_LATER * known and known >= MIN_KNOWN)


def _share_of(cursor: duckdb.DuckDBPyConnection, other: Source, source: Source) -> float:
    """Return the share of the orders of `other` that `source` names."""
    return overlap(cursor, (other.typed_view, "order_id"), (source.typed_view, "order_id"))


def _are_of_the_same_people(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source) -> bool:
    """Whether an order has one customer in both files, where both say who: else each has its own numbers."""
    if source.person is None or other.person is None:
        return True
    [(share,)] = cursor.execute(
        f"""
        WITH known AS (SELECT order_id, min(customer_id) AS buyer FROM {other.typed_view} GROUP BY order_id)
        SELECT avg((customer_id = buyer)::INT) FROM {source.typed_view} JOIN known USING (order_id)"""
    ).fetchall()
    return share is None or share >= SAME_PEOPLE


def _speaks_of_paying(source: Source) -> bool:
    """Whether a header speaks of paying, sending or fees: what such rows say of orders is no loss."""
    said = {concept for column in source.upload.columns for concept in concepts_of(column.name)}
    return bool(said & {Concept.LATER, Concept.PAYMENT, Concept.FEE})


def _name_goods_again(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source) -> bool:
    """Whether each row of a file without buyers, sums and texts names goods of an order, on a later day.

    So does what was sent, or paid, late: their headers say so.
    """
    own = Role.ORDER_STATUS, Role.AMOUNT, Role.UNIT_PRICE, Role.REVIEW_TEXT, Role.RATING, Role.TEXT
    if source.person is not None or source.has(*own) or _speaks_of_paying(source):
        return False
    goods = Role.PRODUCT_ID if source.has(Role.PRODUCT_ID) else Role.PRODUCT_NAME
    if other.person is None or not all(one.has(goods) and one.has(Role.TIMESTAMP) for one in (source, other)):
        return False
    share = cursor.execute(
        f"""
        WITH bought AS (SELECT order_id, {goods} AS thing, min(moment) AS ordered
                        FROM {other.typed_view} GROUP BY ALL)
        SELECT coalesce(avg(coalesce(told.moment > ordered, false)::INT::DOUBLE), 0)
        FROM {source.typed_view} AS told LEFT JOIN bought
             ON bought.order_id = told.order_id AND thing = told.{goods}"""
    ).fetchall()[0][0]
    return bool(share >= MIN_LATER)


def _are_pieces_again(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source) -> bool:
    """Whether a file without buyers and states names few orders, and what pieces of their lines cost."""
    if other.person is None or source.has(Role.ORDER_STATUS) or _speaks_of_paying(source):
        return False
    few = _share_of(cursor, other, source) <= MOST_WHOLE
    return few and worth_of_pieces(cursor, source, [other]) is not None


def _speaks_of_loss(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether all rows say that something came back: by state, the file's name, or all of its headers."""
    if source.has(Role.ORDER_STATUS):
        states = cursor.execute(f"SELECT DISTINCT order_status FROM {source.typed_view}").fetchall()
        return {state for (state,) in states} <= set(_LOST)
    if loss_of(source):
        return True
    telling = source.columns(*_TELLING)
    said = [state_of(column.name) for column in telling if column.role is not Role.QUANTITY]
    return bool(said) and set(said) == {State.RETURNED}


def money_of_returns(source: Source) -> Column | None:
    """Return the column that says how much was given back, by its role, or its header beside no price."""
    given = source.columns(Role.REFUND, Role.AMOUNT)
    priced = source.has(Role.UNIT_PRICE)
    named = [c for c in source.columns(Role.NUMERIC) if not priced and state_of(c.name) is State.RETURNED]
    return next(iter((*given, *named)), None)


def loss_of(source: Source) -> State | None:
    """Return what the file's name says became of its orders, if it says that they are lost."""
    state = state_of(PurePath(source.upload.file_name).stem)
    return state if state in _LOST else None
