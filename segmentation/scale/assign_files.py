"""Customers of a shop that is linked already, in Parquet files, put into frozen segments: Parquet in and out.

No step holds more of it than one part, but for the distinct texts, where texts have a part in the segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from segmentation.jobs import Progress, silent
from segmentation.scale.assign import Placing, assign_each, facts_of
from segmentation.scale.crowd import Crowd
from segmentation.scale.linked_files import part_linked_files
from segmentation.scale.parts import ShopParts
from segmentation.scale.storage import Folder
from segmentation.scale.workers import FEWEST_PARTS, Workers
from segmentation.stages import Stage
from segmentation.track.assign.missing import missing_among
from segmentation.track.assign.words import missing_sentence
from segmentation.track.frozen import Frozen
from segmentation.workspace import Workspace

BYTES_PER_PART = 64_000_000
_NOBODY = np.empty(0, dtype=object)


@dataclass(frozen=True)
class LinkedFiles:
    """The folder of a linked shop's tables, and the folder that tells where its customers are."""

    source: Folder
    target: Folder


def assign_linked_files(
    workspace: Workspace,
    frozen: Frozen,
    workers: Workers,
    files: LinkedFiles,
    k: int | None = None,
    on_progress: Progress = silent,
) -> dict[str, Any]:
    """Assign all customers of a linked shop; write a Parquet file for each part, and return what was found.

    Where customers stand is not kept in the workspace. Profile columns are not read.

    :raises SegmentationError: if there are no customers, or texts cannot be read as they were.
    """
    on_progress(Stage.PARTING_SHOP, 0, 1)
    size = sum(files.source.stamp(name)[0] for name in files.source.files())
    count = workers.parts or max(FEWEST_PARTS, -(-size // BYTES_PER_PART))
    parts, shop = part_linked_files(files.source, workers.folder, count, workers.each)
    placing = Placing(frozen, frozen.k if k is None else k, shop, frozen.fixed)
    crowd = Crowd(parts, _NOBODY, workers.each)
    names = assign_each(workspace, placing, crowd, workers.load, on_progress)
    labels = frozen.run.names_at(placing.k)
    written = list(workers.each(partial(_write, parts, files.target, labels), names))
    facts = facts_of(parts, names)
    return {
        "run": frozen.run.run_id,
        "k": placing.k,
        "day": shop.as_of.date().isoformat() if shop.as_of else None,
        "customers": facts.customers,
        "unlike_anybody": facts.unlike_anybody,
        "segments": [
            {"segment": label + 1, "name": name, "size": facts.sizes.get(label, 0)}
            for label, name in enumerate(labels)
        ],
        "missing": [missing_sentence(one) for one in missing_among(frozen, facts.lacking, facts.customers)],
        "files": written,
    }


def _write(parts: ShopParts, target: Folder, labels: list[str], name: str) -> str:
    """Write the rows of a part as people read them: segments numbered from 1, and their names."""
    rows = parts.folder.read_table(name)
    segment = rows["segment"].cast(pa.int64())
    table = pa.table(
        {
            "customer_id": rows["customer_id"],
            "segment": pa.array(segment.to_numpy() + 1),
            "segment_name": pa.array(labels, pa.string()).take(segment),
            "distance": rows["distance"],
            "margin": rows["margin"],
            "unlike_anybody": rows["unlike_anybody"],
        }
    )
    written = f"assigned-{name.rpartition('/')[2]}"
    target.write_table(written, table)
    return written
