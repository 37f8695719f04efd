"""Where each customer stands in segments that are followed: in which, in which before, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from segmentation.runs.columns import segment_column
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table

NEW = ("segment", "distance", "margin", "unlike_anybody")
"""What is told of every customer each time, beside customer_id."""

LATELY = 31
"""Days within which a move is told as one of lately."""

STANDING = ("current_segment", "previous_segment", "changed_on")
"""The columns of every export of segments that are followed."""

STANDING_SQL = """standing.segment::BIGINT + 1 AS current_segment,
    standing.previous_segment::BIGINT + 1 AS previous_segment,
    strftime(standing.changed_on, '%Y-%m-%d') AS changed_on"""
"""The same columns, of customers beside whom the table `standing` is joined."""

# Who moves now did so by today; who had moved before keeps the day, and who is new has come from nowhere.
_MOVED = """
SELECT now.customer_id, now.segment,
       CASE WHEN was.segment <> now.segment THEN was.segment
            ELSE was.previous_segment END AS previous_segment,
       CASE WHEN was.segment <> now.segment THEN CAST($day AS DATE) ELSE was.changed_on END AS changed_on,
       now.distance, now.margin, now.unlike_anybody
FROM assigned_now AS now LEFT JOIN ({before}) AS was USING (customer_id)
"""
_AT_FIRST = """
SELECT customer_id, {column} AS segment, CAST(NULL AS UTINYINT) AS previous_segment,
       CAST(NULL AS DATE) AS changed_on FROM {table}
"""


@dataclass(frozen=True)
class Followed:
    """Which run's segments are followed, in how many, and the day to which customers were looked at."""

    run_id: str
    k: int
    day: date | None


def followed(workspace: Workspace) -> Followed | None:
    """Return whose segments are followed; None where nobody was assigned to any."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT run_id, k, day FROM followed SEMI JOIN runs USING (run_id)").fetchall()
    return Followed(*rows[0]) if rows else None


@dataclass(frozen=True)
class InFigures:
    """How many customers stand in each segment, by label; of them, how many moved lately or are like nobody.

    Lately is within `LATELY` days before the day of the last look.
    """

    followed: Followed
    sizes: dict[int, int]
    moved: int
    unlike_anybody: int

    @property
    def customers(self) -> int:
        """How many there are."""
        return sum(self.sizes.values())


def in_figures(workspace: Workspace) -> InFigures | None:
    """Count who stands where; None where nobody is followed."""
    kept = followed(workspace)
    if kept is None:
        return None
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT segment, count(*), count(*) FILTER (changed_on > CAST($day AS DATE) - $lately),"
            " count(*) FILTER (unlike_anybody) FROM standing GROUP BY segment ORDER BY segment",
            {"day": kept.day, "lately": LATELY},
        ).fetchall()
    sizes = {segment: number for segment, number, _, _ in rows}
    return InFigures(kept, sizes, sum(row[2] for row in rows), sum(row[3] for row in rows))


def compare(workspace: Workspace, to: Followed, now: pd.DataFrame) -> pd.DataFrame:
    """Return a row per customer with the segment before and the day of the change, where there was one.

    Before is where they stood the last time these segments were followed, at first where the run has them.

    :param now: customer_id, and the columns of `NEW`; segments are labels from 0.
    """
    with workspace.cursor() as cursor:
        return _compare(cursor, to, now, followed(workspace))


def keep_standing(workspace: Workspace, to: Followed, now: pd.DataFrame) -> pd.DataFrame:
    """Keep where customers stand, and return it as `compare` does; a look at an earlier day is not kept."""
    before = followed(workspace)
    with workspace.transaction() as cursor:
        found = _compare(cursor, to, now, before)
        known = before if before and (before.run_id, before.k) == (to.run_id, to.k) else None
        if known is None or known.day is None or to.day is None or to.day >= known.day:
            cursor.register("standing_now", found)
            cursor.execute("DELETE FROM standing")
            cursor.execute("INSERT INTO standing BY NAME SELECT * FROM standing_now")
            cursor.unregister("standing_now")
            cursor.execute("DELETE FROM followed")
            cursor.execute("INSERT INTO followed VALUES (?, ?, ?)", [to.run_id, to.k, to.day])
    return found


def load_standing(workspace: Workspace, run_id: str, k: int) -> pd.DataFrame | None:
    """Read where customers stand in these segments, a row for each as `compare` gives it.

    None where these are not the ones that are followed.
    """
    kept = followed(workspace)
    if kept is None or (kept.run_id, kept.k) != (run_id, k):
        return None
    with workspace.cursor() as cursor:
        return cursor.sql("SELECT * FROM standing ORDER BY customer_id").df()


def told(standing: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of exports: segments numbered from 1, days as they are written, missing or not."""
    days = pd.to_datetime(standing["changed_on"]).dt.strftime("%Y-%m-%d")
    segments = [standing[column].astype("Int64") + 1 for column in ("segment", "previous_segment")]
    return pd.DataFrame(dict(zip(STANDING, [*segments, days], strict=True)), index=standing.index)


def _compare(
    cursor: duckdb.DuckDBPyConnection, to: Followed, now: pd.DataFrame, known: Followed | None
) -> pd.DataFrame:
    same = known is not None and (known.run_id, known.k) == (to.run_id, to.k)
    first = _AT_FIRST.format(column=segment_column(to.k), table=rows_table(to.run_id))
    cursor.register("assigned_now", now.reset_index(names="place"))
    query = _MOVED.format(before="SELECT * FROM standing" if same else first) + " ORDER BY now.place"
    found = cursor.sql(query, params={"day": to.day}).df()
    cursor.unregister("assigned_now")
    return found
