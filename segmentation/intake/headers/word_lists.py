"""Words and beginnings of words with what they speak of, and one way to look joined and bent words up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from segmentation.intake.headers.concepts import Concept

LONGEST_ENDING = 6


@dataclass(frozen=True)
class WordLists:
    """What whole words speak of, and words that begin so.

    Joined words are a kind of their last part where both parts are at least so long; `no_last_parts` are
    words of which longer ones that end so are no kind.
    """

    words: Mapping[str, Concept]
    stems: Mapping[str, Concept]
    first_part: int
    last_part: int
    no_last_parts: frozenset[str] = frozenset()

    def last_of(self, word: str) -> set[Concept]:
        """Return what the ends of a word speak of."""
        ends = (word[cut:] for cut in range(self.first_part, len(word) - self.last_part + 1))
        return {self.words[end] for end in ends if end in self.words and end not in self.no_last_parts}

    def begun(self, word: str) -> Concept | None:
        """Return what the longest stem speaks of that a word begins with, but for an ending."""
        begins = (word[:cut] for cut in range(len(word), max(0, len(word) - LONGEST_ENDING - 1), -1))
        return next((self.stems[begin] for begin in begins if begin in self.stems), None)

    def begun_by(self, beginning: str) -> set[Concept]:
        """Return the one thing that all words speak of that begin so; nothing where they differ."""
        found = {concept for word, concept in self.words.items() if word.startswith(beginning)}
        return found if len(found) == 1 else set()
