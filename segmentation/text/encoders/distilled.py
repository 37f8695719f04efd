"""The quick draft: a table of vectors per word part, distilled from the chosen model on this machine."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from segmentation.algorithms.neighbours import unit_rows
from segmentation.errors import ModelError
from segmentation.home import home
from segmentation.text.encoders.batches import Parts, plain_batches, plain_pieces
from segmentation.text.encoders.engine import Engine, Taken
from segmentation.text.encoders.transformer import ModelEncoder

if TYPE_CHECKING:
    from model2vec import StaticModel

_TEXTS_AT_ONCE = 8_192


class DraftEncoder:
    """Averages what a model makes of each word part alone (Tulkens and van Dongen, Model2Vec, 2024).

    A text without a known word part is zero.
    """

    draft = True
    engine: Engine | None = Engine(Taken.DRAFT)
    precision = "float32"

    def __init__(self, full: ModelEncoder, table: StaticModel) -> None:
        self.name, self.languages, self.unknown_share = full.name, full.languages, full.unknown_share
        self.key = draft_key(full)
        self.dimensions = int(table.dim)
        self._table = table

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), dimensions)."""
        if not len(texts):
            return np.empty((0, self.dimensions), dtype=np.float32)
        return unit_rows(self._table.encode(list(texts), use_multiprocessing=False).astype(np.float32))

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield the same in parts, as `Encoder.stream`."""
        return plain_batches(self.encode, texts, _TEXTS_AT_ONCE)

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the places of texts that are read together, as `Encoder.pieces`."""
        return plain_pieces(texts, _TEXTS_AT_ONCE)


def draft_of(full: ModelEncoder) -> DraftEncoder:
    """Return the draft of a model, distilled once per machine: some twenty seconds, 15 MB.

    :raises ModelError: if the model is no plain transformer.
    """
    from model2vec import StaticModel

    folder = home() / "drafts" / hashlib.sha256(draft_key(full).encode()).hexdigest()[:16]
    if not folder.exists():
        _distil(full, folder)
    return DraftEncoder(full, StaticModel.from_pretrained(folder, force_download=False))


def draft_key(full: ModelEncoder) -> str:
    """Name the vectors of a model's draft."""
    return full.key.removesuffix("|full") + "|draft"


def _distil(full: ModelEncoder, folder: Path) -> None:
    from model2vec.distill import distill_from_model, inference
    from tqdm import tqdm

    inference.tqdm = partial(tqdm, disable=True)  # it would draw a bar of its own on the terminal
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        model, tokenizer = full.parts()
        distill_from_model(model, tokenizer, device=str(full.device)).save_pretrained(fresh)
        fresh.rename(folder)
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"no quick draft can be made of “{full.name}” ({why}).", "Read the texts in full instead."
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
