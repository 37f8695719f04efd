"""Files to take away: CSVs that a spreadsheet shows as meant and never runs, and a ZIP of them all."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from segmentation import formats
from segmentation.runs import View

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST_SLUG = 60

# Cells that begin so are run by spreadsheets (OWASP, CSV injection), but a negative number is a number.
_RUNS = r"^[=+\-@\t\r\n＝＋－＠]"
_NEGATIVE_NUMBER = r"^-[0-9]+([.,][0-9]+)?$"


def assignments_csv(view: View) -> bytes:
    """Write a row per customer: customer_id, segment (from 1), segment_name, confidence (0..1)."""
    return _csv(_assignments(view, np.arange(len(view.labels))))


def segment_csv(view: View, segment: int) -> bytes:
    """Write the customers of one segment (0-based), surest first, features under readable headers."""
    rows = np.flatnonzero(view.labels == segment)
    return customers_csv(view, rows[np.argsort(-view.confidence[rows], kind="stable")])


def customers_csv(view: View, rows: np.ndarray) -> bytes:
    """Write these rows of the table, in this order, with their features under readable headers."""
    table, columns = view.table, _assignments(view, rows)
    headers = formats.distinct([feature.label for feature in table.features], taken=list(columns))
    for header, feature in zip(headers, table.features, strict=True):
        columns[header] = pa.array(table.values[feature.name].to_numpy()[rows].round(4), from_pandas=True)
    return _csv(columns)


def centroids_csv(view: View) -> bytes:
    """Write a row per segment in original units."""
    return to_csv_bytes(view.cut.centroids.plain_frame(view.names))


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write any frame, without its index."""
    return _csv({str(column): pa.array(frame[column], from_pandas=True) for column in frame.columns})


def zip_of_everything(view: View) -> bytes:
    """Write assignments, centroids and a file per segment; the same input gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _add(archive, "assignments.csv", assignments_csv(view))
        _add(archive, "centroids.csv", centroids_csv(view))
        for segment, name in enumerate(view.names):
            _add(archive, f"segments/{segment_file_name(segment, name)}", segment_csv(view, segment))
    return stream.getvalue()


def segment_file_name(segment: int, name: str) -> str:
    """Return a file name for one segment (0-based) that is no path anywhere: "2-big-spenders.csv"."""
    slug = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", name).lower(), flags=re.UNICODE)
    slug = slug[:LONGEST_SLUG].strip("-_")
    return f"{segment + 1}-{slug}.csv" if slug else f"{segment + 1}-segment.csv"


def without_formulas(texts: pa.Array) -> pa.Array:
    """Put an apostrophe before every text that a spreadsheet would run."""
    runs = pc.and_(
        pc.match_substring_regex(texts, _RUNS),
        pc.invert(pc.match_substring_regex(texts, _NEGATIVE_NUMBER)),
    )
    if not pc.any(runs).as_py():
        return texts
    apostrophe, nothing = pa.scalar("'", texts.type), pa.scalar("", texts.type)
    return pc.if_else(runs, pc.binary_join_element_wise(apostrophe, texts, nothing), texts)


def _assignments(view: View, rows: np.ndarray) -> dict[str, pa.Array]:
    labels = view.labels[rows].astype(np.int64)
    return {
        "customer_id": pa.array(view.customer_ids[rows], pa.string()),
        "segment": pa.array(labels + 1),
        "segment_name": pa.array(view.names, pa.string()).take(pa.array(labels)),
        "confidence": pa.array(view.confidence[rows].astype(np.float64).round(4), from_pandas=True),
    }


def _csv(columns: dict[str, pa.Array]) -> bytes:
    """Write columns as UTF-8 with a byte order mark, so that Excel shows every script."""
    safe = [without_formulas(column) if _is_text(column.type) else column for column in columns.values()]
    header = io.StringIO()
    csv.writer(header, lineterminator="\n").writerow(without_formulas(pa.array(list(columns))).to_pylist())
    stream = io.BytesIO()
    stream.write(BYTE_ORDER_MARK + header.getvalue().encode())
    arrow_csv.write_csv(
        pa.table(safe, names=[str(position) for position in range(len(safe))]),
        stream,
        arrow_csv.WriteOptions(include_header=False, quoting_style="needed"),
    )
    return stream.getvalue()


def _is_text(type_: pa.DataType) -> bool:
    return pa.types.is_string(type_) or pa.types.is_large_string(type_)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
