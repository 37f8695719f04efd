"""People who are elsewhere than a run has them, or whom it never saw, handed over all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from segmentation.action.audience import (
    AudienceOptions,
    ListKind,
    PeopleList,
    Platform,
    Whereabouts,
    audience_of_run,
    keep_share,
)
from segmentation.errors import FilesChangedError
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, View
from segmentation.runs.unchanged import state_for
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace

LATER = (
    "order_id,order_date,customer_id,product_id,quantity,amount\nZ1,2024-12-31 10:00:00,NEW-1,P1,1,20.00\n"
)
CONTACT = "customer_id,name,email\nNEW-1,Nora New,nora@example.org\n"


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[tuple[Workspace, View]]:
    """Give segments of a shop into which another file has come since, with a customer they never saw."""
    write_csvs(tmp_path, customers=120, seed=3)
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as workspace:
        for name in ("customers.csv", "orders.csv"):
            load_file(workspace, tmp_path / name)
        options = RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
        view = View.of(workspace, find_segments(workspace, options), 3)
        for name, content in (("later.csv", LATER), ("contact.csv", CONTACT)):
            (tmp_path / name).write_text(content)
            load_file(workspace, tmp_path / name)
        yield workspace, view


def people(view: View, fingerprint: str, *ids: str) -> PeopleList:
    """Give a list of customers who are in the third segment by now."""
    who = np.array(ids, dtype=object)
    placed = Whereabouts(fingerprint, 2)
    return PeopleList(ListKind.MOVED, "New", view.run.run_id, view.k, lambda: who, "new:3", placed)


def test_who_is_new_is_in_the_file_with_the_segment_of_today(
    followed: tuple[Workspace, View], tmp_path: Path
) -> None:
    workspace, view = followed
    assert "NEW-1" not in view.customer_ids
    keep_share(workspace, 0.0)
    some = people(view, state_for(workspace, view.run), "NEW-1", str(view.customer_ids[0]))
    options = AudienceOptions(Platform.CRM, only_yes=False)
    found = audience_of_run(workspace, view, some, options, tmp_path / "out")
    [path] = found.files
    assert path.name.startswith("moved-new-3-crm-")
    assert "NEW-1,Nora New,nora@example.org" in path.read_text(encoding="utf-8-sig")
    assert found.chosen == 2


def test_people_of_other_files_than_todays_are_refused(
    followed: tuple[Workspace, View], tmp_path: Path
) -> None:
    workspace, view = followed
    some = people(view, view.run.fingerprint, "NEW-1")
    with pytest.raises(FilesChangedError):
        audience_of_run(workspace, view, some, AudienceOptions(Platform.CRM), tmp_path / "out")
