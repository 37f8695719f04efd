"""Segments found anew as a proposal: laid beside the old ones, taken or dropped, and nothing before that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.action.forget import forget_customer
from segmentation.errors import OptionError
from segmentation.runs import Run, latest_run_id, load_customers
from segmentation.track.alarms.propose import propose_segments
from segmentation.track.alarms.proposed import (
    accept_proposed,
    load_comparison,
    proposed_run,
    refuse_proposed,
)
from segmentation.track.frozen import adopt, adopted_run, frozen_run
from segmentation.workspace import Workspace


@pytest.fixture(scope="module")
def home_with_proposal(
    shop_home: Path, tmp_path_factory: pytest.TempPathFactory, load_fake: Callable
) -> Path:
    """Give the home folder of the shop, with segments proposed of the same customers."""
    home = shutil.copytree(shop_home.parent, tmp_path_factory.mktemp("proposed") / "home")
    with Workspace.open(home / shop_home.name) as opened:
        propose_segments(opened, frozen_run(opened), load=load_fake)
    return home


@pytest.fixture
def shop(home_with_proposal: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """Give a copy of it."""
    return open_copy(home_with_proposal)


@pytest.fixture
def proposed(shop: Workspace) -> Run:
    """Give what was proposed."""
    found = proposed_run(shop)
    assert found is not None
    return found


def test_the_same_customers_give_the_same_segments_and_all_names(
    shop: Workspace, run: Run, proposed: Run
) -> None:
    found = load_comparison(shop)
    assert found is not None
    assert (found.old_run, found.new_run) == (run.run_id, proposed.run_id)
    assert found.old_k == found.new_k
    assert (found.customers, found.changing) == (run.customers, 0)
    assert all(pair.carries and pair.overlap == 1 for pair in found.pairs)
    sizes = [segment.size for segment in run.cuts[found.old_k].segments]
    assert [pair.old_size for pair in found.pairs] == [pair.new_size for pair in found.pairs] == sizes


def test_nothing_is_replaced_before_it_is_taken(shop: Workspace, run: Run, proposed: Run) -> None:
    assert latest_run_id(shop) == run.run_id
    adopt(shop, run.run_id, 3)
    accept_proposed(shop)
    assert latest_run_id(shop) == proposed.run_id
    adopted = adopted_run(shop)
    assert adopted is not None and adopted.run_id == proposed.run_id
    assert len(load_customers(shop, proposed)) == run.customers
    assert load_comparison(shop) is None


def test_what_is_dropped_leaves_nothing_behind(shop: Workspace, run: Run, proposed: Run) -> None:
    refuse_proposed(shop)
    assert (proposed_run(shop), load_comparison(shop)) == (None, None)
    assert latest_run_id(shop) == run.run_id
    with shop.cursor() as cursor:
        tables = cursor.execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [f"run_{proposed.run_id}"]
        )
        assert not tables.fetchall()
    with pytest.raises(OptionError):
        accept_proposed(shop)


def test_who_is_forgotten_is_in_no_proposal(shop: Workspace, run: Run, proposed: Run) -> None:
    someone = load_customers(shop, run)["customer_id"].iloc[0]
    assert forget_customer(shop, someone).is_gone
    assert proposed_run(shop) is None
