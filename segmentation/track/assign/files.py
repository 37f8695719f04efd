"""Customers assigned to frozen segments as a file, and in figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from segmentation.action.files.safe_csv import columns_csv
from segmentation.runs.kept.standing import told
from segmentation.track.assign.everybody import Everybody
from segmentation.track.assign.words import (
    missing_sentence,
    new_category_sentence,
    new_texts_sentence,
    read_otherwise_sentence,
)


def assigned_csv(found: Everybody) -> bytes:
    """Write a row per customer; segments are numbered from 1, distances are in the run's space."""
    return columns_csv(assigned_columns(found))


def assigned_parquet(found: Everybody) -> bytes:
    """Write the same as Parquet, the columns with their types."""
    stream = pa.BufferOutputStream()
    pq.write_table(pa.table(assigned_columns(found)), stream, compression="zstd")
    return bytes(stream.getvalue())


def assigned_columns(found: Everybody) -> dict[str, pa.Array]:
    """Return the columns of the same."""
    standing = found.standing
    labels = standing["segment"].to_numpy().astype(np.int64)
    names = pa.array(found.frozen.run.names_at(found.k), pa.string())
    moves = told(standing)
    return {
        "customer_id": pa.array(standing["customer_id"], pa.string()),
        "segment": pa.array(labels + 1),
        "segment_name": names.take(pa.array(labels)),
        "previous_segment": pa.array(moves["previous_segment"], pa.int64(), from_pandas=True),
        "changed_on": pa.array(moves["changed_on"], pa.string(), from_pandas=True),
        "distance": pa.array(standing["distance"].to_numpy(np.float64).round(4)),
        "margin": pa.array(standing["margin"].to_numpy(np.float64).round(4)),
        "unlike_anybody": pa.array(standing["unlike_anybody"].to_numpy(bool)),
    }


def assigned_facts(found: Everybody) -> dict[str, Any]:
    """Return what was assigned to what, in numbers, and what is lacking in words."""
    run, standing = found.frozen.run, found.standing
    sizes = np.bincount(found.assigned.segment, minlength=found.k).tolist()
    changed = pd.to_datetime(standing["changed_on"]).dt.date == found.day
    return {
        "run": run.run_id,
        "k": found.k,
        "day": found.day.isoformat() if found.day else None,
        "customers": len(standing),
        "moved_on_that_day": int(changed.sum()),
        "unlike_anybody": int(found.assigned.unlike_anybody.sum()),
        "segments": [
            {"segment": label + 1, "name": name, "size": size}
            for label, (name, size) in enumerate(zip(run.names_at(found.k), sizes, strict=True))
        ],
        "missing": [missing_sentence(one) for one in found.departures.missing],
        "new_categories": [new_category_sentence(one) for one in found.departures.new_categories],
        "read_otherwise": [read_otherwise_sentence(one) for one in found.departures.read_otherwise],
        "new_texts": [new_texts_sentence(one) for one in found.departures.new_texts],
    }
