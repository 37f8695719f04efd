"""The words of features: what each is called and means, why one is left out, and the names of RFM tiers."""

from __future__ import annotations

from segmentation import formats
from segmentation.features.table import Lack, LeftOut
from segmentation.features.tier import Tier

STEADIED = (
    "known from two on; when customers are compared, drawn toward the shop’s average where there are few"
)

LABELS: dict[str, tuple[str, str]] = {
    "recency": ("Days since last order", "Days from the last order to the analysis date."),
    "frequency": ("Orders", "Number of different orders, not counting returns."),
    "monetary": ("Net spend", "Everything paid, less what was returned."),
    "average_order_value": ("Average order value", "Amount per order before returns."),
    "active_span": ("Active span", "Days from the first order to the last one."),
    "days_between_orders": (
        "Days between orders",
        "Average days between two order days; does not exist for one-time buyers.",
    ),
    "items_per_order": ("Items per order", "Average number of items in an order."),
    "products": ("Products tried", "Number of different products bought."),
    "categories": ("Categories tried", "Number of different categories bought from."),
    "return_share": ("Return share", f"Share of order lines sent back; {STEADIED}."),
    "discount_share": ("Bought at a discount", f"Share of order lines with money off; {STEADIED}."),
    "weekend_share": ("Weekend orders", f"Share of orders placed on Saturday or Sunday; {STEADIED}."),
    "morning_share": ("Morning orders", f"Share of orders placed from 5:00 to noon; {STEADIED}."),
    "evening_share": ("Evening orders", f"Share of orders placed from 18:00 to 5:00; {STEADIED}."),
    "days_since_visit": ("Days since last visit", "Days from the last visit to the analysis date."),
    "sessions": ("Visits", "Number of sessions, or of days with a visit where sessions are unknown."),
    "views": ("Product views", "Number of times a product was looked at."),
    "carts": ("Put in cart", "Number of times something was put in the cart."),
    "view_to_cart": ("View to cart", f"Share of views that led to a cart; {STEADIED}."),
    "cart_to_buy": ("Cart to purchase", f"Share of carts that were bought; {STEADIED}."),
    "buys": ("Purchases", "Number of purchase events."),
    "products_viewed": ("Products looked at", "Number of different products in the events."),
    "visit_span": ("Days from first to last visit", "Days from the first visit to the last one."),
    "reviews": ("Reviews", "Number of reviews written."),
    "rating": ("Average rating", "Average of the ratings given."),
    "days_since_review": ("Days since last review", "Days from the last review to the analysis date."),
    "review_span": ("Days from first to last review", "Days from the first review to the last one."),
    "products_reviewed": ("Products reviewed", "Number of different products reviewed."),
}
"""The label and the plain definition of each feature that is made of what customers do."""

OUTCOMES: dict[str, tuple[str, str]] = {
    "revenue": (
        "what they spend later",
        "Net spend after the cut-off, nothing where more came back than was bought; on a logarithmic scale.",
    ),
    "orders": ("how often they order later", "Orders after the cut-off, not counting returns."),
    "churned": ("who stops buying", "Had ordered before the cut-off and did not order at all after it."),
    "repeat": (
        "which one-time buyers come back",
        "Of those with exactly one order before the cut-off: ordered again after it.",
    ),
    "high_spend": ("who spends most later", "Among the 20% who spent most after the cut-off."),
    "recommended": (
        "who reviews kindly later",
        "Of those who rated something after the cut-off: on average four fifths of the best rating or more.",
    ),
    "kind_rating": ("who rates kindly", "Rates four fifths of the best rating or more."),
}
"""The label and the plain definition of each outcome that is derived."""

LACKS = {
    Lack.ORDERS: "No file with orders was uploaded.",
    Lack.ORDER_LINES: "The order files have no lines.",
    Lack.ORDER_DATES: "The order files give no dates.",
    Lack.ORDER_TIMES: "The order files give no time of day.",
    Lack.ORDER_AMOUNTS: "The order files give no amounts.",
    Lack.ORDER_ITEMS: "The order files give neither quantities nor products.",
    Lack.ORDER_PRODUCTS: "The order files do not say which products were bought.",
    Lack.PURCHASES: "The files hold no purchases.",
    Lack.SECOND_ORDERS: "No customer ordered on two different days.",
    Lack.CATEGORIES: "No file gives the category of the products bought.",
    Lack.DISCOUNTS: "The order files do not say what was discounted.",
    Lack.EVENTS: "No file with browsing events was uploaded.",
    Lack.EVENT_DATES: "The event files give no dates.",
    Lack.VISITS: "The event files give neither sessions nor dates.",
    Lack.VIEWS: "The event files hold no views.",
    Lack.CARTS: "The event files hold no carts.",
    Lack.EVENT_PURCHASES: "The event files hold no purchases.",
    Lack.EVENT_PRODUCTS: "The event files do not say which product was looked at.",
    Lack.REVIEWS: "No file with reviews or ratings was uploaded.",
    Lack.REVIEW_ROWS: "The review files hold no reviews.",
    Lack.RATINGS: "The review files give no ratings.",
    Lack.REVIEW_DATES: "The review files give no dates.",
    Lack.REVIEW_PRODUCTS: "The review files do not say which product was reviewed.",
    Lack.VALUES: "The column is empty.",
    Lack.SHARED_VALUES: "No value is shared by at least 2 % of the customers.",
    Lack.DIFFERENCES: "It is the same for every customer.",
    Lack.SECOND_TIMES: "Nobody has two occasions of it, and of one it is all or nothing.",
    Lack.A_WEEK: "The dates cover only {days}, too little to tell recent from long ago.",
    Lack.UNKNOWN: "Your files do not give it.",
}
"""Why a feature is left out, by what is lacking."""

TIER_NAMES = {
    Tier.CHAMPIONS: "Champions",
    Tier.LOYAL: "Loyal",
    Tier.POTENTIAL_LOYALISTS: "Potential loyalists",
    Tier.NEW: "New",
    Tier.PROMISING: "Promising",
    Tier.NEED_ATTENTION: "Need attention",
    Tier.ABOUT_TO_SLEEP: "About to sleep",
    Tier.AT_RISK: "At risk",
    Tier.CANNOT_LOSE: "Can’t lose",
    Tier.HIBERNATING: "Hibernating",
    Tier.LOST: "Lost",
    Tier.PROSPECTS: "Prospects",
}
"""The usual names of RFM tiers."""


def left_out_reason(left_out: LeftOut) -> str:
    """Say why a feature is left out."""
    return LACKS[left_out.lack].format(days=formats.days(left_out.days or 0.0))


def as_it_is(label: str) -> str:
    """Define a number of the customer file."""
    return f"“{label}”, as your files have it."


def says_yes_to(label: str, yes: str) -> str:
    """Define a column of the customer file that says yes and no."""
    return f"Whether “{label}” says yes (“{yes}”)."


def is_value(label: str, value: str) -> str:
    """Define one value of a column of the customer file."""
    return f"Whether “{label}” is “{value}”."
