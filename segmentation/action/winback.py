"""What an outlook says: of each segment, of a single customer, and whom to win back first."""

from __future__ import annotations

import pandas as pd

from segmentation.action.outlook import LIKELY
from segmentation.action.value import HORIZONS
from segmentation.errors import OptionError
from segmentation.runs import Run
from segmentation.workspace import Workspace, rows_table


def segment_outlook(workspace: Workspace, run: Run, k: int, horizon: int) -> pd.DataFrame:
    """Return a row per segment of this k, in label order.

    Columns: segment (0-based), customers, buyers, spend and orders (expected in `horizon` days, summed), risk
    (the average), likely (how many will more likely stop than not), at_stake (risk × what the customer brings
    in so many days if she stays, summed; in money, or in orders where the files give no amounts).

    :param horizon: days ahead, one of HORIZONS.
    """
    query = f"""
        SELECT segment_{k} AS segment, count(*) AS customers, count(outlook.customer_id) AS buyers,
               sum(spend_{_known(horizon)}) AS spend, sum(orders_{horizon}) AS orders, avg(risk) AS risk,
               count(*) FILTER (risk >= $likely) AS likely, sum(risk * if_stays_{horizon}) AS at_stake
        FROM {rows_table(run.run_id)} AS run
             LEFT JOIN outlook ON outlook.run_id = $run_id AND outlook.customer_id = run.customer_id
        GROUP BY segment ORDER BY segment"""
    with workspace.cursor() as cursor:
        return cursor.sql(query, params={"likely": LIKELY, "run_id": run.run_id}).df()


def customers_outlook(workspace: Workspace, run: Run, k: int) -> pd.DataFrame:
    """Return a row per customer who has ordered: customer_id, segment (0-based) and the table `outlook`."""
    with workspace.cursor() as cursor:
        return cursor.sql(
            f"""
            SELECT customer_id, segment_{k} AS segment, outlook.* EXCLUDE (run_id, customer_id)
            FROM {rows_table(run.run_id)} AS run JOIN outlook USING (customer_id)
            WHERE outlook.run_id = $run_id ORDER BY run.rowid""",
            params={"run_id": run.run_id},
        ).df()


def win_back(
    workspace: Workspace, run: Run, k: int, horizon: int, silent_up_to: int, most: int | None = None
) -> pd.DataFrame:
    """List who will more likely stop than not, by what is at stake: risk × value if the customer stays.

    Columns: customer_id, segment (0-based), order_days, days_since, usual_interval, overdue, risk, if_stays,
    at_stake, and expected (spend, or orders without amounts) with the ends of its interval of 80 %.

    :param horizon: days ahead, one of HORIZONS.
    :param silent_up_to: who has not ordered for more days is left out as gone.
    :param most: how many rows; all by default.
    """
    query = f"""
        SELECT customer_id, segment_{k} AS segment, order_days, days_since, usual_interval, overdue, risk,
               if_stays_{_known(horizon)} AS if_stays, risk * if_stays_{horizon} AS at_stake,
               coalesce(spend_{horizon}, orders_{horizon}) AS expected,
               coalesce(spend_{horizon}_low, orders_{horizon}_low) AS expected_low,
               coalesce(spend_{horizon}_high, orders_{horizon}_high) AS expected_high
        FROM {rows_table(run.run_id)} AS run JOIN outlook USING (customer_id)
        WHERE outlook.run_id = $run_id AND risk >= $likely AND days_since <= $silent
        ORDER BY at_stake DESC NULLS LAST, risk DESC, customer_id LIMIT $most"""
    bound = {"run_id": run.run_id, "likely": LIKELY, "silent": silent_up_to, "most": most}
    with workspace.cursor() as cursor:
        return cursor.sql(query, params=bound).df()


def count_win_back(workspace: Workspace, run: Run, silent_up_to: int) -> tuple[int, int]:
    """Count who will more likely stop than not: those silent for up to so many days, and those for longer."""
    with workspace.cursor() as cursor:
        found = cursor.execute(
            """
            SELECT count(*) FILTER (days_since <= $silent), count(*) FILTER (days_since > $silent)
            FROM outlook WHERE run_id = $run_id AND risk >= $likely""",
            {"run_id": run.run_id, "likely": LIKELY, "silent": silent_up_to},
        ).fetchall()
    return found[0]


def _known(horizon: int) -> int:
    if horizon not in HORIZONS:
        raise OptionError(
            f"{horizon} days ahead were asked for.", f"There are {', '.join(map(str, HORIZONS))}."
        )
    return horizon
