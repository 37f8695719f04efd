"""Everything that pages show first, in the order in which one rests on another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from segmentation.action.overview import keep_overview
from segmentation.errors import NoHindsightError, NoTiersError
from segmentation.features.rfm_cuts import load_cuts
from segmentation.first_views import customers, files, plays, segments
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.jobs import Progress, silent
from segmentation.runs import Run, View, number_of, own_number
from segmentation.runs.kept.views import Ask, asked_of
from segmentation.runs.unchanged import shop_of_run
from segmentation.stages import Stage
from segmentation.workspace import Workspace


def keep_first_views(workspace: Workspace, run: Run) -> None:
    """Keep all that pages show first of a run, whoever comes.

    :raises FilesChangedError: where the files are not those of the run.
    """
    view, ask = shown_first(workspace, run), asked_of(workspace)
    show_shop(workspace, shop_of_run(workspace, run), view, ask, run.options.cutoff_day)
    keep_overview(workspace, run)
    show_plays(workspace, view, ask)


def keep_plays(workspace: Workspace, run: Run) -> None:
    """Keep the plays that pages show first, once more is known; the shop’s tables must be the run’s."""
    show_plays(workspace, shown_first(workspace, run), asked_of(workspace))


def shown_first(workspace: Workspace, run: Run) -> View:
    """Look at a run in the number of segments that pages show first."""
    return View.of(workspace, run, number_of(run, own_number(workspace)))


def show_shop(
    workspace: Workspace,
    shop: Shop,
    view: View,
    ask: Ask,
    day: datetime | None,
    on_progress: Progress = silent,
) -> None:
    """Ask for what is shown of the segments, the files and the customers of a run of this shop.

    :param day: parts the history where a person chose it.
    :param on_progress: may end it between two parts.
    """
    parts: tuple[Callable[[], object], ...] = (
        partial(show_segments, view, ask),
        partial(_show_files, workspace, shop, ask),
        partial(_show_customers, workspace, shop, ask, day),
    )
    for done, show in enumerate(parts):
        on_progress(Stage.EXPLAINING, done, len(parts))
        show()


def show_segments(view: View, ask: Ask) -> None:
    """Ask for what explains the segments."""
    segments.by_shop(view, ask)
    ask(segments.rules(view))


def show_plays(workspace: Workspace, view: View, ask: Ask) -> None:
    """Ask for what rests on all that is known of the customers by now."""
    ask(plays.playbook(workspace, view, ask))
    ask(plays.lately(view))


def _show_files(workspace: Workspace, shop: Shop, ask: Ask) -> None:
    for upload in list_uploads(workspace):
        ask(files.summary_of(upload))
    ask(files.alarms_of(shop))
    ask(files.span_of(shop))
    if "lines" in shop.has:
        ask(files.months_of(shop))
        ask(files.receipts_of(shop))
        ask(files.leader_of(shop))


def _show_customers(workspace: Workspace, shop: Shop, ask: Ask, day: datetime | None) -> None:
    with suppress(NoTiersError):
        ask(customers.tiers_of(shop, load_cuts(workspace)))
    with suppress(NoHindsightError):
        ask(customers.period_of(shop, day))
    ask(customers.features_of(workspace, shop))
