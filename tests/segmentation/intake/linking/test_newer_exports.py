"""One order in two exports: what was refunded in between counts once, or it is asked which file is newer."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.errors import OptionError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.intake.uploads.corrections import delete_upload, list_uploads
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace
from tests.segmentation.intake.linking.export_pairs import Pair, all_pairs, write_pair

HEADER = "order_id,customer_id,order_date,product,total\n"
SPENT = "SELECT customer_id, sum(amount)::DOUBLE FROM shop.lines GROUP BY 1"
# Each way of writing a refund and each layout in every shape, but not all together.
SOME = [pair for place, pair in enumerate(all_pairs()) if place % 17 == 3]


def spent(workspace: Workspace) -> dict[str, float]:
    with workspace.cursor() as cursor:
        return dict(cursor.execute(SPENT).fetchall())


def check(workspace: Workspace, folder: Path, pair: Pair, seed: int) -> None:
    files, right = write_pair(pair, folder, seed)
    for file in files:
        load_file(workspace, file)
    build_shop(workspace)
    assert spent(workspace) == right


@pytest.mark.parametrize("pair", SOME, ids=str)
def test_what_was_refunded_between_two_exports_counts_once(
    workspace: Workspace, tmp_path: Path, pair: Pair
) -> None:
    check(workspace, tmp_path, pair, seed=11)


@pytest.mark.slow
@pytest.mark.parametrize("pair", all_pairs()[::7], ids=str)  # 7 shares no factor with what they vary
def test_however_refunds_and_exports_are_written(workspace: Workspace, tmp_path: Path, pair: Pair) -> None:
    check(workspace, tmp_path, pair, seed=23)


def read(workspace: Workspace, folder: Path, **files: str) -> Shop:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
        load_file(workspace, folder / f"{name}.csv")
    return build_shop(workspace)


def orders(*changes: int, customer: str = "c", moment: str = "") -> str:
    """Write 60 orders of 100 that became these much more in turn."""
    return HEADER + "".join(
        f"{n},{customer}{n % 7},2024-{n // 28 + 1:02}-{n % 28 + 1:02}{moment},cup,"
        f"{100 + changes[n % len(changes)]}\n"
        for n in range(60)
    )


def test_where_either_may_be_newer_it_is_asked_and_the_answer_holds(
    workspace: Workspace, tmp_path: Path
) -> None:
    shop = read(workspace, tmp_path, first=orders(0), second=orders(-60, 40, 0, 0))
    (doubt,) = shop.doubts
    assert "30 orders" in doubt.question
    assert [option.revenue for option in doubt.options] == [5700, 6000]
    assert (sum(spent(workspace).values()), doubt.taken, doubt.answered) == (5700, 0, False)
    answer_doubt(workspace, doubt.upload_id, doubt.code, 1)
    (given,) = build_shop(workspace).doubts
    assert (sum(spent(workspace).values()), given.answered) == (6000, True)
    assert [option.revenue for option in given.options] == [6000, 5700]
    with pytest.raises(OptionError):
        answer_doubt(workspace, given.upload_id, given.code, 2)


def test_an_answer_goes_with_its_file(workspace: Workspace, tmp_path: Path) -> None:
    (doubt,) = read(workspace, tmp_path, first=orders(0), second=orders(-60, 40, 0, 0)).doubts
    answer_doubt(workspace, doubt.upload_id, doubt.code, 1)
    assert any(upload.newer_than for upload in list_uploads(workspace))
    delete_upload(workspace, doubt.upload_id)
    load_file(workspace, tmp_path / "second.csv")
    assert not any(upload.newer_than for upload in list_uploads(workspace))


def test_nothing_is_asked_where_the_later_file_goes_on(workspace: Workspace, tmp_path: Path) -> None:
    more = orders(-60, 40, 0, 0) + "900,c1,2024-05-01,cup,10\n"
    assert read(workspace, tmp_path, later=more, earlier=orders(0)).doubts == ()
    assert sum(spent(workspace).values()) == 5710


@pytest.mark.parametrize("day", ["2024-02-01", "2024-04-01"])
def test_a_refund_in_the_next_file_leaves_its_order(workspace: Workspace, tmp_path: Path, day: str) -> None:
    bought = "".join(f"{n},c{n % 5},2024-01-31,cup,100\n" for n in range(40))
    back = "".join(f"{n},c{n % 5},{day},cup,-30\n" for n in range(0, 40, 4))
    more = "".join(f"{n},c{n % 5},2024-05-0{n % 7 + 1},pot,10\n" for n in range(100, 120))
    read(workspace, tmp_path, january=HEADER + bought, later=HEADER + back + more)
    assert sum(spent(workspace).values()) == 4000 - 300 + 200


def test_a_credit_note_that_both_files_hold_counts_once(workspace: Workspace, tmp_path: Path) -> None:
    bought = "".join(f"{n},c{n % 5},2024-01-{n % 28 + 1:02},cup,100\n" for n in range(40))
    notes = "".join(f"{7000 + n},c{n % 5},2024-02-{n % 28 + 1:02},cup,-30\n" for n in range(0, 40, 4))
    with_more = "".join(f"{line},web\n" for line in (bought + notes).splitlines())
    more = HEADER.replace("total", "total,channel") + with_more + "900,c1,2024-05-01,cup,10,web\n"
    read(workspace, tmp_path, early=HEADER + bought + notes, late=more)
    assert sum(spent(workspace).values()) == 4000 - 300 + 10


def test_an_order_given_to_an_account_is_the_same_order(workspace: Workspace, tmp_path: Path) -> None:
    guests, known = (
        orders(*change, customer=who, moment=" 10:41") for who, change in (("c", (0,)), ("k", (-10, 0)))
    )
    read(workspace, tmp_path, early=guests, late=known)
    assert spent(workspace).keys() == {f"k{n}" for n in range(7)}
    assert sum(spent(workspace).values()) == 6000 - 300
