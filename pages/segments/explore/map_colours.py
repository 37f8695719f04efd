"""What the map is coloured by: segments, how sure each customer's one is, any feature, theme or concept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import concepts, latest
from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.features.table import Unit
from segmentation.runs import Run, View

SEGMENT, CONFIDENCE = "Segment", "Confidence"
COLOUR_KEY = "explore_colour"
UNKNOWN = 255
OUTLIERS = (0.01, 0.99)


@dataclass(frozen=True)
class Colours:
    """A row per drawn customer: segment, confidence in percent, and shade 0..254 (255: not known).

    `scale` says what the shades mean; None where the colours are the segments'.
    """

    frame: pd.DataFrame
    scale: dict[str, object] | None


def colour_choice(run: Run, own: tuple[str, ...]) -> str:
    """Let a person choose what the colours mean: SEGMENT, CONFIDENCE, the name of a feature or a concept.

    :param own: the concepts by which they may be coloured.
    """
    labels = {SEGMENT: SEGMENT, CONFIDENCE: CONFIDENCE}
    labels |= {feature.name: feature.label for feature in run.features}
    labels |= {concept_colour(concept): f"Concept: {concept}" for concept in own}
    if st.session_state.get(COLOUR_KEY, SEGMENT) not in labels:  # of an earlier run, or deleted
        del st.session_state[COLOUR_KEY]
    return st.selectbox("Colour by", list(labels), format_func=labels.__getitem__, key=COLOUR_KEY)


def concept_colour(concept: str) -> str:
    """Name a concept among the colours; no feature has such a name."""
    return f"concept:{concept}"


def colours_by(view: View, chosen: str, own: tuple[str, ...] = ()) -> Colours:
    """Give the drawn customers their colours.

    :param own: the concepts by which they may be coloured.
    """
    run, drawn = view.run, latest.drawn(view)
    confidence = drawn.confidence
    frame = pd.DataFrame(
        {
            "segment": drawn.labels.astype(np.uint8),
            "confidence": np.rint(np.nan_to_num(confidence) * 100).astype(np.uint8),
        }
    )
    if chosen == SEGMENT:
        return Colours(frame, None)
    if chosen == CONFIDENCE:
        shade, scale = shades(confidence, CONFIDENCE, Unit.SHARE)
    elif chosen.startswith(concept_colour("")):
        shade, scale = shades(
            _scores_of(run, chosen, drawn.rows, own), chosen.removeprefix(concept_colour("")), Unit.NUMBER
        )
    else:
        feature = next(feature for feature in run.features if feature.name == chosen)
        currency = view.cut.centroids.currency
        shade, scale = shades(
            drawn.rows[chosen].to_numpy(np.float64), feature.label, feature.unit, feature.skewed, currency
        )
    return Colours(frame.assign(shade=shade), scale)


def _scores_of(run: Run, chosen: str, drawn: pd.DataFrame, own: tuple[str, ...]) -> np.ndarray:
    """Return the drawn customers' scores on a concept; not known where they cannot be told."""
    scored = next((one for one in concepts.scores(run, own) if concept_colour(one.concept) == chosen), None)
    if scored is None:
        return np.full(len(drawn), np.nan)
    return scored.scores[drawn.index.to_numpy()]


def shades(
    values: np.ndarray, label: str, unit: Unit, log: bool = False, currency: str | None = None
) -> tuple[np.ndarray, dict[str, object]]:
    """Place values on a scale of 255 shades, uint8 (n,), and say what its ends and its middle stand for.

    The few very low and very high ones share the colours of the ends.
    """
    placed = charts.signed_log10(values) if log else values
    known = np.isfinite(placed)
    low, high = np.quantile(placed[known], OUTLIERS) if known.any() else (0.0, 1.0)
    share = np.clip((placed - low) / max(high - low, 1e-12), 0, 1)
    shade = np.where(known, np.rint(np.nan_to_num(share) * (UNKNOWN - 1)), UNKNOWN).astype(np.uint8)
    ends = np.array([low, (low + high) / 2, high])
    first, middle, last = (
        formats.of_unit(value, unit, currency)
        for value in (charts.inverse_signed_log10(ends) if log else ends)
    )
    scale: dict[str, object] = {
        "label": label,
        "colours": charts.SCALE,
        "low": f"{first} or less" if (placed[known] < low).any() else first,
        "middle": middle,
        "high": f"{last} or more" if (placed[known] > high).any() else last,
        "unknown": "" if known.all() else "Small grey points: not known for these customers",
    }
    return shade, scale
