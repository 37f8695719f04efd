"""What is kept of a campaign: who was on the file and who was held out, as hashes; the forgotten are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from segmentation.action.audience import (
    AudienceOptions,
    Platform,
    audience_of_run,
    everyone,
    keep_share,
    note_audience,
    people_of_segment,
)
from segmentation.action.audience.audience import Audience
from segmentation.action.audience.handover import held_out
from segmentation.action.audience.people import PeopleList
from segmentation.action.files.campaign_log import Party, campaign_of, keep_campaign, list_campaigns, party_of
from segmentation.action.files.export_log import forget_members, hash_sql, hashes, list_exports, log_export
from segmentation.errors import OptionError
from segmentation.workspace import Workspace
from segmentation.workspace.derived import forget_derived
from tests.campaigns import date_back
from tests.segmentation.action.conftest import Segmented

ON = datetime(2024, 3, 9, 12)


@pytest.fixture
def shared(segmented: Segmented) -> Iterator[Segmented]:
    """Give the shop with a fifth held out, and take back what a test hands over."""
    keep_share(segmented.workspace, 0.2)
    yield segmented
    keep_share(segmented.workspace, 0.0)
    with segmented.workspace.transaction() as cursor:
        for table in ("campaigns", "campaign_people", "exports"):
            cursor.execute(f"DELETE FROM {table}")


def hand_over(shop: Segmented, people: PeopleList, folder: Path) -> tuple[str, Audience]:
    options = AudienceOptions(Platform.CRM, only_yes=False)
    found = audience_of_run(shop.workspace, shop.view, people, options, folder)
    export_id = note_audience(shop.workspace, shop.view, found, people)
    date_back(shop.workspace, export_id, ON)
    return export_id, found


def test_who_was_on_the_file_and_who_was_held_out(shared: Segmented, tmp_path: Path) -> None:
    view = shared.view
    export_id, found = hand_over(shared, everyone(view), tmp_path)
    party, campaign = party_of(shared.workspace, export_id), campaign_of(shared.workspace, export_id)
    label_of = dict(zip(hashes(view.customer_ids).tolist(), view.labels.tolist(), strict=True))
    assert set(party.person[~party.held].tolist()) == set(hashes(found.members).tolist())
    held = set(hashes(view.customer_ids[held_out(shared.workspace, view)]).tolist())
    assert set(party.person[party.held].tolist()) <= held
    assert found.held_out.size == party.held.sum() > 40
    assert all(
        label_of[one] == label for one, label in zip(party.person.tolist(), party.segment, strict=True)
    )
    assert (campaign.made_at, campaign.share, campaign.whom) == (ON, 0.2, "all")
    assert (campaign.treated, campaign.held) == (found.people, len(found.held_out))
    assert campaign.names == tuple(view.names)


def test_who_cannot_be_written_to_is_in_neither_group(shared: Segmented, tmp_path: Path) -> None:
    _, found = hand_over(shared, everyone(shared.view), tmp_path)
    aside = found.list_of_left_out.read_text()
    assert aside.count("held out for the test") == len(found.held_out)
    assert found.people + len(found.held_out) < found.chosen == 400


def test_the_same_file_taken_twice_is_one_campaign(shared: Segmented, tmp_path: Path) -> None:
    people = people_of_segment(shared.view, 1)
    first, _ = hand_over(shared, people, tmp_path / "a")
    again, _ = hand_over(shared, people, tmp_path / "b")
    other, _ = hand_over(shared, people_of_segment(shared.view, 2), tmp_path / "c")
    assert first == again != other
    assert len(list_exports(shared.workspace)) == 3
    assert {one.export_id for one in list_campaigns(shared.workspace)} == {first, other}


def test_an_id_that_nobody_handed_over_is_answered_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(OptionError, match="audience --hold-out"):
        campaign_of(workspace, "nothing")
    keep(workspace)
    with pytest.raises(OptionError, match=r"2024-03-09, all"):
        campaign_of(workspace, "nothing")


def keep(workspace: Workspace) -> str:
    ids = np.array(["ann", "bob", "cem"], dtype=object)
    export_id = log_export(workspace, "crm", "all", ["all-crm.csv"], 2, ids[:2])
    date_back(workspace, export_id, ON)
    party = Party(hashes(ids), np.array([0, 1, 1]), np.array([False, False, True]))
    return keep_campaign(workspace, export_id, "run", 0.3, ["Often", "Seldom"], party)


def test_the_database_hashes_alike(workspace: Workspace) -> None:
    ids = ["ann", "Zoë", "", "17548", "客户"]
    with workspace.cursor() as cursor:
        found = [cursor.execute(f"SELECT {hash_sql('?')}", [one]).fetchall()[0][0] for one in ids]
    assert found == hashes(np.array(ids, dtype=object)).tolist()


def test_the_forgotten_are_in_no_campaign(workspace: Workspace) -> None:
    export_id = keep(workspace)
    with workspace.transaction() as cursor:
        forget_members(cursor, ["bob"])
    party = party_of(workspace, export_id)
    assert set(party.person.tolist()) == set(hashes(np.array(["ann", "cem"])).tolist())
    assert campaign_of(workspace, export_id).treated == 1
    with workspace.transaction() as cursor:
        forget_derived(workspace, cursor)
    assert list_campaigns(workspace) == ()
