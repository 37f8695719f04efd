"""Compare two runs, each in its own segments: whom the later one has elsewhere than the earlier one had."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.errors import OptionError
from segmentation.intake.linking.build import build_shop
from segmentation.jobs import Progress, silent
from segmentation.runs import Run
from segmentation.runs.borderline import SURE
from segmentation.runs.columns import confidence_column, second_column, segment_column
from segmentation.stages import Stage
from segmentation.track.movement.activity import activity
from segmentation.track.movement.kept_movements import Movement, keep_movement, new_movement
from segmentation.track.movement.steps import Both, Outside, Step, side_by_side, step_of_runs
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed
from segmentation.workspace.database import rows_table


def day_of(run: Run) -> datetime:
    """Return the day to which a run looked at the shop: its last one, or when it was made."""
    return datetime.combine((run.as_of or run.made_at).date(), datetime.min.time())


def common_ks(before: Run, after: Run) -> tuple[int, ...]:
    """Return the numbers of segments that both runs have.

    :raises OptionError: if there is none, the first looked at later data than the second, or one is of a
        version that kept too little.
    """
    if not (before.reach and after.reach):
        raise OptionError("one of these runs is of an earlier version.", "Choose newer ones.")
    if day_of(before) > day_of(after):
        raise OptionError("the first run is of later data than the second.", "Take them the other way round.")
    both = tuple(k for k in before.ks if k in after.cuts)
    if not both:
        raise OptionError("these runs have no number of segments in common.", "Choose other runs.")
    return both


@undisturbed
def compare_runs(workspace: Workspace, before: Run, after: Run, on_progress: Progress = silent) -> Movement:
    """Compare where two runs have their customers, and keep it; segments are the same by their labels.

    On the border is who is hardly surer of the own segment than of the other, in either run. What customers
    did is told between the days of both runs, by the files as they are now.

    :raises OptionError: for runs that cannot be compared.
    """
    ks, days = common_ks(before, after), (day_of(before), day_of(after))
    on_progress(Stage.BUILDING_SHOP, 0, 1)
    build_shop(workspace, after.options.cleaning)
    did = activity(workspace, *days)
    steps, ids = list[Step](), np.array([], dtype=object)
    for done, k in enumerate(ks):
        on_progress(Stage.COMPARING_DAYS, done, len(ks))
        sides = [_rows(workspace, run, k) for run in (before, after)]
        both = side_by_side(*(side["customer_id"].to_numpy(dtype=object) for side in sides))
        ids = both.customer_ids
        steps.append(_step(k, sides, both))
    movement = new_movement(after.run_id, after.fingerprint, days, ks, before.run_id)
    keep_movement(workspace, movement, ids, steps, did)
    on_progress(Stage.DONE, 1, 1)
    return movement


def _step(k: int, sides: list[pd.DataFrame], both: Both) -> Step:
    was, now = (
        _taken(side["segment"], places, int(Outside.NOT_THERE))
        for side, places in zip(sides, (both.before, both.after), strict=True)
    )
    near = np.zeros(len(was), dtype=bool)
    for side, places, other in ((sides[0], both.before, now), (sides[1], both.after, was)):
        unsure = side["second"].where(side["confidence"] < SURE, int(Outside.NOT_COMPARABLE))
        near |= _taken(unsure, places, int(Outside.NOT_COMPARABLE)) == other
    return step_of_runs(k, was, now, near)


def _taken(values: pd.Series, places: np.ndarray, missing: int) -> np.ndarray:
    """Return the values at these places as int16, and another one where there is no place."""
    found = np.full(len(places), missing, dtype=np.int16)
    found[places >= 0] = values.to_numpy(dtype=np.int16)[places[places >= 0]]
    return found


def _rows(workspace: Workspace, run: Run, k: int) -> pd.DataFrame:
    """Read where a run has its customers: customer_id, segment, second, confidence."""
    query = f"""
        SELECT customer_id, {segment_column(k)} AS segment, {second_column(k)}::SMALLINT AS second,
               {confidence_column(k)} AS confidence FROM {rows_table(run.run_id)}"""
    with workspace.cursor() as cursor:
        return cursor.sql(query).df()
