"""Re-sample the segments of a run as often as the suggested ones were, at any number of segments."""

from __future__ import annotations

from dataclasses import replace

from segmentation.clusters.fit import Sweep
from segmentation.clusters.stability import Returns, resample
from segmentation.clusters.suggest import reconsider
from segmentation.intake.linking.build import check_unchanged
from segmentation.jobs import Progress, silent
from segmentation.pipeline.job import lay_ground
from segmentation.runs import Run, load_customers
from segmentation.runs.store import amend_run
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.workspace import Workspace


def resample_further(
    workspace: Workspace, run: Run, k: int, on_progress: Progress = silent, load: Loader = load_encoder
) -> Run:
    """Re-sample one k of a run as often as `resamples_of_suggested` says, and keep what is found.

    The suggestion is weighed again with it, by the same rule.

    :raises OptionError: if the files or rules changed since the run was made.
    """
    check_unchanged(workspace, run.options.cleaning, run.fingerprint)
    ground = lay_ground(workspace, run.options, on_progress, load, run.guidance)
    labels = load_customers(workspace, run)[f"segment_{k}"].to_numpy()
    found = Sweep((k,), {k: labels}, {k: run.centers[k]}, {k: run.cuts[k].quality.inertia}, run.options.seed)
    wanted = run.options.resamples_of_suggested
    returns = resample(ground.space.matrix, found, run.options.seed, wanted, on_progress)[k]
    amended = with_returns(run, k, returns)
    amend_run(workspace, amended)
    return amended


def with_returns(run: Run, k: int, returns: Returns) -> Run:
    """Return the run with other re-samples of one k, and all that follows from them."""
    suggestion = reconsider(run.suggestion, k, returns)
    segments = tuple(
        replace(one, stability=float(mean), recovered=int(recovered))
        for one, mean, recovered in zip(run.cuts[k].segments, returns.mean, returns.recovered, strict=True)
    )
    cuts = {**run.cuts, k: replace(run.cuts[k], segments=segments)}
    return replace(run, suggestion=suggestion, cuts=cuts)
