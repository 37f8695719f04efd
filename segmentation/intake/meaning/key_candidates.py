"""How much speaks for a column being the key of something: its header, and the look of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.date_and_time_columns import read_times
from segmentation.intake.meaning.header_rules import NO_KEY, RULES
from segmentation.intake.meaning.sample import Sample
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.column_evidence import Evidence

KEYS = (Role.ORDER_ID, Role.CUSTOMER_ID, Role.PRODUCT_ID, Role.SESSION_ID)
MOST = 5
FEW = 0.4
FEWEST_PEOPLE, NAMED, ALIKE = 10, 0.9, 0.8
BY_HEADER, HALF_SAID, OTHER_HEADER, OTHER_LETTERS = 4.0, 2.0, -4.0, -2.0
BY_ENCODER, OTHER_BY_ENCODER = 2.0, -1.0
PLAIN_ID, LETTERS, LATER, SAYS_MORE = 0.5, 1.0, 0.01, 0.3
NAMELESS, NUMBER_UNDER_A_WORD = 0.1, -1.2

_THING = {Role.ORDER_ID: C.ORDER, Role.CUSTOMER_ID: C.CUSTOMER, Role.PRODUCT_ID: C.PRODUCT}
_SAYS_NOTHING = {C.ID, C.ALONE, C.UNIQUE, C.CODE}
_NUMBERS = r"([-_/]?\d+)+"
_PREFIXES = {
    Role.CUSTOMER_ID: re.compile(rf"(c|cu|cust|customer|k|u|usr|user|m|member){_NUMBERS}", re.IGNORECASE),
    Role.ORDER_ID: re.compile(rf"(o|ord|order|inv|so|po|b|r){_NUMBERS}", re.IGNORECASE),
    Role.PRODUCT_ID: re.compile(rf"(p|prod|sku|item|art|a){_NUMBERS}", re.IGNORECASE),
}


def candidates(table: Table, role: Role) -> dict[int, float]:
    """Return the columns that may be this key, by position, with what speaks for each; the best few."""
    scores = {
        column.position: _score(table, column, role)
        for column in table.columns
        if column.position in table.sample.codes
    }
    if role in (Role.ORDER_ID, Role.CUSTOMER_ID):
        scores = {at: score for at, score in scores.items() if score is None or not _names_rows(table, at)}
    known = sorted(((score, -at) for at, score in scores.items() if score is not None), reverse=True)
    return {-at: score for score, at in known[:MOST]}


def _names_rows(table: Table, place: int) -> bool:
    coded = [column.position for column in table.columns if column.position in table.sample.codes]
    return refers_to(table, place, coded)


def refers_to(table: Table, place: int, keys: Sequence[int]) -> bool:
    """Whether a column that few rows have names other rows by one of these keys.

    So does the order that a credit note is of.
    """
    filled, rows = table.evidence[place].filled, table.evidence[place].rows
    if filled >= FEW * rows:
        return False
    fuller = [
        key
        for key in keys
        if key != place
        and table.evidence[key].filled >= ALWAYS * rows
        and table.evidence[key].distinct >= table.evidence[place].distinct
    ]
    held = [f"coalesce(avg((c{place} IN (SELECT c{at} FROM {table.name}))::INT), 0)" for at in fuller]
    return bool(held) and max(table.ask(", ".join(held), f"c{place} IS NOT NULL")) >= ALWAYS


def asked_for(table: Table, column: Column) -> dict[Role, float]:
    """Return the roles that a header asks for and the values allow, with how surely."""
    concepts, values = table.concepts[column.position], table.evidence[column.position]
    found: dict[Role, float] = {}
    for rule in RULES:
        if rule.needs <= concepts and not rule.without & concepts and rule.fits(values):
            found.setdefault(rule.role, rule.confidence)
    return found


def _score(table: Table, column: Column, role: Role) -> float | None:
    """Weigh a column as this key; None where it cannot be one."""
    asked = asked_for(table, column)
    if column.role is role and role in asked:
        said = BY_ENCODER if column.position in table.guessed else BY_HEADER
        more = bool(_said_beyond(table, column, role))
        return said * asked[role] + _letters(table, column, role) - SAYS_MORE * more
    if role is Role.SESSION_ID:
        return None  # a visit is told by its header alone
    if column.role not in (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE, *KEYS):
        return None
    if not table.may_be_key(column) and not (role is Role.CUSTOMER_ID and are_named(table, column.position)):
        return None
    if _is_of_itself(table.evidence[column.position]):
        return None
    concepts = table.concepts[column.position] - {C.ALONE}
    if concepts - _SAYS_NOTHING:
        if column.position not in table.guessed and (asked or concepts & NO_KEY):
            return None
        if _THING[role] in concepts:
            return HALF_SAID
        return OTHER_BY_ENCODER if column.position in table.guessed else OTHER_HEADER
    spoken = PLAIN_ID if C.ID in concepts else NAMELESS
    values = table.evidence[column.position]
    plain = values.is_number and values.leading_zeros < 0.05 and not table.is_given_out(column)
    if plain and not concepts and not table.is_meaningless(column):
        spoken = NUMBER_UNDER_A_WORD
    return spoken + _letters(table, column, role) - LATER * column.position


def _said_beyond(table: Table, column: Column, role: Role) -> frozenset[C]:
    """Return what a header speaks of beside being the key of something, as of the totals of an order."""
    said = {_THING[role]} if role in _THING else {C.SESSION}
    return table.concepts[column.position] - _SAYS_NOTHING - said


def _is_of_itself(values: Evidence) -> bool:
    """Whether values are links, addresses, dates or times of day, and so no keys."""
    if values.dates is not None and not values.is_number:
        return True
    return values.links > 0 or values.emails > 0 or bool(read_times(values.sample))


def are_named(table: Table, place: int) -> bool:
    """Whether values are those of people: each goes with a name of its own, and the name with it."""
    name, sample = table.find(Role.NAME), table.sample
    if name is None or name.position not in sample.codes or sample.distinct(place) < FEWEST_PEOPLE:
        return False
    pairs = sample.codes[place], sample.codes[name.position]
    return _go_together(*pairs) or _go_together(*_without_commonest(*pairs))


def _go_together(people: np.ndarray, names: np.ndarray) -> bool:
    """Whether codes of people and of names, int64 (rows,), are one for one with few exceptions."""
    known, held = (people >= 0) & (names >= 0), Sample(len(people), {0: people, 1: names})
    counts = sorted(len(np.unique(side[known])) for side in (people, names))
    alike = counts[0] >= ALIKE * counts[1]
    return alike and held.determined(0, 1) >= NAMED and held.determined(1, 0) >= NAMED


def _without_commonest(people: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Leave out the rows of the commonest of the people, who may stand for all guests."""
    others = people != np.bincount(people[people >= 0]).argmax()
    return people[others], names[others]


def _letters(table: Table, column: Column, role: Role) -> float:
    """Weigh the letters before the digits of ids (C1001, SKU-7): they may speak of this key or of another."""
    spoken = [
        key for key, prefix in _PREFIXES.items() if _all_match(prefix, table.evidence[column.position].sample)
    ]
    if not spoken:
        return 0.0
    return LETTERS if role in spoken else OTHER_LETTERS


def _all_match(prefix: re.Pattern[str], sample: Sequence[str]) -> bool:
    return bool(sample) and all(prefix.fullmatch(value) for value in sample)
