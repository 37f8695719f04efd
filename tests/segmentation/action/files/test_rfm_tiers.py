"""Tiers beside segments, counted by hand, with cut-points that are kept."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segmentation.action.files.rfm_tiers import tier_grid, tier_table, tiers_by_segment, tiers_csv
from segmentation.charts.rfm_grid import tier_grid_chart
from segmentation.features.rfm import CutPoints, Rfm, score_rfm
from segmentation.features.rfm_cuts import load_cuts, save_cuts
from segmentation.workspace import Workspace

CUTS = CutPoints((10, 20, 30, 40), (1, 2, 3, 4), (10, 20, 30, 40))


@pytest.fixture
def rfm() -> Rfm:
    """Give a champion, two lost ones and somebody who never ordered."""
    ids = np.array(["ann", "bob", "cem", "=dot"], dtype=object)
    recency, orders = np.array([5, 90, 50, np.nan]), np.array([9, 1, 1, 0.0])
    return score_rfm(ids, recency, orders, np.array([99, 5, 15, np.nan]), CUTS)


def test_sizes_and_spend(rfm: Rfm) -> None:
    table = tier_table(rfm, np.array([99, 5, 15, np.nan]))
    assert table["tier"].tolist() == ["Champions", "Lost", "Prospects"]
    assert table["customers"].tolist() == [1, 2, 1]
    assert table["share"].tolist() == [0.25, 0.5, 0.25]
    assert table["spend"].tolist() == [99, 20, 0]
    assert table["spend_share"].tolist() == pytest.approx([99 / 119, 20 / 119, 0])
    assert "spend" not in tier_table(rfm, None)


def test_the_grid_holds_all_who_ordered(rfm: Rfm) -> None:
    counts = tier_grid(rfm)
    assert counts.sum() == 3
    assert (counts[4, 4], counts[0, 0], counts[0, 1]) == (1, 1, 1)
    [cells] = tier_grid_chart(counts).data
    assert cells.text[4][4] == "Champions<br>1"
    assert cells.text[0][0] == "Lost<br>1"
    assert cells.text[4][1] == "Potential<br>loyalists<br>0"


def test_tiers_across_segments(rfm: Rfm) -> None:
    table = tiers_by_segment(rfm, np.array([0, 1, 1, 0]), 2)
    assert table.index.tolist() == ["Champions", "Lost", "Prospects"]
    assert table.to_numpy().tolist() == [[1, 0], [0, 2], [1, 0]]


def test_the_file_runs_no_formula(rfm: Rfm) -> None:
    view = SimpleNamespace(
        labels=np.array([0, 1, 1, 0]), names=["Big", "Small"], standing_of=lambda ids: None
    )
    content = tiers_csv(rfm, view).decode("utf-8-sig")
    lines = content.replace('"', "").splitlines()
    assert lines[0] == "customer_id,tier,recency_score,frequency_score,monetary_score,segment,segment_name"
    assert lines[1] == "ann,Champions,5,5,5,1,Big"
    assert lines[4] == "'=dot,Prospects,0,0,0,1,Big"


def test_the_file_tells_where_customers_stand_who_are_followed(rfm: Rfm) -> None:
    standing = pd.DataFrame(
        {
            "current_segment": [2, 1, 2, 1],
            "previous_segment": pd.array([1, None, None, None], dtype="Int64"),
            "changed_on": ["2024-03-09", None, None, None],
        }
    )
    view = SimpleNamespace(labels=np.zeros(4, dtype=int), names=["Big"], standing_of=lambda ids: standing)
    header, first, second, *_ = tiers_csv(rfm, view).decode("utf-8-sig").replace('"', "").splitlines()
    assert header.endswith("segment_name,current_segment,previous_segment,changed_on")
    assert first.endswith(",Big,2,1,2024-03-09") and second.endswith(",Big,1,,")


def test_cut_points_are_kept_and_brought_back(workspace: Workspace) -> None:
    assert load_cuts(workspace) is None
    save_cuts(workspace, CUTS)
    assert load_cuts(workspace) == CUTS
    save_cuts(workspace, None)
    assert load_cuts(workspace) is None
