"""What the cards and verdicts of a kept run say, recomputed from its customers' rows with pandas alone."""

from __future__ import annotations

import numpy as np
import pytest

from segmentation.insight.differences import find_differences
from segmentation.insight.sentences import segment_sentence
from segmentation.insight.verdicts import verdict
from segmentation.runs import load_run
from tests.segmentation.action.conftest import Segmented


def test_every_figure_of_a_card_is_that_of_its_customers(segmented: Segmented) -> None:
    told = 0
    for k, cut in segmented.run.cuts.items():
        of_segment = segmented.rows.groupby(f"segment_{k}")
        for portrait, segment in zip(find_differences(cut.centroids), cut.segments, strict=True):
            assert segment.sentence == segment_sentence(portrait)
            assert segment.size == len(of_segment.get_group(segment.label))
            assert segment.share == pytest.approx(segment.size / len(segmented.rows))
            for one in portrait.clear:
                middle = "median" if one.is_median else "mean"
                values = of_segment.get_group(segment.label)[one.feature.name]
                assert one.value == pytest.approx(getattr(values, middle)(), rel=1e-4)
                overall = getattr(segmented.rows[one.feature.name], middle)()
                assert one.overall == pytest.approx(overall, rel=1e-4)
                assert one.ratio is None or one.ratio == pytest.approx(one.value / one.overall)
                told += 1
    assert told >= 20


def test_the_shares_of_revenue_are_those_of_the_orders(segmented: Segmented) -> None:
    with segmented.workspace.cursor() as cursor:
        spent = cursor.sql("SELECT customer_id, sum(amount)::DOUBLE AS spent FROM shop.lines GROUP BY 1").df()
    rows = segmented.rows.merge(spent, on="customer_id", how="left").fillna({"spent": 0})
    for k, cut in segmented.run.cuts.items():
        shares = rows.groupby(f"segment_{k}").spent.sum() / rows.spent.sum()
        np.testing.assert_allclose(shares, [segment.revenue_share for segment in cut.segments], rtol=1e-6)


def test_the_verdict_counts_the_resamples_in_which_the_weakest_segment_came_back(
    segmented: Segmented,
) -> None:
    run = load_run(segmented.workspace)
    assert run is not None
    for one in run.suggestion.evidence:
        segments = run.cuts[one.k].segments
        assert one.recovered == min(segment.recovered or 0 for segment in segments)
        assert one.min_share == pytest.approx(min(segment.share for segment in segments))
        if f"more of {one.resamples} re-samples" in (said := verdict(run.suggestion, one.k)):
            assert f"in {one.recovered} or more of {one.resamples}" in said
