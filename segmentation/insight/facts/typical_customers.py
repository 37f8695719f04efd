"""Customers to look at: those most like their segment, and those on its border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.clusters.borderline import Nearness


@dataclass(frozen=True)
class ShownCustomers:
    """Places of customers of one segment (0-based) among all n.

    `typical` (t,) are nearest the centroid first; `edge` (e,) least confident first, with the `confidence`
    (e,) of each, 0..1, and the segment `second` (e,) that each is nearest to but for its own.
    """

    segment: int
    typical: np.ndarray
    edge: np.ndarray
    confidence: np.ndarray
    second: np.ndarray


def show_customers(near: Nearness, labels: np.ndarray, k: int, count: int = 5) -> tuple[ShownCustomers, ...]:
    """Pick up to `count` typical and edge customers of each of the k segments; of equal ones the first.

    :param labels: segments 0..k-1 (n,). With one segment there is no edge.
    """
    shown = []
    for segment in range(k):
        members = np.flatnonzero(labels == segment)
        edge = _least(near.confidence[members], members, count if k > 1 else 0)
        typical = _least(near.own[members], members, count)
        shown.append(ShownCustomers(segment, typical, edge, near.confidence[edge], near.second[edge]))
    return tuple(shown)


def _least(values: np.ndarray, places: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the least values, ascending; of a million only the least few are sorted."""
    if count < len(values):
        limit = np.partition(values, count)[count]
        candidates = np.flatnonzero(values <= limit)
        values, places = values[candidates], places[candidates]
    return places[np.argsort(values, kind="stable")[:count]]
