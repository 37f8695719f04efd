"""The arithmetic of money in tables: what adds up, what repeats within orders, what a price is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from itertools import product as all_of

import numpy as np
import pandas as pd

from segmentation.intake.money_rule import Grain

ALWAYS = 0.98
ENOUGH = 10
ENOUGH_ORDERS, FEWEST_ORDERS = 8, 3
MOST_TERMS = 4
CENT = 0.011
TRIED = 400
LEAST_CUT, MOST_CUT, LEAST_FIXED, MOSTLY = 0.005, 0.4, 0.05, 0.8
HALF, MUCH = 0.5, 1.3


@dataclass(frozen=True)
class Sum:
    """`target` is `base` and the signed columns: in what share of the rows, of how many that can tell."""

    target: int
    base: int | None
    signs: dict[int, int]
    agreement: float
    counted: int


def is_mostly(more: np.ndarray, slack: float | np.ndarray) -> bool:
    """Whether numbers are what others come to in half of some rows, and never more; `more` is by how much."""
    alike = len(more) >= ENOUGH and np.mean(np.abs(more) <= slack) >= HALF
    return bool(alike and np.mean(more <= slack) >= ALWAYS)


def grain_of(orders: np.ndarray | None, values: np.ndarray) -> Grain:
    """Say whether sums stand for a line, or for a whole order on each or on one of its lines.

    Told only where several orders have several lines and the values differ within or between them.

    :param orders: the order of each row as a number, int64 (rows,), -1 where there is none.
    """
    several = _orders_of_several_lines(orders, values)
    if len(several) < ENOUGH_ORDERS:
        return Grain.LINE
    if several["alike"].mean() >= ALWAYS:
        return Grain.ORDER if np.nanmin(values) < np.nanmax(values) else Grain.LINE
    blank_elsewhere = np.mean(several["filled"] == 1) >= ALWAYS
    zero_elsewhere = np.mean(several["nonzero"] == 1) >= ALWAYS and len(several) >= 2 * ENOUGH_ORDERS
    return Grain.FIRST if blank_elsewhere or zero_elsewhere else Grain.LINE


def alike_in_orders(orders: np.ndarray | None, values: np.ndarray, fewest: int = FEWEST_ORDERS) -> float:
    """Return the share (0..1) of orders of several lines with one sum on all; 0 where there are too few."""
    several = _orders_of_several_lines(orders, values)
    return float(several["alike"].mean()) if len(several) >= fewest else 0.0


def is_of_each_line(orders: np.ndarray | None, values: np.ndarray) -> bool:
    """Whether sums that are alike within orders are of a line, as the price of each of several tickets.

    They are no larger in orders of several lines, and orders of one line have the same ones.
    """
    if orders is None:
        return False
    told = (orders >= 0) & np.isfinite(values)
    lines = np.bincount(orders[told])[orders[told]]
    single, several = values[told][lines == 1], values[told][lines > 1]
    if min(len(single), len(several)) < ENOUGH or len(np.unique(single)) < 2:
        return False
    known = np.isin(several, np.unique(single)).mean() >= MOSTLY
    return bool(known and several.mean() < MUCH * single.mean())


def _orders_of_several_lines(orders: np.ndarray | None, values: np.ndarray) -> pd.DataFrame:
    if orders is None:
        return pd.DataFrame(columns=["alike", "filled", "nonzero"])
    frame = pd.DataFrame({"order": orders, "value": values, "nonzero": np.nan_to_num(values) != 0})
    groups = frame[orders >= 0].groupby("order")
    lines, filled = groups.size(), groups["value"].count()
    alike = (filled == lines) & (groups["value"].min() == groups["value"].max())
    seen = pd.DataFrame({"alike": alike, "filled": filled, "nonzero": groups["nonzero"].sum()})
    return seen[(lines > 1) & (seen["nonzero"] > 0)]


def step_of(values: np.ndarray) -> float:
    """Return the size of the smallest coin that a column writes: 1 where all values are whole, else 0.01."""
    known = values[np.isfinite(values)]
    return 1.0 if len(known) and np.all(known == np.trunc(known)) else 0.01


def agrees(found: np.ndarray, target: np.ndarray, slack: np.ndarray | float) -> float:
    """Return the share (0..1) of the rows in which two columns say the same, where both say anything."""
    both = np.isfinite(found) & np.isfinite(target)
    return float(np.mean(np.abs(found - target)[both] <= np.broadcast_to(slack, both.shape)[both])) \
        if both.any() else 0.0  # fmt: skip


def find_sum(
    target: tuple[int, np.ndarray],
    base: tuple[int | None, np.ndarray],
    others: dict[int, np.ndarray],
    slack: np.ndarray | float = CENT,
) -> Sum | None:
    """Find the fewest columns that, added or taken off, make the base the target in nearly all rows.

    Every column counts only if it says something in several rows. Missing values of them count as 0.
    """
    (at, wanted), (base_at, start) = target, base
    slack = np.broadcast_to(np.asarray(slack, dtype=np.float64), wanted.shape)
    columns = {place: np.nan_to_num(values) for place, values in others.items()}
    columns = {place: values for place, values in columns.items() if np.count_nonzero(values) >= ENOUGH // 2}
    known = np.isfinite(wanted) & np.isfinite(start)
    if known.sum() < ENOUGH:
        return None
    few = np.flatnonzero(known)[:TRIED]
    for places, signs in chain(_signed(sorted(columns)), _solved(columns, (wanted - start)[few], few)):
        if agrees(_added(start, columns, places, signs, few), wanted[few], slack[few]) < ALWAYS - 0.02:
            continue
        share = agrees(_added(start, columns, places, signs, known), wanted[known], slack[known])
        if share >= ALWAYS:
            return Sum(at, base_at, dict(zip(places, signs, strict=True)), share, int(known.sum()))
    return None


def _signed(places: Sequence[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    for size in range(min(MOST_TERMS, len(places)) + 1):
        for chosen in combinations(places, size):
            for signs in all_of((-1, 1), repeat=size):
                yield chosen, signs


def _solved(
    columns: dict[int, np.ndarray], missing: np.ndarray, rows: np.ndarray
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the columns, more than are tried one by one, that together make up for what is missing."""
    if len(columns) <= MOST_TERMS:
        return
    free: list[int] = []
    for place in columns:
        if np.linalg.matrix_rank(np.column_stack([columns[one][rows] for one in (*free, place)])) > len(free):
            free.append(place)
    weights = np.linalg.lstsq(np.column_stack([columns[one][rows] for one in free]), missing)[0]
    signs = {place: round(weight) for place, weight in zip(free, weights, strict=True)}
    used = tuple(place for place in sorted(free) if signs[place])
    if len(used) > MOST_TERMS and all(abs(signs[place]) == 1 for place in used):
        yield used, tuple(signs[place] for place in used)


def _added(
    start: np.ndarray,
    columns: dict[int, np.ndarray],
    places: Sequence[int],
    signs: Sequence[int],
    rows: np.ndarray,
) -> np.ndarray:
    found = start[rows].astype(np.float64)
    for place, sign in zip(places, signs, strict=True):
        found = found + sign * columns[place][rows]
    return found


def takes_off(values: np.ndarray, sign: int) -> bool:
    """Whether a column that is added with this sign makes sums smaller, on the whole."""
    return float(np.nansum(values)) * sign < 0


@dataclass(frozen=True)
class PriceOf:
    """Of rows with several pieces, the share whose price is that of one piece, or that of all of them."""

    piece: float
    all_pieces: float
    rows: int

    @property
    def decided(self) -> bool:
        """Whether one of the two clearly wins."""
        high, low = max(self.piece, self.all_pieces), min(self.piece, self.all_pieces)
        return self.rows >= ENOUGH and high >= 0.3 and high >= 2 * low


def price_of(products: np.ndarray, quantity: np.ndarray, price: np.ndarray) -> PriceOf:
    """Compare the prices of several pieces with what one piece of the same product usually costs."""
    frame = pd.DataFrame({"product": products, "pieces": np.abs(quantity), "price": np.abs(price)})
    frame = frame[(products >= 0) & (frame["pieces"] >= 1) & (frame["price"] > 0)]
    single = frame[frame["pieces"] == 1].groupby("product")["price"].median()
    several = frame[(frame["pieces"] >= 2) & frame["product"].isin(single.index)]
    if several.empty:
        return PriceOf(0.0, 0.0, 0)
    usual = single.reindex(several["product"]).to_numpy()
    paid, pieces = several["price"].to_numpy(), several["pieces"].to_numpy()
    piece = np.abs(paid - usual) <= 0.01 * usual
    whole = np.abs(paid - usual * pieces) <= 0.01 * usual * pieces
    return PriceOf(float(piece.mean()), float(whole.mean()), len(several))


def is_off_each_piece(quantity: np.ndarray, price: np.ndarray, off: np.ndarray) -> bool:
    """Whether money off is of one piece: then several pieces have the rates that single ones have.

    Told only where it clearly is; money off the whole line has them as rates of the line.
    """
    pieces, off = np.abs(quantity), np.abs(off)
    told = (pieces >= 1) & (price > 0) & (off > 0)
    rates = np.round(off[told] / price[told], 2)
    single, several = pieces[told] == 1, pieces[told] >= 2
    if min(single.sum(), several.sum()) < ENOUGH:
        return False
    usual = np.unique(rates[single])
    of_one = np.isin(rates[several], usual).mean()
    of_all = np.isin(np.round(rates[several] / pieces[told][several], 2), usual).mean()
    return bool(of_one >= 0.8 and of_one >= 2 * of_all)


def differs_within(groups: np.ndarray, values: np.ndarray) -> bool:
    """Whether most groups of several rows (int64, -1 for none) have different values."""
    frame = pd.DataFrame({"group": groups, "value": values})[groups >= 0].groupby("group")["value"]
    several = frame.count() > 1
    return bool(several.any() and (frame.min() != frame.max())[several].mean() > 0.5)


def per_order(orders: np.ndarray, values: np.ndarray, grain: Grain) -> np.ndarray:
    """Return a sum for each order, float64 by its number: of its lines, or as it stands for all."""
    count = int(orders.max(initial=-1)) + 1
    known = (orders >= 0) & np.isfinite(values)
    found = np.full(count, np.nan)
    if grain is Grain.LINE:
        sums = np.bincount(orders[known], weights=values[known], minlength=count)
        found[np.bincount(orders[known], minlength=count) > 0] = 0.0
        return found + sums
    rising = np.flatnonzero(known)[np.argsort(np.abs(values[known]), kind="stable")]
    found[orders[rising]] = values[rising]  # of several the largest, which is written last
    return found


def is_cost_of_paying(whole: np.ndarray, part: np.ndarray) -> bool:
    """Whether a part of what was paid is the same rate of it and a fixed sum in nearly every row.

    So do those who pass money on charge the seller for it; tax is a rate alone, postage no rate.
    """
    known = np.isfinite(whole) & np.isfinite(part) & (whole > 0) & (part != 0)
    often = known.sum() >= MOSTLY * np.sum(whole > 0)
    if not often or len(np.unique(whole[known])) < ENOUGH:
        return False
    sums, cut = whole[known], np.abs(part[known])
    rate, fixed = np.polyfit(sums, cut, 1)
    alike = np.abs(rate * sums + fixed - cut) <= CENT
    return bool(LEAST_CUT < rate < MOST_CUT and fixed >= LEAST_FIXED and alike.mean() >= ALWAYS)
