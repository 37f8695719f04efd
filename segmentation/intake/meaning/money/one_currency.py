"""Sums that stand twice, in the currency of the row and in one for all rows: the latter count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
SMALL, DRIFT = 0.006, 0.2
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
        """Whether a third column is the rate by which the one becomes the other, or the other way round.

        Several rates in all, and about one for each currency: what is weighed, or how many, has none.
        """
        rows = self.known & (rate > 0)
        own, other, rate = self.own[rows], self.other[rows], rate[rows]
        telling = len(rate) >= ALWAYS * self.known.sum() and len(np.unique(rate)) > 1
        if not telling or not self._goes_with(rows, rate):
            return False
        products, slack = (own * rate, own / rate), CENT + SMALL * np.abs(other)
        return any(np.mean(np.abs(one - other) <= slack) >= ALWAYS for one in products)

    def _goes_with(self, rows: np.ndarray, rate: np.ndarray) -> bool:
        named = self.named[rows]
        mine = [rate[named == code] for code in np.unique(named)]
        usual = [np.mean(np.abs(one - np.median(one)) <= DRIFT * np.median(one)) for one in mine]
        return len(mine) == 1 or min(usual) >= ALWAYS

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

    The column of currencies is told that it does not speak of these sums. Where there is none, a rate stands
    beside them, and the header of one names its currency.
    """
    named = table.find(Role.CURRENCY)
    rows = np.zeros(table.sample.rows, dtype=np.int64)
    codes = table.sample.codes.get(named.position, rows) if named else rows
    if found.rule.refund or (named and len(np.unique(codes[codes >= 0])) < 2):
        return found
    values = table.numbers(c.position for c in table.columns if table.evidence[c.position].is_number)
    rates = {at: rate for at, rate in values.items() if not table.evidence[at].whole}
    amounts = [c.position for c in table.columns if c.role is Role.AMOUNT and c.position in values]
    for own, sums, other in _pairs(found.rule, values, amounts):
        twice = _Twice(sums, values[other], codes)
        home = twice.home() if own is None or _holds(found.rule, own) else None
        said = named is not None or _is_named(table, own) != _is_named(table, other)
        by_rate = said and any(twice.by_rate(rate) for at, rate in rates.items() if at not in (own, other))
        if home is not None or by_rate:
            return _counted(table, found, (own, other), _code(table, home), by_rate)
    return found


def _is_named(table: Table, place: int | None) -> bool:
    return place is not None and currency_in_header(table.columns[place].name) is not None


def _code(table: Table, home: int | None) -> str:
    """Return the currency that rows name by a number of the sample; nothing for none."""
    named = table.find(Role.CURRENCY)
    if home is None or named is None:
        return ""
    return code_or_mark(draw_names(table.cursor, table.name, named.position)[home])


def _pairs(
    rule: MoneyRule, values: dict[int, np.ndarray], amounts: Sequence[int]
) -> Iterator[tuple[int | None, np.ndarray, int]]:
    """Return what a rule counts, its column if it is one, beside each other column of numbers.

    Then other amounts, as the total of which it counts a part.
    """
    used = {rule.price, rule.quantity, rule.off, *(term.position for term in rule.terms)}
    free = [place for place in values if place not in used]
    if rule.multiplied:
        sums = value_of(MoneyColumns(values, None, None), rule)
        yield from ((None, sums, place) for place in free)
    own = rule.price if rule.multiplied else rule.amount
    if own is not None and len(rule.terms) == (0 if rule.multiplied else 1):
        yield from ((own, values[own], place) for place in free)
    yield from (
        (one, values[one], place) for one in amounts for place in free if one in free and one != place
    )


def _counted(
    table: Table, found: FoundMoney, pair: tuple[int | None, int], code: str, by_rate: bool
) -> FoundMoney:
    """Count the one of two sums that is in the same currency in all rows.

    Its header names that currency; else the other one stands beside the column of currencies.

    :param code: that currency, where the rows say it.
    """
    own, other = pair
    rival = replace(found, rule=_swapped(found.rule, own, other), rivals=_swapped_rivals(found, own, other))
    if own is not None and not _holds(found.rule, own):
        found = replace(found, rule=_swapped(found.rule, own, own), rivals=())
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
    if own is None or not _holds(rule, own):
        return MoneyRule(quantity=rule.quantity, terms=(Term(other),))
    terms = tuple(replace(term, position=other) if term.position == own else term for term in rule.terms)
    return replace(rule, price=other if rule.price == own else rule.price, terms=terms)


def _holds(rule: MoneyRule, place: int) -> bool:
    return place in (rule.price, *(term.position for term in rule.terms))


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
