"""What the headers of a file speak of: by words that are known, and where these end by the encoder."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.encoder import Meaning, meanings_of
from segmentation.intake.headers.read_header import concepts_of


def concepts_of_all(headers: Sequence[str]) -> list[frozenset[Concept]]:
    """Return what each header speaks of."""
    spoken = meanings_of(headers)
    return [
        _together(concepts_of(header), meanings) for header, meanings in zip(headers, spoken, strict=True)
    ]


def _together(known: frozenset[Concept], meanings: Sequence[Meaning]) -> frozenset[Concept]:
    """Add what the encoder says to what the words say, where it says nothing else than they."""
    said = known - {Concept.ALONE, Concept.ID, Concept.CODE}
    for meaning, _ in meanings:
        if not said:
            return meaning | (known - {Concept.ALONE})
        if said <= meaning:
            return known | meaning
    return known
