"""Which of two exports is the newer one, by what they say of the orders that both hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from itertools import combinations

import duckdb

from segmentation.intake.cleaning.judge_order_lines import LATEST
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.order_states import State

CLEARLY = 0.6
_PROGRESS = {
    State.UNPAID: 0,
    State.PARTLY_RETURNED: 2,
    State.RETURNED: 3,
    State.CANCELLED: 3,
    State.TAKES_BACK: 3,
}
_SETTLED = " ".join(f"WHEN '{state}' THEN {step}" for state, step in _PROGRESS.items())


@dataclass(frozen=True)
class _Common:
    """Of the orders that two files tell differently: how many, and in how many more the first is ahead."""

    orders: int = 0
    ahead: int = 0

    @property
    def clear(self) -> bool:
        """Whether nearly all of them agree on which file is newer."""
        return abs(self.ahead) >= CLEARLY * self.orders > 0


@dataclass(frozen=True)
class UnsureAge:
    """Two files, by upload id, that tell common orders differently and of which either may be newer."""

    newer: str
    older: str
    orders: int


def forget_ages(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the table of the ages that are unsure anew."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE unsure_ages (newer VARCHAR, older VARCHAR, orders BIGINT)")


def unsure_ages(cursor: duckdb.DuckDBPyConnection) -> list[UnsureAge]:
    """Return the files of which either may be the newer one, the most common orders first."""
    rows = cursor.execute(
        "SELECT newer, older, orders FROM unsure_ages ORDER BY orders DESC, newer, older"
    ).fetchall()
    return [UnsureAge(*row) for row in rows]


def oldest_to_newest(cursor: duckdb.DuckDBPyConnection, files: Sequence[Source]) -> list[Source]:
    """Sort files by age, and write down the pairs whose age is unsure.

    A person's answer comes first; then what was settled or given back in nearly all common orders, then the
    last day, then what more of the common orders say, then the order in which they were brought.

    :param files: the oldest first by their last days, then as they were brought.
    """
    common = _compare(cursor)
    days = {source: _last_day(cursor, source) for source in files}

    def later(mine: Source, theirs: Source) -> int:
        told = common.get((mine.upload.upload_id, theirs.upload.upload_id), _Common())
        by_day = (days[mine] > days[theirs]) - (days[mine] < days[theirs])
        said = _said(mine, theirs)
        return said or (told.clear and told.ahead) or by_day or told.ahead

    for older, newer in combinations(files, 2):
        if later(older, newer) > 0:
            older, newer = newer, older
        told = common.get((newer.upload.upload_id, older.upload.upload_id), _Common())
        conflict = days[newer] == days[older] or told.ahead < 0
        if told.orders and (_said(newer, older) or (not told.clear and conflict)):
            ids = [newer.upload.upload_id, older.upload.upload_id]
            cursor.execute("INSERT INTO unsure_ages VALUES (?, ?, ?)", [*ids, told.orders])
    return sorted(files, key=cmp_to_key(later))


def _said(mine: Source, theirs: Source) -> int:
    """Return 1 or -1 where a person said which file is newer, else 0."""
    return (theirs.upload.upload_id in mine.upload.newer_than) - (
        mine.upload.upload_id in theirs.upload.newer_than
    )


def _last_day(cursor: duckdb.DuckDBPyConnection, source: Source) -> str:
    return cursor.execute(
        f"SELECT coalesce(max(moment) FILTER (moment <= {LATEST})::DATE::VARCHAR, '')"
        f" FROM {source.typed_view}"
    ).fetchall()[0][0]


def _compare(cursor: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], _Common]:
    """Compare each two files: by the states of their common orders, else by what was paid and given back.

    What was given back is not paid again. Sums tell where the files have one header, or mostly agree.
    """
    rows = cursor.execute(
        f"""
        WITH ranked AS (SELECT file, order_id, header, content, paid,
                               CASE coalesce(state, '{State.UNPAID}') {_SETTLED} ELSE 1 END AS settled
                        FROM orders_held_twice),
             pairs AS (SELECT a.file AS mine, b.file AS theirs, sign(a.settled - b.settled) AS by_state,
                              coalesce(sign(b.paid - a.paid), 0) AS by_money, a.header = b.header AS alike
                       FROM ranked AS a JOIN ranked AS b
                         ON a.order_id = b.order_id AND a.file <> b.file AND a.content <> b.content),
             told AS (SELECT *, alike OR avg((by_money = 0)::INT) OVER (PARTITION BY mine, theirs) > 0.5
                                AS comparable FROM pairs)
        SELECT mine, theirs, count(*) FILTER (by_state <> 0 OR by_money <> 0),
               coalesce(sum(if(by_state = 0 AND comparable, by_money, by_state)), 0)
        FROM told GROUP BY ALL"""
    ).fetchall()
    return {(mine, theirs): _Common(int(orders), int(ahead)) for mine, theirs, orders, ahead in rows}
