"""Sums that stand twice, in the currency of the row and in one for all rows: the latter count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival, value_of
from segmentation.intake.meaning.sample import draw_names
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import MoneyRule, OneCurrency, Term
from segmentation.intake.roles import Role
from segmentation.intake.values.currencies import code_or_mark, currency_in_header

FEWEST, STEADY, OTHER = 3, 1.4, 0.01
SMALL = 0.006
IN_ONE = "the sums of “{column}” are in one currency, whatever this column says"


@dataclass(frozen=True)
class _Twice:
    """A sum of each row and another one, float64 (rows,); `named` is the row's currency, -1 for none."""

    own: np.ndarray
    other: np.ndarray
    named: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """The rows that say all three, and cost something; bool (rows,)."""
        both = np.isfinite(self.own) & np.isfinite(self.other)
        return both & (self.own * self.other > 0) & (self.named >= 0)

    def home(self) -> int | None:
        """Return the one currency in which both are alike, while each other one has a steady rate."""
        alike = [
            code for code, own, other in self._by_currency() if np.mean(np.abs(own - other) <= CENT) >= ALWAYS
        ]
        others = [other / own for code, own, other in self._by_currency() if code not in alike]
        return alike[0] if len(alike) == 1 and others and all(map(_is_rate, others)) else None

    def by_rate(self, rate: np.ndarray) -> bool:
        """Whether a third column is the rate by which the one becomes the other, several rates in all."""
        rows = self.known & (rate > 0)
        own, other, rate = self.own[rows], self.other[rows], rate[rows]
        slack = CENT + SMALL * np.abs(other)
        enough = len(rate) >= ALWAYS * self.known.sum() and len(np.unique(rate)) > 1
        return enough and bool(np.mean(np.abs(own * rate - other) <= slack) >= ALWAYS)

    def _by_currency(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        for code in np.unique(self.named[self.known]):
            rows = self.known & (self.named == code)
            if rows.sum() >= FEWEST:
                yield int(code), self.own[rows], self.other[rows]


def _is_rate(rates: np.ndarray) -> bool:
    """Whether what one currency is worth in another stays near one number, which is not one."""
    low, middle, high = np.quantile(rates, (0.1, 0.5, 0.9))
    return bool(high <= STEADY * low and abs(middle - 1) > OTHER)


def counting_in_one(table: Table, found: FoundMoney) -> FoundMoney:
    """Count what is of one currency in all rows, where the file says both; ask where nothing says which is.

    The column of currencies is told that it does not speak of these sums.
    """
    named = table.find(Role.CURRENCY)
    if named is None or named.position not in table.sample.codes or found.rule.refund:
        return found
    values = table.numbers(c.position for c in table.columns if table.evidence[c.position].is_number)
    for own, sums, other in _pairs(found.rule, values):
        twice = _Twice(sums, values[other], table.sample.codes[named.position])
        home = twice.home()
        by_rate = any(twice.by_rate(rate) for at, rate in values.items() if at not in (own, other))
        if home is not None or by_rate:
            names = draw_names(table.cursor, table.name, named.position)
            code = code_or_mark(names[home]) if home is not None else ""
            return _counted(table, found, (own, other), code, by_rate)
    return found


def _pairs(rule: MoneyRule, values: dict[int, np.ndarray]) -> Iterator[tuple[int | None, np.ndarray, int]]:
    """Return what a rule counts, its column if it is one, beside each other column of numbers."""
    used = {rule.price, rule.quantity, rule.off, *(term.position for term in rule.terms)}
    free = [place for place in values if place not in used]
    if rule.multiplied:
        sums = value_of(MoneyColumns(values, None, None), rule)
        yield from ((None, sums, place) for place in free)
    own = rule.price if rule.multiplied else rule.amount
    if own is not None and len(rule.terms) == (0 if rule.multiplied else 1):
        yield from ((own, values[own], place) for place in free)


def _counted(
    table: Table, found: FoundMoney, pair: tuple[int | None, int], code: str, by_rate: bool
) -> FoundMoney:
    """Count the one of two sums that is in the same currency in all rows.

    Its header names that currency; else the other one stands beside the column of currencies.

    :param code: that currency, where the rows say it.
    """
    own, other = pair
    rival = replace(found, rule=_swapped(found.rule, own, other), rivals=_swapped_rivals(found, own, other))
    first = next(place for place in (own, found.rule.price, other) if place is not None)
    choices = [(first, found), (other, rival)]
    told = {place: currency_in_header(table.columns[place].name) for place, _ in choices}
    named = table.find(Role.CURRENCY)
    by_header = [choice for choice in choices if (said := told[choice[0]]) and said == (code or said)]
    if len(by_header) == 1:
        (place, taken) = by_header[0]
        _tell(table, (place,), code or told[place] or "")
        return taken
    near, far = sorted(choices, key=lambda choice: abs(choice[0] - (named.position if named else 0)))
    _tell(table, (far[0],) if by_rate else (far[0], near[0]), code)
    asked = Rival(Question.HOME, near[1].rule, far[0])
    return far[1] if by_rate else replace(far[1], rivals=(asked, *far[1].rivals))


def _swapped(rule: MoneyRule, own: int | None, other: int) -> MoneyRule:
    """Return the rule with another column for one of its own, or for all that it counts."""
    if own is None:
        return MoneyRule(quantity=rule.quantity, terms=(Term(other),))
    terms = tuple(replace(term, position=other) if term.position == own else term for term in rule.terms)
    return replace(rule, price=other if rule.price == own else rule.price, terms=terms)


def _swapped_rivals(found: FoundMoney, own: int | None, other: int) -> tuple[Rival, ...]:
    if own is None:
        return ()
    return tuple(replace(one, rule=_swapped(one.rule, own, other)) for one in found.rivals)


def _tell(table: Table, places: tuple[int, ...], code: str) -> None:
    """Say with the column of currencies of which sums it does not speak."""
    named = table.find(Role.CURRENCY)
    if named:
        reason = IN_ONE.format(column=table.columns[places[0]].name)
        table.set(named.position, Role.CURRENCY, 0.8, reason, OneCurrency(places, code).as_format())
