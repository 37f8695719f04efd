"""What a movement comes to: how many moved from where to where, with how much money, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from segmentation.action.retention.job import load_outlook
from segmentation.runs import Run
from segmentation.track.movement.kept_movements import Movement
from segmentation.track.movement.steps import Outside
from segmentation.workspace import Workspace

AHEAD = 365
"""Days ahead of what customers are expected to bring."""


@dataclass(frozen=True)
class Called:
    """What segments are called before and now, by label."""

    before: Sequence[str]
    now: Sequence[str]


@dataclass(frozen=True)
class Look:
    """A movement looked at in k segments.

    `steady`: who is not clearly nearer to the new segment counts as having stayed. `expects`: what lies ahead
    of the run's customers is told from the later day on, so that it belongs to these steps. `names_before`
    are those of the earlier run's segments, where two runs are compared; empty where it is the same run.
    """

    movement: Movement
    k: int
    steady: bool = False
    expects: bool = False
    names_before: tuple[str, ...] = ()

    def called(self, names: Sequence[str]) -> Called:
        """Return what the segments of both sides are called.

        :param names: those of the later side, by label.
        """
        return Called(self.names_before or names, names)


def is_of_run(run: Run, movement: Movement) -> bool:
    """Whether the later day is the run's own, so that what was foreseen for its customers begins there."""
    same_day = run.as_of is not None and run.as_of.date() == movement.until.date()
    return same_day and run.fingerprint == movement.fingerprint


@dataclass(frozen=True)
class Cell:
    """The customers who were in one segment and are in another, or the same; an `Outside` for none.

    `revenue` is what they paid in the year up to the later day, net, `expected` what they are foreseen to
    bring in the next; None where no amounts are known. `did_something` and `silence` part them: who did
    anything between the days, and of whom only time passed. `border`: who was hardly nearer to one of the two
    segments than to the other, before or after, of those who moved. `in_margin`: what is expected of them is
    margin, after the cost of goods.
    """

    was: int
    now: int
    customers: int
    revenue: float | None
    expected: float | None
    did_something: int
    silence: int
    border: int
    in_margin: bool = False

    @property
    def is_step(self) -> bool:
        """Whether these went from one segment to another."""
        return self.was >= 0 and self.now >= 0 and self.was != self.now


_PLACED = f"""
placed AS (
    SELECT moved.customer_id, acted, orders, paid, revenue, last_order, was[$place] AS was,
           border[$place] AS border, spend_{AHEAD} AS expected,
           CASE WHEN $steady AND was[$place] >= 0 AND now[$place] >= 0 AND NOT clear[$place]
                THEN was[$place] ELSE now[$place] END AS now
    FROM moved LEFT JOIN outlook
         ON $expects AND outlook.run_id = moved.run_id AND outlook.customer_id = moved.customer_id
    WHERE movement_id = $movement_id
)"""


def count_cells(workspace: Workspace, look: Look) -> tuple[Cell, ...]:
    """Count the customers of every pair of segments that anybody has, in the order of both."""
    query = f"""
        WITH {_PLACED}
        SELECT was, now, count(*), sum(revenue)::DOUBLE, sum(expected), count(*) FILTER (acted),
               count(*) FILTER (NOT acted), count(*) FILTER (border AND was <> now)
        FROM placed GROUP BY was, now ORDER BY was, now"""
    with workspace.cursor() as cursor:
        rows = cursor.execute(query, _bound(look)).fetchall()
    outlook = load_outlook(workspace, look.movement.run_id) if look.expects else None
    in_margin = outlook is not None and outlook.in_margin
    return tuple(replace(Cell(*row), in_margin=in_margin) for row in rows)


def customers_of_cell(
    workspace: Workspace, look: Look, was: int, now: int, most: int | None = None
) -> pd.DataFrame:
    """Return the customers of one cell, those with the most money first.

    Columns: customer_id, was, now, acted, border, orders and paid (between the days), revenue, expected,
    last_order.

    :param most: read no more rows than this.
    """
    limit = "" if most is None else f"LIMIT {int(most)}"
    query = f"""
        WITH {_PLACED}
        SELECT {_COLUMNS} FROM placed WHERE was = $was AND now = $now
        ORDER BY coalesce(expected, revenue, 0) DESC, customer_id {limit}"""
    with workspace.cursor() as cursor:
        return cursor.sql(query, params=_bound(look) | {"was": was, "now": now}).df()


def movers(workspace: Workspace, look: Look) -> pd.DataFrame:
    """Return all who are not where they were, by where they went; columns as of `customers_of_cell`.

    Nobody knows where those were who cannot be compared: they are not among them.
    """
    query = f"""
        WITH {_PLACED}
        SELECT {_COLUMNS} FROM placed WHERE was <> now AND was <> $unknown ORDER BY was, now, customer_id"""
    with workspace.cursor() as cursor:
        return cursor.sql(query, params=_bound(look) | {"unknown": int(Outside.NOT_COMPARABLE)}).df()


_COLUMNS = """
    customer_id, was, now, acted, border, orders, paid::DOUBLE AS paid, revenue::DOUBLE AS revenue,
    expected, last_order"""


def _bound(look: Look) -> dict[str, object]:
    return {
        "place": look.movement.place(look.k),
        "steady": look.steady,
        "expects": look.expects,
        "movement_id": look.movement.movement_id,
    }
