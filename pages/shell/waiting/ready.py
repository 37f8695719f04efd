"""What first views of pages need, made by the job that found the segments: nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pages.shell import cached, explanations, latest
from pages.shell.held.remembered import recall
from pages.shell.options import load_options
from pages.shell.workspace import workspace
from segmentation.first_views.every import show_plays, show_shop
from segmentation.jobs import Progress, silent
from segmentation.runs import Run, View
from segmentation.stages import Stage

Make = Callable[[View], object]
Making = TypeVar("Making", bound=Make)

MANY = 20_000
"""Customers, of whom a number of segments takes about a second of two cores to explain."""

_own: dict[str, Make] = {}


def first_view(make: Making) -> Making:
    """Let the job make what a page shows first, which the page knows how to: a decorator."""
    _own[make.__qualname__] = make
    return make


def make_ready(run: Run, seconds: float, on_progress: Progress = silent) -> None:
    """Make what Data, Features, tiers and the explained segments show, of the suggested number first.

    :param seconds: for so long more numbers of segments are explained.
    :param on_progress: may end it between two of its parts.
    """
    shown, view = cached.shop(), latest.view(run, latest.number(run))
    show_shop(workspace(), shown, view, recall, load_options(workspace()).cutoff_day, on_progress)
    if seconds:
        explanations.prepare(run, seconds)


def make_first_views(run: Run) -> None:
    """Make what rests on all that is known by now, and what pages said themselves that they show first."""
    _make_views(latest.view(run, latest.number(run)))


def takes_long(run: Run) -> bool:
    """Whether one number of segments takes so long to explain that nobody is to wait for it."""
    return run.customers >= MANY


def make_other_numbers(run: Run, on_progress: Progress = silent) -> None:
    """Make the same of every other number of segments, which sliders and boxes lead to, the nearest first.

    :param on_progress: may end it between two of them.
    """
    first = latest.number(run)
    others = sorted((k for k in run.ks if k != first), key=lambda k: abs(k - first))
    for done, k in enumerate(others):
        on_progress(Stage.EXPLAINING, done, len(others))
        _make_views(latest.view(run, k))


def _make_views(view: View) -> None:
    cached.shop()  # the tables may hold the files as they were read with other rules
    show_plays(workspace(), view, recall)
    for make in _own.values():
        make(view)
