"""Whether a discount in percent is in the price already: by what the same goods cost without it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH
from segmentation.intake.meaning.money.facts import MoneyColumns, off_share
from segmentation.intake.money_rule import MoneyRule, Off

MOSTLY, FEW, NEAR, LEAST = 0.8, 0.2, 0.005, 0.02


def is_in_price(columns: MoneyColumns, rule: MoneyRule) -> bool | None:
    """Whether the price of a rule is less by its discount in percent; None where nothing tells.

    Goods that have one price, with a discount or without, are less by it only afterwards. What is the price
    of another column less the discount is so already.
    """
    if rule.off is None or rule.price is None or rule.off_way not in (Off.PERCENT, Off.SHARE):
        return None
    share, price = off_share(columns, rule.off, rule.off_way), columns.numbers[rule.price]
    others = (place for place in (*columns.prices, *columns.others) if place not in (rule.price, rule.off))
    if any(_is_less_by(price, columns.numbers[place], share) for place in others):
        return True
    return None if columns.products is None else _by_goods(columns.products, price, share)


def _is_less_by(price: np.ndarray, before: np.ndarray, share: np.ndarray) -> bool:
    told = np.isfinite(price) & np.isfinite(before) & (share > 0)
    alike = np.abs(before * (1 - share) - price)[told] <= CENT
    return len(alike) >= ENOUGH and bool(alike.mean() >= ALWAYS)


def _by_goods(products: np.ndarray, price: np.ndarray, share: np.ndarray) -> bool | None:
    frame = pd.DataFrame({"product": products, "price": price, "share": share})
    frame = frame[(products >= 0) & (price > 0)]
    usual = frame[frame["share"] == 0].groupby("product")["price"].median()
    told = frame[frame["share"].between(LEAST, 1, inclusive="left") & frame["product"].isin(usual.index)]
    if len(told) < ENOUGH:
        return None
    cost = usual.reindex(told["product"]).to_numpy()
    whole = np.mean(np.abs(told["price"] - cost) <= NEAR * cost)
    less = np.mean(np.abs(told["price"] - cost * (1 - told["share"])) <= NEAR * cost)
    if max(whole, less) < MOSTLY or min(whole, less) > FEW:
        return None
    return bool(less > whole)
