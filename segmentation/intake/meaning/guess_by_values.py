"""The role of a column by its values, where no rule of the header applies."""

from __future__ import annotations

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning import role_conditions as fits
from segmentation.intake.roles import Role
from segmentation.intake.values.cell_words import (
    are_computers,
    are_countries,
    are_currencies,
    are_nested,
    are_of_one_length,
    are_order_numbers,
    mostly_numbers,
)
from segmentation.intake.values.column_evidence import MAX_CATEGORIES, Evidence

C = Concept
LONG_ID = 8
ENOUGH_NUMBERS = 10
FEW_CODES = 10
Guess = tuple[Role, float, str]


def role_by_values(concepts: frozenset[Concept], values: Evidence) -> Guess:
    """Return a role, how sure it is, and why."""
    return (
        _written_for_machines(concepts, values)
        or _labels(concepts, values)
        or _words_or_numbers(concepts, values)
    )


def _written_for_machines(concepts: frozenset[Concept], values: Evidence) -> Guess | None:
    if values.is_constant and are_currencies(values.common):
        return Role.CURRENCY, 0.6, "every row has the same currency code"
    if values.is_constant:
        return Role.IGNORE, 0.95, "every row has the same value"
    if values.emails > 0.8:
        return Role.EMAIL, 0.9, "the values are e-mail addresses"
    addressed = {
        "web addresses": values.links > 0.5,
        "internet addresses of computers": are_computers(values.sample),
    }
    for what, found in (addressed | {"lists of further data": are_nested(values.sample)}).items():
        if found:
            return Role.IGNORE, 0.9, f"the values are {what}"
    if fits.is_clearly_phone(values):
        return Role.PHONE, 0.8, "the values are telephone numbers"
    if values.dates and C.BIRTH in concepts:
        return Role.IGNORE, 0.8, "a date of birth is no moment in a customer's doings"
    if values.dates and not values.is_number:
        return Role.TIMESTAMP, 0.6, f"the values are dates ({values.dates.words})"
    if are_order_numbers(values.sample) and not concepts & {C.PRODUCT, C.CUSTOMER, C.SELLER, C.PAYMENT}:
        return Role.ORDER_ID, 0.7, "the values are written like numbers of orders"
    return None


def _labels(concepts: frozenset[Concept], values: Evidence) -> Guess | None:
    if C.ADDRESS in concepts and C.CODE not in concepts and not concepts & {C.PLACE, C.COUNTRY}:
        return Role.IGNORE, 0.8, "an address of a person says nothing about a group"
    if values.is_row_number:
        return Role.IGNORE, 0.9, "the values number the rows"
    if values.is_flag:
        return Role.CATEGORICAL, 0.9, "the values are yes and no"
    if are_currencies(values.common):
        return Role.CURRENCY, 0.7, "the values are currency codes"
    if not values.is_number and not concepts & {C.PLACE, C.CATEGORY} and are_countries(values.common):
        return Role.COUNTRY, 0.7, "the values are countries"
    if fits.is_known_event(values) and not concepts & {C.CATEGORY, C.STATUS}:
        return Role.EVENT_TYPE, 0.7, "the values are things that visitors do"
    return None


def _words_or_numbers(concepts: frozenset[Concept], values: Evidence) -> Guess:
    if values.is_number:
        return _number_or_code(concepts, values)
    if values.is_text and C.SELLER not in concepts:
        return Role.TEXT, 0.7, f"the values are sentences ({values.mean_words:.0f} words on average)"
    if mostly_numbers(values.sample) and values.distinct >= ENOUGH_NUMBERS:
        return Role.NUMERIC, 0.6, "numbers, and a word where there is none"
    if C.ID in concepts and values.codes > 0.8 and values.distinct > FEW_CODES:
        return Role.IGNORE, 0.7, "the header speaks of an id, and the values are codes"
    if values.is_unique:
        return Role.IGNORE, 0.8, "nearly every row has a value of its own"
    if not values.is_category:
        return Role.IGNORE, 0.7, f"{values.distinct:,} different values are too many to compare groups by"
    return Role.CATEGORICAL, 0.8, f"{values.distinct} different values that repeat"


def _number_or_code(concepts: frozenset[Concept], values: Evidence) -> Guess:
    """Tell numbers worth averaging from codes that only look like numbers."""
    coded = concepts & {C.CODE, C.GROUP, C.PLACE, C.CATEGORY, C.STATUS, C.EVENT}
    if coded and values.whole and C.RATING not in concepts and C.COUNT not in concepts:
        if values.distinct <= MAX_CATEGORIES:
            return Role.CATEGORICAL, 0.75, "the header speaks of a code, not of a number to average"
        return Role.IGNORE, 0.7, "a code with many values is not a number to average"
    if C.ID in concepts and C.COUNT not in concepts and values.whole:
        if C.SELLER in concepts and values.distinct <= min(MAX_CATEGORIES, 0.2 * values.filled):
            return Role.CATEGORICAL, 0.7, "a code with few values, not a number to average"
        return Role.IGNORE, 0.8, "the header speaks of an id, and an id is not a number to average"
    if values.leading_zeros > 0.05 and values.whole and values.distinct > 2:
        return Role.IGNORE, 0.7, "numbers with leading zeros are codes"
    if coded & {C.PLACE}:
        return Role.IGNORE, 0.7, "a position on the map is not a number to average"
    if values.whole and values.is_unique and values.mean_characters >= 6 and not values.are_grouped:
        return Role.IGNORE, 0.6, "long whole numbers, each once: an id"
    long = values.whole and values.mean_characters >= LONG_ID and not values.are_grouped
    if long and are_of_one_length(values.sample):
        return Role.IGNORE, 0.6, "long whole numbers of one length: an id"
    return Role.NUMERIC, 0.85, f"numbers from {values.minimum:g} to {values.maximum:g}"
