"""What each word of a name says, written out once more with pandas alone."""

from __future__ import annotations

import re

import pandas as pd


def said_by_words(rows: pd.DataFrame, gap: float) -> dict[str, pd.Series]:
    """Return for each word of names of whom it is true, bool (n,); of features that the rows lack, nothing.

    :param gap: the shop's own gap between orders, in days; infinite where nobody came back.
    """
    found: dict[str, pd.Series] = {}
    if "frequency" in rows:
        orders, usual = rows["frequency"], rows["frequency"].median()
        often = (orders > usual) & (orders > 2)
        found |= {"one-time": orders == 1, "repeat": orders >= 2, "frequent ": often, "regulars": often}
        found |= {"occasional": (orders < usual) & (orders > 0)}
    if "recency" in rows:
        days, middle = rows["recency"], rows["recency"].median()
        found |= {"lapsed": days > gap, "earlier": days > middle, "recent ": days < min(middle, gap)}
        if "active_span" in rows:
            found["new "] = days + rows["active_span"].fillna(0) < gap
    if "monetary" in rows:
        spend = rows["monetary"]
        much, little = spend > spend.median(), spend < spend.median()
        found |= {
            "high-spending": much,
            "big spenders": much,
            "low-spending": little,
            "small spenders": little,
        }
        within = (spend > spend.quantile(0.25)) & (spend < spend.quantile(0.75))
        found |= {"medium spenders": within, "mid-spending": within}
    for word, opposite, column in (
        ("weekend ", "weekday", "weekend_share"),
        ("morning ", "later-day", "morning_share"),
        ("evening ", "daytime", "evening_share"),
    ):
        if column in rows:
            share = rows[column]
            found |= {word: share > max(0.5, share.mean()), opposite: share < min(0.5, share.mean())}
    if "average_order_value" in rows:
        basket = rows["average_order_value"]
        found |= {"big-basket": basket > basket.median(), "small-basket": basket < basket.median()}
    return found


SAME = {
    "frequent ": ("frequent ", "regulars"),
    "regulars": ("frequent ", "regulars"),
    "repeat": ("repeat", "frequent ", "regulars"),
    "recent ": ("recent ", "new "),
    "occasional": ("occasional", "one-time"),
    "earlier": ("earlier", "lapsed"),
    "high-spending": ("high-spending", "big spenders"),
    "big spenders": ("high-spending", "big spenders"),
    "low-spending": ("low-spending", "small spenders"),
    "small spenders": ("low-spending", "small spenders"),
    "medium spenders": ("medium spenders", "mid-spending"),
    "mid-spending": ("medium spenders", "mid-spending"),
}
"""The words that say as much, or more."""


def claimed(name: str) -> str:
    """Leave of a name what it says of nearly everyone, not what it says of a middle beside that of others."""
    return re.sub(r"· (more|fewer|less|higher|lower|longer|shorter) [^·]*", "", name.lower()) + " "


def says(name: str, *words: str) -> bool:
    """Whether a name, as `claimed` leaves it, holds one of the words."""
    return any(f" {word}" in f" {name}" for word in words)
