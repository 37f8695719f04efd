"""What explains the segments, as the screens read it: part by part, since a page shows few at a time.

From memory, keyed by the run's id and k, and kept beside the workspace.
"""

from __future__ import annotations

import time

from pages.shell import cached, latest
from pages.shell.held.remembered import kept_beside
from pages.shell.workspace import workspace
from segmentation.insight.facts.explain import Bought, Explanation, Speech, with_evidence
from segmentation.insight.facts.segment_rule import SegmentRule
from segmentation.runs import Run, View, explain

MOST = 24
"""Two runs in a dozen numbers of segments: who has not been shown the newer run yet goes on moving the slider
over the older one."""


def by_features(view: View) -> tuple[Explanation, ...]:
    """Explain the segments by what is kept with the run."""
    return _by_features(view.run.run_id, view.k, view)


def rules(view: View) -> tuple[SegmentRule, ...]:
    """Return the short rule of each segment."""
    return _rules(view.run.run_id, view.k, view)


def bought(view: View) -> tuple[Bought, ...]:
    """Return what each segment buys, which is read from the files: for a run of the files as they are."""
    return _bought(view.run.run_id, view.k, view)


def said(view: View) -> tuple[Speech, ...]:
    """Return what each segment says, which is read from the files: for a run of the files as they are."""
    return _said(view.run.run_id, view)[view.k]


def by_shop(view: View) -> tuple[Explanation, ...]:
    """Add words, quotes and products, which are read from the files: for a run of the files as they are."""
    return with_evidence(by_features(view), said(view), bought(view))


def prepare(run: Run, seconds: float) -> None:
    """Explain what a job has found before anybody asks: the k shown first, then its neighbours, for so long.

    Visitors who come meanwhile wait for what is being explained, and do not do it again.
    """
    ends = time.monotonic() + seconds
    for place, k in enumerate(sorted(run.ks, key=lambda k: abs(k - latest.number(run)))):
        if place and time.monotonic() >= ends:
            return
        view = latest.view(run, k)
        by_shop(view)
        rules(view)


def forget() -> None:
    """Forget what was explained with names that are others now."""
    for memory in (_by_features, _rules, _bought, _said):
        memory.clear()


@kept_beside(MOST, "Looking closely at each segment …", with_runs=False)
def _by_features(run_id: str, k: int, _view: View) -> tuple[Explanation, ...]:
    return explain.by_features(_view)


@kept_beside(MOST, "Looking for a rule …", with_runs=False)
def _rules(run_id: str, k: int, _view: View) -> tuple[SegmentRule, ...]:
    return explain.rules(_view)


@kept_beside(MOST, "Reading what they buy …", with_runs=False)
def _bought(run_id: str, k: int, _view: View) -> tuple[Bought, ...]:
    cached.shop()  # the tables may hold the files as they were read with other rules
    return explain.bought(workspace(), _view)


@kept_beside(2, "Reading what they write …", with_runs=False)
def _said(run_id: str, _view: View) -> explain.Speeches:
    cached.shop()  # as above
    return explain.said(workspace(), _view)
