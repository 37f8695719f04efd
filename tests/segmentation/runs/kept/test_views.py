"""Views kept beside the workspace come back as they were, and never from another shop, name or code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.features.column_labels import give_label
from segmentation.features.rfm import Rfm, build_rfm
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof.months import months
from segmentation.intake.uploads.load import load_file
from segmentation.runs.kept import views
from segmentation.runs.kept.views import Shown, asked_of, find_view, keep_view
from segmentation.workspace import Workspace

HEAD = "order_id,customer_id,order_date,amount\n"


@pytest.fixture
def shop(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with the orders of a few customers."""
    rows = [f"{n},c{n % 7},2024-0{n % 6 + 1}-1{n % 9},{n}.00" for n in range(40)]
    (tmp_path / "orders.csv").write_text(HEAD + "\n".join(rows))
    load_file(workspace, tmp_path / "orders.csv")
    return workspace


def test_a_view_comes_back_as_it_was(shop: Workspace) -> None:
    made = build_rfm(shop, build_shop(shop))
    keep_view(shop, "tiers", "1", made)
    [found] = find_view(shop, "tiers", "1", Rfm)
    assert found.cuts == made.cuts
    assert found.sizes == made.sizes
    for name in ("customer_ids", "recency", "frequency", "monetary", "tiers"):
        ours, kept = getattr(made, name), getattr(found, name)
        assert ours.dtype == kept.dtype and np.array_equal(ours, kept)
    assert find_view(shop, "tiers", "2", Rfm) == find_view(shop, "others", "1", Rfm) == ()
    assert {path.stat().st_mode & 0o077 for path in shop.beside.views.parent.glob(".*-views/*")} == {0}


def test_a_table_comes_back_as_it_was(shop: Workspace) -> None:
    build_shop(shop)
    made = months(shop)
    keep_view(shop, "months", "1", made)
    [found] = find_view(shop, "months", "1", pd.DataFrame)
    pd.testing.assert_frame_equal(found, made)


def test_what_is_asked_for_is_made_once_and_what_has_no_type_each_time(shop: Workspace) -> None:
    made = list[int]()

    def make(_: Workspace) -> int:
        made.append(1)
        return len(made)

    ask = asked_of(shop)
    assert [ask(Shown("view", (1,), int, make)) for _ in range(3)] == [1, 1, 1]
    assert [ask(Shown("passing", (1,), None, make)) for _ in range(2)] == [2, 3]


def test_nothing_is_found_of_another_shop_name_or_code(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> tuple[int, ...]:
        return find_view(shop, "view", "1", int)

    build_shop(shop)
    keep_view(shop, "view", "1", 7)
    assert kept() == (7,)
    give_label(shop, "profile.x", "My column")
    assert kept() == ()
    keep_view(shop, "view", "1", 8)
    assert kept() == (8,)
    (tmp_path / "more.csv").write_text(HEAD + "90,c1,2024-09-01,5.00\n")
    load_file(shop, tmp_path / "more.csv")
    build_shop(shop)
    assert kept() == ()
    keep_view(shop, "view", "1", 9)
    monkeypatch.setattr(views, "code_version", lambda: "newer")
    assert kept() == ()


def test_one_that_was_cut_short_is_made_anew(shop: Workspace) -> None:
    keep_view(shop, "view", "1", 7)
    [file] = shop.beside.views.iterdir()
    file.write_text(file.read_text()[:-9])
    assert find_view(shop, "view", "1", int) == ()


def test_where_there_is_no_room_nothing_is_kept(shop: Workspace) -> None:
    shop.beside.views.write_text("a file where the folder would be")
    keep_view(shop, "view", "1", 7)
    assert find_view(shop, "view", "1", int) == ()


def test_only_the_newest_are_kept(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 3)
    for number in range(9):
        keep_view(shop, "view", str(number), number)
    assert len(list(shop.beside.views.iterdir())) == 3
    assert find_view(shop, "view", "8", int) == (8,)
