"""What makes a total less: money off, or a means of payment (credit, a card bought before) that was spent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import CENT, ENOUGH, Sum, takes_off
from segmentation.intake.meaning.money.facts import MoneyColumns, Question, Rival
from segmentation.intake.money_rule import Grain, MoneyRule, Term

NEARLY_ALL, HALF, OFTEN = 0.9, 0.5, 0.8
FEWEST = 3
FEW_RATES = 0.25


@dataclass(frozen=True)
class SumParts:
    """What a sum holds beside goods: `off` makes them cheaper, `paid` pays for them, `more` is added to them.

    Of the columns of `open` nothing tells whether they are money off or a means of payment.
    """

    off: tuple[int, ...]
    paid: tuple[int, ...]
    more: tuple[int, ...]
    open: tuple[int, ...]


def turned(columns: MoneyColumns, found: Sum) -> Sum:
    """Write an identity so that its target is what was to be paid, and its base what the goods cost.

    They are its two largest columns where no header says which they are. Postage and tax are in what was to
    be paid, money off is in what the goods cost.
    """
    if found.base is None:
        return found
    weights = {found.target: 1, found.base: -1, **{place: -sign for place, sign in found.signs.items()}}
    sums = {place: float(np.nansum(np.abs(columns.numbers[place]))) for place in weights}
    ends = [found.target, found.base]
    if any(place not in columns.amounts or place in columns.guessed for place in ends):
        largest = sorted(sums, key=sums.__getitem__, reverse=True)[:2]
        ends = largest if weights[largest[0]] == -weights[largest[1]] else ends
    written = [_as_sum(found, weights, *one) for one in (ends, ends[::-1])]
    return next((one for one in written if not _is_backward(columns, one)), found)


def _as_sum(found: Sum, weights: Mapping[int, int], target: int, base: int) -> Sum:
    signs = {
        place: -weight * weights[target] for place, weight in weights.items() if place not in (target, base)
    }
    return replace(found, target=target, base=base, signs=signs)


def _is_backward(columns: MoneyColumns, found: Sum) -> bool:
    less = [place for place, sign in found.signs.items() if takes_off(columns.numbers[place], sign)]
    more = [place for place in found.signs if place not in less]
    if not less or not more:
        return False
    besides = [any(_is_besides(columns, place) for place in places) for places in (less, more)]
    off = any(place in columns.discounts and not is_unsaid(columns, place) for place in more)
    return off or besides == [True, False]


def _is_besides(columns: MoneyColumns, place: int) -> bool:
    """Whether a column is said to be postage or tax, or is in nearly every row as these are."""
    return place in columns.fees or (is_unsaid(columns, place) and is_often(columns, place))


def is_often(columns: MoneyColumns, place: int) -> bool:
    """Whether a column says something in most rows."""
    return bool(np.mean(np.nan_to_num(columns.numbers[place]) != 0) > OFTEN)


def parts_of(
    columns: MoneyColumns, numbers: Mapping[int, np.ndarray], goods: np.ndarray, signs: Mapping[int, int]
) -> SumParts:
    """Tell the columns of a sum apart by what tax is a rate of, and by what they are a part of.

    :param goods: what the goods cost before anything is taken off, float64 (rows or orders,).
    :param signs: the columns with which they make the total.
    """
    less = [place for place, sign in signs.items() if takes_off(numbers[place], sign)]
    more = tuple(place for place in signs if place not in less)
    unsaid = [place for place in less if is_unsaid(columns, place) and _is_seldom(numbers[place])]
    said = [place for place in less if place not in unsaid]
    fees = [np.nan_to_num(numbers[place]) for place in more]
    kept = goods - sum(np.abs(np.nan_to_num(numbers[place])) for place in said)
    told = {place: _pays(kept, np.abs(np.nan_to_num(numbers[place])), fees) for place in unsaid}
    open_ones = tuple(place for place, pays in told.items() if pays is None)
    known_off = said or [place for place, pays in told.items() if pays is False]
    paid = tuple(place for place, pays in told.items() if (bool(known_off) if pays is None else pays))
    return SumParts(tuple(place for place in less if place not in paid), paid, more, open_ones)


def asking_what_they_are(
    rule: MoneyRule, parts: SumParts, signs: Mapping[int, int], grains: Mapping[int, Grain] | None = None
) -> tuple[Rival, ...]:
    """Ask of each open column whether it is money off or a means of payment; a rule that holds it or not."""
    found = []
    for place in parts.open:
        term = Term(place, signs[place], (grains or {}).get(place, Grain.LINE))
        others = tuple(one for one in rule.terms if one.position != place)
        terms = others if len(others) < len(rule.terms) else (*rule.terms, term)
        found.append(Rival(Question.TENDER, replace(rule, terms=terms), place))
    return tuple(found)


def is_unsaid(columns: MoneyColumns, place: int) -> bool:
    """Whether no header says that a column is money off, given back or a fee."""
    said = {*columns.discounts, *columns.refunds, *columns.fees}
    return place not in said or place in columns.guessed


def _is_seldom(values: np.ndarray) -> bool:
    return bool(np.mean(np.nan_to_num(values) != 0) <= OFTEN)


def _pays(goods: np.ndarray, part: np.ndarray, fees: Sequence[np.ndarray]) -> bool | None:
    """Whether a part pays for goods, or makes them cheaper (False); None where nothing tells."""
    used = (part > 0) & np.isfinite(goods)
    if (part[used] > goods[used] + CENT).sum() >= FEWEST:
        return True  # it pays for postage or tax, too
    by_tax = next((pays for fee in fees if (pays := _pays_by_tax(goods, part, fee)) is not None), None)
    if by_tax is not None:
        return by_tax
    return False if _is_rate_of(goods[used], part[used]) else None


def _pays_by_tax(goods: np.ndarray, part: np.ndarray, fee: np.ndarray) -> bool | None:
    """Whether tax, one rate of what goods cost where nothing is used, is so with the part or without it."""
    used, plain = (part > 0) & (goods > 0), (part == 0) & (goods > 0) & (fee != 0)
    if min(used.sum(), plain.sum()) < FEWEST or len(np.unique(goods[plain])) < ENOUGH:
        return None
    rate = float(np.median(fee[plain] / goods[plain]))
    if _agree(fee[plain], rate * goods[plain]) < NEARLY_ALL:
        return None
    before, after = (_agree(fee[used], rate * cost[used]) for cost in (goods, goods - part))
    if max(before, after) < NEARLY_ALL or min(before, after) > HALF:
        return None
    return before > after


def _agree(found: np.ndarray, wanted: np.ndarray) -> float:
    return float(np.mean(np.abs(found - wanted) <= 3 * CENT))


def _is_rate_of(goods: np.ndarray, part: np.ndarray) -> bool:
    """Whether a part is one of few rates of what goods cost, as money off in percent is."""
    told = goods > 0
    rates = np.round(part[told] / goods[told], 3)
    few = len(np.unique(rates)) <= FEW_RATES * len(rates)
    return few and len(np.unique(part[told])) > len(np.unique(rates))
