"""Read-through cache of embeddings: only texts that the workspace does not hold yet are encoded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import numpy as np

from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.encoders.protocol import Encoder
from segmentation.text.encoders.vectors import add_vectors, read_vectors
from segmentation.workspace import Workspace


def embed_texts(
    workspace: Workspace,
    encoder: Encoder,
    texts: Sequence[str],
    hashes: np.ndarray,
    on_progress: Progress = silent,
    step: str = Stage.READING_TEXTS,
) -> np.ndarray:
    """Return float32 vectors (len(texts), dimensions), in the order of the texts.

    Each part is stored as soon as it is encoded, so that a cancelled or crashed job keeps what it has.

    :param hashes: uint64 hash of each text, distinct.
    :raises Cancelled: when a person cancels.
    :raises WorkspaceError: if the disk is full or may not be written to.
    """
    vectors = np.empty((len(texts), encoder.dimensions), dtype=np.float32)
    known = read_vectors(workspace, encoder, hashes, vectors)
    missing = np.flatnonzero(~known)
    done = len(texts) - len(missing)
    on_progress(step, done, len(texts))
    if not len(missing):
        return vectors
    with closing(encoder.stream([texts[int(row)] for row in missing])) as parts:
        for places, found in parts:
            rows = missing[places]
            vectors[rows] = found
            add_vectors(workspace, encoder, hashes[rows], found)
            done += len(rows)
            on_progress(step, done, len(texts))
    return vectors
