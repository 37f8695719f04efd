"""What the headers of a file speak of: by words that are known, and where these end by the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.encoder import meanings_of
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.headers.words_further import concepts_abroad

FOREIGN = 0.5
NEAR = 0.55
_SAYS_NOTHING = {Concept.ALONE, Concept.ID, Concept.CODE}


@dataclass(frozen=True)
class Spoken:
    """What each header speaks of; `guessed` are the places where only the encoder says so."""

    concepts: list[frozenset[Concept]]
    guessed: frozenset[int] = frozenset()


def read_headers(headers: Sequence[str]) -> Spoken:
    """Read the headers of a file; where the lists know fewer than half of them, more lists and the encoder.

    Beside headers that are known, one that is not is more likely something of the shop's own.
    """
    known = [concepts_of(header) for header in headers]
    if len(_unknown(known)) < FOREIGN * len(headers):
        return Spoken(known)
    known = [concepts_abroad(header) or found for header, found in zip(headers, known, strict=True)]
    unknown = _unknown(known)
    near = meanings_of([headers[place] for place in unknown])
    guessed = {
        place: found[0][0] | (known[place] - {Concept.ALONE})
        for place, found in zip(unknown, near, strict=True)
        if found and found[0][1] >= NEAR
    }
    return Spoken([guessed.get(place, found) for place, found in enumerate(known)], frozenset(guessed))


def _unknown(known: Sequence[frozenset[Concept]]) -> list[int]:
    return [place for place, found in enumerate(known) if not found - _SAYS_NOTHING]
