"""More re-samples of one number of segments: the figures of the first ones and the further ones together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from segmentation.errors import FilesChangedError
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.pipeline.resample import resample_further
from segmentation.runs import RunOptions, View, load_customers, load_run
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace

FEW = RunOptions(k_range=(2, 4), resamples=3, resamples_of_suggested=12, seed=0, model="none")


def test_it_equals_a_run_that_made_as_many_at_once(
    workspace: Workspace, tmp_path: Path, load_fake: Callable
) -> None:
    write_csvs(tmp_path, customers=200, seed=4)
    load_file(workspace, tmp_path / "orders.csv")
    run = find_segments(workspace, FEW, load=load_fake)
    assert run.suggestion.of(run.suggestion.k).resamples == 12
    k = next(k for k in run.ks if k != run.suggestion.k)
    assert run.suggestion.of(k).resamples == 3

    resample_further(workspace, View.of(workspace, run, k), load=load_fake)
    found = load_run(workspace, run.run_id)
    assert found is not None
    at_once = find_segments(workspace, replace(FEW, resamples=12), load=load_fake)
    assert at_once.suggestion.k == run.suggestion.k, "names spread from the suggested number"
    assert found.cuts[k].segments == at_once.cuts[k].segments
    assert found.suggestion.of(k) == at_once.suggestion.of(k)
    assert found.suggestion.of(k).resamples == 12
    sure, at_once_sure = (load_customers(workspace, one)[f"confidence_{k}"] for one in (found, at_once))
    np.testing.assert_array_equal(sure, at_once_sure)
    assert [one.confidence.tolist() for one in found.shown[k]] == [
        one.confidence.tolist() for one in at_once.shown[k]
    ]
    other = next(other for other in run.ks if other not in (k, run.suggestion.k))
    assert found.cuts[other].segments == run.cuts[other].segments

    with pytest.raises(FilesChangedError, match="have changed"):
        resample_further(workspace, View.of(workspace, replace(run, fingerprint="other"), k), load=load_fake)
