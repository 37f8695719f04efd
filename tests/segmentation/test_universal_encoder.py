"""The encoder of fifteen languages: its weights are the published ones, and unknown signs count."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from segmentation import universal_encoder
from segmentation.errors import ModelError
from segmentation.universal_encoder import universal_vectors, unknown_share


@pytest.fixture
def _fresh() -> Iterator[None]:
    universal_encoder._model.cache_clear()
    yield
    universal_encoder._model.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(universal_encoder.WEIGHTS, "sp.model", "0" * 64)
    with pytest.raises(ModelError, match="not the published ones"):
        universal_vectors(["dress"])


def test_a_text_gives_a_unit_row_and_no_text_gives_none() -> None:
    vectors = universal_vectors(["dress", "连衣裙"])
    assert vectors.dtype == np.float32 and vectors.shape == (2, 512)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert universal_vectors([]).shape == (0, 512)


def test_signs_that_it_has_no_piece_for_are_counted() -> None:
    assert unknown_share(["a good dress", "质量很好"]) == 0
    assert unknown_share(["ᚠᚢᚦ ᚨᚱᚲ", "ᛒᛖᛗ"]) > 0.4
    assert unknown_share([]) == 0
