"""Money given back or taken off, told by its figures where no header speaks of it; the tax that it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH, differs_within, per_order
from segmentation.intake.meaning.money.facts import WHOLE_ORDERS, MoneyColumns, is_share, value_of
from segmentation.intake.money_rule import Grain, MoneyRule

MOSTLY_NOTHING = 0.8
OFTEN_ALL = 0.5
OFTEN_NOTHING = 0.2
GROWS = 1.3
FEWEST = 4
NEARLY_ALL = 0.8
HIGHEST_RATE = 0.35
MOST_LINES, MOST_PIECES = 6, 20
STEP = 2.5
MOST_ORDERS, TRIED = 400, 40


def with_money_back(columns: MoneyColumns) -> MoneyColumns:
    """Take for a refund what is nothing in most rows that cost something, else mostly all of that cost.

    A column that is nothing in most rows is not what they cost, whatever its header speaks of; where it is
    not often all of it, it may be a discount.
    """
    worth = worth_of_rows(columns)
    if worth is None:
        return columns
    idle = [place for place in (*columns.amounts, *columns.others) if _is_idle(columns, place, worth)]
    back = [place for place in idle if _is_all_of_it(columns, place, worth)]
    rest = [place for place in idle if place not in back]
    return replace(
        columns,
        amounts=tuple(place for place in columns.amounts if place not in idle),
        others=(*rest, *(place for place in columns.others if place not in idle)),
        refunds=(*columns.refunds, *back),
    )


def worth_of_rows(columns: MoneyColumns) -> np.ndarray | None:
    """Return what each row costs by the columns that say it plainly, float64 (rows,)."""
    if columns.quantities and columns.prices:
        return np.abs(columns.numbers[columns.quantities[0]] * columns.numbers[columns.prices[0]])
    for place in columns.of(columns.amounts, Grain.LINE):
        if not is_mostly_nothing(columns, place):
            return np.abs(columns.numbers[place])
    return None


def is_mostly_nothing(columns: MoneyColumns, place: int) -> bool:
    """Whether a column of lines is nothing, or not filled, in most rows."""
    of_lines = columns.grains.get(place, Grain.LINE) is Grain.LINE
    return of_lines and bool(np.mean(np.nan_to_num(columns.numbers[place]) == 0) >= MOSTLY_NOTHING)


def _is_idle(columns: MoneyColumns, place: int, worth: np.ndarray) -> bool:
    found, cost = beside(columns, place, worth, columns.grains.get(place, Grain.LINE))
    return len(cost) >= ENOUGH and bool(np.mean(found == 0) >= MOSTLY_NOTHING)


def _is_all_of_it(columns: MoneyColumns, place: int, worth: np.ndarray) -> bool:
    return any(_is_often_all(*beside(columns, place, worth, grain)) for grain in (Grain.LINE, Grain.FIRST))


def _is_often_all(found: np.ndarray, cost: np.ndarray) -> bool:
    told = found > 0
    alike = np.abs(found - cost)[told] <= CENT
    return int(alike.sum()) >= ENOUGH // 2 and bool(alike.mean() >= OFTEN_ALL)


def beside(
    columns: MoneyColumns, place: int, worth: np.ndarray, grain: Grain
) -> tuple[np.ndarray, np.ndarray]:
    """Return the column and the cost side by side, of lines or of whole orders, where anything was paid."""
    values = columns.numbers[place]
    if grain is not Grain.LINE and columns.orders is not None:
        values = per_order(columns.orders, values, grain)
        worth = per_order(columns.orders, worth, Grain.LINE)
    paid = np.nan_to_num(worth) > 0
    return np.abs(np.nan_to_num(values))[paid], worth[paid]


def with_money_off(columns: MoneyColumns) -> MoneyColumns:
    """Take what is often nothing, else a part of what the line or the order cost, for a discount.

    Its share differs within products, or from order to order: a rate of tax goes with the product. Whether a
    discount is in the price already is asked. A header that is only guessed does not decide.
    """
    likely = [place for place in columns.discounts if place in columns.guessed]
    if len(likely) < len(columns.discounts) or columns.products is None or not columns.prices:
        return columns
    open_ones = [*likely, *columns.others]
    found = [place for place in columns.of(open_ones, Grain.LINE) if _may_be_discount(columns, place)]
    orders = columns.of(open_ones, *WHOLE_ORDERS)
    found = found or [place for place in orders if _is_off_orders(columns, place)]
    if not found:
        return columns
    return replace(columns, discounts=(found[0],), others=[one for one in open_ones if one != found[0]])


def _may_be_discount(columns: MoneyColumns, place: int) -> bool:
    values, products = columns.numbers[place], columns.products
    known = values[np.isfinite(values)]
    if products is None or len(known) < ENOUGH or np.all(known == 0) or np.mean(known == 0) < OFTEN_NOTHING:
        return False
    if known.min() >= 0 and (place in columns.percents or is_share(known)):
        return differs_within(products, values)
    return _is_off_lines(columns, products, values)


def may_be_percents(values: np.ndarray, products: np.ndarray | None) -> bool:
    """Whether numbers are often nothing, else round ones below a hundred that differ within goods."""
    return products is not None and are_round_parts(values) and differs_within(products, values)


def are_round_parts(values: np.ndarray) -> bool:
    """Whether numbers are often nothing, else round ones below a hundred."""
    known = values[np.isfinite(values)]
    known = -known if len(known) and known.max() <= 0 else known
    if len(known) < ENOUGH or np.mean(known == 0) < OFTEN_NOTHING or np.all(known == 0):
        return False
    return bool(np.mean(known % STEP == 0) >= ALWAYS and 0 <= known.min() < known.max() < 100)


def _is_off_lines(columns: MoneyColumns, products: np.ndarray, values: np.ndarray) -> bool:
    """Whether a number is less than its line costs, with it or against it, and no rate of a product."""
    if not columns.quantities:
        return False
    worth = columns.numbers[columns.quantities[0]] * columns.numbers[columns.prices[0]]
    values = values * np.sign(worth)
    if np.nanmin(values) * np.nanmax(values) < 0:
        return False
    off, worth = np.abs(values), np.abs(worth)
    rate = np.round(off / np.where(worth > 0, worth, np.nan), 2)
    return is_part_of(off, worth) and differs_within(products, rate)


def _is_off_orders(columns: MoneyColumns, place: int) -> bool:
    """Whether a number of whole orders is often nothing, and else a part of what their lines cost."""
    worth = worth_of_rows(columns)
    if worth is None or columns.orders is None or np.nanmin(columns.numbers[place]) < 0:
        return False
    off, cost = beside(columns, place, worth, columns.grains[place])
    return bool(np.mean(off == 0) >= OFTEN_NOTHING) and is_part_of(off, cost)


def is_sometimes_less(off: np.ndarray, worth: np.ndarray) -> bool:
    """Whether money is nothing in some rows, and never more than what these cost."""
    told, cost = np.abs(np.nan_to_num(off)), np.abs(np.nan_to_num(worth))
    return bool(np.mean(told == 0) >= OFTEN_NOTHING and np.mean(told <= cost + CENT) >= ALWAYS)


def is_part_of(off: np.ndarray, worth: np.ndarray) -> bool:
    """Whether money stays below what something costs, and grows with it, as postage does not."""
    told = (off > 0) & (worth > 0)
    if told.sum() < ENOUGH or np.mean(off[told] <= worth[told] + CENT) < ALWAYS:
        return False
    return grows_with(off, worth)


def grows_with(part: np.ndarray, worth: np.ndarray) -> bool:
    """Whether money is clearly more where something costs more."""
    told = (part > 0) & (worth > 0)
    dear = worth[told] > np.median(worth[told])
    return bool(dear.any() and np.median(part[told][dear]) >= GROWS * np.median(part[told][~dear]))


@dataclass(frozen=True)
class OrderCosts:
    """What the lines of orders cost: `orders` (rows,) int64, -1 for none, `costs` and `pieces` (rows,)."""

    orders: np.ndarray
    costs: np.ndarray
    pieces: np.ndarray | None = None


def with_refund_tax(columns: MoneyColumns, rule: MoneyRule) -> MoneyRule:
    """Say of a rule with money given back how much more than goods that holds."""
    term = rule.refund
    worth = None if term is None else _goods_of_lines(columns, rule)
    if term is None or worth is None:
        return rule
    orders, given = columns.orders, columns.numbers[term.position]
    if orders is None or term.grain is Grain.LINE:
        orders = np.arange(len(given))
    back = np.abs(per_order(orders, given, term.grain))
    pieces = None if rule.quantity is None else np.abs(columns.numbers[rule.quantity])
    return replace(rule, refund_tax=tax_in_refunds(OrderCosts(orders, worth, pieces), back))


def _goods_of_lines(columns: MoneyColumns, rule: MoneyRule) -> np.ndarray | None:
    """Return what each line cost, less its share of whole discounts; None where they say none."""
    if not rule.multiplied and all(term.grain is not Grain.LINE for term in rule.terms):
        return None
    lines = value_of(columns, rule)
    if columns.orders is None or not rule.of_orders:
        return lines
    of_lines = per_order(columns.orders, lines, Grain.LINE)
    more = sum(
        term.sign
        * np.nan_to_num(np.abs(per_order(columns.orders, columns.numbers[term.position], term.grain)))
        for term in rule.of_orders
    )
    share = np.divide(of_lines + more, of_lines, out=np.ones_like(of_lines), where=of_lines > 0)
    return np.asarray(lines * np.where(columns.orders >= 0, share[columns.orders], 1.0))


def tax_in_refunds(lines: OrderCosts, given_back: np.ndarray) -> float | None:
    """Return the rate of what refunds hold on top of the goods that came back; 0 where they are of these.

    Of an order that came back in part, the money given back is what some of its lines or pieces cost, and the
    tax on these: one rate for nearly all of them. Orders that came back as a whole may hold postage too. None
    where they hold more than goods and no rate explains the others.

    :param given_back: (orders,) by the order's number, 0 or NaN where nothing was.
    """
    parts = _parts_of_orders(lines, np.nan_to_num(given_back))
    partly = [(back, costs) for back, costs in parts if back < costs.max() - CENT]
    more = sum(back > costs.max() + CENT for back, costs in parts)
    if not partly or _agreement(partly, 0.0) >= NEARLY_ALL:
        return 0.0
    found = max(_candidates(parts), key=lambda rate: _agreement(partly, rate), default=0.0)
    rate = _refined(parts, found)
    explained = round(_agreement(parts, rate) * len(parts))
    if rate and explained >= FEWEST and _agreement(partly, rate) >= NEARLY_ALL:
        return rate
    whole = len(parts) - len(partly)
    return None if more >= max(2, whole / 2) else 0.0


Parts = list[tuple[float, np.ndarray]]


def _parts_of_orders(lines: OrderCosts, given_back: np.ndarray) -> Parts:
    """Return what was given back for each order with what any of its parts cost, the largest refund first."""
    told = [
        int(order) for order in np.argsort(-given_back, kind="stable")[:MOST_ORDERS] if given_back[order] > 0
    ]
    found = []
    for order in told:
        rows = np.flatnonzero(lines.orders == order)
        costs = _costs_of_parts(lines, rows)
        if len(costs):
            found.append((float(given_back[order]), costs))
    return found


def _costs_of_parts(lines: OrderCosts, rows: np.ndarray) -> np.ndarray:
    """Return the costs of every choice of lines, and of every number of pieces of one line."""
    costs = lines.costs[rows]
    costs = costs[np.isfinite(costs) & (costs > 0)]
    if not len(costs):
        return costs
    sums = [costs.sum()]
    if len(costs) <= MOST_LINES:
        sums += [sum(some) for size in range(1, len(costs)) for some in combinations(costs, size)]
    for row in rows if lines.pieces is not None else ():
        pieces = lines.pieces[row]  # type: ignore[index]
        if 2 <= pieces <= MOST_PIECES and lines.costs[row] > 0:
            sums += list(lines.costs[row] / pieces * np.arange(1, int(pieces)))
    return np.asarray(sums, dtype=np.float64)


def _candidates(parts: Parts) -> list[float]:
    """Return the rates that the largest refunds allow, of orders in part and as a whole."""
    rates = [back / costs - 1 for back, costs in parts[:TRIED]]
    return [float(rate) for some in rates for rate in some if 0 < rate <= HIGHEST_RATE]


def _misses(back: float, costs: np.ndarray, rate: float) -> np.ndarray:
    return np.abs(costs * (1 + rate) - back)


def _agreement(partly: Parts, rate: float, slack: float = CENT) -> float:
    """Return the share (0..1) of the orders of which some part, with this rate, is what was given back."""
    return float(np.mean([_misses(back, costs, rate).min() <= slack for back, costs in partly]))


def _refined(parts: Parts, rate: float) -> float:
    """Return the rate of all refunds that nearly have this one, taken together."""
    nearest = [(back, costs[np.argmin(_misses(back, costs, rate))]) for back, costs in parts]
    kept = [(back, cost) for back, cost in nearest if abs(cost * (1 + rate) - back) <= 3 * CENT]
    return round(sum(back for back, _ in kept) / sum(cost for _, cost in kept) - 1, 5) if kept else rate
