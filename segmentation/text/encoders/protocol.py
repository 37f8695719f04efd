"""What an encoder is, which one a person chose, and what loads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from segmentation.text.encoders.batches import Parts
from segmentation.text.encoders.engine import Engine
from segmentation.text.encoders.transformer import Precision


class Encoder(Protocol):
    """Anything that reads texts.

    `key` names model, weights, pooling, length, precision and engine: vectors of different keys never mix.
    `languages` holds ISO 639-1 codes, None for any; `engine` says how it computes, in numbers of
    `precision`, None where there is no choice; `draft` whether it reads only roughly.
    """

    key: str
    name: str
    engine: Engine | None
    precision: str
    draft: bool
    dimensions: int
    languages: frozenset[str] | None

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), dimensions)."""

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield the same in parts, in any order: places of texts, int (m,), and their vectors."""

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the places of the texts that are read together: by themselves they give the same vectors."""

    def unknown_share(self, texts: Sequence[str]) -> float:
        """Return the share of tokens (0..1) that the encoder does not know."""


BUNDLED = "all-MiniLM-L6-v2"


LEXICAL = "lexical"


NO_TEXT = "none"


@dataclass(frozen=True)
class TextOptions:
    """How texts are read.

    `model` is a catalogue name, any sentence-transformers name or path, "lexical", or "none" to leave
    texts out; `device` None takes the fastest; `themes` None chooses their number; `precision` "auto" takes
    the fastest numbers in which the model reads alike on this machine; `draft` reads by the quick draft that
    is distilled from the model.
    """

    model: str = BUNDLED
    device: str | None = None
    themes: int | None = None
    precision: str = Precision.AUTO
    draft: bool = False


class Loader(Protocol):
    """Loads the encoder that a person chose; `segmentation.text.encoders.load.load_encoder` is one."""

    def __call__(self, options: TextOptions, /) -> Encoder:
        """Return the encoder of these options."""
