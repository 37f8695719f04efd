"""What a play goes by: where customers stand with the shop, what they are worth, prices, tastes, returns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy.special import ndtri

from segmentation.action.playbook import trait_words
from segmentation.features.table import Feature
from segmentation.insight.facts.differences import CLEAR
from segmentation.insight.facts.explain import Explanation, ThemeShare
from segmentation.insight.feature_words.wording import theme_words
from segmentation.runs import Segment

PATIENCE = 0.8
RICH, POOR = 1.5, 1 / 1.5
NOTICEABLE = 0.05
MOST_THEMES = 2
MOST_PRODUCTS = 3


class Lifecycle(StrEnum):
    """Where the typical customer of a segment stands."""

    PROSPECT = "prospect"
    NEW = "new"
    ONCE = "once"
    REPEAT = "repeat"
    LOYAL = "loyal"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


class Value(StrEnum):
    """What a customer brings, beside the average one."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"
    UNKNOWN = "unknown"


class Price(StrEnum):
    """How customers take prices."""

    DISCOUNT = "discount"
    FULL = "full"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class SendingBack(StrEnum):
    """How much comes back."""

    MANY = "many"
    USUAL = "usual"


class Taste(StrEnum):
    """Whether customers share a taste."""

    CLEAR = "clear"
    NONE = "none"


@dataclass(frozen=True)
class Patience:
    """After how many days without an order a customer counts as quiet: what 80 % of this shop's do not reach.

    `usual` is what the typical one lets pass. Both are NaN where nobody ordered on two days.
    """

    days: float
    usual: float
    customers: int


@dataclass(frozen=True)
class Traits:
    """The traits of one segment, each with the evidence for it; `themes` and `products` name its taste."""

    lifecycle: Lifecycle
    value: Value
    price: Price
    returns: SendingBack
    taste: Taste
    themes: tuple[str, ...]
    products: tuple[str, ...]
    all_rounders: bool
    evidence: dict[str, str]


def patience_of(rows: pd.DataFrame) -> Patience:
    """Find how long customers of this shop let pass between two orders."""
    gaps = _column(rows, "days_between_orders")
    known = gaps[np.isfinite(gaps)]
    days = float(np.quantile(known, PATIENCE)) if known.size else np.nan
    return Patience(days, _median(gaps), int(known.size))


def traits_of(
    segment: Segment,
    found: Explanation,
    rows: pd.DataFrame,
    members: np.ndarray,
    patience: Patience,
    features: Sequence[Feature],
) -> Traits:
    """Find the traits of a segment from its customers' own rows; nothing personal is looked at.

    :param members: bool (n,), the segment's among the rows of `load_customers`.
    """
    inside = rows[members]
    lifecycle, why_lifecycle = _lifecycle(found, inside, patience)
    value, why_value = _value(segment)
    price, why_price = _price(found, rows, members)
    returns, why_returns = _returns(found, rows, members)
    liked = _liked(found, segment.named_for)
    themes = _themes(liked, features)
    products = tuple(product.name for product in found.products[:MOST_PRODUCTS])
    taste = Taste.CLEAR if themes else Taste.NONE
    return Traits(
        lifecycle,
        value,
        price,
        returns,
        taste,
        themes,
        products,
        found.contrast.is_all_rounders,
        {
            "lifecycle": why_lifecycle,
            "value": why_value,
            "price": why_price,
            "returns": why_returns,
            "taste": _why_theme(liked, themes),
            "product": _why_product(found),
            "all_rounders": trait_words.ALIKE,
        },
    )


def _lifecycle(found: Explanation, inside: pd.DataFrame, patience: Patience) -> tuple[Lifecycle, str]:
    orders = _median(_column(inside, "frequency"))
    quiet = _median(_column(inside, "recency"))
    if orders == 0:
        return Lifecycle.PROSPECT, trait_words.NOT_ORDERED
    if np.isnan(orders) or np.isnan(quiet) or np.isnan(patience.days):
        return Lifecycle.UNKNOWN, trait_words.ORDERS_UNKNOWN
    long_ago = quiet > patience.days
    said = trait_words.rhythm(
        orders, quiet, patience.usual, patience.days, _share_above(inside, patience.days)
    )
    if orders < 2:
        return (Lifecycle.ONCE if quiet > patience.usual else Lifecycle.NEW), said
    if long_ago:
        return Lifecycle.LAPSED, said
    return (Lifecycle.LOYAL if effect_of(found, "frequency") >= CLEAR else Lifecycle.REPEAT), said


def _share_above(inside: pd.DataFrame, days: float) -> float:
    quiet = _column(inside, "recency")
    return float((quiet[np.isfinite(quiet)] > days).mean())


def _value(segment: Segment) -> tuple[Value, str]:
    if segment.revenue_share is None or not segment.share:
        return Value.UNKNOWN, trait_words.PAY_UNKNOWN
    ratio = segment.revenue_share / segment.share
    said = trait_words.share_of_revenue(segment.share, segment.revenue_share)
    return (Value.HIGH if ratio >= RICH else Value.LOW if ratio <= POOR else Value.MIDDLE), said


def _price(found: Explanation, rows: pd.DataFrame, members: np.ndarray) -> tuple[Price, str]:
    inside, others = (_mean(_column(rows, "discount_share")[side]) for side in (members, ~members))
    if np.isnan(inside) or np.isnan(others):
        return Price.UNKNOWN, trait_words.DISCOUNTS_UNKNOWN
    said = trait_words.at_a_discount(inside, others)
    effect = effect_of(found, "discount_share")
    if abs(effect) < CLEAR or abs(inside - others) < NOTICEABLE or (inside > others) != (effect > 0):
        return Price.MIXED, said
    return (Price.DISCOUNT if effect > 0 else Price.FULL), said


def _returns(found: Explanation, rows: pd.DataFrame, members: np.ndarray) -> tuple[SendingBack, str]:
    inside, others = (_mean(_column(rows, "return_share")[side]) for side in (members, ~members))
    many = effect_of(found, "return_share") >= CLEAR and inside - others >= NOTICEABLE
    said = trait_words.sent_back(inside, others)
    return (SendingBack.MANY, said) if many else (SendingBack.USUAL, said if np.isfinite(inside) else "")


def _liked(found: Explanation, named_for: Collection[str]) -> list[ThemeShare]:
    """Return the themes that the segment clearly has more of, first those that its name speaks of."""
    clear = [one for one in found.themes if one.much and effect_of(found, one.feature.name) >= CLEAR]
    return sorted(clear, key=lambda one: one.feature.name not in named_for)[:MOST_THEMES]


def _themes(liked: Sequence[ThemeShare], features: Sequence[Feature]) -> tuple[str, ...]:
    """Name themes as the run calls them."""
    named = {feature.name: feature for feature in features}
    return tuple(" & ".join(theme_words(named.get(one.feature.name, one.feature))[:2]) for one in liked)


def _why_theme(liked: Sequence[ThemeShare], themes: Sequence[str]) -> str:
    if not themes:
        return trait_words.NO_THEME
    return trait_words.about_theme(themes[0], liked[0].inside, liked[0].others)


def _why_product(found: Explanation) -> str:
    if not found.products:
        return trait_words.NO_PRODUCT
    best = found.products[0]
    return trait_words.bought(best.name, best.support, best.lift)


def effect_of(found: Explanation, feature: str) -> float:
    """Return how far a segment is from the others in a feature, in standard deviations; 0 where unknown."""
    chance = found.contrast.superiority.get(feature, 0.5)
    return float(np.sqrt(2) * ndtri(np.clip(chance, 1e-6, 1 - 1e-6)))


def _column(rows: pd.DataFrame, name: str) -> np.ndarray:
    if name not in rows:
        return np.full(len(rows), np.nan)
    return rows[name].to_numpy(dtype=np.float64)


def _median(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else np.nan


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else np.nan
