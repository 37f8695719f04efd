"""Files that are read in another way than those were that the segments were found with."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from segmentation.intake.roles import Kind, Role
from segmentation.intake.uploads.corrections import list_uploads, set_kind, set_role, swap_day_and_month
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions
from segmentation.runs.kept.read_as import load_reading, read_of
from segmentation.track.assign.read_otherwise import Otherwise, ReadOtherwise, find_read_otherwise
from segmentation.track.assign.words import read_otherwise_sentence
from segmentation.workspace import Workspace

HEADER = "order_id,customer_id,order_date,Quantity,Unit price,delivery_note\n"


def orders(first: int) -> str:
    """Write twenty order lines on days below the thirteenth, so that these could be months."""
    rows = (
        f"A{first + n},c{n % 5},0{n % 4 + 5}/0{n % 9 + 1}/2024,{n % 3 + 1},{4 + n % 2}.5,at {n % 2}"
        for n in range(20)
    )
    return HEADER + "\n".join(rows)


@pytest.fixture
def frozen(workspace: Workspace, tmp_path: Path) -> SimpleNamespace:
    """Give as much of frozen segments as is asked for: of one file of orders, to which another has come."""
    (tmp_path / "orders.csv").write_text(orders(0))
    load_file(workspace, tmp_path / "orders.csv")
    read_as = tuple(map(read_of, list_uploads(workspace)))
    (tmp_path / "later.csv").write_text(orders(20).replace("Unit price", " unit  PRICE "))
    load_file(workspace, tmp_path / "later.csv")
    return SimpleNamespace(read_as=read_as)


def found(workspace: Workspace, frozen: SimpleNamespace) -> list[ReadOtherwise]:
    return [one for one in find_read_otherwise(workspace, frozen) if one.file_name == "later.csv"]  # type: ignore[arg-type]


def test_a_file_that_is_read_alike_tells_nothing(workspace: Workspace, frozen: SimpleNamespace) -> None:
    assert find_read_otherwise(workspace, frozen) == ()  # type: ignore[arg-type]
    nothing_kept = SimpleNamespace(read_as=())
    assert find_read_otherwise(workspace, nothing_kept) == ()  # type: ignore[arg-type]


def test_a_column_in_another_role_is_told_and_what_is_paid_by_it(
    workspace: Workspace, frozen: SimpleNamespace
) -> None:
    later = list_uploads(workspace)[1]
    price = later.columns[4].name
    set_role(workspace, later.upload_id, price, Role.AMOUNT)
    role, paid = found(workspace, frozen)
    assert role == ReadOtherwise(Otherwise.ROLE, "later.csv", price, Role.AMOUNT, Role.UNIT_PRICE)
    assert (paid.what, paid.then) == (Otherwise.PAID, "quantity × unit price")
    assert "read as “Amount paid”; it was “Price of one” when" in read_otherwise_sentence(role)
    assert "it was quantity × unit price when" in read_otherwise_sentence(paid)


def test_dates_the_other_way_round_are_told(workspace: Workspace, frozen: SimpleNamespace) -> None:
    later = list_uploads(workspace)[1]
    swap_day_and_month(workspace, later.upload_id, "order_date")
    [one] = found(workspace, frozen)
    assert (one.what, one.column) == (Otherwise.DATES, "order_date")
    assert "Day and month of “order_date” in “later.csv”" in read_otherwise_sentence(one)


def test_a_file_of_another_kind_is_told(workspace: Workspace, frozen: SimpleNamespace) -> None:
    set_kind(workspace, list_uploads(workspace)[1].upload_id, Kind.EVENTS)
    [one] = found(workspace, frozen)
    assert (one.what, one.now, one.then) == (Otherwise.KIND, "events", "orders")


def test_a_run_keeps_how_its_files_were_read(workspace: Workspace, frozen: SimpleNamespace) -> None:
    options = RunOptions(k_range=(2, 2), model="none", resamples=1, resamples_of_suggested=1)
    run = find_segments(workspace, options)
    assert load_reading(workspace, run.run_id) == frozen.read_as, "both files are read alike"
    set_role(workspace, list_uploads(workspace)[0].upload_id, "delivery_note", Role.IGNORE)
    assert load_reading(workspace, run.run_id) == frozen.read_as
    assert load_reading(workspace, "another") == ()
