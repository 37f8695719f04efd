"""A result file of a platform: what its columns say, whom its rows are about, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.action.audience.normalise import digest
from segmentation.errors import OptionError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Costs, Shop
from segmentation.intake.uploads.load import load_file
from segmentation.track.results.facts import Note, Origin, Refusal, Result
from segmentation.track.results.header_words import Field, field_of
from segmentation.track.results.read_back import Asked, read_back
from segmentation.track.results.result_file import ResultRows, read_result_file
from segmentation.workspace import Workspace
from tests.campaigns import SENT_ON, Plan, Planted, plant

Planned = tuple[Workspace, Shop, Planted]


@pytest.fixture(scope="module")
def planted_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shop, Planted]:
    """Give the home of a shop whose customers have an e-mail and a phone, and a campaign to 240 of 300."""
    folder = tmp_path_factory.mktemp("planted")
    with Workspace.open(folder / "home" / "workspace.duckdb") as opened:
        return folder / "home", *fill(opened, folder)


@pytest.fixture
def planted(planted_home: tuple[Path, Shop, Planted], open_copy: Callable[[Path], Workspace]) -> Planned:
    """Give a copy of it."""
    home, *shop_and_campaign = planted_home
    return open_copy(home), *shop_and_campaign


def fill(workspace: Workspace, folder: Path) -> tuple[Shop, Planted]:
    found = plant(workspace, folder, Plan(sizes=(200, 100), rates=(0.2, 0.1), lifts=(0.1, 0.0)))
    people = found.people.assign(
        email=[f"{one}@Example.com" for one in found.people["customer_id"]],
        phone=[f"+44 20 7946 0{place:03d}" for place in range(len(found.people))],
    )
    path = folder / "customers.csv"
    people[["customer_id", "email", "phone"]].to_csv(path, index=False)
    load_file(workspace, path)
    return build_shop(workspace), replace(found, people=people)


def as_file(frame: pd.DataFrame, folder: Path, name: str = "result.csv") -> ResultRows:
    path = folder / name
    frame.to_csv(path, index=False)
    rows = read_result_file(path)
    assert rows is not None
    return rows


def read(planted: Planned, rows: ResultRows | None, today: date = date(2024, 5, 1)) -> Result:
    workspace, shop, found = planted
    return read_back(workspace, shop, Asked(found.export_id, SENT_ON, today=today), rows)


def results(people: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """Make a result of everybody: who was sent it, who ordered, for how much, at what cost."""
    rng = np.random.default_rng(seed)
    ordered = rng.random(len(people)) < 0.3
    return pd.DataFrame(
        {
            "Email": people["email"].str.upper(),
            "Sent At": np.where(people["held"], "", "2024-03-10 09:00"),
            "Opened At": "",
            "Ordered": ordered.astype(int),
            "Revenue": np.where(ordered, rng.integers(5, 90, len(people)), 0),
            "Cost": np.where(people["held"], 0.0, 0.05),
        }
    )


def test_the_numbers_are_those_of_its_rows(planted: Planned, tmp_path: Path) -> None:
    people = planted[2].people
    frame = results(people)
    result = read(planted, as_file(frame, tmp_path))
    assert (result.refused, result.origin, result.noted) == ((), Origin.FILE, ())
    for one in result.segments:
        mine = frame[(people["segment"] == one.segment).to_numpy()]
        held = people.loc[people["segment"] == one.segment, "held"].to_numpy()
        assert one.effect.ordered == mine.loc[~held, "Ordered"].sum()
        assert one.effect.held_ordered == mine.loc[held, "Ordered"].sum()
        assert one.effect.money is not None
        assert one.effect.money.paid == mine.loc[~held, "Revenue"].sum()
    assert result.cost == pytest.approx(0.05 * 240)
    assert result.profit is not None


def test_where_costs_are_known_money_is_margin(planted: Planned, tmp_path: Path) -> None:
    workspace, shop, found = planted
    rows = as_file(results(found.people), tmp_path)
    asked = Asked(found.export_id, SENT_ON, today=date(2024, 5, 1))
    in_margin = replace(shop, costs=Costs(known=0.9, revenue=100.0, cost=60.0))
    plain, left = (read_back(workspace, one, asked, rows) for one in (shop, in_margin))
    assert (plain.in_margin, left.in_margin) == (False, True)
    assert plain.profit is not None
    assert left.profit is not None
    assert left.profit.value == pytest.approx(0.4 * (plain.profit.value + 12) - 12)


@pytest.mark.parametrize("key", ["customer_id", "phone", "hashed"])
def test_people_are_told_by_any_of_their_keys(planted: Planned, tmp_path: Path, key: str) -> None:
    people = planted[2].people
    frame = results(people).drop(columns="Email")
    if key == "hashed":
        frame.insert(0, "email", [digest(one.lower()) for one in people["email"]])
    else:
        frame.insert(0, key, people[key].to_numpy())
    result = read(planted, as_file(frame, tmp_path))
    assert result.noted == ()
    assert (
        sum(one.effect.ordered for one in result.segments)
        == frame.loc[~people["held"].to_numpy(), "Ordered"].sum()
    )


def test_rows_of_nobody_and_of_others_are_counted(planted: Planned, tmp_path: Path) -> None:
    frame = results(planted[2].people)
    more = frame.head(3).assign(Email=["no@body.org", "nor@this.org", "somebody"])
    path = tmp_path / "more.csv"
    pd.concat([frame, more]).to_csv(path, index=False)
    rows = read_result_file(path)
    assert read(planted, rows).noted[0].what is Note.UNMATCHED
    assert read(planted, rows).noted[0].number == 3
    ids = as_file(
        results(planted[2].people)
        .drop(columns="Email")
        .assign(customer_id=planted[2].people["customer_id"])
        .pipe(lambda one: pd.concat([one, one.head(1).assign(customer_id="somebody else")])),
        tmp_path,
        "ids.csv",
    )
    assert [(one.what, one.number) for one in read(planted, ids).noted] == [(Note.STRANGERS, 1)]


def test_a_contaminated_hold_out_is_refused_and_counted(planted: Planned, tmp_path: Path) -> None:
    people = planted[2].people
    frame = results(people)
    frame.loc[people[people["held"]].index[:7], "Sent At"] = "2024-03-10 09:00"
    result = read(planted, as_file(frame, tmp_path))
    assert [(one.why, one.number) for one in result.refused] == [(Refusal.CONTAMINATED, 7)]
    assert (result.segments, result.pooled) == ((), None)


def test_who_was_not_sent_it_counts_as_if_they_had_been(planted: Planned, tmp_path: Path) -> None:
    people = planted[2].people
    frame = results(people)
    frame.loc[people[~people["held"]].index[:20], "Sent At"] = ""
    result = read(planted, as_file(frame, tmp_path))
    assert [(one.what, one.number) for one in result.noted] == [(Note.NOT_SENT, 20)]
    assert result.treated == 240


def test_a_file_that_is_silent_of_the_held_out_leaves_the_orders_to_tell(
    planted: Planned, tmp_path: Path
) -> None:
    people = planted[2].people
    frame = results(people)[~people["held"].to_numpy()]
    result, by_orders = read(planted, as_file(frame, tmp_path)), read(planted, None)
    assert (result.origin, result.cost) == (Origin.ORDERS, pytest.approx(12.0))
    assert result.segments == by_orders.segments
    assert [one.what for one in result.noted] == [Note.ONLY_SENT]


def test_a_file_from_before_the_window_closed_gives_counts_alone(planted: Planned, tmp_path: Path) -> None:
    rows = as_file(results(planted[2].people), tmp_path)
    early = read(planted, rows, today=date(2024, 3, 23))
    assert [one.why for one in early.refused] == [Refusal.NOT_CLOSED]
    assert read(planted, rows, today=date(2024, 3, 24)).refused == ()


def test_days_of_orders_outside_the_window_do_not_count(planted: Planned, tmp_path: Path) -> None:
    people = planted[2].people
    days = np.array(["2024-03-09", "2024-03-10", "2024-03-23", "2024-03-24"])
    when = np.where(people.index % 5 < 4, days[people.index % 4], "")
    frame = pd.DataFrame({"customer_id": people["customer_id"], "ordered_at": when, "revenue": 10.0})
    result = read(planted, as_file(frame, tmp_path))
    inside = np.isin(when, days[1:3])
    assert result.ordered == inside.sum()
    paid = sum(one.effect.money.paid for one in result.segments if one.effect.money)
    assert paid == 10 * (inside & ~people["held"].to_numpy()).sum()


def test_yes_and_no_and_commas(tmp_path: Path) -> None:
    path = tmp_path / "ergebnis.csv"
    path.write_text(
        "kunde_id;versendet;bestellt;umsatz\nc1;ja;nein;0,00\nc2;ja;ja;1.012,50\nc3;nein;ja;7,20\n"
    )
    rows = read_result_file(path)
    assert rows is not None
    assert (rows.sent is not None, rows.sent.tolist() if rows.sent is not None else []) == (
        True,
        [True, True, False],
    )
    assert rows.ordered is not None
    assert rows.ordered.tolist() == [0, 1, 1]
    assert rows.revenue is not None
    assert rows.revenue.tolist() == [0, 1012.5, 7.2]


def test_an_order_export_is_no_result_file(planted_home: tuple[Path, Shop, Planted]) -> None:
    assert read_result_file(planted_home[0].parent / "orders.csv") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("shoe,ordered\na,1\nb,0\n", "whom its rows"),
        ("customer_id,city\nc1,Bonn\nc2,Ulm\n", "who was sent it"),
    ],
)
def test_a_file_that_says_too_little_is_an_error(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "little.csv"
    path.write_text(content)
    with pytest.raises(OptionError, match=said):
        read_result_file(path)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Sent At", Field.SENT),
        ("Delivered", Field.SENT),
        ("Placed Order Value", Field.REVENUE),
        ("Conversions", Field.ORDERED),
        ("ordered_at", Field.ORDERED),
        ("Kosten", Field.COST),
        ("Opened", None),
        ("Clicked", None),
        ("order_date", None),
    ],
)
def test_headers(header: str, field: Field | None) -> None:
    assert field_of(header) is field
