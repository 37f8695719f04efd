"""Lists that are ready to be handed over: everybody, a segment, a tier, who is near a concept or unsure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from segmentation.action.audience import words
from segmentation.action.audience.people import ListKind, PeopleList
from segmentation.features.rfm import Rfm, value_scores
from segmentation.features.tier import TIERS, Tier
from segmentation.runs import View
from segmentation.runs.borderline import Borderline
from segmentation.text.concepts import ConceptScores

USUAL_CUT = 60
"""The score of a concept from which customers are on its list by default: a deviation above the average."""


def everyone(view: View) -> PeopleList:
    """Return all customers of a run."""
    return list_of(view, ListKind.ALL, lambda: view.customer_ids)


def people_of_segment(view: View, label: int) -> PeopleList:
    """Return the customers of one segment (0-based)."""
    title = f"{label + 1} · {view.names[label]}"
    return list_of(view, ListKind.SEGMENT, lambda: view.members(label), str(label + 1), title)


def people_of_tier(view: View, rfm: Rfm, tier: Tier) -> PeopleList:
    """Return the customers of one RFM tier."""
    inside = rfm.tiers == TIERS.index(tier)
    return list_of(view, ListKind.TIER, lambda: rfm.customer_ids[inside], str(tier))


def people_of_cell(view: View, rfm: Rfm, recency: int, value: int) -> PeopleList:
    """Return the customers of one cell of the grid of tiers, by its scores of 1 to 5."""
    inside = (rfm.recency == recency) & (value_scores(rfm.frequency, rfm.monetary) == value)
    return list_of(view, ListKind.CELL, lambda: rfm.customer_ids[inside], f"{recency}:{value}")


def people_near(view: View, scored: ConceptScores, cut: float = USUAL_CUT) -> PeopleList:
    """Return the customers with this score of a concept or more, the nearest first."""

    def who() -> np.ndarray:
        order = np.argsort(-scored.scores, kind="stable")  # no score comes last
        return view.customer_ids[order[: near(scored, cut)]]

    title = words.NEAR.format(concept=scored.concept, cut=cut)
    return list_of(view, ListKind.CONCEPT, who, scored.concept, title)


def near(scored: ConceptScores, cut: float) -> int:
    """Count the customers with this score of a concept or more."""
    return int((scored.scores >= cut).sum())


def borderline_people(view: View, found: Borderline) -> PeopleList:
    """Return who sits between two segments, the most undecided first."""
    return list_of(view, ListKind.BORDERLINE, lambda: found.customers["customer_id"].to_numpy(dtype=object))


def list_of(
    view: View, kind: ListKind, who: Callable[[], np.ndarray], which: str = "", title: str = ""
) -> PeopleList:
    """Return a list of customers of a view; without a title it is called what its kind is."""
    unnamed = PeopleList(kind, "", view.run.run_id, view.k, who, which)
    return PeopleList(kind, title or words.list_words(unnamed.code), view.run.run_id, view.k, who, which)
