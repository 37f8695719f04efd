"""Hand the segments of a run over as audience files, and write down that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from segmentation.action.audience.audience import Audience, AudienceOptions, Chosen, file_stem, write_audience
from segmentation.action.audience.hold_out import chosen_share, split
from segmentation.action.files.export_log import log_export
from segmentation.errors import OptionError
from segmentation.jobs import Progress, silent
from segmentation.runs import View
from segmentation.runs.unchanged import shop_of_run
from segmentation.workspace import Workspace

SPEND = "monetary"
EVERYONE = "all"


def audience_of_run(
    workspace: Workspace,
    view: View,
    segment: int | None,
    options: AudienceOptions,
    folder: Path,
    on_progress: Progress = silent,
) -> Audience:
    """Write one segment (0-based), or all of them, as the files of a platform, named by today's date.

    Who is held out stays out. The file is written down once it is taken (`note_audience`).

    :raises FilesChangedError: if the files are not those of the run: contacts may be another's.
    """
    shop_of_run(workspace, view.run)
    held, labels = held_out(workspace, view), view.labels
    mine = np.ones(len(labels), dtype=bool) if segment is None else labels == segment
    values = view.rows[SPEND].to_numpy()[mine] if SPEND in view.rows else None
    chosen = Chosen(view.customer_ids[mine], labels[mine] + 1, held[mine], values)
    stem = file_stem(segment, datetime.now(UTC).date())
    return write_audience(workspace, chosen, options, folder, stem, on_progress)


def held_out(workspace: Workspace, view: View) -> np.ndarray:
    """Return who of a run is held out (n,), by the share that the workspace remembers."""
    share = chosen_share(workspace)
    if not share:
        return np.zeros(len(view.customer_ids), dtype=bool)
    return split(workspace, view.customer_ids, view.labels, share)


def note_audience(workspace: Workspace, audience: Audience, segment: int | None) -> None:
    """Write down that an audience was taken away, and who is in it."""
    name = EVERYONE if segment is None else str(segment + 1)
    files = [path.name for path in audience.files]
    log_export(workspace, str(audience.platform), name, files, audience.people, audience.members)


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
