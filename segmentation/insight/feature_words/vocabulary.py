"""How each feature is spoken of when it is high or low: the English of names and sentences, in one place."""

from __future__ import annotations

from segmentation.insight.feature_words.families import Entry, Family, Side

FIRST = 1.3
"""The weight of how lately, how often and how much, which marketers ask for before anything else."""

_ONCE = Side("One-time", "one-time buyers", "have ordered once", at_least=0.95)

ENTRIES = {
    "recency": Entry(
        Family.RECENCY,
        Side("Lapsed", "lapsed customers", "have not ordered for {value}"),
        Side("Recent", "recent customers", "last ordered {value} ago"),
        weight=FIRST,
    ),
    "frequency": Entry(
        Family.RHYTHM,
        Side("Frequent", "regulars", "have placed {value} orders"),
        Side("Occasional", "occasional buyers", "have placed only {value} orders", _ONCE),
        weight=FIRST,
    ),
    "days_between_orders": Entry(
        Family.RHYTHM,
        Side("Infrequent", "infrequent buyers", "let {value} pass between orders"),
        Side("Frequent", "regulars", "order every {value}"),
        inverse=True,
    ),
    "active_span": Entry(
        Family.RHYTHM,
        Side("Long-standing", "long-standing customers", "have been ordering over {value}"),
        Side(
            "Short-term",
            "short-term buyers",
            "have all their orders within {value}",
            Side(
                "One-time",
                "one-time buyers",
                "have ordered on one day only",
                below=0.5,
                overall="{value} from first to last",
            ),
        ),
        weight=0.8,
    ),
    "monetary": Entry(
        Family.MONEY,
        Side("High-spending", "big spenders", "spend {value} in total"),
        Side("Low-spending", "small spenders", "spend only {value} in total"),
        weight=FIRST,
    ),
    "average_order_value": Entry(
        Family.MONEY,
        Side("Big-basket", "big-basket buyers", "spend {value} per order"),
        Side("Small-basket", "small-basket buyers", "spend only {value} per order"),
    ),
    "items_per_order": Entry(
        Family.BASKET,
        Side("Bulk", "bulk buyers", "take {value} items per order"),
        Side(
            "Few-item",
            "few-item buyers",
            "take only {value} items per order",
            Side("Single-item", "single-item buyers", "take one item per order", at_least=0.95),
        ),
    ),
    "products": Entry(
        Family.VARIETY,
        Side("Wide-ranging", "variety seekers", "have bought {value} different products"),
        Side(
            "Narrow",
            "few-product buyers",
            "have bought only {value} different products",
            Side("Narrow", "single-product buyers", "have bought one product", at_least=0.95),
        ),
    ),
    "categories": Entry(
        Family.VARIETY,
        Side("Wide-ranging", "all-category buyers", "buy from {value} categories"),
        Side(
            "Narrow",
            "few-category buyers",
            "buy from only {value} categories",
            Side("Narrow", "single-category buyers", "buy from one category", at_least=0.95),
        ),
    ),
    "return_share": Entry(
        Family.RETURNS,
        Side("Return-prone", "return-prone buyers", "send back {value} of what they order"),
        Side("Low-return", "low-return buyers", "send back only {value} of what they order"),
    ),
    "discount_share": Entry(
        Family.DISCOUNT,
        Side("Discount", "bargain hunters", "buy {value} at a discount"),
        Side("Full-price", "full-price buyers", "buy only {value} at a discount"),
    ),
    "weekend_share": Entry(
        Family.HABIT,
        Side("Weekend", "weekend shoppers", "place {value} of their orders at weekends"),
        Side("Weekday", "weekday shoppers", "place only {value} of their orders at weekends"),
    ),
    "morning_share": Entry(
        Family.HABIT,
        Side("Morning", "morning shoppers", "place {value} of their orders before noon"),
        Side("Later-day", "later-day shoppers", "place only {value} of their orders before noon"),
    ),
    "evening_share": Entry(
        Family.HABIT,
        Side("Evening", "evening shoppers", "place {value} of their orders in the evening"),
        Side("Daytime", "daytime shoppers", "place only {value} of their orders in the evening"),
    ),
    "days_since_visit": Entry(
        Family.RECENCY,
        Side("Long-unseen", "long-unseen visitors", "have not visited for {value}"),
        Side("Recent", "recent visitors", "last visited {value} ago"),
    ),
    "sessions": Entry(
        Family.BROWSING,
        Side("Often-visiting", "frequent visitors", "have visited {value} times"),
        Side(
            "Rarely visiting",
            "rare visitors",
            "have visited only {value} times",
            Side("One-visit", "one-time visitors", "have visited once", at_least=0.95),
        ),
    ),
    "views": Entry(
        Family.BROWSING,
        Side("Browsing", "keen browsers", "have looked at products {value} times"),
        Side(
            "Quick-look",
            "light browsers",
            "have looked at products only {value} times",
            Side("Quick-look", "light browsers", "have looked at one product at most"),
        ),
    ),
    "products_viewed": Entry(
        Family.BROWSING,
        Side("Browsing", "keen browsers", "have looked at {value} different products"),
        Side(
            "Quick-look",
            "light browsers",
            "have looked at only {value} different products",
            Side("Quick-look", "light browsers", "have looked at one product", at_least=0.95),
        ),
    ),
    "visit_span": Entry(
        Family.RHYTHM,
        Side("Long-standing", "long-standing visitors", "have been visiting over {value}"),
        Side(
            "Short-term",
            "short-term visitors",
            "have all their visits within {value}",
            Side(
                "One-day",
                "one-day visitors",
                "have visited on one day only",
                below=0.5,
                overall="{value} from first to last",
            ),
        ),
        weight=0.8,
    ),
    "carts": Entry(
        Family.CARTS,
        Side("Cart-filling", "cart fillers", "have put {value} items in the cart"),
        Side(
            "Cart-shy",
            "cart-shy visitors",
            "have put only {value} items in the cart",
            Side("Cart-shy", "cart-shy visitors", "have hardly put anything in the cart"),
        ),
    ),
    "view_to_cart": Entry(
        Family.CARTS,
        Side("Decided", "decided shoppers", "put {value} of what they look at in the cart"),
        Side("Window-shopping", "window shoppers", "put only {value} of what they look at in the cart"),
    ),
    "cart_to_buy": Entry(
        Family.CARTS,
        Side("Decided", "decided buyers", "buy {value} of what they put in the cart"),
        Side("Cart-leaving", "cart leavers", "buy only {value} of what they put in the cart"),
    ),
    "buys": Entry(
        Family.RHYTHM,
        Side("Frequent", "frequent buyers", "have bought {value} times"),
        Side(
            "Rarely buying",
            "rare buyers",
            "have bought only {value} times",
            Side("Rarely buying", "rare buyers", "have bought once at most"),
        ),
    ),
    "reviews": Entry(
        Family.REVIEWS,
        Side("Vocal", "keen reviewers", "have written {value} reviews"),
        Side(
            "Quiet",
            "quiet customers",
            "have written only {value} reviews",
            Side("One-review", "one-time reviewers", "have written one review", at_least=0.95),
        ),
    ),
    "products_reviewed": Entry(
        Family.REVIEWS,
        Side("Vocal", "keen reviewers", "have reviewed {value} products"),
        Side(
            "Quiet",
            "few-product reviewers",
            "have reviewed only {value} products",
            Side("Quiet", "single-product reviewers", "have reviewed one product", at_least=0.95),
        ),
    ),
    "rating": Entry(
        Family.RATING,
        Side("Happy", "happy reviewers", "rate {value} on average"),
        Side("Critical", "critical reviewers", "rate only {value} on average"),
    ),
    "days_since_review": Entry(
        Family.RECENCY,
        Side("Past", "past reviewers", "have not reviewed for {value}"),
        Side("Recent", "recent reviewers", "last reviewed {value} ago"),
    ),
    "review_span": Entry(
        Family.RHYTHM,
        Side("Long-standing", "long-standing reviewers", "have been reviewing over {value}"),
        Side(
            "Short-term",
            "short-term reviewers",
            "have all their reviews within {value}",
            Side(
                "One-day",
                "one-day reviewers",
                "have reviewed on one day only",
                below=0.5,
                overall="{value} from first to last",
            ),
        ),
        weight=0.8,
    ),
}

_ORDERED = ("have never ordered", "have ordered")
_REVIEWED = ("have never reviewed anything", "have reviewed something")
_VISITED = ("have never visited", "have visited")

WITHOUT_VALUE = {
    **dict.fromkeys(
        (
            "recency",
            "active_span",
            "average_order_value",
            "items_per_order",
        ),
        _ORDERED,
    ),
    **dict.fromkeys(
        ("weekend_share", "morning_share", "evening_share"),
        ("have not ordered twice", "have ordered more than once"),
    ),
    "return_share": ("have bought fewer than two things", "have bought two things or more"),
    "discount_share": (
        "have bought fewer than two things at a known price",
        "have bought two things or more at a known price",
    ),
    "days_between_orders": ("have never ordered on two different days", "have ordered on two different days"),
    "rating": ("have never given a rating", "have given a rating"),
    **dict.fromkeys(("days_since_review", "review_span"), _REVIEWED),
    **dict.fromkeys(("days_since_visit", "visit_span", "sessions"), _VISITED),
    "view_to_cart": ("have not looked at two products", "have looked at products more than once"),
    "cart_to_buy": ("have not filled a cart twice", "have filled a cart more than once"),
}
"""What it says about customers that a feature has no value for them, and that it has one."""
