"""The customers of a step as a list that can be handed over."""

from __future__ import annotations

import numpy as np

from segmentation.action.audience import ListKind, PeopleList, Whereabouts
from segmentation.runs import View
from segmentation.track.movement.cells import Look, customers_of_cell
from segmentation.track.movement.words import code_of
from segmentation.workspace import Workspace


def people_of_step(
    workspace: Workspace, view: View, look: Look, step: tuple[int, int], title: str = ""
) -> PeopleList:
    """Return who was in one segment and is in another, by the labels of both (0-based, or an `Outside`).

    :param title: what the list is called; by default it is named by its code.
    """
    was, now = step
    which = f"{code_of(was, before=True)}:{code_of(now, before=False)}"

    def members() -> np.ndarray:
        return customers_of_cell(workspace, look, was, now)["customer_id"].to_numpy(dtype=object)

    placed = Whereabouts(look.movement.fingerprint, now)
    return PeopleList(ListKind.MOVED, title or which, view.run.run_id, view.k, members, which, placed)
