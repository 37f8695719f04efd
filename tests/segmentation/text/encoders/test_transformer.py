"""Batches on a device whose memory ends, and tokens by the tokeniser's core."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from segmentation.errors import DeviceError
from segmentation.text.encoders.load import load_model
from segmentation.text.encoders.transformer import ModelEncoder

TEXTS = ["x" * length for length in range(1, 200, 3)]


class Transformer:
    """The first module of a plain model."""

    pooling_mode = "mean"


class LettersAsTokens:
    """A tokeniser without a core: each letter is a token."""

    padding_side, pad_token_id, unk_token_id, model_max_length = "right", 0, None, 256

    def __call__(self, texts: list[str], truncation: bool, max_length: int) -> dict[str, list[list[int]]]:
        """Return the letters' numbers."""
        return {"input_ids": [[ord(letter) for letter in text][:max_length] for text in texts]}


class SmallMemory:
    """A model that holds so many tokens at once; a vector tells how many a text has."""

    device, default_prompt_name, max_seq_length = torch.device("cpu"), None, 256
    tokenizer = LettersAsTokens()

    def __init__(self, holds: int, error: RuntimeError | None = None) -> None:
        self.holds, self.read = holds, []
        self.error = error or torch.OutOfMemoryError("CUDA out of memory.")

    def __getitem__(self, place: int) -> Transformer:
        return [Transformer()][place]

    def get_embedding_dimension(self) -> int:
        """Return the length of its vectors."""
        return 2

    def __call__(self, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Read a batch, or say that there is no memory for it."""
        tokens = features["input_ids"].numel()
        if tokens > self.holds:
            raise self.error
        self.read.append(tokens)
        lengths = features["attention_mask"].sum(dim=1).float()
        return {"sentence_embedding": torch.stack([lengths, torch.full_like(lengths, 50.0)], dim=1)}


def encoder(model: SmallMemory) -> ModelEncoder:
    return ModelEncoder("small", model, "0" * 16, None)  # type: ignore[arg-type]


def test_where_memory_ends_smaller_batches_give_the_same_vectors_and_it_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = encoder(SmallMemory(10_000)).encode(TEXTS)
    assert not caplog.records
    model = SmallMemory(210)
    np.testing.assert_array_equal(encoder(model).encode(TEXTS), whole)
    assert 150 < max(model.read) <= 210
    assert "out of memory: reading on" in caplog.text


def test_the_next_texts_are_read_in_whole_batches_again() -> None:
    model = SmallMemory(210)
    reading = encoder(model)
    reading.encode(TEXTS)
    model.holds, model.read = 10_000, []
    reading.encode(TEXTS)
    assert max(model.read) > 300


def test_a_text_that_no_memory_holds_is_an_error_in_words() -> None:
    with pytest.raises(DeviceError, match=r"too little free memory for one text of 1\d\d tokens") as caught:
        encoder(SmallMemory(99)).encode(TEXTS)
    assert "cpu" in caught.value.remedy


@pytest.mark.parametrize(
    "said", ["MPS backend out of memory (MPS allocated: 9 GB)", "CUBLAS_STATUS_ALLOC_FAILED"]
)
def test_what_other_libraries_call_it_counts_too(said: str) -> None:
    assert encoder(SmallMemory(300, RuntimeError(said))).encode(TEXTS).shape == (67, 2)


def test_any_other_fault_is_told_as_it_is() -> None:
    with pytest.raises(RuntimeError, match="illegal memory access"):
        encoder(SmallMemory(99, RuntimeError("an illegal memory access was encountered"))).encode(TEXTS)


def test_the_core_of_a_tokeniser_gives_the_same_tokens() -> None:
    model = load_model("all-MiniLM-L6-v2", "cpu")
    texts = ["", "A red dress, size M.", "word " * 400, "房间很大 🎁"]
    for longest in (256, 8):
        asked = model._model.tokenizer(texts, truncation=True, max_length=longest)["input_ids"]
        assert model._tokenize(longest, texts) == asked
        assert max(map(len, asked)) == longest
    without_core = SimpleNamespace(_model=SmallMemory(1))
    assert ModelEncoder._tokenize(without_core, 2, ["abc"]) == [[97, 98]]  # type: ignore[arg-type]
