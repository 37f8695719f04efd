"""Who of a campaign ordered in its window, and for how much, by the orders in the workspace."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from segmentation.action.files.campaign_log import Party
from segmentation.action.files.export_log import hash_sql
from segmentation.intake.shop import VALUE
from segmentation.track.results.measure import Outcomes
from segmentation.workspace import Workspace


def known_people(workspace: Workspace, party: Party) -> tuple[Party, np.ndarray]:
    """Return whom of a campaign the shop still knows, and their ids (texts), in the same order."""
    asked = pd.DataFrame({"place": np.arange(len(party.person)), "person": party.person})
    with workspace.cursor() as cursor:
        cursor.register("campaign_party", asked)
        found = cursor.execute(
            f"""
            WITH hashed AS (SELECT customer_id, {hash_sql("customer_id")} AS person FROM shop.customers)
            SELECT place, customer_id FROM hashed JOIN campaign_party USING (person) ORDER BY place"""
        ).fetchnumpy()
    there = np.asarray(found["place"], dtype=np.intp)
    known = Party(party.person[there], party.segment[there], party.held[there])
    return known, np.asarray(found["customer_id"], dtype=object)


def others_than(workspace: Workspace, ids: np.ndarray) -> np.ndarray:
    """Return the ids of all customers of the shop but these."""
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT customer_id FROM shop.customers ORDER BY 1").fetchnumpy()[
            "customer_id"
        ]
    return np.setdiff1d(np.asarray(found, dtype=object), ids)


def orders_until(workspace: Workspace, today: date) -> date | None:
    """Return the last day of which the shop has orders, none of them after today; None without dates."""
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT max(ordered_at)::DATE FROM shop.lines WHERE ordered_at < ?::DATE + INTERVAL 1 DAY",
            [today],
        ).fetchall()
    last: date | None = found[0][0]
    return last


def orders_of(workspace: Workspace, party: Party, ids: np.ndarray, sent_on: date, days: int) -> Outcomes:
    """Return what these people (n,) did from the day of the send on, for so many days.

    An order is counted as in the features: a visit to the till; amounts, or margins where costs count, are
    before returns.
    """
    people = pd.DataFrame({"place": np.arange(len(ids), dtype=np.int64), "customer_id": ids})
    with workspace.cursor() as cursor:
        cursor.register("campaign_asked", people)
        found = cursor.sql(_ORDERED, params={"start": sent_on, "end": sent_on + timedelta(days=days)}).df()
        has_amounts = cursor.execute("SELECT count(amount) > 0 FROM shop.lines").fetchall()[0][0]
    at = found["place"].to_numpy(dtype=np.intp)

    def spread(name: str) -> np.ndarray:
        values = np.zeros(len(ids))
        values[at] = found[name].fillna(0.0).to_numpy(dtype=np.float64)
        return values

    ordered = spread("orders") > 0
    if not has_amounts:
        return Outcomes(party.segment, party.held, ordered)
    return Outcomes(party.segment, party.held, ordered, spread("paid"), spread("largest"))


_ORDERED = f"""
WITH asked AS (
    SELECT place, customer_id::VARCHAR AS customer_id FROM campaign_asked
), visits AS (
    SELECT place, coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')) AS visit, sum({VALUE}) AS paid
    FROM shop.lines JOIN asked USING (customer_id)
    WHERE ordered_at >= $start::DATE AND ordered_at < $end::DATE AND NOT coalesce(is_return, false)
    GROUP BY ALL
)
SELECT place, count(*)::DOUBLE AS orders, sum(paid)::DOUBLE AS paid, max(paid)::DOUBLE AS largest
FROM visits GROUP BY place ORDER BY place
"""
