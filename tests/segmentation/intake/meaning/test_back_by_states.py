"""Money given back under a header that no list knows, told by the states in which alone it is filled."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Upload
from segmentation.intake.uploads.answers import answer_doubt
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Order No,Order Date,E-mail,Total,Status,Ad-daliad"


def rows(states: tuple[str, ...], back: dict[str, tuple[int, ...]]) -> list[str]:
    """Write orders of which the numbers in percent came back, in turn, in some states."""
    written = []
    for at in range(120):
        state, total = states[at * at % 83 % len(states)], 20 + at * 37 % 89
        given = [*back.get(state, (0,))]
        part = f"{total * given[at % len(given)] / 100:.2f}" if any(given) else ""
        day = f"2024-{1 + at // 20:02}-{1 + at % 28:02}"
        written.append(f"{7000 + at},{day},k{10 + at % 23}@example.com,{total}.00,{state},{part}")
    return written


def left(told: list[str], *lost: str) -> float:
    cells = [row.split(",") for row in told]
    return round(sum(float(row[3]) - float(row[5] or 0) for row in cells if row[4] not in lost), 2)


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


def codes(upload: Upload) -> list[str]:
    return [doubt.code for doubt in upload.doubts]


def test_what_is_filled_in_returned_orders_alone_was_given_back(load: Write, workspace: Workspace) -> None:
    states = ("paid", "paid", "paid", "cancelled", "partially refunded", "paid", "refunded")
    told = rows(states, {"refunded": (100,), "partially refunded": (20, 45, 70, 33)})
    assert not codes(load(HEADER, told))
    assert spend(workspace) == left(told, "cancelled")


@pytest.mark.parametrize("state", ["refunded", "returned"])
def test_of_returned_orders_no_more_is_taken_back_than_was_given_back(
    load: Write, workspace: Workspace, state: str
) -> None:
    told = rows(("paid", "paid", "paid", state, "paid"), {state: (20, 45, 70, 33)})
    assert not codes(load(HEADER.replace("Ad-daliad", "Refund"), told))
    assert spend(workspace) == left(told)


def test_where_only_figures_say_so_it_is_asked(load: Write, workspace: Workspace) -> None:
    told = rows(("Wedi talu", "Wedi talu", "Wedi talu", "Rhannol"), {"Rhannol": (100, 45, 70, 33, 12, 61)})
    upload = load(HEADER, told)
    doubt = next(doubt for doubt in upload.doubts if doubt.code == "refund:Ad-daliad")
    total = round(sum(float(row.split(",")[3]) for row in told), 2)
    assert [round(option.revenue or 0, 2) for option in doubt.options] == [left(told), total]
    assert spend(workspace) == left(told)
    answer_doubt(workspace, upload.upload_id, doubt.code, 1)
    assert spend(workspace) == total


def test_a_fee_of_one_way_of_paying_was_not_given_back(load: Write, workspace: Workspace) -> None:
    told = rows(("Arian", "Arian", "Arian", "Cerdyn"), {})
    told = [row + ("4.50" if "Cerdyn" in row else "") for row in told]
    assert "refund:Ad-daliad" not in codes(load(HEADER, told))
    assert spend(workspace) == round(sum(float(row.split(",")[3]) for row in told), 2)
