"""A concept as a feature of a run: defining or only describing, told in words, kept out of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from segmentation.features.table import Group
from segmentation.insight.facts.differences import Difference
from segmentation.insight.facts.segment_rule import Condition
from segmentation.insight.feature_words.families import Family
from segmentation.insight.sentences.segments import clause_of, condition_clause
from segmentation.pipeline import find_segments
from segmentation.runs import Run, RunOptions, load_customers, load_run
from segmentation.runs.concepts import concepts_of_run
from segmentation.text.concepts import concept_feature
from segmentation.workspace import Workspace
from tests.sample_files import load_sample

CONCEPT = "gift buyer"
FEATURE = concept_feature(CONCEPT)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("concepts")
    with Workspace.open(folder / "workspace.duckdb") as workspace:
        load_sample(workspace, folder / "files", customers=150, seed=4)
        yield workspace


def found(shop: Workspace, load: Callable, **options: object) -> Run:
    chosen = RunOptions(k_range=(2, 3), resamples=2, resamples_of_suggested=2, **options)  # type: ignore[arg-type]
    return find_segments(shop, chosen, load=load)


def test_a_ticked_concept_defines_and_an_unticked_one_only_describes(
    shop: Workspace, load_fake: Callable
) -> None:
    plain = found(shop, load_fake)
    defining = found(shop, load_fake, concepts=(CONCEPT,))
    describing = found(shop, load_fake, concepts=(CONCEPT,), off=frozenset({FEATURE.name}))
    assert FEATURE not in plain.features
    assert FEATURE in defining.features and FEATURE in describing.features
    assert [column.name for column in defining.columns if column.group == Group.CONCEPT] == [FEATURE.name]
    assert describing.columns == plain.columns
    for k in (2, 3):
        np.testing.assert_array_equal(describing.centers[k], plain.centers[k])
    behaviour = [one.weight for one in defining.columns if one.group == Group.BEHAVIOUR]
    [own] = [one.weight for one in defining.columns if one.group == Group.CONCEPT]
    assert own == pytest.approx(behaviour[0])


def test_the_feature_is_the_score_that_the_page_shows_and_is_read_back(
    shop: Workspace, load_fake: Callable
) -> None:
    run = found(shop, load_fake, concepts=(CONCEPT,))
    rows = load_customers(shop, run)
    ids = rows["customer_id"].to_numpy(dtype=object)
    [scored] = concepts_of_run(shop, run, ids, [CONCEPT], load=load_fake)
    np.testing.assert_allclose(rows[FEATURE.name], scored.scores)
    again = load_run(shop, run.run_id)
    assert again is not None and again.options.concepts == (CONCEPT,)
    assert FEATURE in again.cuts[2].centroids.features


def test_it_is_spoken_of_by_its_name() -> None:
    difference = Difference(FEATURE, Family.PROFILE, 61.0, 49.0, 1.0, None, False)
    assert clause_of(difference, None) == "come near to “gift buyer”: a score of 61 (average: 49)"
    assert condition_clause(Condition(FEATURE, 60.0, None), None) == "score more than 60 on “gift buyer”"
