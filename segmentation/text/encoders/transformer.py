"""A sentence-transformers model as an encoder: token-budget batches, on all cores, in one precision."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import deepcopy
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from segmentation.algorithms.kmeans import Mapper, one_by_one
from segmentation.device import Device, free_cached_memory, is_out_of_memory
from segmentation.errors import DeviceError
from segmentation.text.encoders.batches import Parts, Sizes, parcels, pieces, plain_batches, plain_pieces
from segmentation.text.encoders.engine import Engine

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

log = logging.getLogger(__name__)

_SHORT = {"float32": "fp32", "bfloat16": "bf16", "float16": "fp16"}
# What fits a core's cache reads fastest; a GPU wants much at once.
_ON_CPU = Sizes(batch=512, parcel=8_192)
_ON_GPU = Sizes(batch=32_768, parcel=262_144)


class Precision(StrEnum):
    """The numbers that a model computes in; auto takes the fastest that reads alike on this machine."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    FLOAT16 = "float16"


class ModelEncoder:
    """A sentence-transformers model in one precision."""

    draft = False

    def __init__(
        self,
        name: str,
        model: SentenceTransformer,
        weights: str,
        languages: frozenset[str] | None,
        precision: Precision = Precision.FLOAT32,
        engine: Engine | None = None,
    ) -> None:
        self.name = name
        self.languages = languages
        self.engine = engine
        self.precision: str = precision
        self.device = Device(model.device.type)
        self.dimensions = int(model.get_embedding_dimension() or 0)
        self.model_key = f"{name}@{weights[:16]}|{_pooling(model)}|{model.max_seq_length}"
        self.key = f"{self.model_key}|{_SHORT[precision]}|full"
        self._model = model
        self._weights = weights
        self._copies = {precision: model}
        self._at_once = self._sizes.batch

    def at(self, precision: Precision, engine: Engine | None = None) -> ModelEncoder:
        """Return this encoder computing in another precision, and why."""
        import torch

        if precision not in self._copies:
            self._copies[precision] = deepcopy(self._model).to(getattr(torch, precision))
        model = self._copies[precision]
        return ModelEncoder(self.name, model, self._weights, self.languages, precision, engine)

    def parts(self) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
        """Return a copy of the plain transformer, which may be changed, and its tokenizer.

        :raises ValueError: if the model is none.
        """
        if not self._takes_tokens:
            raise ValueError("it is no plain transformer")
        return deepcopy(self._model[0].auto_model), self._model.tokenizer

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 unit rows of shape (len(texts), dimensions)."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for rows, found in self.stream(texts):
            vectors[rows] = found
        return vectors

    def stream(self, texts: Sequence[str]) -> Parts:
        """Yield places of texts and their vectors, as `Encoder.stream`."""
        if not self._takes_tokens:
            yield from plain_batches(self._encode_whole, texts)
            return
        self._at_once = self._sizes.batch
        with self._readers() as mapped:
            tokenize = partial(self._tokenize, self._longest)
            for parcel in parcels(texts, tokenize, self._longest, self._sizes):
                tokens = [[parcel.tokens[place] for place in batch] for batch in parcel.batches]
                read = list(mapped(self._read_what_fits, tokens))  # a GPU computes while more is asked of it
                found = np.concatenate([one.cpu().numpy() for one in read])
                yield parcel.rows[np.concatenate(parcel.batches)], found

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return the places of texts that are read together, as `Encoder.pieces`."""
        return pieces(texts, self._longest, self._sizes) if self._takes_tokens else plain_pieces(texts)

    @property
    def _sizes(self) -> Sizes:
        return _ON_CPU if self.device == Device.CPU else _ON_GPU

    @property
    def _longest(self) -> int:
        return int(self._model.max_seq_length or self._model.tokenizer.model_max_length)

    def _tokenize(self, longest: int, texts: list[str]) -> list[list[int]]:
        """Return the tokens of each text, by the tokeniser's core where it has one: the rest takes longer."""
        tokenizer = self._model.tokenizer
        core = getattr(tokenizer, "backend_tokenizer", None)
        if core is None or not hasattr(core, "encode_batch_fast"):
            return tokenizer(texts, truncation=True, max_length=longest)["input_ids"]
        tokenizer(texts[:1], truncation=True, max_length=longest)  # the core now cuts off there
        return [one.ids for one in core.encode_batch_fast(texts)]

    def _read_what_fits(self, tokens: list[list[int]]) -> Tensor:
        """Read texts of like length, in smaller batches from the moment on that memory ends.

        :raises DeviceError: if the device's free memory does not hold a single text.
        """
        import torch

        longest = max(map(len, tokens))
        if len(tokens) == 1 or len(tokens) * longest <= self._at_once:
            try:
                return self._read(tokens)
            except RuntimeError as error:
                if not is_out_of_memory(error):
                    raise
                if len(tokens) == 1:
                    raise DeviceError(
                        f"“{self.device}” has too little free memory for one text of {longest:,} tokens.",
                        "End other programs that use it, or read on “cpu”.",
                    ) from error
                self._at_once = (len(tokens) + 1) // 2 * longest
            free_cached_memory(self.device)
            log.warning("%s is out of memory: reading on, %d tokens at once", self.device, self._at_once)
        half = (len(tokens) + 1) // 2
        return torch.cat([self._read_what_fits(tokens[:half]), self._read_what_fits(tokens[half:])])

    def _read(self, tokens: list[list[int]]) -> Tensor:
        """Read texts of like length; float32 unit rows, on the device."""
        import torch

        tokenizer = self._model.tokenizer
        lengths = np.array([len(one) for one in tokens])
        real = np.arange(lengths.max()) < lengths[:, None]
        if tokenizer.padding_side == "left":
            real = real[:, ::-1]
        padded = np.full(real.shape, tokenizer.pad_token_id, dtype=np.int64)
        padded[real] = np.fromiter(chain.from_iterable(tokens), np.int64, lengths.sum())
        with torch.inference_mode():
            features = {"input_ids": self._put(padded), "attention_mask": self._put(real.astype(np.int64))}
            vectors = self._model(features)["sentence_embedding"].float()
            return torch.nn.functional.normalize(vectors, dim=1)

    def _put(self, values: np.ndarray) -> Tensor:
        """Bring numbers to the device; from pinned memory CUDA takes them while it computes."""
        import torch

        here = torch.from_numpy(values)
        if self.device == Device.CUDA:
            return here.pin_memory().to(self._model.device, non_blocking=True)
        return here.to(self._model.device)

    @contextmanager
    def _readers(self) -> Iterator[Mapper]:
        """Give a `map`: on a CPU one batch per core, each read by one thread, which never wait for others."""
        import torch

        if self.device != Device.CPU:
            yield one_by_one
            return
        threads = torch.get_num_threads()
        pool = ThreadPoolExecutor(threads, "read", initializer=partial(torch.set_num_threads, 1))
        try:
            yield pool.map
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            torch.set_num_threads(threads)

    @property
    def _takes_tokens(self) -> bool:
        """Whether the model is a plain transformer: no prompt, no lower case or modules of its own before."""
        first = self._model[0]
        return (
            type(first).__name__ == "Transformer"
            and not getattr(first, "do_lower_case", False)
            and not self._model.default_prompt_name
            and self._model.tokenizer.pad_token_id is not None
        )

    def _encode_whole(self, texts: Sequence[str]) -> np.ndarray:
        vectors = self._model.encode(list(texts), show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)

    def unknown_share(self, texts: Sequence[str]) -> float:
        """Return the share of tokens (0..1) that are the model's sign for “unknown”."""
        tokenizer = self._model.tokenizer
        if not texts or tokenizer.unk_token_id is None:
            return 0.0
        rows = tokenizer(list(texts), add_special_tokens=False, truncation=True)["input_ids"]
        tokens = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
        return float(np.mean(tokens == tokenizer.unk_token_id)) if len(tokens) else 0.0


def _pooling(model: SentenceTransformer) -> str:
    modes = [str(getattr(module, "pooling_mode", "")) for module in model]
    return next((mode for mode in modes if mode), "own")
