"""Re-sample the segments of a run as often as the suggested ones were, at any number of segments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from segmentation.clusters.borderline import nearness
from segmentation.clusters.confidence import confidences
from segmentation.clusters.fit import Sweep
from segmentation.clusters.stability import Recovery, resample
from segmentation.clusters.suggest import reconsider
from segmentation.insight.facts.typical_customers import show_customers
from segmentation.jobs import Progress, silent
from segmentation.pipeline.ground import lay_ground
from segmentation.runs import Run, View
from segmentation.runs.store import amend_run
from segmentation.runs.unchanged import check_unchanged
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.workspace import Workspace


def resample_further(
    workspace: Workspace, view: View, on_progress: Progress = silent, load: Loader = load_encoder
) -> Run:
    """Re-sample the segments of a run as often as `resamples_of_suggested` says, and keep what is found.

    The suggestion is weighed again with it, by the same rule.

    :raises FilesChangedError: if the files are not those of the run.
    """
    run, k = view.run, view.k
    check_unchanged(workspace, run)
    ground = lay_ground(workspace, run.options, on_progress, load, run.guidance)
    seed, wanted = run.options.seed, run.options.resamples_of_suggested
    found = Sweep((k,), {k: view.labels}, {k: run.centers[k]}, {k: view.cut.quality.inertia}, seed)
    recovery = resample(ground.space.matrix, found, seed, wanted, on_progress)[k]
    sure = confidences(ground.space.matrix, found.labels, {k: recovery})[k]
    middles = np.array([ground.space.matrix[view.labels == label].mean(axis=0) for label in range(k)])
    near = nearness(ground.space.matrix, middles, view.labels)
    shown = {**run.shown, k: show_customers(near, sure, view.labels, k)}
    amended = replace(with_recovery(run, k, recovery), shown=shown)
    amend_run(workspace, amended, k, pd.DataFrame({"customer_id": view.customer_ids, "confidence": sure}))
    return amended


def with_recovery(run: Run, k: int, recovery: Recovery) -> Run:
    """Return the run with other re-samples of one k, and all that follows from them."""
    suggestion = reconsider(run.suggestion, k, recovery)
    segments = tuple(
        replace(one, stability=float(mean), recovered=int(recovered))
        for one, mean, recovered in zip(run.cuts[k].segments, recovery.mean, recovery.recovered, strict=True)
    )
    cuts = {**run.cuts, k: replace(run.cuts[k], segments=segments)}
    return replace(run, suggestion=suggestion, cuts=cuts)
