"""Files that name customers: written, and written down, when their button is pressed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pages.shell.people.files import tell
from pages.shell.workspace import workspace
from segmentation.action.audience import EVERYONE
from segmentation.action.files import log_export
from segmentation.people.views import whole


def logged(
    write: Callable[[], bytes],
    file_name: str,
    rows: int,
    members: Callable[[], np.ndarray] | None = None,
    segment: str = EVERYONE,
) -> Callable[[], bytes]:
    """Do the same, and write down that these customers were handed over; without `members`, everyone."""
    opened, kind = whole(workspace()), file_name.rpartition(".")[2]

    def written() -> bytes:
        content = write()
        tell(rows, segment)
        log_export(opened, kind, segment, [file_name], rows, members() if members else None)
        return content

    return written
