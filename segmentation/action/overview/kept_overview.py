"""The overview of a run: counted once, right after its segments were found, kept with it and read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import duckdb
import numpy as np

from segmentation.action.overview.segment_months import (
    Months,
    SegmentMonths,
    customer_months,
    months_to,
    segment_months,
)
from segmentation.action.overview.shop_figures import (
    YEAR,
    BuyersOnDay,
    ShopFigures,
    figures_of_shop,
    standing_on,
    tenths,
)
from segmentation.features.histories import gaps_between_orders, order_histories
from segmentation.intake.shop import Shop
from segmentation.runs import Run
from segmentation.runs.columns import segment_column
from segmentation.runs.parts import keep_with_run, part_of_run
from segmentation.runs.unchanged import shop_of_run
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed
from segmentation.workspace.database import rows_table
from segmentation.workspace.facts import converter

KEY = "overview"

MOST_DRAWN = 24
"""Nobody tells more segments apart in one chart, so that of more none is kept by month."""

ACTIVE_DAYS = 90
"""Within which who has ordered is active where nobody has come back yet, so that the shop has no rhythm."""

WEEKS = timedelta(weeks=4)
"""How far back today is compared where no earlier data say what "before" was: as many of every weekday."""


@dataclass(frozen=True)
class OrdersOverview:
    """What the dated orders of a run say, up to the day `as_of`.

    `window` is the last days, a year at most, that the figures `now` are of, and `active_days` those within
    which 80 % of repeat orders come. `then` are the figures of the day `since`, as it was known then: up to
    it went the data of the earlier run `since_run`, else it is four weeks back; what the files do not reach
    back far enough for is None. `tenths` are the shares of revenue of each tenth of the window's buyers.
    """

    as_of: date
    window: int
    active_days: int
    has_amounts: bool
    now: ShopFigures
    since: date
    since_run: str | None
    then: ShopFigures | None
    tenths: tuple[float, ...] | None
    months: Months


@dataclass(frozen=True)
class ShopOverview:
    """The overview of a shop; `customers_before` is how many an earlier run of other files had."""

    customers_before: int | None
    orders: OrdersOverview | None


@dataclass(frozen=True)
class SegmentsOverview:
    """The same by segment, in label order: the months, and `paid` (net) and `orders` of the window, (k,)."""

    months: SegmentMonths
    paid: np.ndarray
    orders: np.ndarray


Cuts = dict[int, SegmentsOverview]


@undisturbed
def keep_overview(workspace: Workspace, run: Run) -> ShopOverview:
    """Count the overview of a run, and keep it; a run that is deleted meanwhile keeps nothing.

    :raises FilesChangedError: where the files are not those of the run.
    """
    shop = shop_of_run(workspace, run)
    before = _customers_before(workspace, run)
    orders, cuts = None, Cuts()
    if shop.as_of is not None and "lines.ordered_at" in shop.has:
        orders, cuts = _count(workspace, run, _frame(workspace, run, shop, shop.as_of))
    found = ShopOverview(before, orders)
    facts = converter().unstructure({"shop": found, "cuts": cuts})
    keep_with_run(workspace, run.run_id, lambda _: {KEY: facts})
    return found


def load_overview(workspace: Workspace, run_id: str) -> ShopOverview | None:
    """Read the overview of a run; None where nobody has counted it yet."""
    stored = part_of_run(workspace, run_id, f"{KEY}.shop")
    return converter().structure(stored, ShopOverview) if stored else None


def load_segments_overview(workspace: Workspace, run_id: str, k: int) -> SegmentsOverview | None:
    """Read the same by segment; None without dated orders, and for more segments than can be told apart."""
    stored = part_of_run(workspace, run_id, f"{KEY}.cuts.{k}")
    return converter().structure(stored, SegmentsOverview) if stored else None


@dataclass(frozen=True)
class _Frame:
    """What is counted: `covered` days of orders up to `day`, and the earlier day that is compared."""

    day: date
    since: date
    since_run: str | None
    covered: int
    active_days: int
    has_amounts: bool

    @property
    def window(self) -> int:
        """The last days that the figures are of."""
        return min(YEAR, self.covered)

    def figures(self, stood: BuyersOnDay) -> ShopFigures:
        """Add up how the customers stood."""
        return figures_of_shop(stood, self.active_days, self.has_amounts)

    def figures_then(self, stood: BuyersOnDay) -> ShopFigures | None:
        """Do the same for the earlier day, but for what the files begin too late for."""
        known = self.covered - (self.day - self.since).days
        if known < self.active_days:
            return None
        found = self.figures(stood)
        return found if known >= self.window else replace(found, revenue=None, order_value=None, repeat=None)


def _frame(workspace: Workspace, run: Run, shop: Shop, as_of: datetime) -> _Frame:
    covered = order_histories(workspace, as_of).days
    usual = gaps_between_orders(workspace, as_of).usual
    since_run, since = _data_before(workspace, run, as_of.date()) or (None, as_of.date() - WEEKS)
    return _Frame(
        day=as_of.date(),
        since=since,
        since_run=since_run,
        covered=covered,
        active_days=max(1, min(usual or ACTIVE_DAYS, covered)),
        has_amounts="lines.amount" in shop.has,
    )


def _count(workspace: Workspace, run: Run, frame: _Frame) -> tuple[OrdersOverview | None, Cuts]:
    with workspace.cursor() as cursor:
        labels = _register(cursor, run)
        done = customer_months(cursor, frame.day)
        months = months_to(frame.day, done)
        if months is None:
            return None, {}
        stood = standing_on(cursor, frame.day, frame.window)
        stood_then = standing_on(cursor, frame.since, frame.window)
    found = OrdersOverview(
        as_of=frame.day,
        window=frame.window,
        active_days=frame.active_days,
        has_amounts=frame.has_amounts,
        now=frame.figures(stood),
        since=frame.since,
        since_run=frame.since_run,
        then=frame.figures_then(stood_then),
        tenths=tenths(stood.paid[stood.order_days > 0]) if frame.has_amounts else None,
        months=months,
    )
    cuts = {
        k: SegmentsOverview(
            segment_months(done, months, labels[k], k),
            np.bincount(labels[k][stood.position], stood.paid, minlength=k).round(2),
            np.bincount(labels[k][stood.position], stood.orders, minlength=k).astype(np.int64),
        )
        for k in run.ks
        if k <= MOST_DRAWN
    }
    return found, cuts


def _register(cursor: duckdb.DuckDBPyConnection, run: Run) -> dict[int, np.ndarray]:
    """Let the cursor know the customers of a run as `run_customers`; return their labels for every k."""
    rows = rows_table(run.run_id)
    cursor.execute(
        f"CREATE OR REPLACE TEMP VIEW run_customers AS SELECT rowid AS position, customer_id FROM {rows}"
    )
    columns = ", ".join(segment_column(k) for k in run.ks)
    found = cursor.execute(f"SELECT {columns} FROM {rows} ORDER BY rowid").fetchnumpy()
    return {k: np.asarray(found[segment_column(k)]).astype(np.intp) for k in run.ks}


def _data_before(workspace: Workspace, run: Run, day: date) -> tuple[str, date] | None:
    """Return the newest earlier run whose data went to an earlier day, and that day."""
    query = """
        WITH earlier AS (
            SELECT older.run_id, older.made_at,
                   CAST(CAST(older.summary ->> '$.as_of' AS TIMESTAMP) AS DATE) AS day
            FROM runs AS older JOIN runs AS newer ON newer.run_id = ? AND older.made_at < newer.made_at
        )
        SELECT run_id, day FROM earlier WHERE day < ? ORDER BY made_at DESC LIMIT 1"""
    with workspace.cursor() as cursor:
        rows = cursor.execute(query, [run.run_id, day]).fetchall()
    return rows[0] if rows else None


def _customers_before(workspace: Workspace, run: Run) -> int | None:
    """Return how many customers the newest earlier run of other files had."""
    query = """
        SELECT CAST(older.summary ->> '$.customers' AS BIGINT)
        FROM runs AS older JOIN runs AS newer ON newer.run_id = ? AND older.made_at < newer.made_at
        WHERE older.fingerprint <> newer.fingerprint ORDER BY older.made_at DESC LIMIT 1"""
    with workspace.cursor() as cursor:
        rows = cursor.execute(query, [run.run_id]).fetchall()
    return rows[0][0] if rows else None
