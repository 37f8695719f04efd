"""What a play goes by: where customers stand with the shop, what they are worth, prices, tastes, returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy.special import ndtri

from segmentation import formats
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

    PROSPECT = "has not ordered"
    NEW = "ordered once, lately"
    ONCE = "ordered once, long ago"
    REPEAT = "orders again"
    LOYAL = "orders often"
    LAPSED = "used to order, long ago"
    UNKNOWN = "not known"


class Value(StrEnum):
    """What a customer brings, beside the average one."""

    HIGH = "high"
    MIDDLE = "average"
    LOW = "low"
    UNKNOWN = "not known"


class Price(StrEnum):
    """How customers take prices."""

    DISCOUNT = "looks for discounts"
    FULL = "pays full price"
    MIXED = "like others"
    UNKNOWN = "not known"


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
    themes = _themes(found, features)
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
            "taste": _why_theme(found, themes),
            "product": _why_product(found),
            "all_rounders": "Nothing sets them clearly apart from the other customers.",
        },
    )


def _lifecycle(found: Explanation, inside: pd.DataFrame, patience: Patience) -> tuple[Lifecycle, str]:
    orders = _median(_column(inside, "frequency"))
    quiet = _median(_column(inside, "recency"))
    if orders == 0:
        return Lifecycle.PROSPECT, "The typical customer here has not ordered."
    if np.isnan(orders) or np.isnan(quiet) or np.isnan(patience.days):
        return Lifecycle.UNKNOWN, "The files do not say how often and when they order."
    long_ago = quiet > patience.days
    said = (
        f"The typical customer here has placed {formats.number(orders)} "
        f"{'order' if orders == 1 else 'orders'} and last ordered {formats.days(quiet)} before the analysis "
        f"date. This shop’s returning customers typically let {formats.days(patience.usual)} pass between "
        f"orders, 80% of them at most {formats.days(patience.days)}; "
        f"{formats.percent(_share_above(inside, patience.days))} of the segment have been quiet for longer "
        "than that."
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
        return Value.UNKNOWN, "The files do not say what they pay."
    ratio = segment.revenue_share / segment.share
    said = (
        f"They are {formats.percent(segment.share)} of customers and bring "
        f"{formats.percent(segment.revenue_share)} of revenue."
    )
    return (Value.HIGH if ratio >= RICH else Value.LOW if ratio <= POOR else Value.MIDDLE), said


def _price(found: Explanation, rows: pd.DataFrame, members: np.ndarray) -> tuple[Price, str]:
    inside, others = (_mean(_column(rows, "discount_share")[side]) for side in (members, ~members))
    if np.isnan(inside) or np.isnan(others):
        return Price.UNKNOWN, "The files do not say what was discounted."
    said = f"They buy {formats.percent(inside)} at a discount, the others {formats.percent(others)}."
    effect = effect_of(found, "discount_share")
    if abs(effect) < CLEAR or abs(inside - others) < NOTICEABLE or (inside > others) != (effect > 0):
        return Price.MIXED, said
    return (Price.DISCOUNT if effect > 0 else Price.FULL), said


def _returns(found: Explanation, rows: pd.DataFrame, members: np.ndarray) -> tuple[SendingBack, str]:
    inside, others = (_mean(_column(rows, "return_share")[side]) for side in (members, ~members))
    many = effect_of(found, "return_share") >= CLEAR and inside - others >= NOTICEABLE
    said = f"They send back {formats.percent(inside)} of order lines, the others {formats.percent(others)}."
    return (SendingBack.MANY, said) if many else (SendingBack.USUAL, said if np.isfinite(inside) else "")


def _themes(found: Explanation, features: Sequence[Feature]) -> tuple[str, ...]:
    """Name the themes that the segment clearly has more of, as the run calls them."""
    named = {feature.name: feature for feature in features}
    clear = _clear_themes(found)[:MOST_THEMES]
    return tuple(" & ".join(theme_words(named.get(one.feature.name, one.feature))[:2]) for one in clear)


def _clear_themes(found: Explanation) -> list[ThemeShare]:
    return [one for one in found.themes if one.much and effect_of(found, one.feature.name) >= CLEAR]


def _why_theme(found: Explanation, themes: Sequence[str]) -> str:
    if not themes:
        return "No theme stands out."
    first = _clear_themes(found)[0]
    others = formats.percent(first.others)
    return f"{formats.percent(first.inside)} of their texts are about {themes[0]}, {others} of the others’."


def _why_product(found: Explanation) -> str:
    if not found.products:
        return "No product stands out."
    best = found.products[0]
    bought = f"{formats.percent(best.support)} bought {formats.quoted(best.name)}"
    return f"{bought}, {formats.times(best.lift)} the average."


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
