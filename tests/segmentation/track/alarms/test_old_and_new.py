"""Two runs beside each other, on six customers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from segmentation.runs import Run
from segmentation.track.alarms.old_and_new import lay_beside


def test_partners_are_those_who_share_the_most_and_what_is_left_stands_alone(run: Run) -> None:
    labels = [np.array([0, 0, 0, 1, 1, 1]), np.array([2, 2, 1, 0, 0, 0])]
    found = lay_beside((run, 2), (replace(run, run_id="new"), 3), labels)
    assert (found.customers, found.staying, found.changing) == (6, 5, 1)
    told = [(pair.old, pair.new, pair.shared, pair.old_size, pair.new_size) for pair in found.pairs]
    assert told == [(0, 2, 2, 3, 2), (1, 0, 3, 3, 3), (None, 1, 0, 0, 1)]
    assert [round(pair.overlap, 2) for pair in found.pairs] == [0.67, 1.0, 0.0]
    assert found.pairs[2].old_stability is None
    assert not found.pairs[2].carries


def test_fewer_new_segments_leave_old_ones_alone(run: Run) -> None:
    labels = [np.array([0, 1, 2, 2]), np.array([0, 0, 1, 1])]
    found = lay_beside((run, 3), (run, 2), labels)
    assert [(pair.old, pair.new) for pair in found.pairs if pair.new is None] == [(1, None)]
    assert found.staying == 3
