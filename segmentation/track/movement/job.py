"""Compare the shop on two days in frozen segments, for every number of them, as one job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
import pandas as pd

from segmentation.clusters.place import place
from segmentation.errors import NoHindsightError, OptionError
from segmentation.features.table import FeatureTable
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.track.assign import Assigned, assign, describe_as_of
from segmentation.track.frozen import Frozen
from segmentation.track.movement.activity import activity, who_acted
from segmentation.track.movement.kept_movements import Movement, keep_movement, new_movement
from segmentation.track.movement.steps import Both, Step, side_by_side, step_of
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed

NO_DATES = "nothing in the files has a date."


@dataclass(frozen=True)
class _State:
    """The customers as they were on a day, in the order of `table`."""

    table: FeatureTable
    text: TextBlock | None

    def distances(self, frozen: Frozen, k: int, rows: np.ndarray, segments: np.ndarray) -> np.ndarray:
        """Return how far the customers in these rows are from these segments' middles, float32 (m,)."""
        vectors = self.text.vectors if self.text is not None else None
        there = place(frozen.run.columns, self.table, vectors)[rows].astype(np.float64)
        return np.sqrt(((there - frozen.run.centers[k][segments]) ** 2).sum(axis=1)).astype(np.float32)


def a_month_before(day: datetime) -> datetime:
    """Return the day with which the latest one is compared where nobody chooses."""
    return (pd.Timestamp(midnight(day)) - pd.DateOffset(months=1)).to_pydatetime()


def chosen_days(
    shop: Shop, since: datetime | None = None, until: datetime | None = None
) -> tuple[datetime, datetime]:
    """Return the two days to compare: those chosen, else the last month of the data.

    :raises OptionError: if the first is not before the second, or the second is after all data.
    :raises NoHindsightError: if the files have no dates.
    """
    if shop.as_of is None:
        raise NoHindsightError(NO_DATES, "Upload orders with their dates.")
    last = midnight(shop.as_of)
    until = last if until is None else midnight(until)
    since = a_month_before(until) if since is None else midnight(since)
    if until > last:
        raise OptionError(f"{until:%Y-%m-%d} is after the last day of the data, {last:%Y-%m-%d}.")
    if since >= until:
        raise OptionError(f"{since:%Y-%m-%d} is not before {until:%Y-%m-%d}.", "Choose an earlier day.")
    return since, until


@undisturbed
def compare_days(
    workspace: Workspace,
    frozen: Frozen,
    days: tuple[datetime | None, datetime | None] = (None, None),
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> Movement:
    """Compare where the customers were at the end of two days, and keep it.

    :param days: the earlier and the later one, as `chosen_days` takes them.
    :raises OptionError: for days that cannot be compared.
    :raises NoHindsightError: if the files have no dates, or nobody was a customer on the earlier day.
    """
    on_progress(Stage.BUILDING_SHOP, 0, 1)
    shop = build_shop(workspace, frozen.run.options.cleaning)
    since, until = chosen_days(shop, *days)
    is_last = shop.as_of is not None and until == midnight(shop.as_of)
    before, after = (
        _State(*describe_as_of(workspace, frozen, day, on_progress, load))
        for day in (since, None if is_last else until)
    )
    if not len(before.table):
        raise NoHindsightError(f"nobody was a customer on {since:%Y-%m-%d}.", "Choose a later day.")
    both = side_by_side(before.table.customer_ids, after.table.customer_ids)
    did = activity(workspace, since, until)
    acted = who_acted(did, both.customer_ids)
    steps = []
    for done, k in enumerate(frozen.run.ks):
        on_progress(Stage.COMPARING_DAYS, done, len(frozen.run.ks))
        steps.append(_step(frozen, k, before, after, (both, acted)))
    movement = new_movement(frozen.run.run_id, shop.fingerprint, (since, until), frozen.run.ks)
    keep_movement(workspace, movement, both.customer_ids, steps, did)
    on_progress(Stage.DONE, 1, 1)
    return movement


def _step(frozen: Frozen, k: int, before: _State, after: _State, who: tuple[Both, np.ndarray]) -> Step:
    both, acted = who
    one, other = (assign(frozen, state.table, state.text, k) for state in (before, after))
    return step_of(both, one, other, _from_old(frozen, one, other, after, both), acted)


def _from_old(frozen: Frozen, before: Assigned, after: Assigned, state: _State, both: Both) -> np.ndarray:
    """Return how far customers of the later day are from where they were, where they moved; else NaN."""
    found = np.full(len(after.customer_ids), np.nan, dtype=np.float32)
    there = (both.before >= 0) & (both.after >= 0)
    rows, old = both.after[there], before.segment[both.before[there]].astype(np.intp)
    moved = after.segment[rows] != old
    found[rows[moved]] = state.distances(frozen, before.k, rows[moved], old[moved])
    return found


def midnight(moment: datetime) -> datetime:
    """Return the beginning of a day, which stands for the day."""
    return datetime.combine(moment.date(), time())
