"""The few figures by which all segments are compared in one line each, and the taste of a segment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from segmentation.features.table import Feature, Group
from segmentation.insight.facts.centroids import MOSTLY_KNOWN, CentroidTable
from segmentation.insight.facts.differences import CLEAR, SAME_STORY

LEADING = ("frequency", "monetary", "recency")
"""How often, how much and how lately, which marketers ask for before anything else."""


@dataclass(frozen=True)
class KeyFigure:
    """One feature of a segment beside all customers, in its unit; `effect` as in the centroid table."""

    feature: Feature
    value: float
    overall: float
    effect: float


def key_rows(table: CentroidTable, most: int = len(LEADING)) -> tuple[int, ...]:
    """Choose the rows that every segment is told by: those that lead, then what parts the segments most."""
    names = [feature.name for feature in table.features]
    chosen = [names.index(name) for name in LEADING if name in names][:most]
    spread = np.ptp(np.nan_to_num(table.effects), axis=1)
    flags = [feature.value is not None for feature in table.features]
    for row in sorted(range(len(names)), key=lambda row: (flags[row], -spread[row])):
        if len(chosen) < most and table.features[row].group != Group.TEXT and _tells(table, row, chosen):
            chosen.append(row)
    return tuple(chosen)


def _tells(table: CentroidTable, row: int, chosen: Sequence[int]) -> bool:
    """Whether a row says what no chosen one says."""
    return all(other != row and abs(table.correlations[row, other]) < SAME_STORY for other in chosen)


def key_figures(table: CentroidTable, rows: Sequence[int], segment: int) -> tuple[KeyFigure, ...]:
    """Read these rows for a segment (0-based); what most of it has no value of is left out."""
    return tuple(_figure(table, row, segment) for row in rows if table.known[row, segment] >= MOSTLY_KNOWN)


def taste(table: CentroidTable, segment: int, named_for: Collection[str] = ()) -> KeyFigure | None:
    """Return the theme that a segment clearly has more of than all customers, most of all; None without.

    :param named_for: features that its name speaks of, which come before any other.
    """
    effects = np.nan_to_num(table.effects[:, segment])
    themes = [
        row for row, one in enumerate(table.features) if one.group == Group.TEXT and effects[row] >= CLEAR
    ]
    if not themes:
        return None
    row = max(themes, key=lambda row: (table.features[row].name in named_for, effects[row]))
    return _figure(table, row, segment)


def _figure(table: CentroidTable, row: int, segment: int) -> KeyFigure:
    return KeyFigure(
        table.features[row],
        float(table.values[row, segment]),
        float(table.overall[row]),
        float(np.nan_to_num(table.effects[row, segment])),
    )
