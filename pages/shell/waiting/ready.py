"""What first views of pages need, made by the job that found the segments: nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from pages.shell import cached, explanations, latest, proved
from pages.shell.workspace import workspace
from segmentation.errors import NoTiersError
from segmentation.features.rfm_cuts import load_cuts
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.runs import Run, View

Make = Callable[[View], object]

_own: dict[str, Make] = {}


def first_view(make: Make) -> Make:
    """Let the job make what a page shows first, which the page knows how to: a decorator."""
    _own[make.__qualname__] = make
    return make


def make_ready(run: Run, seconds: float) -> None:
    """Make what Data, Features, tiers and the explained segments show, of the suggested number first.

    :param seconds: for so long more numbers of segments are explained.
    """
    explanations.prepare(run, 0.0)
    _look_at_files()
    cached.features()
    with suppress(NoTiersError):
        cached.tiers(load_cuts(workspace()))
    explanations.prepare(run, seconds)


def make_first_views(run: Run) -> None:
    """Make what pages said themselves that they show first, once all that it rests on is there."""
    for make in _own.values():
        make(latest.view(run, latest.number(run)))


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
