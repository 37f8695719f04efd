"""The shop as it was on an earlier day, in a trial that leaves the workspace as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from segmentation.features.cutoff import DATED
from segmentation.intake.shop import lines_known
from segmentation.workspace import Workspace
from segmentation.workspace.trial import trial_of

_NEXT_DAY = "(CAST(CAST($day AS DATE) AS TIMESTAMP) + INTERVAL 1 DAY)"
_DATES = " UNION ALL ".join(
    f"SELECT customer_id, {column} AS moment FROM shop.{name}" for name, column in DATED
)

# Who is known by a row without a date has always been there, as far as anybody can tell.
_COME_LATER = f"""
CREATE OR REPLACE TEMP TABLE come_later AS
WITH dated AS ({_DATES} UNION ALL SELECT customer_id, ordered_at FROM shop.undone)
SELECT customer_id FROM dated GROUP BY customer_id
HAVING count(*) = count(moment) AND min(moment) >= {_NEXT_DAY}
"""


@contextmanager
def shop_on(workspace: Workspace, day: datetime) -> Iterator[Workspace]:
    """Give a trial of the workspace whose shop knows nothing that happened after the end of a day.

    What was taken back later stands as it did then; customers who came later are not there. The customer
    file and notes have no dates, and stay. The shop's tables must be filled.
    """
    with trial_of(workspace) as trial:
        with trial.transaction() as cursor:
            cursor.execute(_COME_LATER, {"day": day})
            known = cursor.sql(f"FROM {lines_known(_NEXT_DAY)}", params={"day": day})
            cursor.execute("DELETE FROM shop.customers WHERE customer_id IN (FROM come_later)")
            cursor.register("lines_then", known.to_arrow_table())
            cursor.execute("DELETE FROM shop.lines")
            cursor.execute("INSERT INTO shop.lines BY NAME SELECT * FROM lines_then")
            cursor.unregister("lines_then")
            for table, column in DATED:
                cursor.execute(f"DELETE FROM shop.{table} WHERE {column} >= {_NEXT_DAY}", {"day": day})
        yield trial
