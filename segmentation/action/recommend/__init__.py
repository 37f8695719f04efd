"""What to offer to each customer and segment next, and whether that beats simpler ways."""

from segmentation.action.recommend.check import Check
from segmentation.action.recommend.found import Recommended
from segmentation.action.recommend.per_segment import SegmentOffers
from segmentation.action.recommend.store import (
    find_customers,
    load_recommended,
    offers_csv,
    recommendations_csv,
    recommendations_of,
)
from segmentation.action.recommend.tiles import TileKind, TileProduct, Tiles
from segmentation.action.recommend.words import (
    TILES,
    check_sentences,
    check_table,
    period_line,
    taken_line,
    taste_sentence,
    tile_clause,
    worded_offers,
)

__all__ = [
    "TILES",
    "Check",
    "Recommended",
    "SegmentOffers",
    "TileKind",
    "TileProduct",
    "Tiles",
    "check_sentences",
    "check_table",
    "find_customers",
    "load_recommended",
    "offers_csv",
    "period_line",
    "recommendations_csv",
    "recommendations_of",
    "taken_line",
    "taste_sentence",
    "tile_clause",
    "worded_offers",
]
