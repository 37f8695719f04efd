"""What a change of the settings would do to the segments: how many customers would be in another one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cattrs.preconf.json import make_converter

from segmentation.runs.parts import keep_with_run, part_of_run
from segmentation.workspace import Workspace

KEY = "shifts"


class Change(StrEnum):
    """What is changed, all else being as it was."""

    MORE_TEXT = "more text"
    LESS_TEXT = "less text"
    WITHOUT_TEXT = "without text"
    ONLY_TEXT = "only text"
    WITHOUT_BROWSING = "without browsing"
    WITHOUT_FEATURE = "without feature"
    RULE_OFF = "rule off"
    RULE_ON = "rule on"


@dataclass(frozen=True)
class Shift:
    """One change, of what (a label for people), and of the customers known before and after, who moved."""

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
    tried = {str(k): make_converter().unstructure(shifts)}
    keep_with_run(workspace, run_id, lambda summary: {KEY: summary.get(KEY, {}) | tried})


def load_shifts(workspace: Workspace, run_id: str, k: int) -> tuple[Shift, ...] | None:
    """Read what was tried on a run at one k; None where nothing was."""
    stored = part_of_run(workspace, run_id, f"{KEY}.{k}")
    return None if stored is None else make_converter().structure(stored, tuple[Shift, ...])
