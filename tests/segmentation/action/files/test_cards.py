"""What the cards and verdicts of a kept run say, recomputed from its customers' rows with pandas alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from segmentation.action.files.run_files import RunFiles
from segmentation.features.table import Unit
from segmentation.insight.facts.distributions import Distribution
from segmentation.insight.facts.sizes import OddSizes, odd_sizes
from segmentation.insight.sentences.profile import bin_ranges, without_value
from segmentation.insight.sentences.segments import segment_sentence
from segmentation.insight.sentences.verdicts import odd_sizes_sentence, verdict
from segmentation.pipeline.ground import lay_ground
from segmentation.runs import View, load_run
from segmentation.runs.borderline import find_borderline
from tests.segmentation.action.conftest import Segmented


def test_every_figure_of_a_card_is_that_of_its_customers(segmented: Segmented) -> None:
    told = 0
    for k, cut in segmented.run.cuts.items():
        of_segment = segmented.rows.groupby(f"segment_{k}")
        facts = RunFiles(View(segmented.run, k, segmented.rows)).facts()["segments"]
        for portrait, segment in zip(cut.portraits, cut.segments, strict=True):
            assert facts[segment.label]["sentence"] == segment_sentence(portrait)
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


def test_odd_sizes_are_told_with_the_counts_of_the_rows(segmented: Segmented) -> None:
    shares = {k: [one.share for one in cut.segments] for k, cut in segmented.run.cuts.items()}
    names = segmented.run.names_at(4)
    counted = segmented.rows.segment_4.value_counts(normalize=True)
    told = odd_sizes_sentence(OddSizes(4, (0,), (2,), instead=3), shares[4], names)
    assert f"“{names[0]}” holds {100 * counted[0]:.1f}% of your customers" in told
    assert f"“{names[2]}” holds only {100 * counted[2]:.1f}% of your customers" in told
    for k in segmented.run.ks:
        of_k = segmented.rows[f"segment_{k}"].value_counts(normalize=True)
        assert (odd_sizes(shares, k, k) is None) == of_k.between(0.02, max(0.6, 1.6 / k)).all()


def test_what_the_segments_rest_on_is_the_variance_of_each_block(
    segmented: Segmented, load_fake: Callable
) -> None:
    run, blocks = segmented.run, {"browsing": "behaviour", "concept": "behaviour"}
    matrix = lay_ground(segmented.workspace, run.options, load=load_fake).space.matrix
    scaled = pd.DataFrame(matrix.astype(float), columns=[one.name for one in run.columns])
    variances = {"behaviour": 0.0, "text": 0.0}
    for block in variances:
        names = [one.name for one in run.columns if blocks.get(one.group, one.group) == block]
        there = (scaled[names] != 0).any(axis=1)
        variances[block] = float(scaled.loc[there, names].var(ddof=0).sum())
    whole = sum(variances.values())
    facts = RunFiles(View(run, segmented.k, segmented.rows)).facts()["blocks"]
    assert facts == pytest.approx({block: part / whole for block, part in variances.items()}, rel=1e-4)
    drawn_in = {one.name for one in run.features if one.unit == Unit.SHARE}  # damped
    money = {one.name for one in run.features if one.unit == Unit.MONEY}
    plain = [one for one in run.columns if one.group != "text" and one.name not in drawn_in]
    assert len(plain) > 5
    for column in plain:
        values = segmented.rows[column.name]
        if column.log and column.name in money and (values <= 0).any():
            values = values.clip(lower=values[values > 0].quantile(0.01))
        values = np.sign(values) * np.log1p(values.abs()) if column.log else values
        standard = ((values - values.mean()) / values.std(ddof=0)).clip(-3, 3).fillna(0)
        np.testing.assert_allclose(scaled[column.name], column.weight * standard, atol=1e-4)


def test_every_bar_of_a_profile_counts_the_rows_that_its_words_name(segmented: Segmented) -> None:
    counted = 0
    for found in segmented.explanations:
        inside = segmented.rows.segment_4 == found.segment
        for spread in found.distributions:
            values = segmented.rows[spread.feature.name]
            for place, told in enumerate(bin_ranges(spread, segmented.run.currency)):
                there = named_by(told, spread, values, place)
                assert spread.inside[place] == (there & inside).sum(), (spread.feature.name, told)
                assert spread.others[place] == (there & ~inside).sum(), (spread.feature.name, told)
                counted += 1
            missing = without_value(spread)
            assert bool(missing) == values.isna().any()
            if (values.isna() & inside).any():
                assert f"{100 * values[inside].isna().mean():.1f}% of this segment" in missing
            if (values.isna() & ~inside).any():
                assert f"{100 * values[~inside].isna().mean():.1f}% of the others" in missing
    assert counted > 50


def named_by(told: str, spread: Distribution, values: pd.Series, place: int) -> pd.Series:
    """Say which rows a bar's words name: whole numbers as they are read, others by the edges behind them."""
    if spread.values is not None:
        return values == spread.values[place]
    if spread.feature.unit == Unit.COUNT:
        first, _, last = told.replace(",", "").partition(" to ")
        return values.between(int(first), int(last or first))
    low, high = spread.edges[place : place + 2]
    return values.between(low, high, inclusive="both" if place == len(spread.inside) - 1 else "left")


def test_who_is_borderline_is_not_sure_and_goes_to_the_next_middle(
    segmented: Segmented, load_fake: Callable
) -> None:
    run = segmented.run
    matrix = lay_ground(segmented.workspace, run.options, load=load_fake).space.matrix
    for k in run.ks:
        labels = segmented.rows[f"segment_{k}"]
        middles = pd.DataFrame(matrix.astype(float)).groupby(labels).mean().to_numpy()
        apart = np.linalg.norm(matrix[:, None, :] - middles[None], axis=2)
        own = apart[np.arange(len(apart)), labels]
        apart[np.arange(len(apart)), labels] = np.inf
        borderline = find_borderline(segmented.workspace, segmented.view.at(k))
        assert borderline is not None
        unsure = segmented.rows[f"confidence_{k}"] < 0.75
        assert len(borderline.customers) == unsure.sum()
        # Those on the border are nearer to half-way than the others.
        margin = 1 - own / apart.min(axis=1)
        assert not unsure.any() or np.median(margin[unsure]) < np.median(margin[~unsure])
        seconds = apart.argmin(axis=1)[borderline.customers["position"]]
        assert not unsure.any() or (borderline.customers["second"] == seconds).mean() > 0.99
