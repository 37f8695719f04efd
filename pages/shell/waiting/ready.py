"""What first views of pages need, made by the job that found the segments: nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from pages.shell import cached, explanations, latest, proved
from pages.shell.options import load_options
from pages.shell.workspace import workspace
from segmentation.errors import NoHindsightError, NoTiersError
from segmentation.features.rfm_cuts import load_cuts
from segmentation.intake.uploads.corrections import list_uploads
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
    parts: tuple[Callable[[], object], ...] = (
        lambda: explanations.prepare(run, 0.0),
        _look_at_files,
        _count_tiers,
        _part_history,
        cached.features,
    )
    for done, make in enumerate(parts):
        on_progress(Stage.EXPLAINING, done, len(parts))
        make()
    if seconds:
        explanations.prepare(run, seconds)


def make_first_views(run: Run) -> None:
    """Make what pages said themselves that they show first, once all that it rests on is there."""
    for make in _own.values():
        make(latest.view(run, latest.number(run)))


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
        for make in _own.values():
            make(latest.view(run, k))


def _look_at_files() -> None:
    """Make what the data page shows of the files."""
    shop = cached.shop()
    for upload in list_uploads(workspace()):
        cached.summary(upload)
    proved.alarms_of(shop.fingerprint, shop)
    proved.span_of(shop.fingerprint, shop)
    if "lines" in shop.has:
        proved.months_of(shop.fingerprint, shop)
        proved.receipts_of(shop.fingerprint, shop)
        proved.leader_of(shop.fingerprint, shop)


def _part_history() -> None:
    with suppress(NoHindsightError):
        cached.period(load_options(workspace()).cutoff_day)


def _count_tiers() -> None:
    with suppress(NoTiersError):
        cached.tiers(load_cuts(workspace()))
