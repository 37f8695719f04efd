from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.errors import ModelError
from segmentation.text.encoders.distilled import DraftEncoder, draft_of
from segmentation.text.encoders.load import load_encoder, load_model
from segmentation.text.encoders.protocol import TextOptions


class Table:
    """Stands for a distilled table of word parts."""

    dim = 2

    def encode(self, texts: list[str], use_multiprocessing: bool) -> np.ndarray:
        """Answer with numbers as short as the real ones."""
        return np.array([[3, 4] if text else [0, 0] for text in texts], dtype=np.float16)


def test_a_draft_gives_unit_rows_and_zero_for_what_it_cannot_read() -> None:
    draft = DraftEncoder(load_model("all-MiniLM-L6-v2", "cpu"), Table())  # type: ignore[arg-type]
    vectors = draft.encode(["a word", ""])
    np.testing.assert_allclose(vectors, [[0.6, 0.8], [0, 0]], atol=1e-6)
    assert vectors.dtype == np.float32 and draft.encode([]).shape == (0, 2)
    rows = np.concatenate([places for places, _ in draft.stream(["one", "three", ""])])
    assert sorted(rows) == [0, 1, 2]


def test_a_model_without_word_parts_gives_an_error_in_words(fake_encoder: Any) -> None:
    def parts() -> None:
        raise ValueError("it is no plain transformer")

    fake_encoder.parts, fake_encoder.device = parts, "cpu"
    with pytest.raises(ModelError, match="it is no plain transformer"):
        draft_of(fake_encoder)


@pytest.mark.slow
def test_the_draft_of_the_real_model_reads_meaning_under_a_key_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSERA_HOME", str(tmp_path))
    options = TextOptions(device="cpu", precision="float32", draft=True)
    draft = load_encoder(options)
    assert draft.draft and draft.key == "all-MiniLM-L6-v2@53aa51172d142c89|mean|256|fp32|draft"
    vectors = draft.encode(["return a dress", "refund for a dress", "the train leaves at noon"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    np.testing.assert_array_equal(load_encoder(options).encode(["return a dress"]), vectors[:1])
