"""The segments of a run as tables: who is in which, their features, their averages, and a ZIP of them all."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import numpy as np
import pyarrow as pa

from segmentation import formats
from segmentation.action.files.safe_csv import arrays_of, columns_csv, to_csv_bytes
from segmentation.runs import View

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST_SLUG = 60


def assignments_csv(view: View) -> bytes:
    """Write a row per customer: customer_id, segment (from 1), segment_name, confidence (0..1).

    Of segments that are followed also where they stand now, where before, and since when.
    """
    return columns_csv(_assignments(view, np.arange(len(view.labels))))


def segment_csv(view: View, segment: int) -> bytes:
    """Write the customers of one segment (0-based), surest first, features under readable headers."""
    rows = np.flatnonzero(view.labels == segment)
    return customers_csv(view, rows[np.argsort(-view.confidence[rows], kind="stable")])


def customers_csv(view: View, rows: np.ndarray) -> bytes:
    """Write these rows of the table, in this order, with their features under readable headers."""
    table, columns = view.table, _assignments(view, rows)
    labels = [formats.in_currency(one.label, one.unit, table.currency) for one in table.features]
    headers = formats.distinct(labels, taken=list(columns))
    for header, feature in zip(headers, table.features, strict=True):
        columns[header] = pa.array(table.values[feature.name].to_numpy()[rows].round(4), from_pandas=True)
    return columns_csv(columns)


def placed_csv(view: View, customer_ids: np.ndarray, segment: int | tuple[int, ...]) -> bytes:
    """Write customers (n,) of one segment (0-based), or of one each: customer_id, segment, segment_name.

    Of segments that are followed also where they stand now, where before, and since when.
    """
    segments = np.full(len(customer_ids), segment)
    standing = view.standing_of(customer_ids)
    return columns_csv(
        {
            "customer_id": pa.array(customer_ids, pa.string()),
            "segment": pa.array(segments + 1),
            "segment_name": pa.array(view.names, pa.string()).take(pa.array(segments)),
            **({} if standing is None else arrays_of(standing)),
        }
    )


def centroids_csv(view: View) -> bytes:
    """Write a row per segment in original units."""
    return to_csv_bytes(view.cut.centroids.plain_frame(view.names))


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


def _assignments(view: View, rows: np.ndarray) -> dict[str, pa.Array]:
    labels = view.labels[rows].astype(np.int64)
    moves = {} if view.standing is None else arrays_of(view.standing.iloc[rows])
    return {
        "customer_id": pa.array(view.customer_ids[rows], pa.string()),
        "segment": pa.array(labels + 1),
        "segment_name": pa.array(view.names, pa.string()).take(pa.array(labels)),
        "confidence": pa.array(view.confidence[rows].astype(np.float64).round(4), from_pandas=True),
        **moves,
    }


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
