"""The page of value and risk: at a press, with its definition, kept, and empty where files lack something."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.act.win_back.people import WIDTHS, list_table
from pages.shell.routes import WIN_BACK
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, workspace
from segmentation import formats
from segmentation.action.files.export_log import exports_with, list_exports
from segmentation.action.retention.job import Outlook, load_outlook, look_ahead
from segmentation.action.retention.value_model import ValueModel
from segmentation.action.retention.value_ways import ValueWay
from segmentation.action.retention.value_words import check_sentences
from segmentation.action.retention.win_back import Silence, count_win_back, segment_outlook
from segmentation.action.retention.words import definition_sentence, trial_sentences
from segmentation.algorithms.buying import BuyingModel
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, View
from segmentation.workspace import Workspace
from tests.pages.helpers import text_of, the_run, wait_for_the_job

QUICK = RunOptions(k_range=(2, 3), model="none", resamples=2, resamples_of_suggested=2)


@pytest.fixture
def retain(segmented: AppTest) -> AppTest:
    """Give the page, opened on the small sample shop, on which nobody has looked ahead yet."""
    segmented.run().switch_page(WIN_BACK).run()
    assert not segmented.exception
    return segmented


def test_looking_ahead_fills_the_page(retain: AppTest) -> None:
    assert "learns from your past orders" in text_of(retain)
    assert not retain.dataframe
    retain.button(key="look_ahead").click().run()
    wait_for_the_job()
    retain.run()
    assert not retain.exception
    run, found = the_run(), load_outlook(workspace(), the_run().run_id)
    assert found is not None
    assert found.definition is not None
    assert found.churn is not None
    assert found.check is not None
    text = text_of(retain)
    assert text.count(definition_sentence(found.definition).split(":")[0]) >= 3
    assert plain(trial_sentences(found.churn, found.definition)[1]) in text
    assert plain(check_sentences(found.check, run.currency)[2]) in text
    k = run.suggestion.k
    expected = segment_outlook(workspace(), View.of(workspace(), run, k), 365)
    [table] = [one.value for one in retain.dataframe if "Average risk to leave" in one.value]
    assert table["Average risk to leave"].tolist() == [formats.percent(one) for one in expected["risk"]]
    assert table["At risk"].tolist() == [formats.money(one, run.currency) for one in expected["at_risk"]]
    retain.session_state[StateKeys.K] = 3
    retain.run()
    [table] = [one.value for one in retain.dataframe if "Average risk to leave" in one.value]
    assert len(table) == 3


def test_a_plain_way_that_is_used_is_named_beside_the_figures(retain: AppTest) -> None:
    run = the_run()
    look_ahead(workspace(), run)
    found = load_outlook(workspace(), run.run_id)
    assert found is not None
    assert found.check is not None
    orders = replace(found.check.orders, used=ValueWay.PACE)
    rests = replace(found, check=replace(found.check, orders=orders))
    with patch("segmentation.action.retention.load_outlook", return_value=rests):
        retain.run()
    assert not retain.exception
    said = plain("so what is expected of orders rests on repeat orders ÷ time so far.")
    assert any(said in one.value for one in retain.caption)
    retain.run()
    assert not any(said in one.value for one in retain.caption)


def test_the_list_follows_what_is_chosen(retain: AppTest) -> None:
    run = the_run()
    look_ahead(workspace(), run)
    retain.run()
    found = load_outlook(workspace(), run.run_id)
    assert found is not None
    assert found.definition is not None
    assert "Whom to win back first, or keep from leaving" in "\n".join(one.value for one in retain.subheader)
    for least, silent in ((30, 3 * found.definition.days), (5, 40)):
        retain.number_input(key="retain_silent").set_value(silent)
        retain.number_input(key="retain_least").set_value(least).run()
        likely = count_win_back(workspace(), run, Silence(silent, least))
        assert f"**{likely.listed:,} customers** are overdue, and more likely to leave" in text_of(retain)
        assert f"{likely.too_recent:,} customers not overdue yet, and {likely.gone:,} silent" in text_of(
            retain
        )
    [table] = [one.value for one in retain.dataframe if "Why" in one.value]
    assert list(table)[-1] == "Worth if they stay"  # what a usual screen need not show comes last
    assert len(table) == min(likely.listed, 200)
    assert table["Why"].str.len().min() > 10
    retain.number_input(key="retain_least").set_value(40)
    retain.number_input(key="retain_silent").set_value(1).run()
    assert count_win_back(workspace(), run, Silence(1, 40)).listed == 0
    assert "**Nobody** is overdue" in text_of(retain)
    assert [one.label for one in retain.get("download_button")] == ["All customers with value and risk (CSV)"]


@pytest.mark.parametrize(("if_stays", "told"), [(300.0, "Worth if they stay (orders)"), (200.0, None)])
def test_what_they_bring_by_staying_is_not_written_twice(
    retain: AppTest, if_stays: float, told: str | None
) -> None:
    row = {"customer_id": "1", "segment_name": "A", "reason": "Late.", "risk": 0.6, "at_risk": 180.0}
    expected = {"expected": 200.0, "expected_low": 0.0, "expected_high": 500.0, "if_stays": if_stays}
    buying = BuyingModel(1, 1, 1, 1, True, 100, 0.0)
    found = Outlook(None, ValueModel(400, 50, buying, None, 0.1), None, None, None, "", "", "")
    table = list_table(the_run(), found, pd.DataFrame([row | expected]))
    assert "At risk (orders)" in table
    assert set(table) <= {*WIDTHS, told}
    assert (told in table) == (told is not None)


def test_files_that_name_customers_are_written_down(
    retain: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    run = the_run()
    look_ahead(workspace(), run)
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
    retain.number_input(key="retain_days").set_value(77).run()
    retain.button(key="look_ahead").click().run()
    wait_for_the_job()
    found = load_outlook(workspace(), the_run().run_id)
    assert found is not None
    assert found.definition is not None
    assert (found.definition.days, found.definition.asked) == (77, True)
    retain.run()
    assert "within the next 77 days: as you chose." in text_of(retain)


def test_nothing_is_offered_for_files_that_changed(retain: AppTest, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_bytes(b"customer_id,order_date,amount\nC1,2024-01-01,5\nC2,2024-02-01,7\n")
    load_file(workspace(), more)
    retain.run()
    assert not [one for one in retain.button if one.key == "look_ahead"]
    assert "have changed since these segments were found" in text_of(retain)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("order_id,customer_id,amount", "{n},c{c},{a}.00", "The files have no orders with dates"),
        ("order_id,customer_id,order_date,amount", "{n},c{c},2024-01-{d:02},{a}.00", "cover only 19 days"),
    ],
)
def test_what_is_missing_is_said(app: AppTest, tmp_path: Path, header: str, row: str, said: str) -> None:
    rows = [row.format(n=n, c=n % 60, a=n % 7 + 1, d=n % 19 + 1) for n in range(200)]
    (tmp_path / "orders.csv").write_text("\n".join([header, *rows]))
    with Workspace.open(tmp_path / "home" / "workspace.duckdb") as opened:
        load_file(opened, tmp_path / "orders.csv")
        find_segments(opened, QUICK)
    app.run().switch_page(WIN_BACK).run()
    assert not app.exception
    assert said in "\n".join(str(one.value) for one in app.info)
    can_look = [one.label for one in app.button if one.key == "look_ahead"]
    assert can_look == (["Look ahead all the same"] if "order_date" in header else [])
    look_ahead(workspace(), the_run())
    app.run()
    assert said in "\n".join(str(one.value) for one in app.info)
    assert not app.dataframe  # a table of nothing but sizes would say nothing
