"""How a model computes: by which choice, and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Taken(StrEnum):
    """Why a model computes as it does: a person chose it, it was measured, or it is a quick draft."""

    AS_CHOSEN = "as_chosen"
    MEASURED = "measured"
    DRAFT = "draft"


@dataclass(frozen=True)
class Engine:
    """How a model computes; where it was measured, beside float32 on so many texts.

    It was `speedup` times as fast, and `cosine` is the least one to float32 over the texts.
    """

    taken: Taken
    speedup: float = 1.0
    cosine: float = 1.0
    texts: int = 0
