"""The page of value and risk: at a press, with its definition, kept, and empty where files lack something."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.act.win_back.table import list_table
from pages.shell.browser.either import FEW
from pages.shell.following import kept
from pages.shell.following.follow import AHEAD
from pages.shell.routes import WIN_BACK
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation import formats
from segmentation.action.files.export_log import exports_with, list_exports
from segmentation.action.retention.job import Outlook, load_outlook, look_ahead
from segmentation.action.retention.value_model import ValueModel
from segmentation.action.retention.value_ways import ValueWay
from segmentation.action.retention.value_words import check_sentences
from segmentation.action.retention.win_back import (
    Silence,
    count_win_back,
    list_win_back,
    segment_outlook,
    usual_silence,
)
from segmentation.action.retention.words import definition_sentence, trial_sentences
from segmentation.algorithms.buying import BuyingModel
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, View
from segmentation.workspace import Workspace
from tests.pages.helpers import folding_tables, open_folds, text_of, the_run, wait_for_the_job

QUICK = RunOptions(k_range=(2, 3), model="none", resamples=2, resamples_of_suggested=2)


@pytest.fixture
def retain(app: AppTest, home_ahead: Path, tmp_path: Path) -> AppTest:
    """Give the page, opened on the small sample shop."""
    shutil.copytree(home_ahead, tmp_path / "home")
    app.switch_page(WIN_BACK).run()
    assert not app.exception
    return app


def listed_in(page: AppTest) -> pd.DataFrame:
    """Give the list of people."""
    [table] = [one.value for one in page.dataframe if "Why" in one.value]
    return table


def test_the_page_says_at_once_how_many_people_and_how_much_money(retain: AppTest) -> None:
    run, found = the_run(), load_outlook(workspace(), the_run().run_id)
    assert found is not None and found.definition is not None
    rows = list_win_back(workspace(), View.of(workspace(), run), 365, usual_silence(found.definition))
    money = formats.money(rows["at_risk"].sum(), run.currency)
    [said] = [one.value for one in retain.header]
    assert said == f"This week: {len(rows)} people, {plain(money)} at risk"
    assert len(listed_in(retain)) == len(rows) > 20
    assert not [one for one in retain.dataframe if "Average risk" in one.value]
    assert len(text_of(retain).split()) < 200


def test_names_and_addresses_stand_in_the_list_where_people_agreed(retain: AppTest) -> None:
    with workspace().cursor() as cursor:
        who = dict(cursor.execute("SELECT customer_id, consent FROM shop.contacts").fetchall())
    table = listed_in(retain)
    assert {"Name", "E-mail", "Phone"} <= set(table)
    said = table["Customer"].map(who)
    assert (table.loc[said != "yes", ["E-mail", "Phone"]] == "").all(axis=None)
    assert table.loc[said == "yes", "E-mail"].str.contains("@").mean() > 0.5
    assert table["Name"].str.len().min() > 0


def test_on_a_phone_the_same_people_stand_below_one_another(retain: AppTest) -> None:
    grid = listed_in(retain)
    [few] = [one for one in folding_tables(retain) if "Why" in one]
    assert few.columns.tolist() == [
        "Name",
        "Customer",
        "Why",
        "At risk",
        "Risk",
        "E-mail",
        "Phone",
        "Segment",
    ]
    for column in ("Name", "Customer", "Why", "E-mail", "Phone"):
        assert few[column].tolist() == grid[column].tolist()[:FEW]
    assert few["Risk"].tolist() == [f"{risk:.0%}" for risk in grid["Risk"][:FEW]]
    open_folds(retain, "retain_others")
    _, others = [one for one in folding_tables(retain) if "Why" in one]
    assert others["Customer"].tolist() == grid["Customer"].tolist()[FEW:]


def test_the_figures_stand_behind_a_fold(retain: AppTest) -> None:
    open_folds(retain, "retain_worth", "retain_trust")
    assert not retain.exception
    run, found = the_run(), load_outlook(workspace(), the_run().run_id)
    assert found is not None
    assert found.definition is not None
    assert found.churn is not None
    assert found.check is not None
    text = text_of(retain)
    assert text.count(definition_sentence(found.definition).split(":")[0]) >= 2
    assert plain(trial_sentences(found.churn, found.definition)[1]) in text
    assert plain(check_sentences(found.check, run.currency)[2]) in text
    k = run.suggestion.k
    expected = segment_outlook(workspace(), View.of(workspace(), run, k), 365)
    [table] = [one.value for one in retain.dataframe if "Average risk" in one.value]
    assert table["Average risk"].tolist() == expected["risk"].tolist()
    assert table["At risk"].tolist() == expected["at_risk"].tolist()
    retain.session_state[StateKeys.K] = 3
    retain.run()
    [table] = [one.value for one in retain.dataframe if "Average risk" in one.value]
    assert len(table) == 3


def test_a_plain_way_that_is_used_is_named_beside_the_figures(retain: AppTest) -> None:
    run = the_run()
    found = load_outlook(workspace(), run.run_id)
    assert found is not None
    assert found.check is not None
    orders = replace(found.check.orders, used=ValueWay.PACE)
    rests = replace(found, check=replace(found.check, orders=orders))
    with patch("pages.shell.following.kept.load_outlook", return_value=rests):
        kept.forget()
        open_folds(retain, "retain_worth")
    assert not retain.exception
    said = plain("so what is expected of orders rests on repeat orders ÷ time so far.")
    assert any(said in one.value for one in retain.caption)
    kept.forget()
    retain.run()
    assert not any(said in one.value for one in retain.caption)


def test_the_list_follows_what_is_chosen(retain: AppTest) -> None:
    run = the_run()
    found = load_outlook(workspace(), run.run_id)
    assert found is not None
    assert found.definition is not None
    for least, silent in ((30, 3 * found.definition.days), (5, 40)):
        retain.number_input(key="retain_silent").set_value(silent)
        retain.number_input(key="retain_least").set_value(least).run()
        likely = count_win_back(workspace(), run, Silence(silent, least))
        assert f"**{likely.listed:,} people** in this list" in text_of(retain)
        assert f"{likely.too_recent:,} customers not overdue yet, and {likely.gone:,} silent" in text_of(
            retain
        )
    table = listed_in(retain)
    assert list(table)[-2:] == [
        "Likely to",
        "Worth if they stay",
    ]  # what a usual screen need not show comes last
    assert len(table) == min(likely.listed, 200)
    assert table["Why"].str.len().min() > 10
    retain.number_input(key="retain_least").set_value(40)
    retain.number_input(key="retain_silent").set_value(1).run()
    assert count_win_back(workspace(), run, Silence(1, 40)).listed == 0
    assert "**Nobody** of these is overdue" in text_of(retain)
    assert [one.label for one in retain.get("download_button")] == ["All customers with value and risk (CSV)"]


def test_the_list_and_its_file_are_narrowed(retain: AppTest, offered: dict[str, Callable[[], bytes]]) -> None:
    everybody = listed_in(retain)
    k, names = the_run().suggestion.k, the_run().names_at(the_run().suggestion.k)
    money = int(everybody["At risk"].median())
    retain.multiselect(key=f"retain_segments_{k}").set_value([1])
    retain.number_input(key="retain_money").set_value(money).run()
    wanted = everybody[(everybody["Segment"] == names[1]) & (everybody["At risk"] >= money)]
    assert 0 < len(wanted) < len(everybody)
    assert listed_in(retain)["Customer"].tolist() == wanted["Customer"].tolist()
    rows = csv.DictReader(io.StringIO(offered["_download_win-back.csv"]().decode("utf-8-sig")))
    assert [row["customer_id"] for row in rows] == wanted["Customer"].tolist()
    retain.number_input(key="retain_money").set_value(0)
    retain.multiselect(key=f"retain_segments_{k}").set_value([])
    retain.selectbox(key="retain_why").set_value("once").run()
    assert set(listed_in(retain)["Why"].str[:13]) == {"Ordered once,"}
    open_folds(retain, "retain_message")
    assert "{name}, how did you like your order?" in [one.value for one in retain.code]


@pytest.mark.parametrize(("if_stays", "told"), [(300.0, "Worth if they stay (orders)"), (200.0, None)])
def test_what_they_bring_by_staying_is_not_written_twice(
    retain: AppTest, if_stays: float, told: str | None
) -> None:
    row = {"customer_id": "1", "segment": 0, "order_days": 2.0, "days_since": 9.0, "usual_interval": np.nan}
    worth = {"risk": 0.6, "at_risk": 180.0, "if_stays": if_stays}
    expected = {"expected": 200.0, "expected_low": 0.0, "expected_high": 500.0}
    buying = BuyingModel(1, 1, 1, 1, True, 100, 0.0)
    found = Outlook(None, ValueModel(400, 50, buying, None, 0.1), None, None, None, "", "", "")
    rows = pd.DataFrame([row | worth | expected])
    table = list_table(View.of(workspace(), the_run()), found, rows, pd.DataFrame()).data
    assert table["Why"].tolist() == ["Ordered twice, 9 days ago"]
    assert "At risk (orders)" in table
    assert ("Worth if they stay (orders)" in table) == (told is not None)


def test_files_that_name_customers_are_written_down(
    retain: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    run = the_run()
    retain.run()
    rows = list(csv.DictReader(io.StringIO(offered["_download_win-back.csv"]().decode("utf-8-sig"))))
    offered["_download_customers-value-and-risk.csv"]()
    everyone, listed = list_exports(workspace())
    assert (everyone.file_names, everyone.rows) == (("customers-value-and-risk.csv",), run.customers)
    assert (listed.file_names, listed.rows) == (("win-back.csv",), len(rows))
    assert len(rows) > 0
    assert listed in exports_with(workspace(), [rows[0]["customer_id"]])
    assert exports_with(workspace(), ["nobody"]) == (everyone,)


def test_the_days_can_be_chosen(retain: AppTest) -> None:
    open_folds(retain, "retain_worth").number_input(key="retain_days").set_value(77).run()
    retain.button(key="look_ahead").click().run()
    wait_for_the_job()
    found = load_outlook(workspace(), the_run().run_id)
    assert found is not None
    assert found.definition is not None
    assert (found.definition.days, found.definition.asked) == (77, True)
    open_folds(retain, "retain_worth")
    assert plain("within the next 77 days: as you chose.") in text_of(retain)


def test_nothing_is_offered_for_files_that_changed(retain: AppTest, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_bytes(b"customer_id,order_date,amount\nC1,2024-01-01,5\nC2,2024-02-01,7\n")
    load_file(workspace(), more)
    open_folds(retain, "retain_worth")
    assert not [one for one in retain.button if one.key == "look_ahead"]
    assert "E-mail" not in listed_in(retain)  # the addresses may be of others now


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("order_id,customer_id,amount", "{n},c{c},{a}.00", "Your files have no orders with dates"),
        ("order_id,customer_id,order_date,amount", "{n},c{c},2024-01-{d:02},{a}.00", "cover only 19 days"),
    ],
)
def test_what_is_missing_is_said(app: AppTest, tmp_path: Path, header: str, row: str, said: str) -> None:
    rows = [row.format(n=n, c=n % 60, a=n % 7 + 1, d=n % 19 + 1) for n in range(200)]
    (tmp_path / "orders.csv").write_text("\n".join([header, *rows]))
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as opened:
        load_file(opened, tmp_path / "orders.csv")
        find_segments(opened, QUICK)
        if "order_date" in header:
            look_ahead(opened, find_segments(opened, QUICK))
    app.switch_page(WIN_BACK).run()
    assert not app.exception
    assert said in "\n".join(str(one.value) for one in app.info)
    assert job_manager().find(AHEAD.title, the_run().run_id) is None
    assert not app.dataframe  # a table of nothing but sizes would say nothing
