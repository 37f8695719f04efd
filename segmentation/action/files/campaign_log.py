"""Which handed-over files can be read back: who was in them and who was held out, kept as hashes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.errors import OptionError
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Party:
    """Whom a campaign was for: hashes of ids (uint64), segments (from 0), who was held out; (n,) each."""

    person: np.ndarray
    segment: np.ndarray
    held: np.ndarray


@dataclass(frozen=True)
class Campaign:
    """An audience that was handed over: when, for what and whom, its segments' names then, and how many.

    `share` is the share of each segment that was held out; `whom` the code of the list.
    """

    export_id: str
    made_at: datetime
    kind: str
    whom: str
    file_names: tuple[str, ...] = field(repr=False)
    share: float
    names: tuple[str, ...] = field(repr=False)
    treated: int
    held: int


def keep_campaign(
    workspace: Workspace, export_id: str, run_id: str, share: float, names: Sequence[str], party: Party
) -> str:
    """Keep who was in an export of the log and who was held out of it; return the id to read it back by.

    Files of the same names for the same people are the campaign that is there already, and keep its id.
    """
    with workspace.transaction() as cursor:
        cursor.register("party", pd.DataFrame(vars(party)))
        twin = cursor.execute(_TWIN, {"export_id": export_id}).fetchall()
        if not twin:
            cursor.execute(
                "INSERT INTO campaigns VALUES (?, ?, ?, ?::VARCHAR[])",
                [export_id, run_id, share, list(names)],
            )
            cursor.execute(
                "INSERT INTO campaign_people SELECT ?, person, segment, held FROM party ORDER BY person",
                [export_id],
            )
        cursor.unregister("party")
    return str(twin[0][0]) if twin else export_id


def list_campaigns(workspace: Workspace) -> tuple[Campaign, ...]:
    """Return the campaigns that can be read back, the latest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(_CAMPAIGNS).fetchall()
    return tuple(
        Campaign(one, at, kind, whom, tuple(files or ()), share, tuple(names), treated, held)
        for one, at, kind, whom, files, share, names, treated, held in rows
    )


def campaign_of(workspace: Workspace, export_id: str) -> Campaign:
    """Return the campaign of an export.

    :raises OptionError: if there is none.
    """
    known = list_campaigns(workspace)
    for one in known:
        if one.export_id == export_id:
            return one
    there = ", ".join(f"{one.export_id} ({one.made_at:%Y-%m-%d}, {one.whom})" for one in known)
    raise OptionError(
        f"no audience file was handed over as “{export_id}”.",
        f"There are: {there}." if there else "Hand an audience over first: audience --hold-out 0.1 …",
    )


def party_of(workspace: Workspace, export_id: str) -> Party:
    """Return whom the campaign of an export was for, in the order of their hashes."""
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT person, segment, held FROM campaign_people WHERE export_id = ? ORDER BY person",
            [export_id],
        ).fetchnumpy()
    return Party(
        np.asarray(found["person"], dtype=np.uint64),
        np.asarray(found["segment"], dtype=np.intp),
        np.asarray(found["held"], dtype=bool),
    )


_TWIN = """
WITH named AS (
    SELECT kind, segment, file_names FROM exports WHERE export_id = $export_id
), alike AS (
    SELECT export_id
    FROM campaigns JOIN exports USING (export_id) JOIN named USING (kind, segment, file_names)
), counted AS (
    SELECT export_id, count(*) AS people, count(party.person) AS shared
    FROM alike JOIN campaign_people USING (export_id) LEFT JOIN party USING (person, segment, held)
    GROUP BY export_id
)
SELECT export_id FROM counted WHERE people = shared AND people = (SELECT count(*) FROM party)
"""

_CAMPAIGNS = """
WITH counted AS (
    SELECT export_id, count(*) FILTER (NOT held) AS treated, count(*) FILTER (held) AS held
    FROM campaign_people GROUP BY export_id
)
SELECT export_id, made_at, kind, segment, file_names, share, names, coalesce(treated, 0), coalesce(held, 0)
FROM campaigns JOIN exports USING (export_id) LEFT JOIN counted USING (export_id)
ORDER BY made_at DESC, export_id
"""
