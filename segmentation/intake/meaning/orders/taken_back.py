"""Rows that take back what others sold: they name its number, or follow it, of one customer and product."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from segmentation.intake.meaning.money.adds_up import CENT
from segmentation.intake.meaning.sample import draw_names
from segmentation.intake.meaning.table_so_far import HARDLY_ANY, MOST_LOST, NEARLY_ALL, Table
from segmentation.intake.roles import Role

UNDONE, BY_CHANCE = 0.8, 0.4
FEWEST = 3
BY_NO_CHANCE = 0.01
_PEOPLE = (Role.CUSTOMER_ID, Role.EMAIL, Role.PHONE, Role.NAME)
_WORD = re.compile(r"\w[\w/.-]*\w|\w")


class Backs:
    """Which rows of a table may take others back, by what each paid and when, float64 (rows,)."""

    def __init__(self, table: Table, paid: np.ndarray, time: np.ndarray) -> None:
        codes, person = table.sample.codes, table.find(*_PEOPLE)
        product = table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME)
        self._paid, self._time = paid, time
        self._who = codes.get(person.position) if person else None
        self._what = codes.get(product.position) if product else None
        self._orders, self._named = _named_orders(table)

    def take_back(self, rows: np.ndarray, others: np.ndarray) -> bool:
        """Whether nearly each of these rows gives back another one that cost as much.

        :param rows: bool (rows,), as `others`, those that may have been sold.
        """
        if any(self._are_named(named, rows, others) for named in self._named.values()):
            return True
        cheaper = self._what is not None
        back, plain = self._follow(rows, others, cheaper), self._follow(others, others, cheaper)
        return len(back) >= FEWEST and back.mean() >= UNDONE and plain.mean() <= BY_CHANCE

    def naming(self) -> dict[int, np.ndarray]:
        """Return the columns in which a few rows name an order of their customer that they take back.

        No such order is later or cost less. By position, with these rows, bool (rows,).
        """
        found = {place: named >= 0 for place, named in self._named.items()}
        return {
            place: rows
            for place, rows in found.items()
            if FEWEST <= rows.sum() <= MOST_LOST * len(rows)
            and self._are_named(self._named[place], rows, ~rows)
            and self._are_of_earlier_ones(self._named[place], rows)
        }

    def _are_of_earlier_ones(self, named: np.ndarray, rows: np.ndarray) -> bool:
        """Whether nearly all orders that rows name are of their customer and no later."""
        told = pd.DataFrame({"who": -1 if self._who is None else self._who, "time": self._time})
        first = told[self._orders >= 0].groupby(self._orders[self._orders >= 0]).min()
        theirs, mine = first.reindex(named[rows]).reset_index(drop=True), told[rows].reset_index(drop=True)
        alike = (theirs["who"] == mine["who"]) & ~(theirs["time"] > mine["time"])
        return bool(alike.mean() >= NEARLY_ALL)

    def may_take_back(self, rows: np.ndarray, others: np.ndarray) -> bool:
        """Whether nearly each of these rows follows one of its customer and product that cost no less."""
        back = self._follow(rows, others, cheaper=True)
        return len(back) >= FEWEST and back.mean() >= UNDONE

    def follow_by_no_chance(self, rows: np.ndarray, others: np.ndarray) -> bool:
        """Whether more of them do than would if they were rows like the others."""
        back, plain = (self._follow(some, others, cheaper=True) for some in (rows, others))
        if not len(back) or not len(plain):
            return False
        return bool(bdtrc(back.sum() - 1, len(back), plain.mean()) <= BY_NO_CHANCE)

    def _are_named(self, named: np.ndarray, rows: np.ndarray, others: np.ndarray) -> bool:
        """Whether nearly each of these rows, and hardly any other, names an order that cost no less."""
        told = named >= 0
        if told[rows].mean() < NEARLY_ALL or told[others].mean() > HARDLY_ANY:
            return False
        sold = others & (self._orders >= 0) & np.isfinite(self._paid)
        cost = np.bincount(self._orders[sold], self._paid[sold], minlength=self._orders.max() + 1)
        mine = rows & told & (self._paid > 0)
        back = pd.Series(self._paid[mine]).groupby(named[mine]).sum()
        return len(back) >= FEWEST and bool(np.mean(back <= cost[back.index] + CENT) >= UNDONE)

    def _follow(self, rows: np.ndarray, others: np.ndarray, cheaper: bool) -> np.ndarray:
        """Return of each of these rows that cost something whether it follows one of `others`, bool.

        That is one of its customer and product, no later, of as much money, or `cheaper` of no less. Where no
        goods are named, rows of one order and moment are parts of what was paid.
        """
        if self._who is None:
            return np.zeros(0, dtype=bool)
        what = np.zeros(len(self._who)) if self._what is None else self._what
        frame = pd.DataFrame({"who": self._who, "what": what, "paid": self._paid, "time": self._time})
        frame = frame.assign(asked=rows, later=~others, cents=(self._paid * 100).round())
        known = frame[(rows | others) & (frame["who"] >= 0) & (frame["paid"] > 0) & frame["time"].notna()]
        known = known.sort_values(["time", "later"], kind="stable")
        keys = [known[key] for key in ("who", "what", *(() if cheaper else ("cents",)))]
        dearest = known["paid"].mask(known["later"], -np.inf).groupby(keys).cummax()
        before = dearest.groupby(keys).shift(fill_value=-np.inf)
        follow = (known["paid"] <= before + CENT) & ~self._are_parts(others)[known.index]
        return follow[known["asked"]].to_numpy()

    def _are_parts(self, others: np.ndarray) -> np.ndarray:
        """Return of each row whether it is one beside `others` of an order without goods, bool (rows,)."""
        if self._what is not None or not len(self._orders):
            return np.zeros(len(others), dtype=bool)
        frame = pd.DataFrame({"order": self._orders, "time": self._time, "other": others})
        return (frame.groupby(["order", "time"])["other"].transform("any") & ~frame["other"]).to_numpy()


def name_orders(table: Table) -> bool:
    """Whether some column has numbers of orders that other rows are of."""
    return bool(_named_orders(table)[1])


def _named_orders(table: Table) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """Return the order of each row, and by position of a column which other order it names; -1 for none."""
    order, codes = table.find(Role.ORDER_ID), table.sample.codes
    if order is None or order.position not in codes or order.position in table.numbered:
        return np.zeros(0, dtype=np.int64), {}
    numbers = draw_names(table.cursor, table.name, order.position)
    places, own = {number: code for code, number in enumerate(numbers)}, codes[order.position]
    found = {}
    for place in codes:
        values = table.evidence[place]
        if place != order.position and any(_order_in(text, places) >= 0 for text in values.sample):
            words = draw_names(table.cursor, table.name, place)
            named = np.asarray([*(_order_in(text, places) for text in words), -1])[codes[place]]
            found[place] = np.where(named == own, -1, named)
    return own, found


def _order_in(text: str, places: Mapping[str, int]) -> int:
    """Return the order that a text is the number of, or names in one of its words; -1 where it names none."""
    words = (text, *_WORD.findall(text))
    return next((places[word] for word in words if word in places), -1)
