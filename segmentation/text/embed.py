"""Read-through cache of embeddings: only texts that the workspace does not hold yet are encoded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pyarrow as pa

from segmentation.jobs import Progress, silent
from segmentation.text.encoder import Encoder
from segmentation.workspace import Workspace

_ROWS_PER_READ = 16_384


def embed_texts(
    workspace: Workspace,
    encoder: Encoder,
    texts: Sequence[str],
    hashes: np.ndarray,
    on_progress: Progress = silent,
    step: str = "Reading texts",
) -> np.ndarray:
    """Return float32 vectors (len(texts), dimensions), in the order of the texts.

    Each part is stored as soon as it is encoded, so that a cancelled or crashed job keeps what it has.

    :param hashes: uint64 hash of each text, distinct.
    :raises Cancelled: when a person cancels.
    """
    vectors = np.empty((len(texts), encoder.dimensions), dtype=np.float32)
    known = _read_known(workspace, encoder, hashes, vectors)
    missing = np.flatnonzero(~known)
    done = len(texts) - len(missing)
    on_progress(step, done, len(texts))
    if not len(missing):
        return vectors
    with closing(encoder.stream([texts[int(row)] for row in missing])) as parts:
        for places, found in parts:
            rows = missing[places]
            vectors[rows] = found
            _store(workspace, encoder, hashes[rows], found)
            done += len(rows)
            on_progress(step, done, len(texts))
    return vectors


def forget_other_versions(workspace: Workspace, encoder: Encoder) -> None:
    """Delete what encoders of this name with another key have stored, for those that are fitted anew."""
    with workspace.cursor() as cursor:
        cursor.execute(
            "DELETE FROM embeddings WHERE starts_with(encoder_key, $name || '@') AND encoder_key <> $key",
            {"name": encoder.name, "key": encoder.key},
        )


def _read_known(
    workspace: Workspace, encoder: Encoder, hashes: np.ndarray, vectors: np.ndarray
) -> np.ndarray:
    """Fill the rows that are stored and return which they are (bool per row)."""
    known = np.zeros(len(hashes), dtype=bool)
    wanted = pa.table({"position": np.arange(len(hashes)), "text_hash": hashes.astype(np.uint64)})
    with workspace.cursor() as cursor:
        cursor.register("wanted", wanted)
        found = cursor.sql(
            "SELECT position, vector FROM embeddings JOIN wanted USING (text_hash) WHERE encoder_key = $key",
            params={"key": encoder.key},
        )
        for batch in found.to_arrow_reader(_ROWS_PER_READ):
            rows = batch.column("position").to_numpy()
            vectors[rows] = batch.column("vector").flatten().to_numpy().reshape(-1, encoder.dimensions)
            known[rows] = True
    return known


def _store(workspace: Workspace, encoder: Encoder, hashes: np.ndarray, vectors: np.ndarray) -> None:
    flat = pa.FixedSizeListArray.from_arrays(pa.array(vectors.reshape(-1)), encoder.dimensions)
    batch = pa.table({"text_hash": hashes.astype(np.uint64), "vector": flat})
    with workspace.transaction() as cursor:
        cursor.register("batch", batch)
        cursor.execute(
            "INSERT INTO embeddings SELECT $key, text_hash, vector FROM batch", {"key": encoder.key}
        )
