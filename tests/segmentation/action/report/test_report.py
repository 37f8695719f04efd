"""The report: what it tells, that it loads nothing and runs nothing, and that both files say the same."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from segmentation import formats
from segmentation.action.playbook.play import Aspect, Playbook
from segmentation.action.report import ReportFacts, report_facts, report_html, report_xlsx
from segmentation.action.report.drawings import paired_bars
from segmentation.action.report.html import Html, element, prose
from segmentation.action.report.workbook import sheets
from segmentation.action.report.workbook_columns import KINDS, Written, number_format
from segmentation.action.report.workbook_sheet import LINE, WIDEST
from segmentation.action.report.workbook_words import HEADINGS
from segmentation.charts.figures import style_of
from segmentation.charts.shades import FAINTEST, shade
from segmentation.cli import main
from segmentation.insight.sentences.segments import segment_sentence
from segmentation.intake.linking.build import build_shop
from segmentation.runs import View
from tests.segmentation.action.conftest import Segmented

HOSTILE = "<img src=x onerror=alert(1)>"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FORMULA = '=HYPERLINK("http://example.com")'


@pytest.fixture(scope="module")
def facts(segmented: Segmented, playbook: Playbook) -> ReportFacts:
    """Give the report of a sample shop with hostile words by people."""
    shop = build_shop(segmented.workspace, segmented.run.options.cleaning)
    run = replace(segmented.run, names={0: HOSTILE, 1: FORMULA})
    edits = {(0, Aspect.GOAL): FORMULA, (1, Aspect.NOTES): HOSTILE}
    return report_facts(HOSTILE, View(run, segmented.k, segmented.rows), playbook, edits, shop)


class Reader(HTMLParser):
    """Collects the elements, what they point at, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it links to."""
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("src", "href", "xlink:href", "action")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data


@pytest.fixture(scope="module")
def read(facts: ReportFacts) -> Reader:
    """Give the page as a browser reads it."""
    reader = Reader()
    reader.feed(report_html(facts).decode())
    return reader


def test_it_loads_nothing_and_runs_nothing(facts: ReportFacts, read: Reader) -> None:
    assert read.links == []
    assert not {"script", "img", "iframe", "link", "object", "embed", "form"} & set(read.tags)
    style = re.search(r"<style>(.*)</style>", report_html(facts).decode(), re.DOTALL)
    assert style
    assert not re.search(r"url\(|@import|expression", style[1])
    assert HOSTILE in read.text


def test_it_tells_every_segment_with_its_play(facts: ReportFacts, read: Reader) -> None:
    for play, name in zip(facts.playbook.plays, facts.names, strict=True):
        assert name in read.text
        for aspect, line in play.lines.items():
            assert facts.edits.get((play.segment, aspect), line.text) in read.text
            assert all(one in read.text for one in line.evidence)
    for heading in (
        "Who brings it",
        "What to do first",
        "The segments",
        "The plays in full",
        "Method and caveats",
    ):
        assert heading in read.text
    assert "Written by a person. Generated:" in read.text


def test_the_sum_on_the_cover_is_that_of_the_segments(facts: ReportFacts, read: Reader) -> None:
    paid = sum(play.figures.stakes.revenue for play in facts.playbook.plays if play.figures.stakes)
    assert formats.money(paid, "EUR") in read.text
    assert f"{facts.run.customers:,}" in read.text


def test_colours_mean_what_they_mean_in_the_app(facts: ReportFacts) -> None:
    drawn = report_html(facts).decode()
    bars = re.findall(r'<rect [^>]*opacity="([\d.]+)"', drawn)
    assert bars == ["0.45"] * facts.k + ["1"] * facts.k or bars == ["0.45", "1"] * facts.k
    effect = facts.cut.centroids.effects[0, 0]
    assert abs(effect) > FAINTEST
    assert shade(effect) in drawn


def test_a_long_name_is_written_whole_beside_its_bars() -> None:
    name = "Recent long-standing customers · papercraft & invitations"
    drawn = paired_bars([name], [[1.0]])
    said = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert " ".join(said[:2]) == f"1 {name}".replace("&", "&amp;")


def test_no_customer_is_named(segmented: Segmented, read: Reader) -> None:
    assert not set(re.findall(r"[\w-]+", read.text)) & set(segmented.rows["customer_id"])


def test_the_workbook_holds_the_same_numbers_and_runs_no_formula(facts: ReportFacts) -> None:
    content = report_xlsx(facts)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Overview", "Segments", "Averages", "Playbook", "Figures", "Data quality"]
    figures = book.get_sheet_by_name("Figures").to_python()
    titles, *columns = zip(*figures, strict=True)
    assert len(columns) == facts.k
    for play, column in zip(facts.playbook.plays, columns, strict=True):
        told = dict(zip(titles, column, strict=True))
        assert play.figures.kpi is not None
        assert told[HEADINGS["ordered_again"]] == play.figures.kpi.again
        assert told[HEADINGS["repeat_rate"]] == pytest.approx(play.figures.kpi.rate)
        assert play.figures.stakes is not None
        assert told[HEADINGS["revenue"]] == pytest.approx(play.figures.stakes.revenue)
        assert told[HEADINGS["figure"]] == f"{play.segment + 1} {facts.names[play.segment]}"
    assert FORMULA in [row[1] for row in book.get_sheet_by_name("Segments").to_python()]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_the_workbook_is_written_for_people(facts: ReportFacts) -> None:
    with zipfile.ZipFile(io.BytesIO(report_xlsx(facts))) as book:
        names = set(book.namelist())
        charts = [ElementTree.fromstring(book.read(one)) for one in sorted(names) if "charts/chart" in one]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet2.xml"))
        formats_of = formats_by_style(ElementTree.fromstring(book.read("xl/styles.xml")))
    assert len(charts) == 2
    colours = {one.get("val") for one in charts[0].iter(f"{DRAWING}srgbClr")}
    assert {style_of(segment).colour.removeprefix("#") for segment in range(facts.k)} <= colours
    pane = next(sheet.iter(f"{MAIN}pane"))
    assert (pane.get("state"), pane.get("ySplit"), pane.get("xSplit")) == ("frozen", "1", "2")
    widths = {one.get("min"): float(one.get("width", "0")) for one in sheet.iter(f"{MAIN}col")}
    assert widths["2"] > max(len(name) for name in facts.names)
    heights = {one.get("r"): float(one.get("ht", "0")) for one in sheet.iter(f"{MAIN}row")}
    told = max(len(segment_sentence(one)) for one in facts.cut.portraits)
    assert max(heights[str(row + 2)] for row in range(facts.k)) >= LINE * told / WIDEST
    written = {one.get("r"): formats_of[int(one.get("s", "0"))] for one in sheet.iter(f"{MAIN}c")}
    assert written["C2"] == "#,##0"
    assert written["D2"] == written["E2"] == "0.0%"


def test_money_is_written_with_the_sign_of_its_currency() -> None:
    assert number_format(Written.MONEY, "EUR") == '"€"#,##0'
    assert number_format(Written.CENTS, "BRL") == '"R$ "#,##0.00'
    assert number_format(Written.MONEY, None) == "#,##0"


def test_every_column_has_a_heading_for_people(facts: ReportFacts) -> None:
    for name, sheet in sheets(facts).items():
        if name not in ("Averages", "Figures"):
            assert set(map(str, sheet.frame.columns)) <= set(HEADINGS), name
    assert set(KINDS) <= set(HEADINGS)


def formats_by_style(styles: ElementTree.Element) -> list[str]:
    """Return the number format of every cell style; those that Excel has by itself by their number."""
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")}
    [cells] = styles.iter(f"{MAIN}cellXfs")
    built_in = {"3": "#,##0", "10": "0.00%", "1": "0"}
    return [{**built_in, **own}.get(str(one.get("numFmtId")), "General") for one in cells]


def test_the_same_facts_give_the_same_bytes(facts: ReportFacts) -> None:
    assert report_html(facts) == report_html(facts)
    assert report_xlsx(facts) == report_xlsx(facts)


def test_texts_are_escaped_and_our_own_marks_are_not() -> None:
    assert element("p", "a < b", Html("<br>"), class_="x") == '<p class="x">a &lt; b<br></p>'
    assert prose("*one* & **two**") == "<em>one</em> &amp; <strong>two</strong>"


def test_the_command_line_writes_both(
    segmented: Segmented, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    with segmented.workspace.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(segmented.workspace.path, copy)
    assert main(["report", "--workspace", str(copy), "--out", str(tmp_path / "out"), "--k", "3"]) == 0
    assert json.loads(capsys.readouterr().out)["k"] == 3
    assert (tmp_path / "out" / "report.html").read_bytes().startswith(b"<!doctype html>")
    assert (tmp_path / "out" / "report.xlsx").read_bytes().startswith(b"PK")
    assert main(["report", "--workspace", str(copy), "--out", str(tmp_path / "out"), "--k", "99"]) == 2
    assert "There are 3, 4" in capsys.readouterr().err


def test_a_workspace_without_segments_says_so(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    missing = tmp_path / "none.duckdb"
    assert main(["report", "--workspace", str(missing), "--out", str(tmp_path)]) == 2
    assert "there is no workspace at" in capsys.readouterr().err
    assert not missing.exists()
