"""The vectors of texts that were read before, in files beside the workspace: some for each encoder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from segmentation.text.encoders.protocol import Encoder
from segmentation.text.encoders.vector_files import NOBODY, ROWS_AT_ONCE, VectorFiles
from segmentation.workspace import Workspace
from segmentation.workspace.faults import explained


def read_vectors(workspace: Workspace, encoder: Encoder, hashes: np.ndarray, into: np.ndarray) -> np.ndarray:
    """Fill the rows of `into` (m, dimensions) whose texts were read before; return which they are, bool (m,).

    What is torn, missing or altered in the files counts as not read.

    :param hashes: uint64 hash of each text.
    """
    with workspace.storing, explained(workspace.vectors):
        files = _files_of(workspace, encoder)
        places = _find(files.read_hashes(), hashes)
        found = np.flatnonzero(places >= 0)
        found = found[np.argsort(places[found])]  # a disk gives most when read from front to back
        known = np.zeros(len(hashes), dtype=bool)
        for start in range(0, len(found), ROWS_AT_ONCE):
            rows = found[start : start + ROWS_AT_ONCE]
            kept, whole = files.read(places[rows], hashes[rows])
            into[rows[whole]] = kept[whole]
            known[rows[whole]] = True
    return known


def add_vectors(workspace: Workspace, encoder: Encoder, hashes: np.ndarray, vectors: np.ndarray) -> None:
    """Keep the vectors (m, dimensions) of these texts, where the workspace keeps any; none that is no number.

    :raises WorkspaceError: if the disk is full or may not be written to.
    """
    if not workspace.keeps_vectors:
        return
    kept = (hashes != NOBODY) & np.isfinite(vectors).all(axis=1)
    with workspace.storing, explained(workspace.vectors):
        workspace.vectors.mkdir(mode=0o700, exist_ok=True)
        _files_of(workspace, encoder).add(hashes[kept], vectors[kept])


def forget_other_versions(workspace: Workspace, encoder: Encoder) -> None:
    """Delete what encoders of this name with another key have stored, for those that are fitted anew."""
    workspace.delete_vectors(f"{_digest(encoder.name)}-*", but=_stem(encoder))


def keep_texts(workspace: Workspace, hashes: np.ndarray) -> int:
    """Overwrite the vectors of all but these texts, by their hashes; return how many were overwritten.

    What is not as it was written goes as well: nobody can say whose it is.
    """
    found = 0
    with workspace.storing, explained(workspace.vectors):
        for files in _all_files(workspace):
            files.cut()
            stored = files.read_hashes()
            gone = _rows_beside(stored, hashes)
            if len(stored):
                # Those forgotten before are among the damaged: a crash may have come between two writings.
                files.blank([*gone, *files.damaged(stored)])
            found += len(gone)
    return found


def holds_others(workspace: Workspace, hashes: np.ndarray) -> bool:
    """Whether a vector of any text but these is kept."""
    with workspace.storing:
        return any(len(_rows_beside(files.read_hashes(), hashes)) for files in _all_files(workspace))


def _files_of(workspace: Workspace, encoder: Encoder) -> VectorFiles:
    return VectorFiles(workspace.vectors / f"{_stem(encoder)}.hashes", encoder.dimensions)


def _all_files(workspace: Workspace) -> Iterator[VectorFiles]:
    for path in sorted(workspace.vectors.glob("*.vectors")):
        if files := VectorFiles.at(path):
            yield files


def _stem(encoder: Encoder) -> str:
    return f"{_digest(encoder.name)}-{_digest(encoder.key)}-{encoder.dimensions}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _find(stored: np.ndarray, hashes: np.ndarray) -> np.ndarray:
    """Return the last row of each hash, which stands for damaged ones before it; -1 where there is none."""
    if not len(stored):
        return np.full(len(hashes), -1)
    order = np.argsort(stored, kind="stable")
    ordered = stored[order]
    at = np.maximum(np.searchsorted(ordered, hashes, side="right") - 1, 0)
    return np.where((ordered[at] == hashes) & (hashes != NOBODY), order[at], -1)


def _rows_beside(stored: np.ndarray, hashes: np.ndarray) -> np.ndarray:
    """Return every row that has none of these hashes."""
    return np.flatnonzero(~np.isin(stored, hashes) & (stored != NOBODY))
