"""What to do with each segment: goal, message, offer, timing and test, by plain rules with their evidence."""

from segmentation.action.playbook.edits import (
    LONGEST,
    Edits,
    Version,
    edit_line,
    load_edits,
    said,
    versions_of,
)
from segmentation.action.playbook.figures import Findings
from segmentation.action.playbook.findings import find_out, kept_state
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.message_drafts import (
    BODY,
    DRAFT,
    SHORT,
    SUBJECT,
    can_be_drafted,
    drafting_message,
)
from segmentation.action.playbook.play import LIFT, Aspect, Play, Playbook
from segmentation.action.playbook.table import playbook_csv
from segmentation.action.playbook.words import HOW_PLAYED, LABELS

__all__ = [
    "BODY",
    "DRAFT",
    "HOW_PLAYED",
    "LABELS",
    "LIFT",
    "LONGEST",
    "SHORT",
    "SUBJECT",
    "Aspect",
    "Edits",
    "Findings",
    "Play",
    "Playbook",
    "Version",
    "can_be_drafted",
    "drafting_message",
    "edit_line",
    "find_out",
    "kept_state",
    "load_edits",
    "make_playbook",
    "playbook_csv",
    "said",
    "versions_of",
]
