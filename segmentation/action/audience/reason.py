"""Why a customer is not in an audience file."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a customer is not in the file; the first that holds."""

    OBJECTS = "objects"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NO_CONTACT = "no_contact"
    UNUSABLE = "unusable"
    SUPPRESSED = "suppressed"
    REPEATED = "repeated"
    HELD_OUT = "held_out"
