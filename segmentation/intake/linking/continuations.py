"""Files of one kind that go on where another ends, as exports of one month after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import duckdb

from segmentation.intake.linking.newer_exports import oldest_first
from segmentation.intake.roles import Kind, Role
from segmentation.intake.shop import Continuation
from segmentation.intake.typed_reading import Source

_KINDS = (Kind.ORDERS, Kind.EVENTS, Kind.REVIEWS)
_GRAIN = (
    (Role.ORDER_ID,),
    (Role.PRODUCT_ID, Role.PRODUCT_NAME),
    (Role.CUSTOMER_ID, Role.EMAIL),
    (Role.AMOUNT, Role.UNIT_PRICE),
)


def find_continuations(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]
) -> tuple[Continuation, ...]:
    """Say of each two files of one kind and grain which continues which, by their dates."""
    alike: dict[tuple[object, ...], list[Source]] = {}
    for source in sources:
        if source.kind in _KINDS and source.has(Role.TIMESTAMP):
            grain = (source.kind, *(source.has(*roles) for roles in _GRAIN))
            alike.setdefault(grain, []).append(source)
    return tuple(
        Continuation(earlier.upload.file_name, later.upload.file_name, _shared(cursor, earlier, later))
        for files in alike.values()
        if len(files) > 1
        for earlier, later in pairwise(oldest_first(cursor, files))
    )


def _shared(cursor: duckdb.DuckDBPyConnection, earlier: Source, later: Source) -> int:
    rows = cursor.execute(
        f"SELECT count(DISTINCT order_id) FROM {earlier.typed_view}"
        f" SEMI JOIN {later.typed_view} USING (order_id)"
    ).fetchall()
    return int(rows[0][0])
