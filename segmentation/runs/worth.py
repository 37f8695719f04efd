"""Measure what a run's segments are worth, and keep the answer with the run."""

from __future__ import annotations

from datetime import datetime

from segmentation.clusters.hindsight import look_back
from segmentation.features.cutoff import choose_period
from segmentation.insight.facts.worth import Worth, measure_worth
from segmentation.jobs import Progress, silent
from segmentation.runs.guide import reading_of, weights_of
from segmentation.runs.run import Run
from segmentation.runs.store import keep_worth
from segmentation.runs.unchanged import shop_of_run
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.workspace import Workspace


def worth_of_run(
    workspace: Workspace,
    run: Run,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
    cutoff: datetime | None = None,
) -> Worth:
    """Find segments as this run did, on what was known before a cut-off, see what they say of the time after.

    What guided the run is left aside: it was learned from what came after.

    :param cutoff: the day on which the later period begins, by default the run's, or the last quarter.
    :raises NoHindsightError: where the history is too short.
    :raises FilesChangedError: where the files are not those of the run.
    """
    options = run.options
    shop = shop_of_run(workspace, run)
    period = choose_period(workspace, shop, cutoff or options.cutoff_day)
    past = look_back(workspace, shop, period, reading_of(options), options.seed, on_progress, load)
    worth = measure_worth(past, run.ks, weights_of(options), options.seed, on_progress)
    keep_worth(workspace, run.run_id, worth)
    on_progress("Done", 1, 1)
    return worth
