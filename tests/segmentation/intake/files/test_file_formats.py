"""Archives, workbooks and JSON become the same tables as plain text, and harmful ones are refused."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from segmentation.errors import EmptyFileError, OptionError, UnreadableFileError
from segmentation.intake.files.json_reader import flatten, read_values
from segmentation.intake.uploads.corrections import list_uploads, preview, rejects
from segmentation.intake.uploads.load import load_file, load_tables
from segmentation.workspace import Workspace

TEXT = "customer_id,age\n007,30\n008,31\n009,32\n"
ROWS = [{"customer_id": "007", "age": "30"}, {"customer_id": "008", "age": "31"}]


def rows_of(workspace: Workspace, path: Path, count: int = 2, sheet: str | None = None) -> list[dict]:
    return preview(workspace, load_file(workspace, path, sheet=sheet).upload_id, count).to_dict("records")


def save_zip(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def save_workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """Write the smallest workbook that Excel would open: texts inline, numbers as they are."""
    kind = "http://schemas.openxmlformats.org"
    parts = {"[Content_Types].xml": f'<Types xmlns="{kind}/package/2006/content-types"/>'}
    listed = related = ""
    for i, (name, rows) in enumerate(sheets.items(), start=1):
        listed += f'<sheet name="{escape(name)}" sheetId="{i}" r:id="r{i}"/>'
        related += (
            f'<Relationship Id="r{i}" Type="{kind}/officeDocument/2006/relationships/worksheet"'
            f' Target="worksheets/sheet{i}.xml"/>'
        )
        body = "".join(f'<row r="{r}">{"".join(_cell(r, c, value) for c, value in enumerate(row))}</row>'
                       for r, row in enumerate(rows, start=1))  # fmt: skip
        parts[f"xl/worksheets/sheet{i}.xml"] = (
            f'<worksheet xmlns="{kind}/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
        )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{kind}/package/2006/relationships"><Relationship Id="r1"'
        f' Type="{kind}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{kind}/spreadsheetml/2006/main"'
        f' xmlns:r="{kind}/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{kind}/package/2006/relationships">{related}</Relationships>'
    )
    return save_zip(path, parts)


def _cell(row: int, column: int, value: object) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def test_gzip_is_the_file_in_it(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(TEXT)
    (tmp_path / "people.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    assert rows_of(workspace, tmp_path / "people.csv.gz") == ROWS
    assert load_file(workspace, tmp_path / "people.csv").file_name == "people.csv"
    assert len(list_uploads(workspace)) == 1
    assert list(workspace.staging.iterdir()) == []


def test_a_zip_of_several_tables_is_several_uploads(workspace: Workspace, tmp_path: Path) -> None:
    path = save_zip(
        tmp_path / "all.zip",
        {
            "a/people.csv": TEXT,
            "../../etc/orders.csv": "order,x\n1,2\n",
            "__MACOSX/._people.csv": "?",
            "b/": "",
        },
    )
    with pytest.raises(UnreadableFileError, match=r"2 files \(people.csv, orders.csv\)"):
        load_file(workspace, path)
    assert [upload.file_name for upload in load_tables(workspace, path)] == ["people.csv", "orders.csv"]
    assert sorted(found.name for found in tmp_path.iterdir()) == ["all.zip", "home"]
    assert list(workspace.staging.iterdir()) == []


def test_a_bomb_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * (101 << 20), 1))
    with pytest.raises(UnreadableFileError, match="harmful"):
        load_file(workspace, path)
    assert list(workspace.staging.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [gzip.compress(TEXT.encode(), mtime=0)[:-9], b"\x1f\x8b\x08rest", b"PK\x03\x04" + b"x" * 99],
    ids=["cut gzip", "no gzip", "no zip"],
)
def test_a_damaged_archive_is_said(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UnreadableFileError, match="damaged"):
        load_file(workspace, tmp_path / "file")


def test_an_archive_in_an_archive_and_an_empty_one_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    inner = gzip.compress(TEXT.encode())
    with pytest.raises(UnreadableFileError, match="within an archive"):
        load_file(workspace, save_zip(tmp_path / "nested.zip", {"a.csv.gz": inner}))
    with pytest.raises(EmptyFileError, match="no table"):
        load_file(workspace, save_zip(tmp_path / "empty.zip", {"folder/": ""}))


def test_the_sheet_with_the_table_is_found_below_its_title(workspace: Workspace, tmp_path: Path) -> None:
    table: list[list[object]] = [
        ["Sales 2020", None, None],
        [],
        ["customer_id", "born", "spend"],
        ["C1", "1980-05-01", 12345.0],
        ["C2", None, 0.1 + 0.2],
        ["C3", "1990-01-01", 1234567890123],
    ]
    notes: list[list[object]] = [["note"], *([f"line {i}"] for i in range(9))]
    path = save_workbook(tmp_path / "book.xlsx", {"Notes": notes, "Data": table})
    upload = load_file(workspace, path)
    assert (upload.encoding, upload.delimiter, upload.rows, upload.rejected) == ("Excel", "Data", 3, 1)
    assert rows_of(workspace, path, 3) == [
        {"customer_id": "C1", "born": "1980-05-01", "spend": "12345"},
        {"customer_id": "C2", "born": "", "spend": "0.3"},
        {"customer_id": "C3", "born": "1990-01-01", "spend": "1234567890123"},
    ]
    assert rejects(workspace, upload.upload_id)["content"].tolist() == ["Sales 2020"]
    assert rows_of(workspace, path, 1, sheet="Notes") == [{"note": "line 0"}]
    with pytest.raises(OptionError, match="There are: Notes, Data"):
        load_file(workspace, path, sheet="Orders")


def test_a_sheet_that_would_fill_the_memory_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "book.xlsx", {"Data": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'r="B2"', b'r="XFD1048576"')
    with pytest.raises(UnreadableFileError, match="could not be read safely"):
        load_file(workspace, save_zip(path, parts))


def test_a_damaged_workbook_is_said(workspace: Workspace, tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "book.xlsx", {"Data": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name)[:200] for name in packed.namelist()}
    with pytest.raises(UnreadableFileError, match="damaged"):
        load_file(workspace, save_zip(path, parts))


OBJECTS = [
    {"id": 1234567890123456789, "who": {"name": "Ada", "tags": ["a", "b"]}, "spend": 1.10},
    {"id": 2, "who": {"name": None}, "new": True},
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(OBJECTS),
        "\n".join(map(json.dumps, OBJECTS)),
        "".join(json.dumps(item, indent=1) for item in OBJECTS),
        json.dumps({"count": 2, "data": OBJECTS}),
    ],
)
def test_json_of_every_shape_is_one_table(workspace: Workspace, tmp_path: Path, text: str) -> None:
    (tmp_path / "rows.json").write_text(text)
    assert rows_of(workspace, tmp_path / "rows.json") == [
        {"id": "1234567890123456789", "who.name": "Ada", "who.tags": "a, b", "spend": "1.1", "new": ""},
        {"id": "2", "who.name": "", "who.tags": "", "spend": "", "new": "true"},
    ]


def test_nested_parquet_is_flattened_like_json(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        {"id": "c1", "who": {"email": "a@x.example", "home": {"city": "Bern"}}, "tags": ["a", "b"]},
        {"id": "c2", "who": {"email": None, "home": None}, "tags": []},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet")
    assert rows_of(workspace, tmp_path / "rows.parquet") == [
        {"id": "c1", "who.email": "a@x.example", "who.home.city": "Bern", "tags": "a, b"},
        {"id": "c2", "who.email": "", "who.home.city": "", "tags": ""},
    ]


def test_a_broken_line_of_json_is_a_reject(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text('{"a": 1, "b": 2}\n{"a": oops}\n{"a": 3, "b": 4}\n')
    upload = load_file(workspace, tmp_path / "rows.json")
    assert (upload.rows, rejects(workspace, upload.upload_id)["line"].tolist()) == (2, [2])


def test_json_without_objects_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text("[[1, 2], [3, 4]]")
    with pytest.raises(EmptyFileError, match="no objects"):
        load_file(workspace, tmp_path / "rows.json")
    (tmp_path / "deep.json").write_text('{"a": ' * 100_000)
    with pytest.raises(UnreadableFileError, match="deeply"):
        load_file(workspace, tmp_path / "deep.json")


def test_values_are_read_over_block_borders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segmentation.intake.files.json_reader.BLOCK", 3)
    assert list(read_values(io.StringIO('[{"a": "xyz"}, {"a": "uvw"}]'))) == [{"a": "xyz"}, {"a": "uvw"}]
    assert flatten({"a": {}, "b": [{"c": 1}], "d": "\ud800"}) == {"a": "{}", "b": '[{"c": 1}]', "d": "?"}


def test_dates_with_the_hour_alone_are_dates(workspace: Workspace, tmp_path: Path) -> None:
    text = "".join(f"{i},{i % 28 + 1:02}/02/2017 {i % 24:02}\n" for i in range(60))
    (tmp_path / "visits.csv").write_text("customer_id,visit date\n" + text)
    assert load_file(workspace, tmp_path / "visits.csv").columns[1].value_format == "%d/%m/%Y %H"
