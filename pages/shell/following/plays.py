"""The playbook as screens read it: from memory, keyed by the run's id, k and lift; and what was written."""

from __future__ import annotations

from pages.shell import cached
from pages.shell.held.remembered import recall, remembered
from pages.shell.workspace import workspace
from segmentation.action.playbook import Aspect, Edits, Play, Playbook, edit_line, load_edits, load_playbook
from segmentation.first_views import plays as first_views
from segmentation.runs import Run, View


def playbook(view: View, lift: float) -> Playbook:
    """Make the playbook of a run of the files as they are, with what other pages have found."""
    cached.shop()  # the tables may hold the files as they were read with other rules
    asked = first_views.playbook(workspace(), view, recall, lift)
    return recall(asked, "Working out what to do with each segment …")


def earlier(view: View) -> Playbook | None:
    """Read the playbook as it was made from earlier files; None where nobody looked at it then."""
    return load_playbook(workspace(), view.run.run_id, view.k)


def edits() -> Edits:
    """Read what people wrote."""
    return _edits()


def keep_edit(run: Run, play: Play, aspect: Aspect, text: str) -> None:
    """Keep a line that a person wrote."""
    edit_line(workspace(), run.run_id, play, aspect, text)
    _edits.clear()


@remembered(1)
def _edits() -> Edits:
    return load_edits(workspace())
