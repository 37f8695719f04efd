"""What explains the segments of a run, part by part, since a page shows few at a time."""

from __future__ import annotations

from typing import Any

from segmentation.insight.facts.explain import Bought, Explanation, with_evidence
from segmentation.insight.facts.segment_rule import SegmentRule
from segmentation.runs import View, explain
from segmentation.runs.kept.views import Ask, Shown

MOST = 24
"""Two runs in a dozen numbers of segments: who has not been shown the newer run yet goes on moving the slider
over the older one."""


def by_features(view: View) -> Shown[tuple[Explanation, ...]]:
    """Explain the segments by what is kept with the run."""
    return _of(view, "by_features", tuple[Explanation, ...], lambda _: explain.by_features(view))


def rules(view: View) -> Shown[tuple[SegmentRule, ...]]:
    """Find the short rule of each segment."""
    return _of(view, "rules", tuple[SegmentRule, ...], lambda _: explain.rules(view))


def bought(view: View) -> Shown[tuple[Bought, ...]]:
    """Find what each segment buys; the shop's tables must be those of the run."""
    return _of(view, "bought", tuple[Bought, ...], lambda opened: explain.bought(opened, view))


def said(view: View) -> Shown[explain.Speeches]:
    """Find what is said in every number of segments; the shop's tables must be those of the run."""
    return Shown("said", (view.run.run_id,), explain.Speeches, lambda opened: explain.said(opened, view), 2)


def by_shop(view: View, ask: Ask) -> tuple[Explanation, ...]:
    """Explain the segments, with words, quotes and products; the shop's tables must be those of the run."""
    features, says, buys = ask(by_features(view)), ask(said(view)), ask(bought(view))
    return with_evidence(features, says[view.k], buys)


def _of(view: View, name: str, kind: Any, make: Any) -> Shown[Any]:  # noqa: ANN401 - as Shown has them
    return Shown(name, (view.run.run_id, view.k), kind, make, MOST)
