"""Which language a source of texts is in, and whether an encoder can read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from segmentation.text.encoders.protocol import Encoder

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th",
    "tr", "uk", "vi", "zh",
)  # fmt: skip
"""The languages that are told apart, by their ISO 639-1 codes."""

UNREADABLE = 0.3
CLEAR = 0.2
"""The share of the texts that must be clearly in a language to call it theirs."""

_SAMPLE = 400
_PIECE = 200
_ENOUGH_BYTES = 40
_SURE = 0.9


@dataclass(frozen=True)
class Readability:
    """The language of the texts (None: not clear) and the share of them (0..1) an encoder cannot read.

    `shares` (0..1) are of the texts that are clearly in each language.
    """

    language: str | None
    unreadable_share: float
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether the encoder may read these texts."""
        return self.unreadable_share < UNREADABLE

    def suits(self, languages: frozenset[str] | None) -> bool:
        """Whether the texts are clearly enough in these languages, None for any, and not in others."""
        foreign = foreign_share(self.shares, languages)
        return foreign < UNREADABLE and sum(self.shares.values()) - foreign >= CLEAR


def check_readability(texts: Sequence[str], encoder: Encoder | None) -> Readability:
    """Judge a sample of the texts: languages the encoder does not know, and tokens it has no sign for.

    Without an encoder only the language is told.
    """
    sample = texts[:: -(-len(texts) // _SAMPLE) or 1]
    shares = language_shares(sample)
    language = max(shares, key=lambda code: shares[code], default=None)
    if language and shares[language] < CLEAR:
        language = None
    if encoder is None:
        return Readability(language, 0.0, shares)
    foreign = foreign_share(shares, encoder.languages)
    return Readability(language, max(foreign, encoder.unknown_share(sample)), shares)


def foreign_share(shares: Mapping[str, float], languages: frozenset[str] | None) -> float:
    """Return the share of the texts (0..1) that are clearly in other languages than these (None: any)."""
    return sum(share for code, share in shares.items() if languages is not None and code not in languages)


def language_shares(texts: Sequence[str]) -> dict[str, float]:
    """Return the share of the characters that are clearly in each language; the unclear are in none."""
    identifier = _identifier()
    found: Counter[str] = Counter()
    total = 0
    for piece in _pieces(texts):
        code, probability = identifier.classify(piece)
        total += len(piece)
        if probability >= _SURE and len(piece.encode()) >= _ENOUGH_BYTES:
            found[str(code)] += len(piece)
    return {code: length / total for code, length in sorted(found.items())}


def _pieces(texts: Sequence[str]) -> Iterator[str]:
    """Join short texts, since a few words do not tell a language; lower case, since capitals mislead."""
    waiting: list[str] = []
    for text in texts:
        waiting.append(text[: 3 * _PIECE].lower())
        if sum(map(len, waiting)) >= _PIECE:
            yield " ".join(waiting)
            waiting = []
    if waiting:
        yield " ".join(waiting)


@cache  # opening it takes half a second
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
