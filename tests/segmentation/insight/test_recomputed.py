"""Names, sentences and products of whole shops, recomputed from the customers' rows and the lines alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from segmentation import formats
from segmentation.cli import main
from segmentation.features.table import Feature, Unit
from segmentation.insight.facts.differences import Difference
from segmentation.insight.facts.product_lift import lifted_products
from segmentation.insight.feature_words.families import Family
from segmentation.insight.feature_words.wording import value_of
from segmentation.insight.naming.segment_names import ALL_ROUNDERS
from segmentation.insight.sentences.segments import clause_of, product_clause, segment_sentence
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, View
from segmentation.workspace import Workspace
from tests.conftest import SHARED_DATA
from tests.segmentation.insight.claims_by_hand import SAME, claimed, said_by_words, says

pytestmark = pytest.mark.slow

FILES = {
    "sample": (),
    "online-retail": ("online-retail/online_retail.parquet",),
    "mall": ("mall-customers/Mall_Customers.csv",),
    "personality": ("customer-personality/marketing_campaign.csv",),
}
_GAPS = """
WITH days AS (
    SELECT DISTINCT customer_id, CAST(ordered_at AS DATE) AS day FROM shop.lines WHERE is_return IS NOT TRUE
)
SELECT day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM days QUALIFY gap IS NOT NULL
"""


@dataclass(frozen=True)
class Found:
    """A run of a shop for several k, and what the shop's lines say."""

    views: tuple[View, ...]
    gap: float
    lines: pd.DataFrame
    workspace: Workspace


@pytest.fixture(scope="module", params=FILES)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    folder = tmp_path_factory.mktemp("shop")
    paths = [SHARED_DATA / name for name in FILES[request.param]]
    if not paths:
        main(["sample", str(folder / "files")])
        paths = [path for path in sorted((folder / "files").glob("*.csv")) if path.stem != "truth"]
    with Workspace.open(folder / "home" / "workspace.duckdb") as workspace:
        for path in paths:
            load_file(workspace, path)
        options = RunOptions(model="none", k_range=(2, 8), resamples=4, resamples_of_suggested=8)
        run = find_segments(workspace, options)
        view = View.of(workspace, run)
        with workspace.cursor() as cursor:
            gaps = cursor.sql(_GAPS).df()["gap"]
            lines = cursor.sql("SELECT customer_id, product_id, is_product, is_return FROM shop.lines").df()
        # Four fifths of the gaps are no longer.
        gap = float(np.quantile(gaps, 0.8, method="inverted_cdf")) if len(gaps) else np.inf
        yield Found(tuple(view.at(k) for k in run.ks), gap, lines, workspace)


def test_what_names_claim_is_true(found: Found) -> None:
    claims = 0
    for view in found.views:
        names = [claimed(name) for name in view.names]
        assert len({name.casefold() for name in view.names}) == view.k
        assert max(map(len, view.names)) <= 80
        for word, holds in said_by_words(view.rows, found.gap).items():
            true_of = np.array([holds[view.labels == label].mean() for label in range(view.k)])
            said = np.array([says(name, word) for name in names])
            silent = ~np.array([says(name, *SAME.get(word, (word,))) for name in names])
            assert (true_of[said] >= 0.8).all(), (word, view.names)
            if said.any():
                assert true_of[silent].max(initial=0) <= true_of[said].min(), (word, view.names)
            claims += int(said.sum())
    assert claims or "frequency" not in found.views[0].rows


def test_columns_of_a_table_are_claimed_of_those_who_have_much_or_little(found: Found) -> None:
    for view in found.views:
        for feature in view.run.features:
            values = view.rows[feature.name]
            label = feature.label.split(" (")[0].lower()
            if not feature.name.startswith("profile.") or feature.value is not None:
                continue
            for label_of, name in zip(range(view.k), map(claimed, view.names), strict=True):
                inside = values[view.labels == label_of]
                if f"high {label} " in name.replace(",", " "):
                    assert (inside > values.median()).mean() >= 0.8, (name, feature.label)
                if f"low {label} " in name.replace(",", " "):
                    assert (inside < values.median()).mean() >= 0.8, (name, feature.label)
            assert not any(feature.label.upper() in name and "_" in feature.label for name in view.names)


def test_all_rounders_differ_in_nothing(found: Found) -> None:
    for view in found.views:
        for label, name in enumerate(view.names):
            if name.startswith(ALL_ROUNDERS):
                inside = view.labels == label
                assert not [one.name for one in view.run.features if _apart(view.rows[one.name], inside, one)]


def _apart(values: pd.Series, inside: np.ndarray, feature: Feature) -> bool:
    """Whether people would see a difference: a third of a deviation, and other figures."""
    scale = np.sign(values) * np.log1p(values.abs()) if feature.skewed else values
    effect = (scale[inside].mean() - scale[~inside].mean()) / scale.std(ddof=0)
    read = [
        {formats.of_unit(middle(values[side]), feature.unit) for side in (inside, slice(None))}
        for middle in (pd.Series.median, pd.Series.mean)
    ]
    known = values[inside].notna().mean() >= 0.5
    return known and abs(effect) >= 0.36 and all(len(one) == 2 for one in read)


def test_every_sentence_holds_the_figures_of_its_customers(found: Found) -> None:
    told = 0
    for view in found.views:
        for portrait in view.portraits:
            sentence = segment_sentence(portrait)
            members = view.labels == portrait.segment
            for one in {*portrait.named_for, *portrait.clear}:
                _check(view, members, one)
                told += value_of(one.feature, one.value, portrait.currency) in sentence
    assert told >= 20


def test_every_sentence_says_first_what_the_name_speaks_of(found: Found) -> None:
    for view in found.views:
        for portrait in view.portraits:
            sentence = segment_sentence(portrait)
            spoken = [one for one in portrait.named_for if one.family not in (Family.THEME, Family.FLAG)]
            for one in spoken:
                assert clause_of(one, portrait.currency).casefold() in sentence.casefold()


def _check(view: View, members: np.ndarray, one: Difference) -> None:
    values = view.rows[one.feature.name]
    middle = pd.Series.median if one.is_median else pd.Series.mean
    beside = values[~members] if one.of_others else values
    assert one.value == pytest.approx(middle(values[members]), rel=1e-4)
    assert one.overall == pytest.approx(middle(beside), rel=1e-4)
    assert (one.value > one.overall) == (one.effect > 0)
    if one.feature.unit == Unit.SHARE and one.feature.name.startswith("theme_"):
        assert abs(one.value - one.overall) >= 0.02


def test_every_product_is_bought_as_it_says(found: Found) -> None:
    lines = found.lines
    real = lines["product_id"].notna() & (lines["is_product"] != False) & (lines["is_return"] != True)  # noqa: E712
    pairs = lines[real].drop_duplicates(["customer_id", "product_id"])
    for view in found.views[2:5]:
        segment = pd.Series(view.labels, index=view.customer_ids)
        of = segment.reindex(pairs["customer_id"]).to_numpy()
        known = pairs[np.isfinite(of)].assign(segment=of[np.isfinite(of)])
        products = lifted_products(found.workspace, view.customer_ids, view.labels, view.k)
        for label, lifted in enumerate(products):
            share = (known["segment"] == label).mean()
            for one in lifted:
                buyers = known[known["product_id"] == one.product_id]["segment"]
                here = (buyers == label).mean()
                assert product_clause(one).endswith(
                    f"bought by {formats.percent((buyers == label).sum() / (view.labels == label).sum())}; "
                    f"{formats.percent(here)} of its buyers are here, {formats.times(here / share)} their "
                    f"{formats.percent(share)} of all purchases"
                )
