"""What is at risk is one figure: on the page, in playbook, report and workbook, and in the files."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pages.act.win_back.value import segments_table
from segmentation import formats
from segmentation.action.playbook.findings import find_out
from segmentation.action.playbook.make import make_playbook
from segmentation.action.playbook.play import Playbook
from segmentation.action.report import ReportFacts, report_facts, report_html, report_xlsx
from segmentation.action.report.words import AT_RISK
from segmentation.action.retention import Outlook, Silence, retention_csv, segment_outlook, win_back_csv
from segmentation.action.retention.files import outlook_facts
from segmentation.action.retention.job import load_outlook
from segmentation.intake.linking.build import build_shop
from segmentation.workspace import Workspace
from tests.segmentation.action.conftest import Segmented

Told = tuple[Workspace, Outlook, Playbook, ReportFacts]


@pytest.fixture(scope="module")
def told(segmented: Segmented, home_ahead: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Give the shop with its outlook, the playbook and the report that are made of it."""
    home = shutil.copytree(home_ahead, tmp_path_factory.mktemp("risk") / "home")
    with Workspace.open(home / "workspace.duckdb") as workspace:
        found = load_outlook(workspace, segmented.run.run_id)
        assert found is not None
        shop = build_shop(workspace, segmented.run.options.cleaning)
        ids = segmented.rows["customer_id"].to_numpy(dtype=object)
        known = find_out(workspace, segmented.run, ids)
        playbook = make_playbook(workspace, segmented.view, segmented.explanations, known)
        yield workspace, found, playbook, report_facts(None, segmented.view, playbook, {}, shop)


@pytest.fixture(scope="module")
def wanted(told: Told, segmented: Segmented) -> np.ndarray:
    """Return what is at risk of each segment, added up from the rows kept."""
    with told[0].cursor() as cursor:
        rows = cursor.sql("SELECT customer_id, risk, if_stays_365 FROM outlook").df()
    segment = rows["customer_id"].map(segmented.rows.set_index("customer_id")[f"segment_{segmented.k}"])
    return (rows["risk"] * rows["if_stays_365"]).groupby(segment).sum().to_numpy()


def test_page_and_playbook_show_one_figure(told: Told, segmented: Segmented, wanted: np.ndarray) -> None:
    workspace, found, playbook, _ = told
    stakes = [play.figures.stakes for play in playbook.plays]
    assert [one.at_risk for one in stakes if one] == pytest.approx(wanted.tolist())
    shown = segments_table(segmented.view, found, segment_outlook(workspace, segmented.view, 365))
    assert shown.data["At risk"].tolist() == pytest.approx(wanted.tolist())
    assert all(formats.money(one, "EUR") in shown.to_html() for one in wanted)
    for play, one in zip(playbook.plays, wanted, strict=True):
        text = " ".join(line.text for line in play.lines.values())
        assert f"{formats.money(one, 'EUR')} of the next year is at risk" in text


def test_report_and_workbook_tell_the_same(told: Told, wanted: np.ndarray) -> None:
    facts = told[3]
    assert f"{formats.money(wanted.sum(), 'EUR')}</strong>{AT_RISK}" in report_html(facts).decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_xlsx(facts)))
    figures = {name: told for name, *told in book.get_sheet_by_name("Figures").to_python()}
    assert figures["At risk, next year"] == pytest.approx(wanted.tolist())


def test_files_tell_the_same(told: Told, segmented: Segmented, wanted: np.ndarray) -> None:
    workspace, found, _, _ = told
    everybody = pd.read_csv(io.BytesIO(retention_csv(workspace, segmented.view)), dtype={"customer_id": str})
    [column] = [name for name in everybody if name.startswith("at_risk")]
    sums = everybody.groupby("segment")[column].sum()
    np.testing.assert_allclose(sums, wanted, atol=0.01 * len(everybody))
    facts = outlook_facts(workspace, segmented.view, found, 365)
    assert [one["at_risk"] for one in facts["segments"]] == pytest.approx(wanted.tolist())
    silence = Silence(900, 1)
    listed = pd.read_csv(io.BytesIO(win_back_csv(workspace, segmented.view, found, 365, silence)))
    [of_list] = [name for name in listed if name.startswith("at_risk")]
    assert len(listed) > 0
    of_each = everybody.set_index("customer_id")[column]
    np.testing.assert_allclose(listed[of_list], of_each.reindex(listed["customer_id"].astype(str)), atol=0.01)
