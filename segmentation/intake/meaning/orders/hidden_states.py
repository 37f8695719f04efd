"""Columns that may say what became of orders in words that no list knows: they are asked about.

A state belongs to an order, not to the buyer, the goods, the day or the size of the sum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.headers.mark_words import Mark, meaning_of_flag
from segmentation.intake.headers.read_header import spell
from segmentation.intake.headers.state_words import are_foreign, is_strange, sound_lost, speak_of_states
from segmentation.intake.meaning.orders.like_states import likest_states
from segmentation.intake.meaning.orders.state_figures import (
    HABIT,
    RowFigures,
    agreement,
    are_bands,
    backs_by_figures,
    backs_of,
    draw_figures,
    lost_by_figures,
    tell_signs,
)
from segmentation.intake.meaning.sample import Sample, draw_names
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.order_states import LOST, State, state_of, states_of
from segmentation.intake.values.yes_no import is_yes_or_no

MOST_COLUMNS, MOST_VALUES, MOST_CODES, MOST_ASKED = 2, 6, 10, 3
FOREIGN = 0.5
DECIDED, TOGETHER, MAINLY = 0.8, 0.15, 0.5
_SAYS_NOTHING = {C.ALONE, C.STATUS, C.ID, C.CODE}
_STATE_OR_PLACE = {"state", "estado"}
_GUESSED = (Role.PRODUCT_NAME, Role.CATEGORY, Role.EVENT_TYPE, Role.DESCRIPTION)
"""What the encoder may take a header for that speaks of states."""
_PEOPLE = (Role.CUSTOMER_ID, Role.EMAIL, Role.NAME, Role.PHONE)
_ARTICLES = (Role.PRODUCT_ID, Role.PRODUCT_NAME)
_DECIDING = (
    *_ARTICLES,
    Role.CATEGORY,
    Role.COUNTRY,
    Role.POSTAL_CODE,
    Role.CURRENCY,
    Role.ORDER_STATUS,
)


@dataclass(frozen=True)
class HiddenStates:
    """A column, those of its values that may mean a loss, the likeliest first, and what they likely mean.

    `of` is how many values it has, and `backs` those of which the rows may take back what was sold;
    `strange` where nothing reads header and words.
    """

    column: Column
    values: tuple[str, ...]
    meant: Mapping[str, State]
    of: int
    backs: tuple[str, ...] = ()
    strange: bool = False


def hidden_states(table: Table, rule: MoneyRule | None) -> list[HiddenStates]:
    """Return the columns of orders that are to be asked about, those that figures speak of first."""
    likely = [column for column in table.columns if _may_tell(table, column)]
    if not likely or (rule is None and table.find(*_PEOPLE) is None):
        return []
    figures = draw_figures(table, rule)
    codes = table.sample.codes
    free = [one for one in likely if is_of_orders(table, figures, one.position, codes[one.position])]
    found = [one for column in free if (one := _asked_about(table, figures, column))]
    said = sorted((one for one in found if not one.strange), key=lambda one: not one.meant)
    return [*said, *_likest(table, figures, found)][:MOST_COLUMNS]


def _likest(table: Table, figures: RowFigures, found: Sequence[HiddenStates]) -> list[HiddenStates]:
    """Return those in words that nothing reads that are as like states as any; none where some are known."""
    strange = {one.column.position: one for one in found if one.strange}
    if not strange or _tells_losses(table):
        return []
    places = [one.column.position for one in found]
    keys = [*_people(table), *(key for place in strange for key in _deciding(table, place)), *figures.hours]
    likest = likest_states(figures, {place: table.sample.codes[place] for place in places}, keys)
    return [strange[place] for place in likest if place in strange]


def _tells_losses(table: Table) -> bool:
    """Whether a column says of some orders in known words that they were lost."""
    told = (column for column in table.columns if column.role is Role.ORDER_STATUS)
    return any(
        state in LOST
        for column in told
        for state in states_of(table.evidence[column.position].common, column.name).values()
    )


def is_foreign(table: Table) -> bool:
    """Whether lists know fewer than half of the headers."""
    silent = [not found - {C.ALONE, C.ID, C.CODE} for found in table.concepts]
    unknown = sum(quiet or place in table.guessed for place, quiet in enumerate(silent))
    return unknown >= FOREIGN * len(table.columns)


def _may_tell(table: Table, column: Column) -> bool:
    """Whether a column has a few words under a header that no list knows, or codes under one of states."""
    place, values = column.position, table.evidence[column.position]
    open_ones = (Role.CATEGORICAL, *_GUESSED) if place in table.guessed else (Role.CATEGORICAL,)
    if column.role not in open_ones or place not in table.sample.codes or is_yes_or_no(values.common):
        return False
    said = _says_state(table, column) or _are_sides(column.name, values.common)
    other = table.concepts[place] - _SAYS_NOTHING and place not in table.guessed and not said
    most = MOST_CODES if said or _lost_by_words(values.common) else MOST_VALUES
    if other or not 2 <= values.distinct <= most:
        return False
    return said or not any(any(map(str.isdigit, value)) for value in values.common)


def _says_state(table: Table, column: Column) -> bool:
    """Whether a header speaks of a state, be it one that may also be a place."""
    sure = C.STATUS in table.concepts[column.position] and column.position not in table.guessed
    return sure or bool(_STATE_OR_PLACE & set(spell(column.name).split()))


def _are_sides(header: str, values: Sequence[str]) -> bool:
    """Whether a header names both values, or begins two words beside each other as they do (D/C, S or H)."""
    words = re.findall(r"[^\W\d_]+", header.casefold())
    letters = list(words[0]) if len(words) == 1 and len(words[0]) == 2 else []
    beside = [*pairwise(words), *zip(words, words[2:], strict=False), *pairwise(letters)]
    return len(values) == 2 and any(_begin(pair, values) or _begin(pair[::-1], values) for pair in beside)


def _begin(words: Sequence[str], values: Sequence[str]) -> bool:
    alike = all(word.startswith(value) for word, value in zip(words, values, strict=True))
    return alike and words[0][0] != words[1][0]


def is_of_orders(table: Table, figures: RowFigures, place: int, values: np.ndarray) -> bool:
    """Whether values, int64 (rows,), go with orders, and with nothing else that would explain them.

    :param place: of their column.
    """
    codes, order = table.sample.codes, table.find(Role.ORDER_ID)
    rows = np.arange(table.sample.rows)
    if order and order.position in codes:
        orders = codes[order.position]
        if Sample(len(rows), {0: orders, 1: values}).determined(0, 1) >= ALWAYS:
            rows = np.unique(orders, return_index=True)[1]
        elif not _may_be_of_lines(table, orders, values):
            return False
    keys = {
        HABIT: _people(table),
        DECIDED: [*_deciding(table, place), *figures.calendar],
    }
    explained = any(agreement(key[rows], values[rows]) >= most for most, some in keys.items() for key in some)
    return not explained and not are_bands(figures, values) and not tell_signs(figures, values)


def _may_be_of_lines(table: Table, orders: np.ndarray, values: np.ndarray) -> bool:
    """Whether most rows say one thing, and what few say falls on any article, or on orders before these."""
    mainly = Sample(len(values), {0: values}).largest_share(0) >= MAINLY
    return mainly and _by_article(table, values) < max(TOGETHER, agreement(orders, values))


def _by_article(table: Table, values: np.ndarray) -> float:
    """Return how far lines of one article agree (`agreement`), as they do on a colour or a size."""
    many = (c for c in table.columns if c.role is Role.CATEGORICAL)
    goods = [c for c in table.columns if c.role in _ARTICLES]
    goods += [c for c in many if table.evidence[c.position].distinct > MOST_CODES]
    codes = [table.sample.codes[c.position] for c in goods if c.position in table.sample.codes]
    return max((agreement(articles, values) for articles in codes), default=0)


def _people(table: Table) -> list[np.ndarray]:
    codes = table.sample.codes
    return [codes[c.position] for c in table.columns if c.role in _PEOPLE and c.position in codes]


def _deciding(table: Table, place: int) -> list[np.ndarray]:
    """Return the columns that speak of something else, by which a column may be decided."""
    other = {C.PLACE, C.SELLER, C.PAYMENT, C.CATEGORY, C.GROUP, C.PERSON, C.EVENT}
    return [
        table.sample.codes[c.position]
        for c in table.columns
        if c.position != place
        and c.position in table.sample.codes
        and (c.role in _DECIDING or table.concepts[c.position] & other)
    ]


def _asked_about(table: Table, figures: RowFigures, column: Column) -> HiddenStates | None:
    """Weigh what words, figures and the encoder say; else ask about words of unknown languages."""
    place = column.position
    codes, backs = table.sample.codes[place], backs_of(table, figures, place)
    names = draw_names(table.cursor, table.name, place)
    lost = {names[code]: state for code, state in lost_by_figures(table, figures, place, backs).items()}
    offered = tuple(names[code] for code in backs_by_figures(table, place, backs))
    if not lost and _are_sides(column.name, table.evidence[place].common):
        lost = {
            names[code]: State.TAKES_BACK
            for code in range(len(names))
            if names[code] in offered and backs.follow_by_no_chance(codes == code, codes == 1 - code)
        }
    lost |= _lost_by_words(names)
    heard = True if lost else _are_heard(table, column, names)
    if not heard and (heard is False or not _are_strange(table, column, names)):
        return None
    if not lost:
        lost = dict.fromkeys(sound_lost(names), State.UNPAID)
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    rarest = [names[code] for code in np.argsort(counts, kind="stable")]
    asked = rarest if len(names) == 2 else rarest[:-1]
    values = sorted(asked, key=lambda name: name not in lost)[: max(len(lost) + 1, MOST_ASKED)]
    return HiddenStates(column, tuple(values), lost, len(names), offered, strange=not heard)


def _lost_by_words(names: Sequence[str]) -> dict[str, State]:
    """Return the words that lists know for something lost, where others beside them are not."""
    lost = {name: state for name in names if (state := state_of(name)) in LOST}
    return lost if len(lost) < len(names) else {}


def _are_heard(table: Table, column: Column, names: Sequence[str]) -> bool | None:
    """Whether header or words speak of states, None where neither is read."""
    flag = len(names) == 2 and meaning_of_flag(column.name) in (Mark.LOST, Mark.PAID)
    heard = _says_state(table, column) or speak_of_states(names)
    return True if heard is None and flag else heard


def _are_strange(table: Table, column: Column, names: Sequence[str]) -> bool:
    """Whether header and words are of a language that nothing here reads."""
    flag = len(names) == 2 and meaning_of_flag(column.name) is Mark.STRANGE
    return flag or (are_foreign(names) and is_strange(column.name)) or is_foreign(table)
