"""What a report tells: a run in k segments, its playbook, where its customers are, how clean its data is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation.action.playbook.edits import Edits
from segmentation.action.playbook.play import Playbook
from segmentation.clusters.map import stratified_sample
from segmentation.intake.shop import Shop
from segmentation.runs import Cut, Run, View

MOST_DRAWN = 3_000
NAMELESS = "My shop"


@dataclass(frozen=True)
class Places:
    """Where some customers are on the map: `x`, `y` and `segment` (m,), of `customers` in all."""

    x: np.ndarray
    y: np.ndarray
    segment: np.ndarray
    customers: int


@dataclass(frozen=True)
class ReportFacts:
    """One run in k segments; `names` as people see them; nothing in it tells one customer from another."""

    title: str
    run: Run
    k: int
    names: tuple[str, ...]
    playbook: Playbook
    edits: Edits
    shop: Shop
    places: Places

    @property
    def cut(self) -> Cut:
        """The segments."""
        return self.run.cuts[self.k]


def report_facts(title: str | None, view: View, playbook: Playbook, edits: Edits, shop: Shop) -> ReportFacts:
    """Gather what a report tells.

    :param title: the name of the shop.
    :param shop: the shop that the run was made from.
    """
    run, rows, labels = view.run, view.rows, view.labels
    drawn = stratified_sample(labels, MOST_DRAWN, run.options.seed)
    places = Places(
        rows["map_x"].to_numpy()[drawn], rows["map_y"].to_numpy()[drawn], labels[drawn], len(labels)
    )
    return ReportFacts(title or NAMELESS, run, view.k, tuple(view.names), playbook, edits, shop, places)
