"""More money given back than a shop could live on: payouts and bills among the rows look like returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from segmentation.intake.proof.alarm import Alarm, Code
from segmentation.intake.proof.remedies import other_amounts
from segmentation.intake.roles import Role, Upload
from segmentation.intake.shop import Shop

ENOUGH_LINES = 30
MOST_BACK = 0.75
"""Of clothes about half comes back where buyers try them on at home."""


def mostly_given_back(
    cursor: duckdb.DuckDBPyConnection, shop: Shop, orders: Sequence[Upload]
) -> Iterator[Alarm]:
    """Ring where nearly as much, or more, went out as was sold."""
    if "lines" not in shop.has or not orders:
        return
    [(lines, sold, back)] = cursor.execute(
        """
        SELECT count(*) FILTER (NOT is_return), coalesce(sum(amount) FILTER (NOT is_return), 0)::DOUBLE,
               coalesce(-sum(amount) FILTER (is_return), 0)::DOUBLE
        FROM shop.lines"""
    ).fetchall()
    if lines < ENOUGH_LINES or back == 0 or back <= MOST_BACK * sold:
        return
    upload = next((one for one in orders if one.column_of(Role.AMOUNT)), orders[0])
    amount = upload.column_of(Role.AMOUNT)
    yield Alarm(
        Code.MOSTLY_GIVEN_BACK,
        upload.file_name,
        amount.name if amount else "",
        part=round(back),
        whole=round(sold),
        remedies=other_amounts(upload, amount),
    )
