"""The colours of badges: good and bad."""

from __future__ import annotations

from typing import Literal

from segmentation.clusters.stability_band import Band

BADGE_COLOURS: dict[Band, Literal["green", "orange", "red"]] = {
    Band.VERY_STABLE: "green",
    Band.STABLE: "green",
    Band.DOUBTFUL: "orange",
    Band.NOT_TRUSTED: "red",
}
