"""The playbook as screens read it: from memory, keyed by the run's id, k and lift; and what was written."""

from __future__ import annotations

from pages.shell import cached, explanations
from pages.shell.held.remembered import kept_beside, remembered
from pages.shell.waiting.ready import first_view
from pages.shell.workspace import workspace
from segmentation.action.playbook import (
    LIFT,
    Aspect,
    Edits,
    Findings,
    Play,
    Playbook,
    edit_line,
    find_out,
    keep_playbook,
    kept_state,
    load_edits,
    load_playbook,
    make_playbook,
)
from segmentation.runs import Run, View


def playbook(view: View, lift: float) -> Playbook:
    """Make the playbook of a run of the files as they are, with what other pages have found."""
    return _playbook(view.run.run_id, view.k, lift, kept_state(workspace(), view.run.run_id), view)


def earlier(view: View) -> Playbook | None:
    """Read the playbook as it was made from earlier files; None where nobody looked at it then."""
    return load_playbook(workspace(), view.run.run_id, view.k)


@first_view
def first_playbook(view: View) -> Playbook:
    """Make the playbook that somebody sees who opens the page."""
    return playbook(view, LIFT)


def edits() -> Edits:
    """Read what people wrote."""
    return _edits()


def keep_edit(run: Run, play: Play, aspect: Aspect, text: str) -> None:
    """Keep a line that a person wrote."""
    edit_line(workspace(), run.run_id, play, aspect, text)
    _edits.clear()


@kept_beside(12, "Working out what to do with each segment …")
def _playbook(run_id: str, k: int, lift: float, kept: str, _view: View) -> Playbook:
    explained = explanations.by_shop(_view)
    made = make_playbook(workspace(), _view, explained, _findings(run_id, kept, _view), lift)
    if lift == LIFT:
        keep_playbook(workspace(), made)
    return made


@remembered(1, "Reading what is known of your customers …")
def _findings(run_id: str, kept: str, _view: View) -> Findings:
    cached.shop()  # the tables may hold the files as they were read with other rules
    return find_out(workspace(), _view.run, _view.customer_ids)


@remembered(1)
def _edits() -> Edits:
    return load_edits(workspace())
