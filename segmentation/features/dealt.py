"""The shop with its orders dealt anew among the customers, in a trial that leaves the workspace as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pandas as pd

from segmentation.workspace import Workspace
from segmentation.workspace.trial import trial_of

MOST_CUSTOMERS = 10_000

# An order is all lines of one customer under one number; where there is none, of one moment.
_ORDER_KEY = "coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S'), '')"

_ORDERS = f"""
SELECT customer_id, {_ORDER_KEY} AS order_key, bool_and(is_return IS TRUE) AS is_return
FROM shop.lines GROUP BY ALL ORDER BY is_return, customer_id, order_key
"""

# Numbers are of the order's first customer, so that two orders of one number stay two.
_DEAL = f"""
CREATE OR REPLACE TEMP TABLE dealt_lines AS
SELECT dealt.receiver AS customer_id, dealt.number AS order_id,
       lines.* EXCLUDE (customer_id, order_id)
FROM shop.lines AS lines JOIN dealt
  ON lines.customer_id = dealt.customer_id AND {_ORDER_KEY} = dealt.order_key
"""


@contextmanager
def orders_dealt(workspace: Workspace, seed: int) -> Iterator[Workspace]:
    """Give a trial of the workspace in which every customer has as many orders as before, but others'.

    Orders that only bring things back are dealt among themselves. At most 10,000 customers are kept.
    """
    with trial_of(workspace) as trial:
        with trial.transaction() as cursor:
            _keep_some(cursor, seed)
            cursor.register("dealt", _dealt(cursor.sql(_ORDERS).df(), seed))
            cursor.execute(_DEAL)
            cursor.unregister("dealt")
            cursor.execute("DELETE FROM shop.lines")
            cursor.execute("INSERT INTO shop.lines BY NAME SELECT * FROM dealt_lines")
        yield trial


def _keep_some(cursor: duckdb.DuckDBPyConnection, seed: int) -> None:
    ids = cursor.sql("SELECT customer_id FROM shop.customers ORDER BY sort_key NULLS FIRST, customer_id").df()
    if len(ids) <= MOST_CUSTOMERS:
        return
    drawn = np.random.default_rng(seed).choice(len(ids), MOST_CUSTOMERS, replace=False)
    cursor.register("kept", ids.iloc[np.sort(drawn)])
    for table in ("customers", "lines"):
        cursor.execute(f"DELETE FROM shop.{table} WHERE customer_id NOT IN (SELECT customer_id FROM kept)")
    cursor.unregister("kept")


def _dealt(orders: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give every order the customer of another one of its kind, and a number of its own."""
    rng = np.random.default_rng(seed)
    receivers = orders.groupby("is_return")["customer_id"].transform(lambda ids: rng.permutation(ids))
    return orders.assign(receiver=receivers, number=orders.index.astype(str))
