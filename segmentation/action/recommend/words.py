"""Recommendations in words: why a product is offered, and how well the offers foretell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from segmentation import formats
from segmentation.action.recommend.model import RankedBy, Settings
from segmentation.action.recommend.tiles import TileKind, TileProduct
from segmentation.insight.sentences.segments import bought_clause

if TYPE_CHECKING:
    from segmentation.action.recommend.check import Check, Measured
    from segmentation.action.recommend.per_segment import PopularProduct, SegmentOffers, ThemedProduct
    from segmentation.insight.facts.product_lift import LiftedProduct

    Offer = LiftedProduct | ThemedProduct | PopularProduct

REASONS = {
    "together": "Often bought together with “{because}”",
    "alike": "Reads like “{because}”",
    "popular": "Popular in this segment",
    "bestseller": "Popular in the whole shop",
    "lately": "Popular in the last 90 days",
    "due": (
        "Due again about now: bought {orders} times, about every {every} days, the last time {ago} days ago"
    ),
    "again_1": "Bought once before",
    "again_2": "Bought twice before",
    "again": "Bought {orders} times before",
}
"""Why a product is recommended to a customer, by the code that is kept with it; a few orders have words."""

WAYS = {
    "recommended": "These recommendations",
    "popularity": "Most popular products",
    "popular lately": "Most popular in the 90 days before",
    "segment popularity": "Most popular in the segment",
    "buy again": "What they bought most often",
    "blend": "All parts blended (not used here)",
    "co-purchase alone": "Bought together, nothing else",
    "text alone": "Product texts, nothing else",
}
_BASELINES = ("popularity", "popular lately", "segment popularity", "buy again")
_SAME = 0.01
LISTS_FOLLOW = "The lists follow {way}: of all ways tried, none foretold clearly better."
BLENDED = "what is bought together, reads alike and sells now"
TILES = {
    TileKind.NEW: ("New to them", "reaches {reach}"),
    TileKind.AGAIN: ("To buy again", "reaches {reach}"),
    TileKind.OWN: ("What sets them apart", "bought by {reach}"),
    TileKind.MOST: ("What most of them buy", "bought by {reach}"),
}
"""The title of each tile, and what it says of a product, with how many people in `reach`."""
NEW_TO_ALL = "new to all of them"
AGAIN = "{share} buy it again"
LIFTED, FITS, NEAR = "Bought more often", "Fitting their themes", "Near to what they buy"
NEW_HERE = "Not bought by a known customer yet"
POPULAR = "Bought most, as by everybody else"


def lifted_clause(product: LiftedProduct) -> str:
    """Say how many of a segment bought a product, without its name."""
    return formats.capitalised(bought_clause(product))


def popular_clause(product: PopularProduct) -> str:
    """Say how many of a segment bought a product that others buy as often."""
    return f"Bought by {formats.percent(product.support)}"


def themed_clause(product: ThemedProduct) -> str:
    """Say why a product fits a segment."""
    return f"{formats.capitalised(theme_clause(product))}; {bought_by(product)}"


def theme_clause(product: ThemedProduct) -> str:
    """Say what a product is about, and where that is hardly the segment's own."""
    how_much = "" if product.own else ", which they may choose more than all customers, though not clearly"
    return f"about “{product.theme_name}”{how_much}"


def themed_title(products: Sequence[ThemedProduct]) -> str:
    """Say what these products have to do with the customers of a segment."""
    return FITS if all(one.own for one in products) else NEAR


def bought_by(product: ThemedProduct) -> str:
    """Say how many of the segment bought a product; of guests, who are no customers, nobody knows it here."""
    if product.unsold:
        return "bought by no known customer yet"
    return f"bought by {product.buyers:,} of the segment" if product.buyers else "new to the whole segment"


def tile_clause(kind: TileKind, product: TileProduct) -> str:
    """Say how far a product of a tile reaches, and how many of its buyers come back for it."""
    told = TILES[kind][1].format(reach=f"{product.reach:,}") if product.reach else NEW_TO_ALL
    return told if product.again is None else f"{told} · {AGAIN.format(share=f'{product.again:.0%}')}"


def worded_offers(offers: SegmentOffers) -> list[tuple[str, list[tuple[Offer, str]]]]:
    """Return each sort of offer that a segment has, by its title: the products, each with its reason."""
    sorts: list[tuple[str, list[tuple[Offer, str]]]] = [
        (LIFTED, [(one, lifted_clause(one)) for one in offers.lifted]),
        (themed_title(offers.themed), [(one, themed_clause(one)) for one in offers.themed]),
        (NEW_HERE, [(one, themed_clause(one)) for one in offers.unsold]),
        (POPULAR, [(one, popular_clause(one)) for one in offers.popular]),
    ]
    return [(title, products) for title, products in sorts if products]


def offers_table(offers: Sequence[SegmentOffers], names: Sequence[str]) -> pd.DataFrame:
    """Return a row per segment and product, with the sort of offer and its reason in words."""
    rows: list[dict[str, Any]] = []
    for segment, name in zip(offers, names, strict=True):
        offered = [
            (product, title, reason)
            for title, products in worded_offers(segment)
            for product, reason in products
        ]
        for rank, (product, sort, reason) in enumerate(offered, start=1):
            rows.append(
                {
                    "segment": segment.segment + 1,
                    "segment_name": name,
                    "rank": rank,
                    "offer": sort,
                    "product_id": product.product_id,
                    "product": product.name,
                    "reason": reason,
                }
            )
    columns = ["segment", "segment_name", "rank", "offer", "product_id", "product", "reason"]
    return pd.DataFrame(rows, columns=columns)


_TASTES = {
    RankedBy.SEGMENT: "what is most popular in the segment",
    RankedBy.POPULAR: "what is most popular in the whole shop",
    RankedBy.LATELY: "what is most popular in the whole shop in the last 90 days",
}


def taste_sentence(settings: Settings, check: Check | None = None) -> str:
    """Say which simple way was taken, and why; empty where none was."""
    if check and check.taken:
        ways = " and ".join(f"“{WAYS[way].lower()}”" for way in check.taken)
        return (
            f"In this test a simple way was clearly ahead, so the lists follow it: {ways}. It was chosen by "
            "this same test, which flatters its figures a little."
        )
    repeats = "What they bought most often before comes first of all." if settings.again is None else ""
    if settings.taste is RankedBy.BLEND:
        return repeats
    return (
        "On an earlier time all parts blended were not clearly better than a simple way, so that is what "
        f"these lists follow: {_TASTES[settings.taste]}. {repeats}"
    ).strip()


def check_sentences(check: Check) -> tuple[str, ...]:
    """Say in plain words how well the recommendations foretold, beside the best of the simpler ways."""
    return (
        _sentence("products that were new to them", check.fresh),
        _sentence("products of any kind, repeats included", check.every),
    )


def taken_line(settings: Settings) -> str:
    """Say in a few words what the customers' lists follow."""
    if settings.taste is RankedBy.BLEND:
        return LISTS_FOLLOW.format(way=BLENDED)
    return LISTS_FOLLOW.format(way=_TASTES[settings.taste])


def check_table(check: Check) -> pd.DataFrame:
    """Return a row per way of ranking with its four figures."""
    return pd.DataFrame(
        [
            {
                "Way": label,
                "New products: hit rate": _rate(check.fresh[way]),
                "New products: NDCG": f"{check.fresh[way].ndcg:.3f}",
                "All products: hit rate": _rate(check.every[way]),
                "All products: NDCG": f"{check.every[way].ndcg:.3f}",
            }
            for way, label in WAYS.items()
            if way in check.every
        ]
    )


def _rate(found: Measured) -> str:
    """Write a hit rate with what chance does to it."""
    rate = formats.percent(found.hit_rate)
    if found.interval is None:
        return rate
    low, high = (formats.percent(one) for one in found.interval)
    return f"{rate} ({low} to {high})"


def period_line(check: Check) -> str:
    """Say who was tested on which time."""
    return (
        f"Learned from everything before {formats.date(check.period.cutoff)}, tested on what "
        f"{check.customers:,} customers bought from then to {formats.date(check.period.end)}. How the "
        f"parts are blended was chosen on an earlier time, the {check.tuned_on.days} days from "
        f"{formats.date(check.tuned_on.cutoff)}."
    )


def _sentence(what: str, ways: dict[str, Measured]) -> str:
    best = max((way for way in _BASELINES if way in ways), key=lambda way: ways[way].hit_rate)
    ours, theirs = ways["recommended"].hit_rate, ways[best].hit_rate
    return (
        f"Of ten {what}, at least one was bought by {formats.percent(ours)} of the customers; the best "
        f"simple way, “{WAYS[best].lower()}”, reached {formats.percent(theirs)}. "
        f"{_verdict(ours - theirs, ways[best].behind)}"
    )


def _verdict(gain: float, behind: tuple[float, float] | None) -> str:
    """Say who is ahead: beyond chance where that is known."""
    low, high = behind or (gain - _SAME, gain + _SAME)
    if low > 0:
        return "The recommendations are ahead."
    if high < 0:
        return "The simple way is ahead here."
    return "The two are level."
