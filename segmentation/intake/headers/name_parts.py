"""Which part of a person's name a header asks for."""

from __future__ import annotations

import re
from enum import StrEnum

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of, spell


class NamePart(StrEnum):
    """What of a name stands in a column."""

    FULL = "full_name"
    FIRST = "first_name"
    LAST = "last_name"


_FIRST_NAME = re.compile(r"\b(first|given|vorname|prenom|forename|nombre|voornaam|fname)\b|firstname")
_LAST_NAME = re.compile(
    r"\b(last|family|surname|nachname|familienname|nom|apellidos?|sobrenome|cognome|achternaam|lname)\b"
    r"|lastname"
)
_EITHER = re.compile(r"\b(nombre|nom)\b")


def name_part(header: str) -> NamePart:
    """Return the part that a header of names asks for; the whole where it names both parts or none.

    The Spanish and French words for a name mean a part of it only where no customer is spoken of.
    """
    asked = spell(header)
    if _EITHER.search(asked) and Concept.CUSTOMER in concepts_of(header):
        return NamePart.FULL
    first, last = bool(_FIRST_NAME.search(asked)), bool(_LAST_NAME.search(asked))
    if first == last:
        return NamePart.FULL
    return NamePart.FIRST if first else NamePart.LAST
