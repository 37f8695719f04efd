"""A run as it was when it was made, with all that places a customer in its space and learns nothing anew."""

from __future__ import annotations

from dataclasses import dataclass

from segmentation.errors import NotFrozenError
from segmentation.features.fixed import Fixed
from segmentation.features.table import Feature, Group
from segmentation.runs import Run, load_run, number_of, own_number
from segmentation.runs.kept.read_as import FileRead, load_reading
from segmentation.runs.kept.texts import load_texts_learned
from segmentation.text.learned import TextsLearned
from segmentation.track.frozen.adopt import adopted_run
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Frozen:
    """A run that customers are assigned to, with what was learned of their texts.

    `k` is in how many segments, where nobody says another number; `read_as` tells how the files were read,
    and is empty for a run of an earlier version.
    """

    run: Run
    k: int
    texts: TextsLearned | None = None
    read_as: tuple[FileRead, ...] = ()

    @property
    def fixed(self) -> Fixed:
        """The features that the files gave, those among them that define no segment."""
        return Fixed(
            tuple(one for one in self.run.features if one.group not in (Group.TEXT, Group.CONCEPT)),
            self.run.averages,
        )

    @property
    def defining(self) -> tuple[Feature, ...]:
        """The features by which customers are compared."""
        names = {column.name for column in self.run.columns}
        return tuple(one for one in self.run.features if one.name in names)

    @property
    def reads_texts(self) -> bool:
        """Whether texts have a part in the space."""
        return any(column.group in (Group.TEXT, Group.CONCEPT) for column in self.run.columns)


def frozen_run(workspace: Workspace, run_id: str | None = None) -> Frozen:
    """Return the run of this id, by default the adopted one, else the latest.

    :raises NotFrozenError: if there is none, or it is of a version that kept too little of how it was made.
    """
    chosen = adopted_run(workspace) if run_id is None else None
    run = load_run(workspace, chosen.run_id if chosen else run_id)
    if run is None:
        raise NotFrozenError("no segments have been found yet.", "Find segments first.")
    if not run.reach:
        raise NotFrozenError(
            "these segments were found by an earlier version, which did not keep all of how it was done.",
            "Find the segments anew once; names and colours stay.",
        )
    k = chosen.k if chosen else number_of(run, own_number(workspace))
    return Frozen(run, k, load_texts_learned(workspace, run.run_id), load_reading(workspace, run.run_id))
