"""Confidence is a probability: counted by hand, and true of re-samples that it was not taken from."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from segmentation.clusters.confidence import confidences, keeping, times_kept
from segmentation.clusters.fit import sweep
from segmentation.clusters.stability import NO_SEGMENT, Found, Recovery, resample
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline.ground import lay_ground
from segmentation.runs import RunOptions
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace

LINE = np.array([[0], [1], [4], [6], [9]], dtype=np.float32)
BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.01)


def found(centroids: list[float], segments: list[int]) -> Found:
    return Found(np.array(centroids, dtype=np.float32)[:, None], np.array(segments, dtype=np.uint8))


def test_times_kept_by_hand() -> None:
    labels = {2: np.array([0, 0, 0, 1, 1], dtype=np.uint8)}
    again = (
        found([9, 1], [1, 0]),  # the border is at 5: everybody stays
        found([0, 7], [0, 1]),  # 3.5: the third is in the other one
        found([0, 4, 9], [0, NO_SEGMENT, 1]),  # those nearest to 4 are in no segment of before
    )
    recovery = {2: Recovery(np.ones((3, 2)), again)}
    assert times_kept(LINE, labels, recovery)[2].tolist() == [3, 3, 1, 2, 3]


def test_a_share_of_few_re_samples_is_held_with_care() -> None:
    """Half of the customers keep it in nine of ten, half in one of two: ten of ten is no certainty."""
    rng = np.random.default_rng(0)
    true = np.repeat([0.9, 0.5], 20_000)
    kept, later = rng.binomial(10, true), rng.random(40_000) < true
    sure = keeping(np.bincount(kept, minlength=11))
    assert sure[10] < 0.93
    for times in range(3, 11):
        assert later[kept == times].mean() == pytest.approx(sure[times], abs=0.04)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(any))
def test_more_times_kept_is_never_less_sure_and_the_mean_is_right(customers: list[int]) -> None:
    sure = keeping(np.array(customers))
    assert ((sure >= 0) & (sure <= 1)).all()
    assert (np.diff(sure) >= -1e-5).all()
    times = np.arange(len(customers)) / (len(customers) - 1)
    assert np.average(sure, weights=customers) == pytest.approx(
        np.average(times, weights=customers), abs=0.02
    )


@pytest.fixture(scope="module", params=["sample shop", pytest.param("real", marks=pytest.mark.slow)])
def space(
    request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> np.ndarray:
    files = [shared_data / "online-retail" / "online_retail.parquet"]
    if request.param == "sample shop":
        folder = tmp_path_factory.mktemp("shop")
        write_csvs(folder, customers=1_500, seed=2)
        files = [folder / "orders.csv"]
    with Workspace.temporary() as workspace:
        for file in files:
            load_file(workspace, file)
        return lay_ground(workspace, RunOptions(model="none")).space.matrix


@pytest.fixture(scope="module")
def enough(space: np.ndarray) -> int:
    """As many re-samples as are made of every k, and of a larger shop as many as of the suggested one."""
    return 20 if len(space) < 2_000 else 100


def test_of_those_with_a_confidence_about_so_many_keep_their_segment_in_fresh_re_samples(
    space: np.ndarray, enough: int
) -> None:
    swept = sweep(space, range(3, 9), seed=0)
    sure = confidences(space, swept.labels, resample(space, swept, seed=0, resamples=enough))
    kept = times_kept(space, swept.labels, resample(space, swept, seed=1, resamples=100))
    foretold = np.concatenate([sure[k] for k in swept.ks])
    came = np.concatenate([kept[k] / 100 for k in swept.ks])
    for low, high in pairwise(BINS):
        some = (foretold >= low) & (foretold < high)
        if some.sum() > 200:
            assert came[some].mean() == pytest.approx(foretold[some].mean(), abs=0.06)
    assert abs(came.mean() - foretold.mean()) < 0.02


def test_assigning_in_chunks_finds_the_nearest_of_what_each_re_sample_found() -> None:
    rng = np.random.default_rng(4)
    matrix = rng.normal(size=(5_000, 4)).astype(np.float32)
    swept = sweep(matrix, (2, 5), seed=0)
    recovery = resample(matrix, swept, seed=0, resamples=3)
    counts = times_kept(matrix, swept.labels, recovery)
    for k in swept.ks:
        nearest = [one.segments[cdist(matrix, one.centroids).argmin(axis=1)] for one in recovery[k].found]
        expected = sum((one == swept.labels[k]).astype(int) for one in nearest)
        assert (counts[k] == expected).mean() > 0.999
