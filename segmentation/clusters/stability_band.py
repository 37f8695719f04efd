"""How far a segment can be trusted, by how it comes back."""

from __future__ import annotations

from enum import StrEnum


class Band(StrEnum):
    """How far a segment can be trusted: the bands of fpc's clusterboot (Hennig 2007) on its mean Jaccard."""

    NOT_TRUSTED = "not_trusted"
    DOUBTFUL = "doubtful"
    STABLE = "stable"
    VERY_STABLE = "very_stable"


def stability_band(jaccard: float) -> Band:
    """Return the band of a segment's mean Jaccard similarity (0..1) over re-samples."""
    if jaccard >= 0.85:
        return Band.VERY_STABLE
    if jaccard >= 0.75:
        return Band.STABLE
    return Band.DOUBTFUL if jaccard >= 0.6 else Band.NOT_TRUSTED
