"""The words of audience files: why a customer is not in one, and what to know before it is handed over."""

from __future__ import annotations

from segmentation.action.audience.people import ListKind
from segmentation.action.audience.reason import Reason
from segmentation.features.tier import Tier
from segmentation.features.words import TIER_NAMES

REASONS = {
    Reason.OBJECTS: "objects to profiling",
    Reason.REFUSED: "said no to marketing",
    Reason.NOT_ASKED: "has not said yes to marketing",
    Reason.NO_CONTACT: "no e-mail or phone",
    Reason.UNUSABLE: "no e-mail or phone that this platform can use",
    Reason.SUPPRESSED: "on the suppression list",
    Reason.HELD_OUT: "held out for the test",
    Reason.REPEATED: "the same e-mail or phone as an earlier customer",
}

CONSENT_UNKNOWN = "No column of your files says who agreed to marketing: make sure that all of them did."
TOO_FEW = "{platform} asks for at least {fewest} people; there are {people:,}."
SEVERAL_FILES = "{platform} takes files of at most {megabytes} MB: this is {files} files."
GRANT_CONSENT = (
    "In the EEA, set consent for ad user data and for ad personalisation to granted for this upload, "
    "or nothing is matched."
)
SMS_FOR_ALL = "If you tick SMS consent at the import, it holds for every row of the file."
NO_OWN_COLUMNS = (
    "{platform} takes no columns of your own: the previous segment and the day of the change stand in the "
    "list with customer ids alone."
)
STILL_PERSONAL = "Hashed addresses are still personal data: handle the file as you would the list itself."

NEAR = "Concept “{concept}”, score {cut:.0f} or more"

_LISTS = {
    ListKind.ALL: "All customers",
    ListKind.SEGMENT: "Segment {which}",
    ListKind.TIER: "RFM tier: {which}",
    ListKind.CELL: "RFM cell: {which}",
    ListKind.WIN_BACK: "Whom to win back",
    ListKind.CONCEPT: "Concept “{which}”",
    ListKind.OUTLINE: "Outline on the map",
    ListKind.BORDERLINE: "Between two segments",
    ListKind.MOVED: "Moved: {which}",
    ListKind.STRANGERS: "Unlike anybody",
}
_MOVED = "{was} to {now}"
_CELL = "recency {recency}, frequency and money {value}"


def list_words(code: str) -> str:
    """Say which list a code of the log means; a number alone is a segment, as older versions wrote it."""
    kind, _, which = f"segment:{code}".partition(":") if code.isdecimal() else code.partition(":")
    if kind not in set(ListKind):
        return code
    if kind == ListKind.TIER:
        which = TIER_NAMES[Tier(which)]
    elif kind == ListKind.CELL:
        recency, _, value = which.partition(":")
        which = _CELL.format(recency=recency, value=value)
    elif kind == ListKind.MOVED:
        was, _, now = which.partition(":")
        which = _MOVED.format(was=was, now=now)
    return _LISTS[ListKind(kind)].format(which=which)
