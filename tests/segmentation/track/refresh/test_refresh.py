"""A refresh reads the inbox, tells who moved, and leaves whole files and one line for each state."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from segmentation.action.forget import forget_customer
from segmentation.errors import OptionError
from segmentation.intake.uploads.inbox import inbox_folder
from segmentation.runs import Run, load_customers, load_run
from segmentation.track.frozen import adopt
from segmentation.track.refresh import (
    Every,
    RefreshStep,
    Schedule,
    StartedBy,
    keep_schedule,
    list_refreshes,
    load_schedule,
    refresh,
)
from segmentation.track.refresh.words import refreshed_sentence, undone_sentence
from segmentation.workspace import Workspace


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def refreshed_home(
    shop_home: Path, tmp_path_factory: pytest.TempPathFactory, load_fake: Callable, few_months: None
) -> Path:
    """Give the home of the shop, adopted and refreshed once; nobody may change it."""
    home = shutil.copytree(shop_home.parent, tmp_path_factory.mktemp("refreshed") / "home")
    with Workspace.open(home / shop_home.name) as shop:
        run = load_run(shop)
        assert run is not None
        adopt(shop, run.run_id, 4)
        assert refresh(shop, StartedBy.COMMAND, load=load_fake).anew
    return home


@pytest.fixture
def adopted(refreshed_home: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """Give a copy of it."""
    return open_copy(refreshed_home)


@pytest.fixture
def run(adopted: Workspace) -> Run:
    """Give the run that was adopted."""
    found = load_run(adopted)
    assert found is not None
    return found


def later_orders(shop: Workspace, run: Run) -> str:
    """Write an export of orders of a day after all others: of one customer more, and of ten there were."""
    rows = load_customers(shop, run)["customer_id"][:10].tolist()
    assert run.as_of is not None
    day = run.as_of.replace(year=run.as_of.year + 1).strftime("%Y-%m-%d")
    lines = [f"L{place},{one},{day},P1,2,19.90" for place, one in enumerate([*rows, "SOMEBODY-NEW"])]
    return "\n".join(["order_id,customer_id,order_date,product_id,quantity,amount", *lines]) + "\n"


def test_the_same_data_twice_leave_one_line_and_the_same_files(
    adopted: Workspace, run: Run, load_fake: Callable
) -> None:
    [first] = list_refreshes(adopted)
    folder = adopted.beside.refreshed
    content = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert first.moved == first.new == first.gone == 0
    assert set(content) == set(first.files_written) >= {"assigned.csv", "movement.csv", "movers.csv"}
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert len(rows_of(folder / "assigned.csv")) == run.customers
    second = refresh(adopted, StartedBy.SCHEDULE, load=load_fake)
    assert not second.anew and second.refreshed == first
    assert list_refreshes(adopted) == (first,)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == content


def test_files_of_the_inbox_bring_new_customers_and_move_others(
    adopted: Workspace, run: Run, load_fake: Callable
) -> None:
    (inbox_folder(adopted) / "later.csv").write_text(later_orders(adopted, run))
    (inbox_folder(adopted) / "broken.xlsx").write_bytes(b"no workbook")
    told = refresh(adopted, StartedBy.SCHEDULE, load=load_fake).refreshed
    assert told.files_read == ("later.csv",) and told.new == 1 and told.moved > 0
    assert told.customers == run.customers + 1
    [broken] = [one for one in told.left_undone if one.step is RefreshStep.FILE]
    assert broken.what == "broken.xlsx" and "broken.xlsx" in undone_sentence(broken)
    assert "1 new" in refreshed_sentence(told)
    moved = [row for row in rows_of(adopted.beside.refreshed / "assigned.csv") if row["changed_on"]]
    assert len(moved) == told.moved
    assert not refresh(adopted, StartedBy.SCHEDULE, load=load_fake).anew, "the broken file is still there"


def test_a_forgotten_customer_is_in_none_of_the_files(
    adopted: Workspace, run: Run, load_fake: Callable
) -> None:
    gone = load_customers(adopted, run)["customer_id"][3]
    assert forget_customer(adopted, gone).is_gone
    assert not adopted.beside.refreshed.exists()
    refresh(adopted, StartedBy.COMMAND, load=load_fake)
    ids = {row["customer_id"] for row in rows_of(adopted.beside.refreshed / "assigned.csv")}
    assert gone not in ids and len(ids) == run.customers - 1


def test_a_schedule_is_kept_whole_and_a_broken_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path / "home"))
    assert load_schedule() == Schedule() and load_schedule().every is Every.NEVER
    chosen = Schedule(Every.WEEK, hour=6, weekday=2)
    keep_schedule(chosen)
    assert load_schedule() == chosen
    with pytest.raises(OptionError, match="hour or a day"):
        Schedule(Every.DAY, hour=24)
    (tmp_path / "home" / "schedule.json").write_text("{")
    with pytest.raises(OptionError, match="is no schedule"):
        load_schedule()
