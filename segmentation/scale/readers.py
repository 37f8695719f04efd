"""Ray Data: texts read by actors that hold a model each, on GPUs where the cluster has any."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from segmentation.errors import EngineError
from segmentation.scale.storage import Folder
from segmentation.scale.tasks import Cluster
from segmentation.text.encoders.batches import Parts
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Encoder, Loader, TextOptions

FEWEST = 20_000
"""Fewer texts are read here: until actors have loaded their models, they are read."""

PIECES_AT_ONCE = 8
PIECES_PER_FILE = 64
_OF_FILES = 0.1
"""The share of a core that reading files takes: with a single core an actor would wait for it forever."""


@dataclass(frozen=True)
class Actors:
    """Where texts are read: the cluster, a folder that all of it reaches, and from how many texts on."""

    cluster: Cluster
    folder: Folder
    fewest: int = FEWEST


class Readers:
    """An encoder whose texts are read by the actors of a cluster, in the pieces in which they are read here.

    :param here: the encoder on this machine; the actors' own must have its key.
    """

    def __init__(self, here: Encoder, options: TextOptions, load: Loader, actors: Actors) -> None:
        self.key, self.name, self.engine = here.key, here.name, here.engine
        self.precision, self.draft = here.precision, here.draft
        self.dimensions, self.languages = here.dimensions, here.languages
        self.encode, self.pieces, self.unknown_share = here.encode, here.pieces, here.unknown_share
        self._options = options if here.draft else replace(options, precision=here.precision)
        self._here, self._load, self._actors = here, load, actors

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield places of texts and their vectors, as `Encoder.stream`."""
        if len(texts) < self._actors.fewest:
            yield from self._here.stream(texts)
            return
        folder = self._actors.folder.folder(f"texts/{uuid.uuid4().hex[:8]}")
        try:
            for number, table in enumerate(_tables(texts, self.pieces(texts))):
                folder.write_table(f"{number:05d}.parquet", table)
            for batch in self._read(folder).iter_batches(batch_size=None, batch_format="pyarrow"):
                yield batch["place"].to_numpy(), _vectors(batch["vector"], self.dimensions)
        finally:
            folder.delete()

    def _read(self, folder: Folder) -> Any:  # noqa: ANN401 - a dataset
        from ray import data

        filesystem, path = folder.opened()
        cluster = self._actors.cluster
        return data.read_parquet(
            path, filesystem=filesystem, ray_remote_args={"num_cpus": _OF_FILES}
        ).map_batches(
            Reader,
            fn_constructor_args=(self._load, self._options, self.key),
            batch_size=PIECES_AT_ONCE,
            batch_format="pyarrow",
            compute=data.ActorPoolStrategy(size=cluster.gpus or max(1, cluster.cores - 1)),
            num_cpus=1 - _OF_FILES,
            num_gpus=1 if cluster.gpus else 0,
        )


class Reader:
    """An actor: reads the pieces it is given by the model that it has loaded once."""

    def __init__(self, load: Loader, options: TextOptions, key: str) -> None:
        self._encoder = load(options)
        if self._encoder.key != key:
            raise EngineError(
                f"a worker reads by “{self._encoder.key}” where “{key}” is wanted.",
                "Bring the same model and requirements to all machines.",
            )

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Return place and vector of every text of these pieces."""
        vectors = [self._encoder.encode(texts) for texts in batch["text"].to_pylist()]
        flat = pa.array(np.concatenate(vectors).ravel(), pa.float32())
        rows = pa.FixedSizeListArray.from_arrays(flat, self._encoder.dimensions)
        return pa.table({"place": batch["place"].combine_chunks().flatten(), "vector": rows})


def read_by(actors: Actors, load: Loader = load_encoder) -> Loader:
    """Return a loader whose encoders read by actors."""

    def loaded(options: TextOptions, /) -> Encoder:
        return Readers(load(options), options, load, actors)

    return loaded


def _tables(texts: Sequence[str], pieces: Sequence[np.ndarray]) -> Iterator[pa.Table]:
    for start in range(0, len(pieces), PIECES_PER_FILE):
        some = pieces[start : start + PIECES_PER_FILE]
        yield pa.table(
            {
                "place": pa.array([rows.tolist() for rows in some], pa.list_(pa.int64())),
                "text": pa.array([[texts[row] for row in rows] for rows in some], pa.list_(pa.string())),
            }
        )


def _vectors(column: Any, dimensions: int) -> np.ndarray:  # noqa: ANN401 - Arrow's own
    flat = column.combine_chunks().flatten() if isinstance(column, pa.ChunkedArray) else column.flatten()
    return np.asarray(flat.to_numpy(), dtype=np.float32).reshape(-1, dimensions)
