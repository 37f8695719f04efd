"""The playbook as a table: a row per line of each play, what it says, what was generated, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from segmentation.action.files.safe_csv import to_csv_bytes
from segmentation.action.playbook.edits import Edits, said
from segmentation.action.playbook.play import Playbook
from segmentation.action.playbook.words import LABELS


def playbook_table(playbook: Playbook, names: Sequence[str], edits: Edits) -> pd.DataFrame:
    """Return a row per segment and line; `names` are those of the segments."""
    return pd.DataFrame(
        [
            {
                "segment": play.segment + 1,
                "segment_name": name,
                "line": LABELS[aspect],
                "text": said(play, aspect, edits),
                "generated": line.text,
                "edited": (play.segment, aspect) in edits,
                "evidence": " ".join(line.evidence),
            }
            for play, name in zip(playbook.plays, names, strict=True)
            for aspect, line in play.lines.items()
        ]
    )


def playbook_csv(playbook: Playbook, names: Sequence[str], edits: Edits) -> bytes:
    """Write the table as CSV."""
    return to_csv_bytes(playbook_table(playbook, names, edits))
