"""What a job of recommending found."""

from __future__ import annotations

from dataclasses import dataclass, field

from segmentation.action.recommend.check import Check
from segmentation.action.recommend.model import Settings
from segmentation.action.recommend.per_segment import SegmentOffers
from segmentation.action.recommend.tiles import Tiles


@dataclass(frozen=True)
class Recommended:
    """What a job of recommending found, beside the customers' own rows.

    `offers` by k, in label order, and likewise `tiles` (empty where an earlier version chose); `check` is how
    well the recommendations foretell, None where `unchecked` says why not; `cold` customers bought nothing
    that counts; `seconds` it took.
    """

    k: int
    per_customer: int
    customers: int
    cold: int
    products: int
    has_texts: bool
    settings: Settings
    check: Check | None
    unchecked: str
    offers: dict[int, tuple[SegmentOffers, ...]]
    seconds: float = 0.0
    tiles: dict[int, tuple[Tiles, ...]] = field(default_factory=dict)
