"""What is shown of what to do with segments, and of what their customers write about lately."""

from __future__ import annotations

from segmentation.action.playbook import (
    LIFT,
    Findings,
    Playbook,
    find_out,
    keep_playbook,
    kept_state,
    make_playbook,
)
from segmentation.first_views.segments import by_shop
from segmentation.runs import View
from segmentation.runs.kept.views import Ask, Shown
from segmentation.track.topics import ThemeChange, ThemeMonths, load_theme_months, theme_changes
from segmentation.workspace import Workspace

MOST = 12

Lately = tuple[ThemeMonths, tuple[ThemeChange, ...]]


def playbook(workspace: Workspace, view: View, ask: Ask, lift: float = LIFT) -> Shown[Playbook]:
    """Make the plays by what is known by now; the shop's tables must be those of the run.

    Where the lift is the usual one, they are kept with the run, too.
    """
    known = kept_state(workspace, view.run.run_id)

    def make(opened: Workspace) -> Playbook:
        made = make_playbook(opened, view, by_shop(view, ask), ask(_findings(view, known)), lift)
        if lift == LIFT:
            keep_playbook(opened, made)
        return made

    trust = tuple(one.stability for one in view.segments)  # more is known after re-sampling
    return Shown("playbook", (view.run.run_id, view.k, lift, known, trust), Playbook, make, MOST)


def lately(view: View) -> Shown[Lately | None]:
    """Count what reviews are about month by month, and what rises or falls; None without dated reviews."""

    def make(opened: Workspace) -> Lately | None:
        written = load_theme_months(opened, view.run, view.k)
        return (written, theme_changes(written)) if written else None

    return Shown("lately", (view.run.run_id, view.k), Lately | None, make, MOST)


def _findings(view: View, known: str) -> Shown[Findings]:
    """Gather what is known of the customers, for the plays of every number of segments."""
    run = view.run
    return Shown(
        "findings", (run.run_id, known), None, lambda opened: find_out(opened, run, view.customer_ids)
    )
