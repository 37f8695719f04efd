"""What reading texts has learned of them, kept so that other texts can be read in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from segmentation.errors import ModelError
from segmentation.text.encoders.lexical import Letters
from segmentation.text.pool import Directions, Smoothing


@dataclass(frozen=True)
class SourceLearned:
    """One source of texts: the amount of a `typical` order line, what smooths vectors, their `mean` (d,)."""

    name: str
    typical: float
    smoothing: Smoothing | None
    mean: np.ndarray

    def centre(self, vectors: np.ndarray) -> np.ndarray:
        """Smooth vectors (m, d) where the source's were, and subtract the mean of its customers."""
        smoothed = vectors if self.smoothing is None else self.smoothing.smooth(vectors)
        return (smoothed - self.mean).astype(np.float32)


@dataclass(frozen=True)
class PartLearned:
    """What one encoder read: who it is, its sources, and the directions of customers, times `scale`.

    `letters` is what the lexical encoder has learned; None for a model.
    """

    encoder: str
    key: str
    precision: str
    draft: bool
    letters: Letters | None
    sources: tuple[SourceLearned, ...]
    directions: Directions
    scale: float = 1.0

    @property
    def width(self) -> int:
        """How many directions of customers there are."""
        return int(self.directions.axes.shape[1])

    def check(self, key: str) -> None:
        """Make sure that an encoder is the one that read the texts.

        :raises ModelError: if it is not.
        """
        if key != self.key:
            raise ModelError(
                f"“{self.encoder}” on this machine is not the one that read the texts of these segments.",
                "Bring that version of the model back, or find the segments anew.",
            )


@dataclass(frozen=True)
class ConceptLearned:
    """One concept: the mean nearness by source, the spread by encoder's key, and what makes it a score.

    Few items are shrunk by `kappa`; `middle` becomes the score of the average customer, `spread` a step.
    """

    means: Mapping[str, float]
    spreads: Mapping[str, float]
    kappa: float
    middle: float
    spread: float


@dataclass(frozen=True)
class TextsLearned:
    """All that reading a shop's texts has learned: for each encoder, and for each concept by name."""

    parts: tuple[PartLearned, ...]
    concepts: Mapping[str, ConceptLearned] = field(default_factory=dict)
