"""Several prices of each article, as bought, sold and recommended: which one customers paid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival
from segmentation.intake.money_rule import Law, MoneyRule

NEAR = (0.1, 10.0)
ALIKE, EXPLAINED, HALF, CENT = 0.95, 0.9, 0.5, 0.011
MOST_PRICES = 4


def asking_which_price(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask which of several prices of an article was paid, where nothing adds up to tell.

    Of three whose headers all speak of a price the middle one is likeliest: between what the shop pays and
    what it recommends. One that is another or, in some rows, less than it, is what was left to pay.
    """
    rule, articles, taken = found.rule, columns.products, price_in(found.rule)
    confirmed = rule.law in (Law.LINE_SUM, Law.ORDER_SUM, Law.BELOW_LINES)
    if taken not in (rule.price, *columns.prices) or taken is None or articles is None or confirmed:
        return found
    used = (rule.quantity, rule.price, rule.off, rule.pack, *(term.position for term in rule.terms))
    own = columns.numbers[taken]
    others = [
        place
        for place in dict.fromkeys((*columns.prices, *columns.amounts, *columns.others, *columns.beside))
        if place not in used and _is_price_beside(columns.numbers[place], own, articles)
    ][: MOST_PRICES - 1]
    if not others:
        return found
    told = [place for place in (taken, *others) if place in columns.prices]
    middle = sorted(told, key=lambda place: float(np.nanmean(columns.numbers[place])))[len(told) // 2]
    left = [place for place in others if _is_left_of(columns.numbers[place], own)]
    likely = middle if len(told) > 2 else (*left, taken)[0]
    rivals = [
        Rival(Question.WHICH_PRICE, _priced_at(rule, place), likely)
        for place in (taken, *others)
        if place != likely
    ]
    found = found.read_by(_priced_at(rule, likely))
    return replace(found, rivals=(*rivals, *found.rivals))


def price_in(rule: MoneyRule) -> int | None:
    """Return the column of the price by which a rule says what was paid, alone or for each piece."""
    return rule.price if rule.multiplied else rule.amount


def _priced_at(rule: MoneyRule, place: int) -> MoneyRule:
    """Return the rule with another price."""
    if rule.multiplied:
        return replace(rule, price=place)
    return replace(rule, terms=(replace(rule.terms[0], position=place), *rule.terms[1:]))


def _is_left_of(values: np.ndarray, price: np.ndarray) -> bool:
    """Whether numbers are a price itself in most rows, and less than it in the others."""
    more = (values - price)[np.isfinite(values) & np.isfinite(price)]
    return bool(np.mean(np.abs(more) <= CENT) >= HALF and np.mean(more <= CENT) >= ALIKE)


def _is_price_beside(values: np.ndarray, price: np.ndarray, articles: np.ndarray) -> bool:
    """Whether numbers are another price of the same articles: one for each, and of the size of the first."""
    told = np.isfinite(values) & np.isfinite(price) & (values > 0) & (price > 0)
    if told.mean() < ALIKE or np.mean(np.abs(values - price)[told] <= CENT) > ALIKE:
        return False
    ratio = values[told] / price[told]
    near = bool(NEAR[0] <= np.median(ratio) <= NEAR[1]) and len(np.unique(values[told])) > 2
    follows = float(np.corrcoef(np.log(values[told]), np.log(price[told]))[0, 1]) if near else 0.0
    return follows >= ALIKE and is_of_articles(articles[told], values[told])


def is_of_articles(articles: np.ndarray, values: np.ndarray) -> bool:
    """Whether articles explain nearly all of how numbers vary, whatever their price did over the years."""
    frame = pd.DataFrame({"article": articles, "value": np.log(values)})[articles >= 0]
    within = frame["value"] - frame.groupby("article")["value"].transform("mean")
    several = frame["article"].nunique() * 2 <= len(frame)
    return several and float(within.var()) <= (1 - EXPLAINED) * float(frame["value"].var())
