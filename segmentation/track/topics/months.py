"""Reviews by customer, month and theme, added up by segment, each share with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from segmentation.algorithms.effects.rates import Shares, shares_of
from segmentation.runs import Run
from segmentation.runs.columns import segment_column
from segmentation.workspace import Workspace
from segmentation.workspace.database import rows_table

MOST_MONTHS = 24

_WRITTEN = """
SELECT dense_rank() OVER (ORDER BY customer_id) - 1 AS customer, {segment} AS segment,
       12 * year(month) + month(month) - 1 AS month, theme, reviews
FROM review_themes JOIN {rows} USING (customer_id)
WHERE run_id = $run_id
ORDER BY customer, month, theme
"""


@dataclass(frozen=True)
class ThemeMonths:
    """A row per customer, month and theme: who (from 0), which segment of k, which month and theme, how many.

    `days` are the first days of the months that are over, at most 24; `month` (n,) counts them from 0, below
    0 in those before.
    """

    k: int
    days: tuple[date, ...]
    customer: np.ndarray
    segment: np.ndarray
    month: np.ndarray
    theme: np.ndarray
    reviews: np.ndarray

    def shares(self, theme: int, segment: int, others: bool = False) -> Shares:
        """Return the share of a theme by month in one segment, or with `others` in all the others."""
        inside = (self.segment == segment) != others
        written = self._by_month(inside)
        about = self._by_month(inside & (self.theme == theme))
        return shares_of(about, written)

    def most_written(self) -> tuple[int, int]:
        """Return the theme and the segment whose customers wrote most about it in these months."""
        shown = self.month >= 0
        written = np.zeros((self.k, int(self.theme.max(initial=0)) + 1))
        np.add.at(written, (self.segment[shown], self.theme[shown]), self.reviews[shown])
        segment, theme = np.unravel_index(int(written.argmax()), written.shape)
        return int(theme), int(segment)

    def _by_month(self, rows: np.ndarray) -> np.ndarray:
        rows = rows & (self.month >= 0)
        return np.bincount(self.month[rows], self.reviews[rows], minlength=len(self.days))


def load_theme_months(workspace: Workspace, run: Run, k: int) -> ThemeMonths | None:
    """Read what customers wrote, in k segments; None without dated reviews in a month that is over."""
    query = _WRITTEN.format(segment=segment_column(k), rows=rows_table(run.run_id))
    with workspace.cursor() as cursor:
        found = cursor.execute(query, {"run_id": run.run_id}).fetchnumpy()
    if run.as_of is None or not len(found["month"]):
        return None
    columns = {name: np.asarray(values).astype(np.int64) for name, values in found.items()}
    tomorrow = run.as_of.date() + timedelta(days=1)
    end = 12 * tomorrow.year + tomorrow.month - 1  # the first month that is not over
    over = columns["month"] < end
    if not over.any():
        return None
    first = max(int(columns["month"].min()), end - MOST_MONTHS)
    days = tuple(date(month // 12, month % 12 + 1, 1) for month in range(first, end))
    kept = {name: values[over] for name, values in columns.items()}
    return ThemeMonths(k, days, **{**kept, "month": kept["month"] - first})
