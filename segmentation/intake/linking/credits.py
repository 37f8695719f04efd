"""Files of what came back whose documents have numbers of their own, and name no order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from scipy.special import bdtrc

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source, overlap
from segmentation.intake.values.order_states import State, state_of
from segmentation.intake.words import OWN_NUMBERS

VALUE = "coalesce(amount, unit_price * coalesce(quantity, 1))"
MOSTLY, NEARLY_ALL, HALF, SELDOM, FEW = 0.8, 0.95, 0.5, 0.4, 0.3
FEWEST, BY_NO_CHANCE = 5, 0.001
_GOODS = {Role.PRODUCT_ID: "product_id", Role.PRODUCT_NAME: "product_name"}


@dataclass(frozen=True)
class Follows:
    """Of how many `rows` of a file so many follow a purchase of their customer and goods, at its price."""

    rows: int
    following: int

    @property
    def share(self) -> float:
        """The share of those rows, 0..1."""
        return self.following / self.rows if self.rows else 0.0


def credited_of(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source, is_named: bool) -> bool:
    """Whether the rows of a file take back purchases of another one, though they name none of its orders.

    Each has the number of a document that takes back, of people whom the other file knows; or the file's name
    says so, and most rows follow a purchase at its price. Where nothing says so nearly all do, of few goods
    sold, and on that day hardly any purchase does.

    :param is_named: whether the file's name says that it is of returns.
    """
    if not _are_of_one_side(cursor, source) or _share_of_people(cursor, source, other) < HALF:
        return False
    if _numbers_returns(cursor, source):
        return True
    back = following(cursor, source, other)
    if is_named:
        return back.share >= (MOSTLY if goods_of(source, other) else NEARLY_ALL)
    if back.rows < FEWEST or back.share < NEARLY_ALL or source.has(Role.ORDER_STATUS):
        return False
    plain = following(cursor, other, other, meanwhile=source)
    few = back.rows <= FEW * plain.rows and plain.share <= SELDOM
    return bool(few and bdtrc(back.following - 1, back.rows, plain.share) <= BY_NO_CHANCE)


def following(
    cursor: duckdb.DuckDBPyConnection, source: Source, other: Source, meanwhile: Source | None = None
) -> Follows:
    """Count the rows that follow a purchase of their customer and goods, of no fewer pieces, at its price.

    No more than were bought so. Of files that tell no goods, those of the sum of a line or an order of their
    customer.

    :param meanwhile: a file from whose first to last day rows are counted.
    """
    goods = goods_of(source, other)
    pieces = "greatest(abs(coalesce(quantity, 1)), 1)" if goods else "1"
    told = (
        f"SELECT line, order_id, customer_id, {goods or 'NULL'} AS thing, moment::DATE AS day,"
        f" abs({VALUE})::DOUBLE AS paid, {pieces} AS pieces, round(paid / pieces, 2) AS each"
        " FROM {view} WHERE customer_id IS NOT NULL"
    )
    orders = (
        "SELECT NULL, order_id, customer_id, NULL, min(day), sum(paid), 1, round(sum(paid), 2)"
        " FROM lines GROUP BY ALL"
    )
    earlier = "bought.line < asked.line" if source is other else "true"
    ends = "SELECT min(moment)::DATE AS first, max(moment)::DATE AS last FROM"
    days = f", ({ends} {meanwhile.typed_view}) WHERE day BETWEEN first AND last" if meanwhile else ""
    rows, found = cursor.execute(
        f"""
        WITH told AS ({told.format(view=source.typed_view)}),
             lines AS ({told.format(view=other.typed_view)}),
             asked AS (SELECT told.* FROM told{days}),
             bought AS (FROM lines{"" if goods else f" UNION ALL {orders}"}),
             alike AS (SELECT customer_id, thing, each, count(*) AS sold FROM bought GROUP BY ALL),
             backs AS (SELECT customer_id, thing, each, count(*) AS back FROM asked
                       WHERE paid > 0 AND EXISTS (
                           FROM bought WHERE bought.customer_id = asked.customer_id
                           AND bought.thing IS NOT DISTINCT FROM asked.thing AND bought.each = asked.each
                           AND bought.day <= asked.day AND bought.pieces >= asked.pieces AND {earlier})
                       GROUP BY ALL)
        SELECT (SELECT count(*) FROM asked), (
            SELECT coalesce(sum(least(back, sold)), 0)::BIGINT FROM backs JOIN alike
            ON backs.customer_id = alike.customer_id AND backs.each = alike.each
               AND backs.thing IS NOT DISTINCT FROM alike.thing)"""
    ).fetchall()[0]
    return Follows(rows, found)


def goods_of(source: Source, other: Source) -> str | None:
    """Return the field by which both files tell goods; None where they do not."""
    return next((field for role, field in _GOODS.items() if source.has(role) and other.has(role)), None)


def may_be_credited(source: Source, other: Source) -> bool:
    """Whether both files say who bought when for how much, and the first is much shorter."""
    told = (
        one.person is not None and one.has(Role.TIMESTAMP) and one.has(Role.AMOUNT, Role.UNIT_PRICE)
        for one in (source, other)
    )  # fmt: skip
    return source is not other and source.upload.rows <= HALF * other.upload.rows and all(told)


def _share_of_people(cursor: duckdb.DuckDBPyConnection, source: Source, other: Source) -> float:
    return overlap(cursor, (source.typed_view, "customer_id"), (other.typed_view, "customer_id"))


def _are_of_one_side(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether all rows are sums of one sign: where some take back others, the rows say so themselves."""
    low, high = cursor.execute(f"SELECT min({VALUE}), max({VALUE}) FROM {source.typed_view}").fetchall()[0]
    return low is not None and (low >= 0 or high <= 0)


def _numbers_returns(cursor: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """Whether each row has the number of a document that takes back, by its header, and no other number.

    Each such document is of one customer.
    """
    numbers = source.columns(Role.ORDER_ID) or source.columns(Role.IGNORE, Role.NUMERIC)
    shares = (
        cursor.execute(
            f"""
            SELECT count(c{one.position}) / count(*),
                   count(DISTINCT c{one.position}) / count(DISTINCT (c{one.position}, customer_id))
            FROM {source.raw_table} JOIN {source.typed_view} USING (line)"""
        ).fetchall()[0]
        for one in numbers
        if state_of(one.name) is State.RETURNED or Concept.REFUND in concepts_of(one.name)
    )
    return any(min(filled, owned) >= NEARLY_ALL for filled, owned in shares)


def credit_words(cursor: duckdb.DuckDBPyConnection, source: Source, bases: Sequence[Source]) -> str:
    """Say of how many rows of such a file the purchase was found."""
    back = max((following(cursor, source, base) for base in bases), key=lambda found: found.following)
    return OWN_NUMBERS.format(file=source.upload.file_name, rows=back.rows, found=back.following)
