"""What an outlook says: of each segment, of a single customer, and whom to win back first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from segmentation.action.retention.churn_definition import ChurnDefinition
from segmentation.action.retention.job import LIKELY
from segmentation.action.retention.value_forecast import HORIZONS
from segmentation.errors import OptionError
from segmentation.runs import Run, View
from segmentation.runs.columns import segmented
from segmentation.workspace import Workspace

SILENT_PERIODS = 3
AHEAD = max(HORIZONS)
"""How far ahead what is at risk is told where nobody chooses, in days."""


def at_risk(horizon: int) -> str:
    """Return SQL of what of a customer is at risk: the risk to stop × what they bring in so many days if not.

    In money, or in orders where the files give no amounts; the one meaning of "at risk" wherever it is said.
    """
    return f"risk * if_stays_{_known(horizon)}"


def segment_outlook(workspace: Workspace, view: View, horizon: int) -> pd.DataFrame:
    """Return a row per segment, in label order.

    Columns: segment (0-based), customers, buyers, spend and orders (expected in `horizon` days, summed), risk
    (the average), likely (how many will more likely stop than not) and at_risk (summed).

    :param horizon: days ahead, one of HORIZONS.
    """
    run_id = view.run.run_id
    query = f"""
        SELECT segment, count(*) AS customers, count(outlook.customer_id) AS buyers,
               sum(spend_{_known(horizon)}) AS spend, sum(orders_{horizon}) AS orders, avg(risk) AS risk,
               count(*) FILTER (risk >= $likely) AS likely, sum({at_risk(horizon)}) AS at_risk
        FROM {segmented(run_id, view.k)} AS run
             LEFT JOIN outlook ON outlook.run_id = $run_id AND outlook.customer_id = run.customer_id
        GROUP BY segment ORDER BY segment"""
    with workspace.cursor() as cursor:
        return cursor.sql(query, params={"likely": LIKELY, "run_id": run_id}).df()


def customers_outlook(workspace: Workspace, view: View) -> pd.DataFrame:
    """Return a row per customer who has ordered: customer_id, segment (0-based) and the table `outlook`.

    `at_risk` beside it is that of the next year.
    """
    run_id = view.run.run_id
    with workspace.cursor() as cursor:
        return cursor.sql(
            f"""
            SELECT customer_id, segment, outlook.* EXCLUDE (run_id, customer_id), {at_risk(AHEAD)} AS at_risk
            FROM {segmented(run_id, view.k)} AS run JOIN outlook USING (customer_id)
            WHERE outlook.run_id = $run_id ORDER BY position""",
            params={"run_id": run_id},
        ).df()


@dataclass(frozen=True)
class Silence:
    """For how long a customer on the win-back list has not ordered, in days.

    `up_to`: who has been silent for longer is left out as gone. Who has a rhythm of their own must have been
    silent for at least their usual interval, anybody else for at least `without_rhythm`.
    """

    up_to: int
    without_rhythm: int

    @property
    def bound(self) -> dict[str, float]:
        """The values of OVERDUE and the limit, for a query."""
        return {"likely": LIKELY, "up_to": self.up_to, "without_rhythm": self.without_rhythm}


class Cause(StrEnum):
    """Why a customer is on the win-back list: ordered once, silent far beyond their rhythm, or else."""

    ONCE = "once"
    LATE = "late"
    OVERDUE = "overdue"


LATE = 1.5
"""So many times their usual interval without an order and a customer is late (a common rule of thumb)."""

OVERDUE = "days_since >= coalesce(usual_interval, $without_rhythm)"
WHY = f"""
    CASE WHEN order_days = 1 THEN '{Cause.ONCE}' WHEN overdue >= {LATE} THEN '{Cause.LATE}'
         ELSE '{Cause.OVERDUE}' END"""


@dataclass(frozen=True)
class Wanted:
    """Whom of the win-back list somebody wants to see: segments (0-based; none is all), money, and why.

    `least` is what at least must be at risk of a customer, in money or in orders.
    """

    segments: tuple[int, ...] = ()
    least: float = 0.0
    why: Cause | None = None

    @property
    def where(self) -> str:
        """SQL of who is meant, with `bound`."""
        segments = "AND segment IN (SELECT unnest($segments))" if self.segments else ""
        least = "AND at_risk >= $least" if self.least > 0 else ""
        why = f"AND {WHY} = $why" if self.why else ""
        return f"{segments} {least} {why}"

    @property
    def bound(self) -> dict[str, object]:
        """The values of `where`, for a query."""
        given = {"segments": list(self.segments), "least": self.least, "why": self.why}
        return {name: str(one) if name == "why" else one for name, one in given.items() if one}


@dataclass(frozen=True)
class Listed:
    """How many people are on a win-back list, and how much of them is at risk; None where nobody knows."""

    people: int
    at_risk: float | None


EVERYBODY = Wanted()


@dataclass(frozen=True)
class Likely:
    """How many customers will more likely stop than not: who is on the list, and who is not and why."""

    listed: int
    too_recent: int
    gone: int


def usual_silence(definition: ChurnDefinition) -> Silence:
    """Return the silence asked for by default: overdue in this shop, at most three times what is "gone"."""
    up_to = min(SILENT_PERIODS * definition.days, definition.covered)
    return Silence(up_to, min(definition.usual_gap, definition.days, up_to))


def list_win_back(
    workspace: Workspace,
    view: View,
    horizon: int,
    silence: Silence,
    most: int | None = None,
    wanted: Wanted = EVERYBODY,
) -> pd.DataFrame:
    """List who is overdue and will more likely stop than not, by what is at risk.

    Columns: customer_id, segment (0-based), order_days, days_since, usual_interval, overdue, risk, if_stays,
    at_risk, and expected (spend, or orders without amounts) with the ends of its interval of 80 %.

    :param horizon: days ahead, one of HORIZONS.
    :param most: how many rows; all by default.
    """
    query = f"""
        {_overdue(view, horizon)}
        SELECT customer_id, segment, order_days, days_since, usual_interval, overdue, risk,
               if_stays_{horizon} AS if_stays, at_risk,
               coalesce(spend_{horizon}, orders_{horizon}) AS expected,
               coalesce(spend_{horizon}_low, orders_{horizon}_low) AS expected_low,
               coalesce(spend_{horizon}_high, orders_{horizon}_high) AS expected_high
        FROM listed WHERE true {wanted.where}
        ORDER BY at_risk DESC NULLS LAST, risk DESC, customer_id LIMIT $most"""
    bound = {"run_id": view.run.run_id, "most": most, **silence.bound, **wanted.bound}
    with workspace.cursor() as cursor:
        return cursor.sql(query, params=bound).df()


def sum_win_back(
    workspace: Workspace, view: View, horizon: int, silence: Silence, wanted: Wanted = EVERYBODY
) -> Listed:
    """Count who is on the same list, and add up what of them is at risk."""
    query = f"""
        {_overdue(view, horizon)}
        SELECT count(*), sum(at_risk) FROM listed WHERE true {wanted.where}"""
    bound = {"run_id": view.run.run_id, **silence.bound, **wanted.bound}
    with workspace.cursor() as cursor:
        [found] = cursor.execute(query, bound).fetchall()
    return Listed(*found)


def _overdue(view: View, horizon: int) -> str:
    """Begin a query with who is overdue and will more likely stop than not."""
    return f"""
        WITH listed AS (
            SELECT outlook.*, segment, {at_risk(horizon)} AS at_risk
            FROM {segmented(view.run.run_id, view.k)} AS run JOIN outlook USING (customer_id)
            WHERE outlook.run_id = $run_id AND risk >= $likely AND days_since <= $up_to AND {OVERDUE})"""


def count_win_back(workspace: Workspace, run: Run, silence: Silence) -> Likely:
    """Count who will more likely stop than not, by how long they have been silent."""
    query = f"""
        SELECT count(*) FILTER (days_since <= $up_to AND {OVERDUE}),
               count(*) FILTER (days_since <= $up_to AND NOT {OVERDUE}),
               count(*) FILTER (days_since > $up_to)
        FROM outlook WHERE run_id = $run_id AND risk >= $likely"""
    with workspace.cursor() as cursor:
        [found] = cursor.execute(query, {"run_id": run.run_id, **silence.bound}).fetchall()
    return Likely(*found)


def _known(horizon: int) -> int:
    if horizon not in HORIZONS:
        raise OptionError(
            f"{horizon} days ahead were asked for.", f"There are {', '.join(map(str, HORIZONS))}."
        )
    return horizon
