"""Customers to look at: those most like their segment, and those on its border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.clusters.borderline import Nearness


@dataclass(frozen=True)
class ShownCustomers:
    """Places of customers of one segment (0-based) among all n.

    `typical` (t,) are nearest the centroid first; `edge` (e,) least confident first, of equals the nearest
    to half-way, with the `confidence` (e,) of each, 0..1, and the segment `second` (e,) that is
    nearest to each but for its own.
    """

    segment: int
    typical: np.ndarray
    edge: np.ndarray
    confidence: np.ndarray
    second: np.ndarray


def show_customers(
    near: Nearness, confidence: np.ndarray, labels: np.ndarray, k: int, count: int = 5
) -> tuple[ShownCustomers, ...]:
    """Pick up to `count` typical and edge customers of each of the k segments; of equal ones the first.

    :param confidence: how likely each keeps the segment, 0..1 (n,).
    :param labels: segments 0..k-1 (n,). With one segment there is no edge.
    """
    shown = []
    for segment in range(k):
        members = np.flatnonzero(labels == segment)
        edge = _least(members, count if k > 1 else 0, confidence, near.margin)
        typical = _least(members, count, near.own)
        shown.append(ShownCustomers(segment, typical, edge, confidence[edge], near.second[edge]))
    return tuple(shown)


def _least(places: np.ndarray, count: int, *by: np.ndarray) -> np.ndarray:
    """Return the places of the least values, ascending; of a million only the least few are sorted."""
    first = by[0][places]
    if count < len(places):
        places = places[first <= np.partition(first, count)[count]]
    return places[np.lexsort([values[places] for values in reversed(by)])[:count]]
