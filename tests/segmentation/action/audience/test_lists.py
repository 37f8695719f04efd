"""The lists that are ready to be handed over: each names the very customers of the screen it is on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from segmentation.action.audience import (
    AudienceOptions,
    ListKind,
    PeopleList,
    Platform,
    audience_of_run,
    borderline_people,
    everyone,
    list_of,
    list_words,
    near,
    note_audience,
    people_near,
    people_of_cell,
    people_of_segment,
    people_of_tier,
    rows_of,
)
from segmentation.action.files.export_log import exports_with, list_exports
from segmentation.errors import FilesChangedError
from segmentation.features.rfm import Rfm, build_rfm
from segmentation.features.tier import TIERS, Tier
from segmentation.intake.linking.build import build_shop
from segmentation.runs import View
from segmentation.runs.borderline import find_borderline
from segmentation.text.concepts import ConceptScores
from tests.segmentation.action.conftest import Segmented


@pytest.fixture(scope="module")
def view(segmented: Segmented) -> View:
    return segmented.view


@pytest.fixture(scope="module")
def rfm(segmented: Segmented) -> Rfm:
    return build_rfm(segmented.workspace, build_shop(segmented.workspace))


def test_segments_part_everybody(view: View) -> None:
    parts = [people_of_segment(view, label).customer_ids for label in range(view.k)]
    assert sorted(np.concatenate(parts)) == sorted(everyone(view).customer_ids)
    assert people_of_segment(view, 1).code == "segment:2"
    assert people_of_segment(view, 1).title == f"2 · {view.names[1]}"


def test_tiers_and_cells_part_everybody(view: View, rfm: Rfm) -> None:
    tiers = [people_of_tier(view, rfm, tier).customer_ids for tier in TIERS]
    assert sorted(np.concatenate(tiers)) == sorted(view.customer_ids)
    cells = [people_of_cell(view, rfm, r, v).customer_ids for r in range(1, 6) for v in range(1, 6)]
    bought = set(view.customer_ids) - set(people_of_tier(view, rfm, Tier.PROSPECTS).customer_ids)
    assert sorted(np.concatenate(cells)) == sorted(bought)
    best = set(people_of_cell(view, rfm, 5, 5).customer_ids)
    assert best
    assert best <= set(people_of_tier(view, rfm, Tier.CHAMPIONS).customer_ids)


def test_near_a_concept_is_who_has_the_score_or_more_the_nearest_first(view: View) -> None:
    scores = np.full(len(view.customer_ids), 50.0)
    scores[[3, 7, 9]] = 60.0, 80.0, np.nan
    scored = ConceptScores("gift buyer", scores, ())
    people = people_near(view, scored, 60)
    assert list(people.customer_ids) == list(view.customer_ids[[7, 3]])
    assert (people.title, people.code) == ("Concept “gift buyer”, score 60 or more", "concept:gift buyer")
    assert near(scored, 60) == 2
    assert near(scored, 0) == len(scores) - 1, "who has no texts is near nothing"


def test_the_borderline_are_those_of_trust(segmented: Segmented, view: View) -> None:
    found = find_borderline(segmented.workspace, view)
    assert found is not None
    assert list(borderline_people(view, found).customer_ids) == list(found.customers["customer_id"])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("all", "All customers"),
        ("2", "Segment 2"),
        ("segment:2", "Segment 2"),
        ("tier:at_risk", "RFM tier: At risk"),
        ("cell:5:4", "RFM cell: recency 5, frequency and money 4"),
        ("winback", "Whom to win back"),
        ("concept:a: b", "Concept “a: b”"),
        ("outline", "Outline on the map"),
        ("made elsewhere", "made elsewhere"),
    ],
)
def test_the_log_says_in_words_which_list_it_was(code: str, said: str) -> None:
    assert list_words(code) == said


def test_a_list_keeps_its_order_and_is_written_down(segmented: Segmented, view: View, tmp_path: Path) -> None:
    wanted = view.customer_ids[[40, 3, 17, 200]]
    people = list_of(view, ListKind.OUTLINE, lambda: wanted)
    options = AudienceOptions(Platform.CRM, only_yes=False)
    found = audience_of_run(segmented.workspace, view, people, options, tmp_path)
    assert found.chosen == 4
    assert list(found.members) == [one for one in wanted if one in set(found.members)]
    (path,) = found.files
    assert path.name.startswith("outline-crm-")
    assert path.name.endswith(f"-{found.people}-people.csv")
    note_audience(segmented.workspace, view, found, people)
    assert list_exports(segmented.workspace)[0].segment == "outline"
    for one in wanted:
        named = [log.segment for log in exports_with(segmented.workspace, [one])]
        assert named == (["outline"] if one in set(found.members) else [])


def test_somebody_of_another_run_is_not_handed_over(view: View) -> None:
    people = PeopleList(ListKind.OUTLINE, "", view.run.run_id, view.k, lambda: np.array(["nobody"]))
    with pytest.raises(FilesChangedError):
        rows_of(view, people)
