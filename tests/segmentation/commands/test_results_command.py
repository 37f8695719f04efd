"""A campaign on the sample shop with a lift that is known: handed over, sent, read back and found again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from segmentation.action.audience.hold_out import decided
from segmentation.action.files.campaign_log import party_of
from segmentation.action.files.export_log import hashes
from segmentation.cli import main
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, View, load_run
from segmentation.sample_shop import write_csvs
from segmentation.workspace import Workspace
from tests.campaigns import date_back
from tests.sample_files import load_exports

SENT_ON = date(2025, 1, 2)
BASE, LIFT = 0.1, 0.45


@dataclass(frozen=True)
class Sent:
    """The shop's file, the id of the hand-over, the order export from after it, and who was meant."""

    path: Path
    export_id: str
    after: Path
    held: dict[str, bool]
    segment: dict[str, int]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, load_fake: Callable) -> Sent:
    folder = tmp_path_factory.mktemp("sent")
    path = folder / "home" / "workspace.duckdb"
    write_csvs(folder, customers=900, seed=5)
    with Workspace.open(path) as workspace:
        load_exports(workspace, folder)
        find_segments(
            workspace,
            RunOptions(k_range=(3, 3), resamples=2, resamples_of_suggested=2, seed=3),
            load=load_fake,
        )
    printed = folder / "audience"
    assert (
        main(["audience", "--workspace", str(path), "--for", "crm", "--segment", "all", "--k", "3", "--out",
              str(printed), "--hold-out", "0.3", "--without-yes"])
        == 0
    )  # fmt: skip
    with Workspace.open(path) as workspace:
        with workspace.cursor() as cursor:
            export_id = cursor.execute("SELECT export_id FROM campaigns").fetchall()[0][0]
        date_back(workspace, export_id, datetime(2025, 1, 1, 9))
        run = load_run(workspace)
        assert run is not None
        view, party = View.of(workspace, run, 3), party_of(workspace, export_id)
        place = pd.Index(hashes(view.customer_ids)).get_indexer(party.person)
        ids = view.customer_ids[place]
        assert (decided(workspace, ids) == party.held).all()
    after = write_orders_after(folder, ids, party.held, party.segment)
    return Sent(
        path,
        export_id,
        after,
        dict(zip(ids, party.held.tolist(), strict=True)),
        dict(zip(ids, party.segment.tolist(), strict=True)),
    )


def write_orders_after(folder: Path, ids: np.ndarray, held: np.ndarray, segment: np.ndarray) -> Path:
    """Write the next export of the same system: of the first segment more order, by the campaign."""
    rng = np.random.default_rng(11)
    old = pd.read_csv(folder / "orders.csv", dtype=str).query("status == 'completed'")
    chance = BASE + np.where(~held & (segment == 0), LIFT, 0.0)
    buyers = ids[rng.random(len(ids)) < chance]
    template = old.sample(len(buyers) + 1, random_state=1).reset_index(drop=True)
    days = rng.integers(0, 14, len(buyers))
    when = [*(SENT_ON + timedelta(days=int(day)) for day in days), SENT_ON + timedelta(days=14)]
    after = template.assign(
        customer_id=[*buyers, old["customer_id"].dropna().iloc[0]],
        order_date=[f"{day} 10:00:00" for day in when],
        order_id=[f"new-{number}" for number in range(len(when))],
    )
    path = folder / "orders-january.csv"
    after.to_csv(path, index=False)
    return path


def results(sent: Sent, folder: Path, *more: str) -> int:
    return main(
        ["results", "--workspace", str(sent.path), "--export", sent.export_id, "--out", str(folder),
         "--sent", str(SENT_ON), *more]
    )  # fmt: skip


def test_the_planted_lift_is_found_again(
    sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert results(sent, tmp_path / "early") == 0
    early = json.loads(capsys.readouterr().out)
    assert "before the window does" in early["refused"][0]
    assert (early["all"], early["segments"]) == (None, [])
    assert results(sent, tmp_path / "out", str(sent.after), "--cost", "50") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["refused"] == []
    first, *others = told["segments"]
    assert first["lift_low"] <= LIFT <= first["lift_high"]
    assert first["lift_low"] > 0
    assert first["verdict"] == "more ordered"
    for one in others:
        assert one["lift_low"] <= 0 <= one["lift_high"]
    bought = pd.read_csv(sent.after, dtype=str)
    buyers = set(bought["customer_id"].iloc[:-1])
    for one in told["segments"]:
        mine = [who for who, segment in sent.segment.items() if segment == int(one["segment"]) - 1]
        assert one["treated"] == sum(not sent.held[who] for who in mine)
        assert one["ordered"] == sum(who in buyers and not sent.held[who] for who in mine)
        assert one["held_out_ordered"] == sum(who in buyers and sent.held[who] for who in mine)
    assert told["profit"]["profit"] == pytest.approx(told["all"]["extra_money"] - 50)


def test_the_files_say_the_same(sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(sent, tmp_path, str(sent.after))
    told = json.loads(capsys.readouterr().out)
    table = pd.read_csv(tmp_path / "results.csv", encoding="utf-8-sig")
    assert list(table["segment"].astype(str)) == ["1", "2", "3", "all"]
    assert table["lift"].iloc[-1] == pytest.approx(told["all"]["lift"])
    saved = json.loads((tmp_path / "results.json").read_text())
    assert saved == {name: value for name, value in told.items() if name != "files"}


def test_an_unknown_hand_over_names_those_there_are(
    sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["results", "--workspace", str(sent.path), "--export", "nothing", "--out", str(tmp_path)]
    assert main(arguments) == 2
    assert sent.export_id in capsys.readouterr().err
