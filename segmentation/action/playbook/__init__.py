"""What to do with each segment: goal, message, offer, timing and test, by plain rules with their evidence."""

from segmentation.action.playbook.at_a_glance import (
    Glance,
    at_a_glance,
    first_actions,
    money_title,
    people_title,
)
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
from segmentation.action.playbook.kept_plays import keep_playbook, load_playbook
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
    "Glance",
    "Play",
    "Playbook",
    "Version",
    "at_a_glance",
    "can_be_drafted",
    "drafting_message",
    "edit_line",
    "find_out",
    "first_actions",
    "keep_playbook",
    "kept_state",
    "load_edits",
    "load_playbook",
    "make_playbook",
    "money_title",
    "people_title",
    "playbook_csv",
    "said",
    "versions_of",
]
