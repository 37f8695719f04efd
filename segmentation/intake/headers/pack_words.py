"""Whether a header speaks of packs and their size, in any language: the nearest of English phrases."""

from __future__ import annotations

from functools import cache

import numpy as np

from segmentation.intake.headers.read_header import in_words
from segmentation.universal_encoder import universal_vectors

NEAR, SURE = 0.5, 0.6
_PACK = (
    "pack size", "units per pack", "pieces per carton", "case pack", "pieces in a package", "packaging unit",
    "bottles per case",
)  # fmt: skip
_PACKS = ("number of packs", "cases", "cartons", "boxes", "crates", "packages")
_PIECES = ("number of pieces", "pieces", "single units", "bottles", "quantity")
_OTHERS = (
    "weight in grams", "width", "length", "height", "size", "volume in millilitres", "tax rate", "year",
    "age", "category number", "supplier number", "shelf", "position", "line number", "stock", "minimum stock",
    "minimum order quantity", "rating", "points", "level", "class", "season", "page", "colour",
    "warranty months", "delivery days", "discount group", "pieces sold", "quantity ordered",
)  # fmt: skip


def speaks_of_pack(header: str) -> bool | None:
    """Return whether a header speaks of the size of a pack; None where it is near neither to that nor else.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    pack, others = _nearness(header, _PACK, _OTHERS)
    if pack >= NEAR and pack > others:
        return True
    return False if others >= SURE else None


def counts_packs(header: str) -> bool:
    """Whether a header speaks of packs rather than of pieces.

    :raises ModelError: if the model's weights are not the ones that were published.
    """
    packs, pieces = _nearness(header, _PACKS, _PIECES)
    return packs >= NEAR and packs > pieces


def _nearness(header: str, *phrases: tuple[str, ...]) -> tuple[float, ...]:
    (vector,) = universal_vectors([in_words(header)])
    return tuple(float((_vectors(some) @ vector).max()) for some in phrases)


@cache
def _vectors(phrases: tuple[str, ...]) -> np.ndarray:
    return universal_vectors(list(phrases))
