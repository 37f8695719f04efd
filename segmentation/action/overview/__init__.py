"""A shop at a glance: how it stands, what changed, its months by segment, and three things to do."""

from segmentation.action.overview.kept_overview import (
    MOST_DRAWN,
    OrdersOverview,
    SegmentsOverview,
    ShopOverview,
    keep_overview,
    load_overview,
    load_segments_overview,
)
from segmentation.action.overview.segment_months import Months, Retention, SegmentMonths, retention
from segmentation.action.overview.shop_figures import ShopFigures
from segmentation.action.overview.this_week import (
    Deed,
    Stake,
    ToDo,
    risk_of_shop,
    whom_to_thank_and_offer,
    whom_to_win_back,
)

__all__ = [
    "MOST_DRAWN",
    "Deed",
    "Months",
    "OrdersOverview",
    "Retention",
    "SegmentMonths",
    "SegmentsOverview",
    "ShopFigures",
    "ShopOverview",
    "Stake",
    "ToDo",
    "keep_overview",
    "load_overview",
    "load_segments_overview",
    "retention",
    "risk_of_shop",
    "whom_to_thank_and_offer",
    "whom_to_win_back",
]
