"""What explains the segments, as the screens read it: from memory, keyed by the run's id and k."""

from __future__ import annotations

import time

import numpy as np

from pages.shell import cached, latest
from pages.shell.held.remembered import kept_beside, remembered
from pages.shell.workspace import workspace
from segmentation.insight.facts.explain import (
    Explanation,
    ShopEvidence,
    explain_segments,
    gather_evidence,
    with_evidence,
)
from segmentation.runs import Run, View

MOST = 48
"""Two runs in a dozen numbers of segments, each by features and by shop: who has not been shown the newer run
yet goes on moving the slider over the older one."""


def by_features(view: View) -> tuple[Explanation, ...]:
    """Explain the segments by what is kept with the run."""
    return _by_features(view.run.run_id, view.k, view)


def by_shop(view: View) -> tuple[Explanation, ...]:
    """Add words, quotes and products, which are read from the files: for a run of the files as they are."""
    return _by_shop(view.run.run_id, view.k, view)


def prepare(run: Run, seconds: float) -> None:
    """Explain what a job has found before anybody asks: the k shown first, then its neighbours, for so long.

    Visitors who come meanwhile wait for what is being explained, and do not do it again.
    """
    ends = time.monotonic() + seconds
    for place, k in enumerate(sorted(run.ks, key=lambda k: abs(k - latest.number(run)))):
        if place and time.monotonic() >= ends:
            return
        by_shop(latest.view(run, k))


def forget() -> None:
    """Forget what was explained with names that are others now."""
    for memory in (_by_features, _by_shop, _evidence):
        memory.clear()


@kept_beside(MOST, "Looking closely at each segment …", with_runs=False)
def _by_features(run_id: str, k: int, _view: View) -> tuple[Explanation, ...]:
    return explain_segments(_view.table, _view.labels, _view.cut.centroids, _view.run.options.seed)


@kept_beside(MOST, "Reading what they buy and write …", with_runs=False)
def _by_shop(run_id: str, k: int, _view: View) -> tuple[Explanation, ...]:
    ids = _view.customer_ids
    return with_evidence(by_features(_view), workspace(), ids, _view.labels, _evidence(run_id, ids))


@remembered(1, with_runs=False)
def _evidence(run_id: str, _ids: np.ndarray) -> ShopEvidence:
    cached.shop()  # the tables may hold the files as they were read with other rules
    return gather_evidence(workspace(), _ids)
