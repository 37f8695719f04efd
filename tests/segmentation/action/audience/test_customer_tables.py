"""All customers as CSV, Parquet and XLSX: the same rows, and nothing that a spreadsheet runs."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from segmentation.action.audience.customer_tables import MOST_IN_XLSX, TableFormat, write_customers
from segmentation.action.audience.hold_out import keep_share
from segmentation.action.files import safe_csv as export
from segmentation.action.files.run_files import RunFiles
from segmentation.errors import OptionError
from segmentation.runs import View
from tests.segmentation.action.conftest import Segmented


def test_every_format_holds_the_same_rows(segmented: Segmented, tmp_path: Path) -> None:
    run = replace(segmented.run, names={0: "=HYPERLINK(1)"})
    for as_ in TableFormat:
        write_customers(segmented.workspace, View(run, 4, segmented.rows), tmp_path / f"all.{as_}", as_)
    written = (tmp_path / "all.csv").read_bytes()
    assert written == RunFiles(View(run, 4, segmented.rows)).assignments()
    rows = pd.read_csv(io.BytesIO(written.removeprefix(export.BYTE_ORDER_MARK)))
    packed = pq.read_table(tmp_path / "all.parquet").to_pandas()
    assert list(packed["customer_id"]) == list(rows["customer_id"])
    assert set(packed["segment_name"]) == {name.removeprefix("'") for name in rows["segment_name"]}
    header, *sheet = CalamineWorkbook.from_path(tmp_path / "all.xlsx").get_sheet_by_index(0).to_python()
    assert header == list(rows.columns)
    assert [row[0] for row in sheet] == list(rows["customer_id"])
    with zipfile.ZipFile(tmp_path / "all.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_hold_out_is_a_column(segmented: Segmented, tmp_path: Path) -> None:
    keep_share(segmented.workspace, 0.25)
    try:
        write_customers(segmented.workspace, segmented.view, tmp_path / "all.parquet", TableFormat.PARQUET)
    finally:
        keep_share(segmented.workspace, 0)
    rows = pq.read_table(tmp_path / "all.parquet").to_pandas()
    for _, of_segment in rows.groupby("segment"):
        assert of_segment["hold_out"].sum() == round(len(of_segment) * 0.25)


def test_more_rows_than_a_sheet_holds_are_refused(segmented: Segmented, tmp_path: Path) -> None:
    view = View(replace(segmented.run, customers=MOST_IN_XLSX + 1), 4, segmented.rows)
    with pytest.raises(OptionError, match="Take CSV or Parquet"):
        write_customers(segmented.workspace, view, tmp_path / "all.xlsx", TableFormat.XLSX)
