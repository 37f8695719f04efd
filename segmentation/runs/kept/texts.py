"""What reading a run's texts has learned, kept beside the run: numbers as they are, packed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
from cattrs.preconf.json import make_converter

from segmentation.text.learned import PartLearned, SourceLearned, TextsLearned
from segmentation.workspace import Workspace

_FACTS = "facts"


def keep_texts_learned(cursor: duckdb.DuckDBPyConnection, run_id: str, learned: TextsLearned) -> None:
    """Keep with a run what was learned of its texts."""
    cursor.execute("INSERT INTO texts_learned VALUES (?, ?)", [run_id, pack(learned)])


def load_texts_learned(workspace: Workspace, run_id: str) -> TextsLearned | None:
    """Read what was learned of a run's texts; None where there were none, or nothing was kept."""
    with workspace.cursor() as cursor:
        found = cursor.execute("SELECT content FROM texts_learned WHERE run_id = ?", [run_id]).fetchall()
    return unpack(found[0][0]) if found else None


def forget_texts_learned(cursor: duckdb.DuckDBPyConnection, of_others: np.ndarray) -> int:
    """Drop the vectors of all but these texts (their hashes, uint64) from every run; return how many."""
    dropped = 0
    for run_id, content in cursor.execute("SELECT run_id, content FROM texts_learned").fetchall():
        learned = unpack(content)
        left = replace(learned, parts=tuple(_without(part, of_others) for part in learned.parts))
        gone = _references(learned) - _references(left)
        if gone:
            cursor.execute("UPDATE texts_learned SET content = ? WHERE run_id = ?", [pack(left), run_id])
        dropped += gone
    return dropped


def pack(learned: TextsLearned) -> bytes:
    """Return arrays and facts in one piece of bytes, as numpy keeps them."""
    arrays: list[np.ndarray] = []

    def aside(array: np.ndarray) -> int:
        arrays.append(array)
        return len(arrays) - 1

    converter = make_converter()
    converter.register_unstructure_hook(np.ndarray, aside)
    named: dict[str, Any] = {_FACTS: np.array(json.dumps(converter.unstructure(learned)))}
    packed = io.BytesIO()
    named |= {f"a{place}": one for place, one in enumerate(arrays)}
    np.savez(packed, allow_pickle=False, **named)
    return packed.getvalue()


def unpack(content: bytes) -> TextsLearned:
    """Return what `pack` has packed."""
    with np.load(io.BytesIO(content), allow_pickle=False) as packed:
        converter = make_converter()
        converter.register_structure_hook(np.ndarray, _taken_from(packed))
        return converter.structure(json.loads(str(packed[_FACTS])), TextsLearned)


def _taken_from(packed: np.lib.npyio.NpzFile) -> Callable[[int, type], np.ndarray]:
    return lambda place, _: packed[f"a{place}"]


def _without(part: PartLearned, of_others: np.ndarray) -> PartLearned:
    return replace(part, sources=tuple(_source_without(source, of_others) for source in part.sources))


def _source_without(source: SourceLearned, of_others: np.ndarray) -> SourceLearned:
    if source.smoothing is None:
        return source
    stays = np.isin(source.smoothing.hashes, of_others)
    smoothing = source.smoothing
    left = replace(smoothing, reference=smoothing.reference[stays], hashes=smoothing.hashes[stays])
    return replace(source, smoothing=left)


def _references(learned: TextsLearned) -> int:
    smoothings = [source.smoothing for part in learned.parts for source in part.sources]
    return sum(len(one.hashes) for one in smoothings if one is not None)
