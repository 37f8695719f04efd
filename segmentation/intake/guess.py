"""What columns and rows mean, guessed from headers and values, with confidence and reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from segmentation.intake.evidence import MAX_CATEGORIES, Evidence, gather
from segmentation.intake.kinds import guess_kind, settle
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.words import Concept, concepts_of

_STATUS = re.compile(
    r"deliver|shipped|complete|cancel|paid|pending|process|closed|refund|return|entreg|enviad|versand|geliefert|storn"
    r"|bezahlt|livr|exp[ée]di|annul|pagad|取消|完成|发货"
)

C = Concept


@dataclass(frozen=True)
class Rule:
    """A role that a header asks for: concepts it needs, those that forbid it, what values must be."""

    role: Role
    needs: frozenset[Concept]
    without: frozenset[Concept]
    fits: Callable[[Evidence], bool]
    confidence: float


def _rule(
    role: Role,
    needs: set[Concept],
    fits: Callable[[Evidence], bool],
    confidence: float,
    without: set[Concept] | None = None,
) -> Rule:
    return Rule(role, frozenset(needs), frozenset(without or ()), fits, confidence)


def _is_key(values: Evidence) -> bool:
    return (
        not values.dates
        and not values.is_text
        and (values.whole or not values.is_number)
        and not values.is_constant
    )


def _is_code(values: Evidence) -> bool:
    return _is_key(values) and values.codes > 0.8 and values.distinct > 0.01 * values.filled


def _is_amount(values: Evidence) -> bool:
    return values.is_number and not values.is_flag


def _is_count(values: Evidence) -> bool:
    return values.is_number and not values.is_constant


def _is_rating(values: Evidence) -> bool:
    return values.is_number and not values.is_flag and values.minimum >= 0 and values.maximum <= 10


def _is_date(values: Evidence) -> bool:
    return values.dates is not None


def _is_wordy(values: Evidence) -> bool:
    return (
        not values.is_number
        and values.dates is None
        and values.links < 0.5
        and not values.is_constant
        and (values.is_text or values.mean_words >= 2 or values.ideographs > 0.5)
    )


def _is_label(values: Evidence) -> bool:
    return not values.is_number and values.dates is None and not values.is_constant and not values.is_unique


def _is_name(values: Evidence) -> bool:
    return (
        not values.is_number
        and values.dates is None
        and not values.is_constant
        and not values.is_flag
        and values.links < 0.5
    )


def _is_category(values: Evidence) -> bool:
    """Accept names that repeat, and paths (`Home >> Kitchen >> Cups`) of which the first step repeats."""
    paths = sum(">" in value for value in values.sample) > 0.5 * len(values.sample)
    return _is_name(values) and (paths or not values.is_unique)


def _is_email(values: Evidence) -> bool:
    return values.emails > 0.5


def _is_order_status(values: Evidence) -> bool:
    return _is_label(values) and sum(bool(_STATUS.search(word)) for word in values.common) >= 2


def _any(values: Evidence) -> bool:
    return values.filled > 0


_NO_KEY = {C.TIME, C.COUNT, C.RATING, C.NAME, C.TITLE, C.PERSON}
RULES = (
    _rule(Role.EMAIL, {C.EMAIL}, _is_email, 0.98),
    _rule(
        Role.CUSTOMER_ID,
        {C.CUSTOMER, C.ID},
        _is_key,
        0.97,
        _NO_KEY | {C.POSTAL, C.PRODUCT, C.ORDER, C.SESSION},
    ),
    _rule(Role.SESSION_ID, {C.SESSION}, _is_key, 0.9, {C.MEASURE, C.COUNT}),
    _rule(
        Role.PRODUCT_ID,
        {C.PRODUCT, C.ID},
        _is_key,
        0.95,
        _NO_KEY | {C.ORDER, C.CATEGORY, C.MEASURE, C.QUANTITY, C.SELLER},
    ),
    _rule(Role.ORDER_ID, {C.ORDER, C.ID}, _is_key, 0.95, _NO_KEY | {C.PRODUCT, C.STATUS, C.PAYMENT}),
    _rule(Role.TIMESTAMP, {C.TIME}, _is_date, 0.95, {C.BIRTH}),
    _rule(Role.ORDER_STATUS, {C.STATUS, C.ORDER}, _is_label, 0.95, {C.PAYMENT}),
    _rule(Role.ORDER_STATUS, {C.STATUS}, _is_order_status, 0.85),
    _rule(Role.EVENT_TYPE, {C.EVENT}, _is_label, 0.9, {C.TIME, C.ID}),
    _rule(Role.REVIEW_TITLE, {C.REVIEW, C.TITLE}, _is_name, 0.9),
    _rule(Role.RATING, {C.RATING}, _is_rating, 0.9, {C.COUNT, C.MEASURE, C.TIME, C.QUANTITY}),
    _rule(Role.REVIEW_TEXT, {C.REVIEW}, _is_wordy, 0.9, {C.ID, C.TIME, C.TITLE, C.COUNT, C.NAME}),
    _rule(Role.CURRENCY, {C.CURRENCY}, _any, 0.9),
    _rule(Role.REFUND, {C.REFUND}, _is_amount, 0.85, {C.COUNT, C.QUANTITY}),
    _rule(Role.DISCOUNT, {C.DISCOUNT}, _is_amount, 0.9, {C.CODE, C.ID}),
    _rule(Role.PROFIT, {C.PROFIT}, _is_amount, 0.9),
    _rule(Role.COST, {C.COST}, _is_amount, 0.8),
    _rule(Role.UNIT_PRICE, {C.PRICE}, _is_amount, 0.9, {C.AMOUNT, C.FEE, C.LATER, C.PAYMENT}),
    _rule(
        Role.AMOUNT,
        {C.AMOUNT},
        _is_amount,
        0.85,
        {C.FEE, C.COUNT, C.QUANTITY, C.ID, C.RATING, C.CUSTOMER, C.MEASURE, C.TIME},
    ),
    _rule(Role.QUANTITY, {C.QUANTITY}, _is_count, 0.9, {C.MEASURE, C.SELLER, C.CODE}),
    _rule(Role.PHONE, {C.PHONE}, _any, 0.9, {C.TIME}),
    _rule(Role.POSTAL_CODE, {C.POSTAL}, _any, 0.95),
    _rule(Role.CONSENT, {C.CONSENT}, lambda values: values.distinct <= 5, 0.85, {C.TIME}),
    _rule(Role.NAME, {C.PERSON}, _is_name, 0.9),
    _rule(Role.NAME, {C.CUSTOMER, C.NAME}, _is_name, 0.95),
    _rule(Role.CATEGORY, {C.CATEGORY}, _is_category, 0.9, {C.UNIQUE}),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.NAME}, _is_name, 0.95, {C.MEASURE, C.SELLER}),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.TITLE}, _is_name, 0.9, {C.MEASURE}),
    _rule(Role.DESCRIPTION, {C.DESCRIPTION}, _is_name, 0.9, {C.MEASURE}),
    _rule(Role.COUNTRY, {C.COUNTRY}, _is_name, 0.9, {C.COUNT}),
    _rule(Role.TEXT, {C.TEXT}, _is_wordy, 0.85),
    _rule(Role.CUSTOMER_ID, {C.CUSTOMER, C.ALONE}, _is_code, 0.8),
    _rule(Role.ORDER_ID, {C.ORDER, C.ALONE}, _is_code, 0.75),
    _rule(Role.PRODUCT_ID, {C.PRODUCT, C.ALONE}, _is_code, 0.75),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.ALONE}, _is_name, 0.75, {C.ID}),
    _rule(Role.PRODUCT_NAME, {C.TITLE}, _is_name, 0.5, {C.SELLER}),
    _rule(Role.NAME, {C.NAME, C.ALONE}, _is_name, 0.6),
)


def guess(
    cursor: duckdb.DuckDBPyConnection, table: str, names: tuple[str, ...]
) -> tuple[Kind, float, str, tuple[Column, ...]]:
    """Guess the kind of a raw table and the role of each of its columns.

    :return: the kind, its confidence and reason, and the columns in file order.
    """
    evidence = [gather(cursor, table, f"c{position}") for position in range(len(names))]
    concepts = [concepts_of(name) for name in names]
    columns = [_guess_column(i, name, concepts[i], evidence[i]) for i, name in enumerate(names)]
    kind, confidence, reason = guess_kind(columns, concepts, evidence)
    return kind, confidence, reason, settle(kind, columns, concepts, evidence)


def _guess_column(position: int, name: str, concepts: frozenset[Concept], values: Evidence) -> Column:
    if not values.filled:
        return Column(position, name, Role.IGNORE, 1.0, "it is empty")
    for rule in RULES:
        if rule.needs <= concepts and not rule.without & concepts and rule.fits(values):
            reason = f"the header speaks of {_in_words(rule.role)} and {_describe(values)}"
            return Column(position, name, rule.role, rule.confidence, reason, _format_for(rule.role, values))
    return _guess_by_values(position, name, concepts, values)


def _guess_by_values(position: int, name: str, concepts: frozenset[Concept], values: Evidence) -> Column:
    role, confidence, reason = _role_by_values(concepts, values)
    return Column(position, name, role, confidence, reason, _format_for(role, values))


def _role_by_values(concepts: frozenset[Concept], values: Evidence) -> tuple[Role, float, str]:  # noqa: C901 - a list of cases
    if values.is_constant:
        return Role.IGNORE, 0.95, "every row has the same value"
    if values.emails > 0.8:
        return Role.EMAIL, 0.9, "the values are e-mail addresses"
    if values.links > 0.5:
        return Role.IGNORE, 0.9, "the values are web addresses"
    if values.dates and not values.is_number:
        return Role.TIMESTAMP, 0.6, f"the values are dates ({values.dates.words})"
    if C.ADDRESS in concepts:
        return Role.IGNORE, 0.8, "an address of a person says nothing about a group"
    if values.is_row_number:
        return Role.IGNORE, 0.9, "the values number the rows"
    if values.is_flag:
        return Role.CATEGORICAL, 0.9, "the values are yes and no"
    if values.is_number:
        return _number_or_code(concepts, values)
    if values.is_text:
        return Role.TEXT, 0.7, f"the values are sentences ({values.mean_words:.0f} words on average)"
    if values.is_unique:
        return Role.IGNORE, 0.8, "nearly every row has a value of its own"
    if not values.is_category:
        return Role.IGNORE, 0.7, f"{values.distinct:,} different values are too many to compare groups by"
    return Role.CATEGORICAL, 0.8, f"{values.distinct} different values that repeat"


def _number_or_code(concepts: frozenset[Concept], values: Evidence) -> tuple[Role, float, str]:
    """Tell numbers worth averaging from codes that only look like numbers."""
    coded = concepts & {C.CODE, C.PLACE, C.CATEGORY, C.STATUS, C.EVENT}
    if coded and values.whole and C.RATING not in concepts:
        if values.distinct <= MAX_CATEGORIES:
            return Role.CATEGORICAL, 0.75, "the header speaks of a code, not of a number to average"
        return Role.IGNORE, 0.7, "a code with many values is not a number to average"
    if C.ID in concepts and C.COUNT not in concepts and values.whole:
        return Role.IGNORE, 0.8, "the header speaks of an id, and an id is not a number to average"
    if values.leading_zeros > 0.05 and values.whole and values.distinct > 2:
        return Role.IGNORE, 0.7, "numbers with leading zeros are codes"
    if coded & {C.PLACE}:
        return Role.IGNORE, 0.7, "a position on the map is not a number to average"
    if values.whole and values.is_unique and values.mean_characters >= 6:
        return Role.IGNORE, 0.6, "long whole numbers, each once: an id"
    return Role.NUMERIC, 0.85, f"numbers from {values.minimum:g} to {values.maximum:g}"


def _format_for(role: Role, values: Evidence) -> str:
    if role is Role.TIMESTAMP and values.dates:
        return values.dates.value_format
    return values.number_format or ""


def _describe(values: Evidence) -> str:
    if values.dates:
        return f"the values are dates ({values.dates.words})"
    if values.is_number:
        return f"the values are numbers from {values.minimum:g} to {values.maximum:g}"
    if values.is_text:
        return "the values are sentences"
    return f"there are {values.distinct:,} different values"


def _in_words(role: Role) -> str:
    return role.value.replace("_", " ").replace(" id", " ids")
