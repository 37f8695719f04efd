"""How much a column counts when customers are compared, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What a column's vote rests on."""

    LEADS = "leads"
    LASTS = "lasts"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True)
class Vote:
    """How loud a column is beside one that counts in full (0..1), as a factor of its standard deviation.

    `reliability` (0..1) is how much of it is the customer's own and lasts, measured on so many `customers`;
    None and how many could be measured where that is too few. `beyond` (0..1) is the share of its standard
    deviation that the leading columns do not say already.
    """

    loudness: float
    why: Basis
    reliability: float | None = None
    customers: int = 0
    beyond: float = 1.0
