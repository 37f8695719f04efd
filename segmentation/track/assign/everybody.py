"""Everybody assigned to the segments that are followed: where they stand, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from segmentation.intake.linking.build import build_shop
from segmentation.jobs import Progress, silent
from segmentation.runs.kept.standing import Followed, compare, keep_standing
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.track.assign.as_of import assign_as_of
from segmentation.track.assign.assigned import Assigned
from segmentation.track.assign.departures import Departures, find_departures
from segmentation.track.assign.missing import Missing, find_missing
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed


@dataclass(frozen=True)
class Everybody:
    """All customers as of `day` in k segments of a frozen run.

    `standing` has a row per customer in the table's order: customer_id, segment, previous_segment (from 0,
    missing where they were in no other), changed_on, distance, margin, unlike_anybody. `departures` says
    in what they and their files are other than those of the run.
    """

    frozen: Frozen
    k: int
    day: date | None
    assigned: Assigned
    standing: pd.DataFrame
    departures: Departures


@undisturbed
def assign_everybody(
    workspace: Workspace,
    frozen: Frozen,
    k: int | None = None,
    day: datetime | None = None,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> Everybody:
    """Assign all customers, and keep where they stand: the next time, it is told who moved.

    :param k: in how many segments, by default those that are followed; any other number is not kept.
    :raises SegmentationError: if there are no customers, or texts cannot be read as they were.
    """
    number = frozen.k if k is None else k
    table, assigned = assign_as_of(workspace, frozen, number, day, on_progress, load)
    return keep_assigned(workspace, frozen, assigned, table.as_of, find_missing(frozen, table))


def keep_assigned(
    workspace: Workspace,
    frozen: Frozen,
    assigned: Assigned,
    as_of: datetime | None,
    missing: tuple[Missing, ...],
) -> Everybody:
    """Keep where all customers stand who were assigned as of a day, and what they lack."""
    shop = build_shop(workspace, frozen.run.options.cleaning)
    to = Followed(frozen.run.run_id, assigned.k, as_of.date() if as_of else None)
    keep = keep_standing if assigned.k == frozen.k else compare
    standing = keep(workspace, to, _frame(assigned))
    found = find_departures(workspace, frozen, shop, missing)
    return Everybody(frozen, assigned.k, to.day, assigned, standing, found)


def _frame(assigned: Assigned) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": assigned.customer_ids,
            "segment": assigned.segment,
            "distance": assigned.distance,
            "margin": assigned.margin,
            "unlike_anybody": assigned.unlike_anybody,
        }
    )
