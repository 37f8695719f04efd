"""Columns that mark orders, by yes and no, an x or a day: which of them are lost, or may be.

A mark of orders goes with nothing else that would explain it: the buyer, the goods, another column, the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.headers.mark_words import Mark, meaning_of_day, meaning_of_flag
from segmentation.intake.meaning.date_and_time_columns import draw_moments
from segmentation.intake.meaning.orders.filled_cells import Filling, filling_of
from segmentation.intake.meaning.orders.hidden_states import is_of_orders
from segmentation.intake.meaning.orders.order_state_columns import as_said, said_states
from segmentation.intake.meaning.orders.state_figures import (
    RowFigures,
    agreement,
    backs_of,
    draw_figures,
    is_recent,
    lost_by_figures,
)
from segmentation.intake.meaning.orders.taken_back import Backs, name_orders
from segmentation.intake.meaning.sample import draw_names
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.order_states import LOST, State, state_of, states_of, tells_of_paying
from segmentation.intake.values.yes_no import is_yes, is_yes_or_no

FEWEST, MOST = 0.01, 0.4
MOSTLY_ALIKE, DAY = 0.5, 86_400e9
EXPLAINED, MOST_LABELS = 0.8, 50
_PLAIN = (Role.IGNORE, Role.CATEGORICAL, Role.NUMERIC)
_OTHER = {C.TIME, C.LATER, C.ALONE, C.STATUS, C.CODE, C.ID, C.PAYMENT, C.ORDER}


@dataclass(frozen=True)
class Marked:
    """A column, and the format under which some of its orders are lost.

    `sure` needs no question; where it is not `likely`, all orders count unless a person says otherwise.
    """

    column: Column
    lost: str
    likely: bool
    sure: bool = False


def find_marks(table: Table, rule: MoneyRule | None) -> list[Marked]:
    """Return the columns that mark some of the orders that count as lost, or may; the surest first.

    Of columns that mark the same orders one is enough: days of payment come first, then other days.
    """
    open_ones = [column for column in table.columns if _may_mark(table, column)]
    if not open_ones or rule is None:
        return []
    figures, settled, found = draw_figures(table, rule), _settled(table), []
    for column in sorted(open_ones, key=lambda one: _order_of_asking(table, one)):
        if marked := _read(table, figures, settled, column):
            found.append(marked)
            settled = settled | _lost_rows(table, marked)
    return sorted(found, key=lambda one: (not one.sure, not one.likely))


def find_references(table: Table, rule: MoneyRule | None, asked: Sequence[Column]) -> list[Marked]:
    """Return the column in which rows name the order that they take back, or one whose words say so as well.

    Orders that follow others name these, too, be they renewed or exchanged: so it is asked.

    :param asked: columns that are asked about already.
    """
    if rule is None or not name_orders(table):
        return []
    figures = draw_figures(table, rule)
    named = Backs(table, figures.paid, figures.time).naming()
    column = next((c for c in table.columns if c.position in named and c.role in _PLAIN), None)
    if column is None:
        return []
    words = [one for one in table.columns if _goes_with(table, one, named[column.position])]
    if any(one in asked for one in words):
        return []
    return [_as_reference(table, words[0] if words else column, named[column.position], bool(words))]


def _goes_with(table: Table, column: Column, rows: np.ndarray) -> bool:
    """Whether words of a column are those of these rows, and others those of all others."""
    codes, open_ones = table.sample.codes.get(column.position), (Role.CATEGORICAL, Role.ORDER_STATUS)
    if codes is None or column.role not in open_ones or column.value_format or (codes[rows] < 0).any():
        return False
    few = 2 <= table.sample.distinct(column.position) <= MOST_LABELS
    return few and not np.isin(codes[rows], codes[~rows]).any()


def _as_reference(table: Table, column: Column, rows: np.ndarray, by_words: bool) -> Marked:
    codes = table.sample.codes[column.position]
    if not by_words:
        whole = _in_orders(table, codes >= 0)[1]
        return Marked(column, Filling(State.TAKES_BACK, False, whole).as_format(), True)
    names = draw_names(table.cursor, table.name, column.position)
    back = {names[code]: State.TAKES_BACK for code in np.unique(codes[rows])}
    return Marked(column, as_said(back), True)


def _may_mark(table: Table, column: Column) -> bool:
    place, values = column.position, table.evidence[column.position]
    if column.role not in _PLAIN or place not in table.sample.codes:
        return False
    blank = values.filled < values.rows
    return is_yes_or_no(values.common) or (blank and (values.dates is not None or values.distinct == 1))


def _order_of_asking(table: Table, column: Column) -> tuple[bool, bool]:
    dated = table.evidence[column.position].dates is not None
    return not (dated and tells_of_paying(column.name)), not dated


def _lost_rows(table: Table, marked: Marked) -> np.ndarray:
    """Return which rows are lost where its mark says so: bool (rows,)."""
    codes, filling = table.sample.codes[marked.column.position], filling_of(marked.lost)
    if filling:
        filled, _ = _in_orders(table, codes >= 0)
        return ~filled if filling.blank else filled
    names = draw_names(table.cursor, table.name, marked.column.position)
    return np.isin(codes, [names.index(value) for value in said_states(marked.lost)])


def _is_known(table: Table, column: Column) -> bool:
    """Whether lists know that a header speaks of something else."""
    return bool(table.concepts[column.position] - _OTHER) and column.position not in table.guessed


def _settled(table: Table) -> np.ndarray:
    """Return of which rows another column says that they were lost, or paid for: bool (rows,)."""
    settled = np.zeros(table.sample.rows, dtype=bool)
    for column in table.columns:
        if column.role is Role.ORDER_STATUS and column.position in table.sample.codes:
            names = draw_names(table.cursor, table.name, column.position)
            states = states_of(names, column.name) | said_states(column.value_format)
            codes = [code for code, name in enumerate(names) if states[name] in {*LOST, State.PAID}]
            settled |= np.isin(table.sample.codes[column.position], codes)
    return settled


def _read(table: Table, figures: RowFigures, settled: np.ndarray, column: Column) -> Marked | None:
    values = table.evidence[column.position]
    if is_yes_or_no(values.common):
        return _flag(table, figures, settled, column)
    return _filled(table, figures, settled, column)


def _flag(table: Table, figures: RowFigures, settled: np.ndarray, column: Column) -> Marked | None:
    place = column.position
    codes, names = table.sample.codes[place], draw_names(table.cursor, table.name, place)
    shown = lost_by_figures(table, figures, place, backs_of(table, figures, place))
    meaning = meaning_of_flag(column.name)
    rare = {code for code in range(len(names)) if _is_rare(codes == code, settled)}
    lost = {code for code in rare if _is_lost(meaning, is_yes(names[code], names)) or code in shown}
    if not rare or (meaning is Mark.OTHER and not lost):
        return None
    if not lost and (_is_known(table, column) or not _is_unexplained(table, figures, column, codes)):
        return None
    code = min(lost or rare)
    return Marked(column, as_said({names[code]: shown.get(code, State.UNPAID)}), bool(lost))


def _is_lost(meaning: Mark | None, yes: bool) -> bool:
    return meaning is (Mark.LOST if yes else Mark.PAID)


def _filled(table: Table, figures: RowFigures, settled: np.ndarray, column: Column) -> Marked | None:
    """Read a column that is not filled in every order: days, or one mark."""
    filled, whole = _in_orders(table, table.sample.codes[column.position] >= 0)
    dated, state = table.evidence[column.position].dates is not None, state_of(column.name)
    meaning = (meaning_of_day if dated else meaning_of_flag)(column.name)
    blank = _is_rare(~filled, settled)
    if not blank and not _is_rare(filled, settled):
        return None
    if not blank and state in LOST:
        return Marked(column, Filling(state, False, whole).as_format(), True, True)
    reading = Filling(State.UNPAID, blank, whole).as_format()
    if blank and tells_of_paying(column.name):
        due = dated and _is_due(table, figures, column)
        return Marked(column, reading, not due, dated and not due and not _by_way_of_paying(table, filled))
    if meaning is (Mark.PAID if blank else Mark.LOST):
        return Marked(column, reading, True)
    strange = meaning in (Mark.STRANGE, None) or (dated and blank and not table.find(Role.ORDER_STATUS))
    codes = filled.astype(np.int64)
    if not strange or _is_known(table, column) or (dated and is_recent(figures, ~filled)):
        return None
    free = _is_unexplained(table, figures, column, codes)
    return Marked(column, reading, dated and blank) if free else None


def _in_orders(table: Table, filled: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return of which rows some line of the order is filled, where one line says it for all."""
    order = table.find(Role.ORDER_ID)
    if order is None or order.position not in table.sample.codes:
        return filled, False
    codes = table.sample.codes[order.position]
    lines, told = (
        np.bincount(codes[codes >= 0], weights=w[codes >= 0]) for w in (np.ones(len(codes)), filled)
    )
    several = (lines > 1) & (told > 0)
    if not several.any() or np.mean(told[several] == 1) < EXPLAINED:
        return filled, False
    return np.where(codes >= 0, told[codes] > 0, filled), True


def _is_rare(rows: np.ndarray, settled: np.ndarray) -> bool:
    """Whether rows are some of those that count, and not most of them."""
    return (rows & ~settled).mean() >= FEWEST and rows.mean() <= MOST


def _is_unexplained(table: Table, figures: RowFigures, column: Column, codes: np.ndarray) -> bool:
    """Whether marks go with orders, and with no other column of labels."""
    others = _labels(table, column)
    return is_of_orders(table, figures, column.position, codes) and all(
        agreement(other, codes) < EXPLAINED for other in others
    )


def _labels(table: Table, column: Column) -> Iterator[np.ndarray]:
    for other in table.columns:
        codes = table.sample.codes.get(other.position)
        if other is not column and codes is not None and 2 <= codes.max(initial=-1) + 1 <= MOST_LABELS:
            yield codes


def _by_way_of_paying(table: Table, filled: np.ndarray) -> bool:
    codes = table.sample.codes
    ways = [
        c.position for c in table.columns if C.PAYMENT in table.concepts[c.position] and c.position in codes
    ]
    return any(agreement(codes[way], filled.astype(np.int64)) >= 1 - EXPLAINED for way in ways)


def _is_due(table: Table, figures: RowFigures, column: Column) -> bool:
    """Whether days are mostly as many days after the order's: when something is due, not when it was done."""
    dates = table.evidence[column.position].dates
    read = replace(column, role=Role.TIMESTAMP, value_format=dates.value_format if dates else "")
    later = draw_moments(table.cursor, table.name, [read])
    days = np.floor((np.where(later.isna(), np.nan, later.astype("int64")) - figures.time) / DAY)
    known = days[np.isfinite(days)]
    if not len(known):
        return False
    lags, times = np.unique(known, return_counts=True)
    return bool(lags[times.argmax()] > 0 and times.max() >= MOSTLY_ALIKE * len(known))
