"""Hand lists of people over as audience files, and write down that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.action.audience.audience import Audience, AudienceOptions, Chosen, file_stem, write_audience
from segmentation.action.audience.hold_out import chosen_share, split
from segmentation.action.audience.people import PeopleList
from segmentation.action.files.campaign_log import Party, keep_campaign
from segmentation.action.files.export_log import hashes, log_export
from segmentation.errors import FilesChangedError, OptionError
from segmentation.intake.linking.build import build_shop
from segmentation.jobs import Progress, silent
from segmentation.runs import View
from segmentation.runs.unchanged import shop_of_run, state_for
from segmentation.workspace import Workspace

SPEND = "monetary"
EVERYONE = "all"


def audience_of_run(
    workspace: Workspace,
    view: View,
    people: PeopleList,
    options: AudienceOptions,
    folder: Path,
    on_progress: Progress = silent,
) -> Audience:
    """Write a list of people as the files of a platform, named by who they are and today's date.

    Who is held out stays out. The file is written down once it is taken (`note_audience`).

    :raises FilesChangedError: if the files are not those of the run: contacts may be another's.
    """
    chosen = _placed(workspace, view, people) if people.placed else _of_rows(workspace, view, people)
    stem = file_stem(people, str(options.platform), datetime.now(UTC).date())
    return write_audience(workspace, chosen, options, folder, stem, on_progress)


def _of_rows(workspace: Workspace, view: View, people: PeopleList) -> Chosen:
    """Choose people who are where the run has them."""
    shop_of_run(workspace, view.run)
    held, mine = held_out(workspace, view), rows_of(view, people)
    values = view.rows[SPEND].to_numpy()[mine] if SPEND in view.rows else None
    ids = view.customer_ids[mine]
    return Chosen(ids, view.labels[mine] + 1, held[mine], values, view.standing_of(ids))


def _placed(workspace: Workspace, view: View, people: PeopleList) -> Chosen:
    """Choose people of the files as they are now, of whom the run knows nothing or something else."""
    if people.placed is None or people.placed.fingerprint != state_for(workspace, view.run):
        raise FilesChangedError
    build_shop(workspace, view.run.options.cleaning)
    ids = people.customer_ids
    segments = np.full(len(ids), people.placed.segment)
    held_out(workspace, view)  # of all others as of these: the same share of each segment
    share = chosen_share(workspace)
    held = split(workspace, ids, segments, share) if share else np.zeros(len(ids), dtype=bool)
    return Chosen(ids, segments + 1, held, standing=view.standing_of(ids))


def rows_of(view: View, people: PeopleList) -> np.ndarray:
    """Return the rows of the run in which a list of people stands, intp (n,), in the order of the list.

    :raises FilesChangedError: if somebody on the list is no customer of the run.
    """
    found = pd.Index(view.customer_ids).get_indexer(people.customer_ids)
    if (found < 0).any():
        raise FilesChangedError
    return found


def held_out(workspace: Workspace, view: View) -> np.ndarray:
    """Return who of a run is held out (n,), by the share that the workspace remembers."""
    share = chosen_share(workspace)
    if not share:
        return np.zeros(len(view.customer_ids), dtype=bool)
    return split(workspace, view.customer_ids, view.labels, share)


def note_audience(workspace: Workspace, view: View, audience: Audience, people: PeopleList) -> str:
    """Write down that an audience was taken away, who is in it and who was held out; return its id.

    Taken once more it is another line of the log, and the same campaign.
    """
    files = [path.name for path in audience.files]
    export_id = log_export(
        workspace, str(audience.platform), people.code, files, audience.people, audience.members
    )
    everybody = np.concatenate([audience.members, audience.held_out])
    held = np.arange(len(everybody)) >= len(audience.members)
    labels = view.labels[pd.Index(view.customer_ids).get_indexer(everybody)]
    party = Party(hashes(everybody), labels, held)
    return keep_campaign(workspace, export_id, view.run.run_id, chosen_share(workspace), view.names, party)


def segment_of(names: Sequence[str], wanted: str) -> int | None:
    """Return the segment (0-based) of a name or a number from 1; None for "all".

    :raises OptionError: if there is none.
    """
    if wanted.casefold() == EVERYONE:
        return None
    for label, name in enumerate(names):
        if wanted.casefold() == name.casefold():
            return label
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise OptionError(
        f"there is no segment “{wanted}”.",
        f"There are: {', '.join(f'{number} ({name})' for number, name in enumerate(names, 1))}, or all.",
    )
