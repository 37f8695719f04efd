"""What a change of the settings would do to the segments: how many customers would be in another one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segmentation.runs.parts import keep_with_run, part_of_run
from segmentation.workspace import Workspace
from segmentation.workspace.facts import converter

KEY = "shifts"


class Change(StrEnum):
    """What is changed, all else being as it was."""

    MORE_TEXT = "more_text"
    LESS_TEXT = "less_text"
    WITHOUT_TEXT = "without_text"
    ONLY_TEXT = "only_text"
    WITHOUT_BROWSING = "without_browsing"
    WITHOUT_FEATURE = "without_feature"
    RULE_OFF = "rule_off"
    RULE_ON = "rule_on"


@dataclass(frozen=True)
class Shift:
    """One change, and of the customers known before and after, who moved.

    It is a change of `what`: a feature's label, a rule's code or a weight; empty where there is no more.
    """

    change: Change
    what: str
    both: int
    moved: int

    @property
    def share(self) -> float:
        """Which share of the customers would be in another segment."""
        return self.moved / self.both if self.both else 0.0


def keep_shifts(workspace: Workspace, run_id: str, k: int, shifts: tuple[Shift, ...]) -> None:
    """Keep with a run what was tried on its k segments."""
    tried = {str(k): converter().unstructure(shifts)}
    keep_with_run(workspace, run_id, lambda summary: {KEY: summary.get(KEY, {}) | tried})


def load_shifts(workspace: Workspace, run_id: str, k: int) -> tuple[Shift, ...] | None:
    """Read what was tried on a run at one k; None where nothing was."""
    stored = part_of_run(workspace, run_id, f"{KEY}.{k}")
    return None if stored is None else converter().structure(stored, tuple[Shift, ...])
