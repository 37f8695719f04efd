"""The playbook as screens read it: from memory, keyed by the run's id, k and lift; and what was written."""

from __future__ import annotations

from pages.shell import cached, explanations, latest
from pages.shell.workspace import workspace
from segmentation.action.playbook.edits import Edits, edit_line, load_edits
from segmentation.action.playbook.figures import Findings
from segmentation.action.playbook.findings import find_out, kept_state
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import Aspect, Play, Playbook
from segmentation.runs import Run


def playbook(run: Run, k: int, lift: float) -> Playbook:
    """Make the playbook of a run of the files as they are, with what other pages have found."""
    return _playbook(run.run_id, k, lift, kept_state(workspace(), run.run_id), run)


def edits() -> Edits:
    """Read what people wrote."""
    return _edits()


def keep_edit(run: Run, play: Play, aspect: Aspect, text: str) -> None:
    """Keep a line that a person wrote."""
    edit_line(workspace(), run.run_id, play, aspect, text)
    _edits.clear()


@latest.remembered(12, "Working out what to do with each segment …")
def _playbook(run_id: str, k: int, lift: float, kept: str, _run: Run) -> Playbook:
    explained = explanations.by_shop(_run, k)
    rows = latest.customer_rows(run_id)
    return make_playbook(workspace(), _run, rows, k, explained, _findings(run_id, kept, _run), lift)


@latest.remembered(1, "Working out what customers will spend …")
def _findings(run_id: str, kept: str, _run: Run) -> Findings:
    shop = cached.shop()  # the tables may hold the files as they were read with other rules
    ids = latest.customer_rows(run_id)["customer_id"].to_numpy(dtype=object)
    return find_out(workspace(), _run, shop, ids)


@latest.remembered(1)
def _edits() -> Edits:
    return load_edits(workspace())
