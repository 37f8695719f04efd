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
from segmentation.action.recommend.words import (
    check_sentences,
    check_table,
    period_line,
    taste_sentence,
    worded_offers,
)

__all__ = [
    "Check",
    "Recommended",
    "SegmentOffers",
    "check_sentences",
    "check_table",
    "find_customers",
    "load_recommended",
    "offers_csv",
    "period_line",
    "recommendations_csv",
    "recommendations_of",
    "taste_sentence",
    "worded_offers",
]
