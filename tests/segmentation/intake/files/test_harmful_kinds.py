"""Files made to do harm, kind by kind: each ends in a clear error or a table, soon, and all else goes on."""

from __future__ import annotations

import json
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from segmentation.errors import Cancelled, SegmentationError, UnreadableFileError
from segmentation.intake.files.apart import process
from segmentation.intake.files.dialect import clean_names, sniff
from segmentation.intake.uploads.corrections import list_uploads, rejects
from segmentation.intake.uploads.inbox import inbox_folder, list_inbox, load_from_inbox
from segmentation.intake.uploads.load import load_file, load_tables
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from tests.segmentation.intake.files.conftest import Spent
from tests.segmentation.intake.files.corpus import FORMATS, ODS, ODS_CELL, zipped
from tests.segmentation.intake.files.test_damaged_files import read
from tests.segmentation.intake.files.test_file_formats import save_workbook, save_zip

SECONDS = 10
GIGABYTES = 2
GROWTH = 12
TEXT = "customer_id,age\n007,30\n008,31\n"


@pytest.fixture(autouse=True)
def goes_on(workspace: Workspace, tmp_path: Path, spent: Spent) -> Iterator[None]:
    """Whatever the test did took little, the workspace takes the next file, and nothing lies about."""
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS
    assert max(spent.seconds, default=0) < SECONDS
    assert spent.kilobytes < GIGABYTES << 20
    (tmp_path / "next.csv").write_text(TEXT)
    assert load_file(workspace, tmp_path / "next.csv").rows == 2
    assert list(workspace.staging.iterdir()) == []


def refused(workspace: Workspace, path: Path) -> str:
    """Load a file that must not be read; return what was found, and see what to do."""
    with pytest.raises(SegmentationError) as raised:
        load_tables(workspace, path)
    assert raised.value.remedy
    return raised.value.found


def respelt(path: Path, cell: bytes, sheet: str = "xl/worksheets/sheet1.xml") -> Path:
    """Write a workbook of which a cell is far out, in a spelling and at a place of one's choice."""
    save_workbook(path, {"Data": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    content = parts.pop("xl/worksheets/sheet1.xml").replace(b' r="B2"', cell)
    related = "xl/_rels/workbook.xml.rels"
    parts[related] = parts[related].replace(b"worksheets/sheet1.xml", sheet.removeprefix("xl/").encode())
    return save_zip(path, {**parts, sheet: content})


@pytest.mark.parametrize(
    ("cell", "sheet"),
    [
        (b' r="XFD1000000"', "xl/worksheets/sheet1.xml"),
        (b" r='XFD1000000'", "xl/worksheets/sheet1.xml"),
        (b'\tr = "XFD1000000"', "xl/worksheets/sheet1.xml"),
        (b' r="&#88;FD1000000"', "xl/worksheets/sheet1.xml"),
        (b' r="XFD1000000"', "xl/elsewhere.bin"),
    ],
)
def test_a_cell_far_out(workspace: Workspace, tmp_path: Path, cell: bytes, sheet: str) -> None:
    assert "safely" in refused(workspace, respelt(tmp_path / "far.xlsx", cell, sheet))


def test_the_files_of_the_attacks(workspace: Workspace, hostile_files: list[Path]) -> None:
    for path in hostile_files:
        try:
            load_tables(workspace, path)
        except UnreadableFileError as error:
            assert "safely" in error.found, path
    assert {upload.file_name for upload in list_uploads(workspace)} <= {"27-f.xlsx"}


def test_one_long_text_named_by_many_cells(workspace: Workspace, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "shared.xlsx", {"constant_memory": False}) as book:
        sheet = book.add_worksheet()
        for row in range(50_000):
            sheet.write_string(row, 0, "x" * 32_000)
    found = refused(workspace, tmp_path / "shared.xlsx")
    assert "safely" in found or "harmful" in found


@pytest.mark.parametrize("times", ['columns-repeated="16000"', 'columns-repeated="900000000"'])
def test_a_cell_of_open_document_repeated(workspace: Workspace, tmp_path: Path, times: str) -> None:
    cell = ODS_CELL.format("x").replace("<table:table-cell", f"<table:table-cell table:number-{times}")
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": b"<m/>"}
    (tmp_path / "r.ods").write_bytes(zipped({**parts, "content.xml": ODS.format(rows=rows).encode()}))
    assert refused(workspace, tmp_path / "r.ods")


def test_a_row_with_a_time_beyond_all_calendars_is_set_aside(workspace: Workspace, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "times.xlsx") as book:
        sheet, long = book.add_worksheet(), book.add_format({"num_format": "[h]:mm:ss"})
        sheet.write_row(0, 0, ["customer_id", "hours"])
        for row in range(1, 6):
            sheet.write_string(row, 0, f"c{row}")
            sheet.write_number(row, 1, 1e12 if row == 3 else 1.5, long)
    upload = load_file(workspace, tmp_path / "times.xlsx")
    assert (upload.rows, rejects(workspace, upload.upload_id)["line"].tolist()) == (4, [4])


def test_equal_and_too_many_names_cost_no_time() -> None:
    names = clean_names(["x"] * 5_000)
    assert (len(set(names)), names[-1]) == (5_000, "x (5000)")
    with pytest.raises(UnreadableFileError, match="there are 200,000 columns"):
        sniff([",".join(["x"] * 200_000) + "\n"] * 2)


@pytest.mark.parametrize("header", ["1" * 100_000 + "a", "Order Id 1 " * 90_000, "ä" * 100_000 + "b."])
def test_a_header_of_very_many_letters(workspace: Workspace, tmp_path: Path, header: str) -> None:
    (tmp_path / "digits.csv").write_text(f"customer_id,{header}\n" + "c1,2\n" * 9)
    assert load_file(workspace, tmp_path / "digits.csv").rows == 9


def test_a_lone_surrogate_in_json(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "half.json").write_text('[{"id": 1, "a\\ud800": "b\\udfff"}, {"id": 2, "a\\ud800": "x"}]')
    assert [column.name for column in load_file(workspace, tmp_path / "half.json").columns] == ["id", "a"]


def test_json_whose_every_object_has_another_field(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{f"k{i % 4_999}": 1} for i in range(60_000)]
    (tmp_path / "wide.json").write_text(json.dumps(rows))
    assert refused(workspace, tmp_path / "wide.json")


def test_a_file_name_that_is_not_utf_8(workspace: Workspace, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    (tmp_path / name).write_text(TEXT)
    assert load_file(workspace, tmp_path / name).file_name == "caf?.csv"
    (inbox_folder(workspace) / name).write_text(f"{TEXT}009,32\n")
    [path] = list_inbox(workspace)
    assert [upload.rows for upload in load_from_inbox(workspace, path)] == [3]
    assert list_inbox(workspace) == ()


def test_an_archive_with_a_damaged_table_gives_the_others(workspace: Workspace, tmp_path: Path) -> None:
    bad = respelt(tmp_path / "bad.xlsx", b' r="XFD1000000"').read_bytes()
    path = save_zip(tmp_path / "all.zip", {"a.csv": TEXT, "bad.xlsx": bad, "b.csv": f"{TEXT}009,32\n"})
    with pytest.raises(UnreadableFileError, match=r"bad\.xlsx: it could not be read safely"):
        load_tables(workspace, path)
    assert [upload.file_name for upload in list_uploads(workspace)] == ["a.csv", "b.csv"]


def test_a_reader_that_says_nothing_is_given_up(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{f"k{i % 4_999}": 1} for i in range(9_000)]
    (tmp_path / "wide.json").write_text(json.dumps(rows))
    with monkeypatch.context() as patch:
        patch.setattr("segmentation.intake.files.apart.reading.patience_for", lambda size: 0)
        patch.setattr("segmentation.intake.files.apart.process.LOOK_UP", 0.001)
        assert "has not said anything" in refused(workspace, tmp_path / "wide.json")


def test_reading_can_be_cancelled_and_others_wait_for_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("customer_id,age\n" + "".join(f"c{i},{i % 90}\n" for i in range(3_000_000)))

    def cancel(step: str, done: int, total: int) -> None:
        if step == Stage.READING_FILE:
            raise Cancelled

    with pytest.raises(Cancelled):
        load_file(workspace, path, on_progress=cancel)
    assert list_uploads(workspace) == ()


def test_a_reader_killed_in_the_middle(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("customer_id,age\n" + "".join(f"c{i},{i % 90}\n" for i in range(3_000_000)))
    killed = threading.Event()
    opened: list[process.Opener] = []

    def kill(step: str, done: int, total: int) -> None:
        if step == Stage.READING_FILE and not killed.is_set():
            killed.set()
            os.killpg(opened[0].process_id, 9)

    start = process._take

    def take() -> process.Opener:
        opened.append(start())
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "_take", take)
        with pytest.raises(UnreadableFileError, match="its reader is gone"):
            load_file(workspace, path, on_progress=kill)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_ten_times_the_size_takes_ten_times_the_time(tmp_path: Path, spent: Spent, name: str) -> None:
    small, large = (_seconds(tmp_path, name, spent, rows) for rows in (20_000, 200_000))
    assert large < GROWTH * small


def _seconds(folder: Path, name: str, spent: Spent, rows: int) -> float:
    """Return the least of three times that reading so many rows takes, in the processor's seconds."""
    path = folder / f"{rows}.{name}"
    path.write_bytes(FORMATS[name](rows))
    times = []
    for _ in range(3):
        spent.seconds.clear()
        try:
            read(path, folder)
        except SegmentationError as error:
            assert "archive" in error.found
        times.append(sum(spent.seconds))
        spent.seconds.clear()
    return min(times)
