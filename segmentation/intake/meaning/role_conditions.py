"""What the values of a column must be like to take a role that its header asks for."""

from __future__ import annotations

import re

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.values.cell_words import are_consents, are_nested, are_order_numbers, are_phones
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.event_actions import known_actions
from segmentation.intake.values.order_states import (
    State,
    are_sales_and_returns,
    are_states,
    is_order_status,
    is_state_flag,
    state_of,
)

_CALLER = re.compile(r"(?<!\w)\+?\d[\d*x]{7,14}\W+[^\W\d]{2,}|[^\W\d]{2,}\W+\d[\d*x]{7,14}(?!\w)")
MANY_FLAGS = 10
MOST_STATES = 30
SHORTEST_PHONE = 5
FEWEST_NOTES = 5
FEWEST_NAMED, MOSTLY = 10, 0.9
_NUMBER = re.compile(r"\d+")
MOST_PIECES = 100_000
FEWEST_RUNNING, RUNNING = 20, 0.9


def is_key(values: Evidence) -> bool:
    """Whether the values can be ids: no dates, sentences, fractions or yes and no, and not one only."""
    return is_written_key(values) and (values.whole or not values.is_number)


def is_written_key(values: Evidence) -> bool:
    """Whether the values can be ids; `184005.1690` can where the header says so."""
    # Ten digits may be an id or a time: the header decides.
    written_as_date = values.dates is not None and not values.is_number
    flag = values.is_flag and values.filled > MANY_FLAGS
    return not written_as_date and not values.is_text and not values.is_constant and not flag


def is_order_key(values: Evidence) -> bool:
    """Whether the values can be ids of orders: counts of orders repeat far more often."""
    return is_key(values) and (values.distinct >= 20 or values.distinct > 0.3 * values.filled)


def is_order_number(values: Evidence) -> bool:
    """Whether the values are written like numbers of orders (#1001)."""
    return is_key(values) and are_order_numbers(values.sample)


def is_code(values: Evidence) -> bool:
    """Whether the values are codes of which there are many."""
    return is_key(values) and values.codes > 0.8 and values.distinct > 0.01 * values.filled


def is_amount(values: Evidence) -> bool:
    """Whether the values are numbers, and more than yes and no."""
    return values.is_number and not values.is_flag


def is_money_back(values: Evidence) -> bool:
    """Whether the values may be sums given back: whole numbers without gaps are those of credit notes."""
    span = values.maximum - values.minimum
    numbered = values.whole and values.filled >= FEWEST_NOTES and values.filled == values.distinct
    return is_amount(values) and not (numbered and span < 2 * values.filled)


def is_given_back(name: str, values: Evidence) -> bool:
    """Whether a header is a word for what came back, and the values are sums with cents: no pieces did."""
    return state_of(name) is State.RETURNED and is_money_back(values) and not values.whole


def is_count(values: Evidence) -> bool:
    """Whether the values are numbers that differ, and may count the pieces of a row."""
    return values.is_number and not values.is_constant and not names_things(values)


def names_things(values: Evidence) -> bool:
    """Whether whole numbers name things and count none: large ones, or a number of its own for each row.

    The pieces of orders are mostly few, and repeat.
    """
    if not values.whole or values.are_grouped:
        return False
    large = values.minimum >= MOST_PIECES
    span = values.maximum - values.minimum + 1
    runs = values.is_unique and values.filled >= FEWEST_RUNNING and values.distinct > RUNNING * span
    return large or runs


def is_rating(values: Evidence) -> bool:
    """Whether the values are marks from 0 to 10."""
    return values.is_number and not values.is_flag and values.minimum >= 0 and values.maximum <= 10


def is_few_marks(values: Evidence) -> bool:
    """Whether the values are a few marks from 0 to 10."""
    return is_rating(values) and 2 <= values.distinct <= 11


def is_date(values: Evidence) -> bool:
    """Whether the values are dates."""
    return values.dates is not None


def is_wordy(values: Evidence) -> bool:
    """Whether the values are texts of several words that differ."""
    return (
        not values.is_number
        and values.dates is None
        and values.links < 0.5
        and not values.is_constant
        and (values.is_text or values.mean_words >= 2 or values.ideographs > 0.5)
        and values.distinct > 3
    )


def is_label(values: Evidence) -> bool:
    """Whether the values are words that repeat."""
    return not values.is_number and values.dates is None and not values.is_constant and not values.is_unique


def is_name(values: Evidence) -> bool:
    """Whether the values can be names."""
    return (
        not values.is_number
        and values.dates is None
        and not values.is_constant
        and not values.is_flag
        and values.links < 0.5
    )


def is_full_name(values: Evidence) -> bool:
    """Whether the values look like names of people: two words or more, without digits, many of them."""
    letters = sum(not any(map(str.isdigit, value)) for value in values.sample)
    each = [len(value.split()) for value in values.common]  # one word may stand for all guests
    words = max(values.mean_words, sum(each) / max(1, len(each)))
    return is_name(values) and words >= 1.8 and letters > 0.9 * len(values.sample)


def is_numbered_name(values: Evidence) -> bool:
    """Whether the values are names of many, each with a number of its own (10023 Anna Huber)."""
    whole = {*values.sample}
    numbers = {tuple(_NUMBER.findall(value)) for value in whole} - {()}
    names = {_NUMBER.sub("", value) for value in whole}
    own = min(len(numbers), len(names)) >= MOSTLY * len(whole)
    return is_name(values) and own and values.mean_words >= 2 and values.distinct > FEWEST_NAMED


def names_callers(values: Evidence) -> bool:
    """Whether most values are a telephone number, be it masked, beside a name: 254711000111 - ASHA JUMA."""
    called = sum(bool(_CALLER.search(value)) for value in values.sample)
    return not values.is_number and values.dates is None and called > 0.5 * len(values.sample)


def is_category(values: Evidence) -> bool:
    """Accept names that repeat, and paths (`Home >> Kitchen >> Cups`) of which the first step repeats."""
    paths = sum(">" in value for value in values.sample) > 0.5 * len(values.sample)
    return is_name(values) and (paths or not values.is_unique)


def is_category_code(values: Evidence) -> bool:
    """Accept short whole numbers that repeat often."""
    return values.whole and not values.is_flag and values.mean_characters < 10 and is_key(values) \
        and values.distinct <= max(5, 0.3 * values.filled)  # fmt: skip


def is_email(values: Evidence) -> bool:
    """Whether most values are e-mail addresses."""
    return values.emails > 0.5


def is_status(values: Evidence) -> bool:
    """Whether the values are states of an order; one that all orders share is enough."""
    return not values.is_number and values.dates is None and is_order_status(values.common)


def is_state_of(name: str, values: Evidence) -> bool:
    """Whether the values are states, sales and returns, or yes and no to a state that the header names."""
    if values.dates is not None or values.distinct > MOST_STATES:
        return False
    said = are_sales_and_returns(values.common) or is_state_flag(name, values.common)
    return said or (not values.is_number and are_states(values.common))


def is_how_many(concepts: frozenset[Concept], values: Evidence) -> bool:
    """Whether a header speaks of how many, and the values are numbers: these are no yes and no."""
    return values.is_number and bool(concepts & {Concept.QUANTITY, Concept.COUNT})


def is_event(values: Evidence) -> bool:
    """Whether the values are words for what visitors do, or up to ten codes for it."""
    if are_nested(values.sample):
        return False
    codes = values.whole and 2 <= values.distinct <= 10 and not values.is_flag and values.maximum < 100
    return codes or (is_label(values) and not values.is_flag)


def is_known_event(values: Evidence) -> bool:
    """Whether the values name at least two things that visitors do."""
    return is_label(values) and values.distinct <= 200 and known_actions(values.common) >= 2


def is_phone(values: Evidence) -> bool:
    """Whether the values can be telephone numbers."""
    return not values.is_flag and not values.dates and values.mean_characters >= SHORTEST_PHONE


def is_clearly_phone(values: Evidence) -> bool:
    """Whether the values can be nothing but telephone numbers."""
    return are_phones(values.sample) and not values.dates


def is_few(values: Evidence) -> bool:
    """Whether there are five different values at most."""
    return values.distinct <= 5


def is_consent(values: Evidence) -> bool:
    """Whether the values say yes or no."""
    return are_consents(values.common)


def are_names(values: Evidence) -> bool:
    """Whether there are values, and they are no numbers."""
    return is_filled(values) and not values.is_number


def is_filled(values: Evidence) -> bool:
    """Whether there is any value."""
    return values.filled > 0
