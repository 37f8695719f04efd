"""Whether the vectors of texts are smoothed before they are averaged by customer.

Held against labels on twelve sets of texts (`tests/segmentation/text/test_treatment_battery.py`), no measure
of the vectors alone foretold where smoothing gains; that texts are sentences and no bare names did.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from segmentation.algorithms.terms import count_words

WORDS_OF_A_SENTENCE = 10
_SAMPLE = 20_000


class Treatment(StrEnum):
    """What is done to the vectors of texts: nothing, or the mean over neighbours (`pool.smooth`)."""

    PLAIN = "plain"
    NEIGHBOURS = "neighbours"


def words_per_text(texts: Sequence[str]) -> float:
    """Return how many words a text has on average, by at most 20,000 of them, spread evenly."""
    sample = texts[:: -(-len(texts) // _SAMPLE) or 1]
    return sum(map(count_words, sample)) / max(1, len(sample))


def choose_treatment(words: float, lexical: bool) -> Treatment:
    """Smooth the vectors of a model where texts have as many words as a sentence, letters never."""
    return Treatment.NEIGHBOURS if words >= WORDS_OF_A_SENTENCE and not lexical else Treatment.PLAIN
