"""What explains the segments, as the screens read it: from memory, or from beside the workspace."""

from __future__ import annotations

import time

from pages.shell import cached, latest
from pages.shell.held.remembered import recall
from segmentation.first_views import segments
from segmentation.first_views.every import show_segments
from segmentation.insight.facts.explain import Bought, Explanation, Speech
from segmentation.insight.facts.segment_rule import SegmentRule
from segmentation.runs import Run, View


def by_features(view: View) -> tuple[Explanation, ...]:
    """Explain the segments by what is kept with the run."""
    return recall(segments.by_features(view), "Looking closely at each segment …")


def rules(view: View) -> tuple[SegmentRule, ...]:
    """Return the short rule of each segment."""
    return recall(segments.rules(view), "Looking for a rule …")


def bought(view: View) -> tuple[Bought, ...]:
    """Return what each segment buys, which is read from the files: for a run of the files as they are."""
    cached.shop()  # the tables may hold the files as they were read with other rules
    return recall(segments.bought(view), "Reading what they buy …")


def said(view: View) -> tuple[Speech, ...]:
    """Return what each segment says, which is read from the files: for a run of the files as they are."""
    cached.shop()  # as above
    return recall(segments.said(view), "Reading what they write …")[view.k]


def by_shop(view: View) -> tuple[Explanation, ...]:
    """Add words, quotes and products, which are read from the files: for a run of the files as they are."""
    cached.shop()  # as above
    return segments.by_shop(view, recall)


def prepare(run: Run, seconds: float) -> None:
    """Explain what a job has found before anybody asks: the k shown first, then its neighbours, for so long.

    Visitors who come meanwhile wait for what is being explained, and do not do it again.
    """
    ends = time.monotonic() + seconds
    cached.shop()  # as above
    for place, k in enumerate(sorted(run.ks, key=lambda k: abs(k - latest.number(run)))):
        if place and time.monotonic() >= ends:
            return
        show_segments(latest.view(run, k), recall)
