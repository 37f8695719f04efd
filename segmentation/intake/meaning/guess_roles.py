"""What columns and rows mean, guessed from headers and values, with confidence and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.intake.meaning import role_conditions as fits
from segmentation.intake.meaning.date_and_time_columns import join_times
from segmentation.intake.meaning.guess_by_structure import read_structure
from segmentation.intake.meaning.guess_by_values import role_by_values
from segmentation.intake.meaning.guess_kind import STATES_BY_VALUE, guess_kind, settle
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.values.cell_words import some_lost_digits
from segmentation.intake.values.column_evidence import Evidence, gather_all
from segmentation.intake.values.event_actions import known_actions
from segmentation.intake.values.number_separators import agree_on_separators
from segmentation.jobs import Progress, silent

KEYS = (Role.CUSTOMER_ID, Role.ORDER_ID, Role.SESSION_ID, Role.PRODUCT_ID)
C = Concept


@dataclass(frozen=True)
class HeaderRule:
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
) -> HeaderRule:
    return HeaderRule(role, frozenset(needs), frozenset(without or ()), fits, confidence)


_NO_KEY = {
    C.TIME,
    C.COUNT,
    C.RATING,
    C.NAME,
    C.TITLE,
    C.PERSON,
    C.GROUP,
    C.LINE,
    C.STATUS,
    C.EVENT,
    C.MARKETING,
}
_NO_TOTAL = {
    C.FEE, C.COUNT, C.QUANTITY, C.ID, C.RATING, C.CUSTOMER, C.MEASURE, C.TIME, C.DISCOUNT, C.REFUND, C.LATER,
    C.LINE,
}  # fmt: skip
_OTHER_THAN_PRODUCTS = {C.MEASURE, C.SELLER, C.PAYMENT, C.FEE, C.LATER, C.PERSON}
RULES = (
    _rule(Role.EMAIL, {C.EMAIL}, fits.is_email, 0.98),
    _rule(
        Role.CUSTOMER_ID,
        {C.CUSTOMER, C.ID},
        fits.is_written_key,
        0.97,
        _NO_KEY | {C.POSTAL, C.PRODUCT, C.ORDER, C.SESSION, C.SELLER, C.PHONE},
    ),
    _rule(Role.SESSION_ID, {C.SESSION}, fits.is_key, 0.9, {C.MEASURE, C.COUNT, C.TIME}),
    _rule(
        Role.PRODUCT_ID,
        {C.PRODUCT, C.ID},
        fits.is_key,
        0.95,
        _NO_KEY | {C.ORDER, C.CATEGORY, C.MEASURE, C.QUANTITY, C.SELLER},
    ),
    _rule(
        Role.ORDER_ID, {C.ORDER, C.ID}, fits.is_order_key, 0.95, _NO_KEY | {C.PRODUCT, C.PAYMENT, C.QUANTITY}
    ),
    _rule(Role.TIMESTAMP, {C.TIME}, fits.is_date, 0.95, {C.BIRTH}),
    _rule(Role.ORDER_STATUS, {C.STATUS, C.ORDER}, fits.is_label, 0.95, {C.PAYMENT, C.PLACE, C.LATER}),
    _rule(Role.ORDER_STATUS, {C.STATUS}, fits.is_status, 0.85, {C.REVIEW, C.PRODUCT}),
    _rule(Role.ORDER_STATUS, {C.PLACE}, fits.is_status, 0.7),
    _rule(Role.EVENT_TYPE, {C.EVENT}, fits.is_event, 0.9, {C.TIME, C.ID, C.CUSTOMER, C.COUNT}),
    _rule(Role.REVIEW_TITLE, {C.REVIEW, C.TITLE}, fits.is_name, 0.9),
    _rule(Role.RATING, {C.RATING}, fits.is_rating, 0.9, {C.COUNT, C.MEASURE, C.TIME, C.QUANTITY}),
    _rule(Role.RATING, {C.TEXT, C.ALONE}, fits.is_few_marks, 0.7),
    _rule(
        Role.REVIEW_TEXT, {C.REVIEW}, fits.is_wordy, 0.9, {C.ID, C.TIME, C.TITLE, C.COUNT, C.NAME, C.STATUS}
    ),
    _rule(Role.CURRENCY, {C.CURRENCY}, fits.is_filled, 0.9),
    _rule(Role.REFUND, {C.REFUND}, fits.is_amount, 0.85, {C.COUNT, C.QUANTITY}),
    _rule(Role.DISCOUNT, {C.DISCOUNT}, fits.is_amount, 0.9, {C.CODE, C.ID}),
    _rule(Role.PROFIT, {C.PROFIT}, fits.is_amount, 0.9),
    _rule(Role.COST, {C.COST}, fits.is_amount, 0.8, {C.LATER, C.FEE, C.PAYMENT}),
    _rule(
        Role.UNIT_PRICE,
        {C.PRICE},
        fits.is_amount,
        0.9,
        {C.AMOUNT, C.FEE, C.LATER, C.PAYMENT, C.MEASURE, C.COUNT},
    ),
    _rule(Role.AMOUNT, {C.AMOUNT}, fits.is_amount, 0.85, _NO_TOTAL),
    _rule(Role.AMOUNT, {C.PART}, fits.is_amount, 0.7, _NO_TOTAL),
    _rule(Role.QUANTITY, {C.QUANTITY}, fits.is_count, 0.9, {C.MEASURE, C.SELLER, C.CODE, C.LATER}),
    _rule(Role.PHONE, {C.PHONE}, fits.is_phone, 0.9, {C.TIME}),
    _rule(Role.POSTAL_CODE, {C.POSTAL}, fits.is_filled, 0.95),
    _rule(Role.PROFILING, {C.PROFILING}, fits.is_few, 0.85, {C.TIME}),
    _rule(Role.CONSENT, {C.CONSENT}, fits.is_few, 0.85, {C.TIME}),
    _rule(Role.CONSENT, {C.MARKETING}, fits.is_consent, 0.8, {C.TIME}),
    _rule(Role.ORDER_ID, {C.NAME, C.ALONE}, fits.is_order_number, 0.75),
    _rule(Role.NAME, {C.PERSON}, fits.is_name, 0.9),
    _rule(Role.NAME, {C.CUSTOMER, C.NAME}, fits.is_name, 0.95),
    _rule(Role.NAME, {C.CUSTOMER, C.ALONE}, fits.is_full_name, 0.7),
    _rule(Role.CATEGORY, {C.CATEGORY}, fits.is_category, 0.9, {C.UNIQUE}),
    _rule(Role.CATEGORY, {C.CATEGORY, C.PRODUCT}, fits.is_category_code, 0.7, {C.UNIQUE, C.COUNT}),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.NAME}, fits.is_name, 0.95, {C.MEASURE, C.SELLER, C.CATEGORY}),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.TITLE}, fits.is_name, 0.9, {C.MEASURE}),
    _rule(Role.DESCRIPTION, {C.DESCRIPTION}, fits.is_name, 0.9, {C.MEASURE}),
    _rule(Role.COUNTRY, {C.COUNTRY}, fits.is_name, 0.9, {C.COUNT}),
    _rule(Role.TEXT, {C.TEXT}, fits.is_wordy, 0.85),
    _rule(Role.CUSTOMER_ID, {C.CUSTOMER, C.ALONE}, fits.is_code, 0.8, _NO_KEY),
    _rule(Role.ORDER_ID, {C.ORDER, C.ALONE}, fits.is_code, 0.75, _NO_KEY),
    _rule(Role.PRODUCT_ID, {C.PRODUCT, C.ALONE}, fits.is_code, 0.75, _NO_KEY),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.ALONE}, fits.is_name, 0.75, {C.ID}),
    _rule(Role.PRODUCT_NAME, {C.TITLE}, fits.is_name, 0.5, _OTHER_THAN_PRODUCTS),
    _rule(Role.NAME, {C.NAME, C.ALONE}, fits.is_name, 0.6),
)


def guess(
    cursor: duckdb.DuckDBPyConnection, table: str, names: tuple[str, ...], on_progress: Progress = silent
) -> tuple[Kind, float, str, tuple[Column, ...]]:
    """Guess the kind of a raw table and the role of each of its columns.

    :return: the kind, its confidence and reason, and the columns in file order.
    """
    concepts = [concepts_of(name) for name in names]
    measured = agree_on_separators(cursor, table, gather_all(cursor, table, len(names), on_progress))
    evidence = [_with_serial_dates(found, values) for found, values in zip(concepts, measured, strict=True)]
    columns = [_guess_column(i, name, concepts[i], evidence[i]) for i, name in enumerate(names)]
    columns = read_structure(cursor, table, columns, concepts, evidence)
    kind, confidence, reason = guess_kind(columns, concepts, evidence)
    settled = settle(kind, columns, concepts, evidence)
    joined = join_times(cursor, table, settled, concepts, evidence)
    return kind, confidence, reason, tuple(_admit(column, evidence[column.position]) for column in joined)


def _with_serial_dates(concepts: frozenset[Concept], values: Evidence) -> Evidence:
    """Take the day numbers of spreadsheets for dates where the header speaks of a date."""
    if C.TIME in concepts and values.dates is None:
        return replace(values, dates=values.serials)
    return values


def _guess_column(position: int, name: str, concepts: frozenset[Concept], values: Evidence) -> Column:
    if not values.filled:
        return Column(position, name, Role.IGNORE, 1.0, "it is empty")
    if fits.is_state_of(name, values):
        return Column(position, name, Role.ORDER_STATUS, 0.85, STATES_BY_VALUE)
    for rule in RULES:
        if rule.needs <= concepts and not rule.without & concepts and rule.fits(values):
            reason = f"the header speaks of {_in_words(rule.role)} and {_describe(values)}"
            return Column(position, name, rule.role, rule.confidence, reason, _format_for(rule.role, values))
    role, confidence, reason = role_by_values(concepts, values)
    return Column(position, name, role, confidence, reason, _format_for(role, values))


def _admit(column: Column, values: Evidence) -> Column:
    """Add to the reason what the marketer should know before relying on the column."""
    if column.role in KEYS and some_lost_digits(values.sample):
        doubt = (
            "some were written like 1.23E+18 by another tool, so that digits are lost and ids may be mixed up"
        )
        return replace(column, confidence=0.5, reason=f"{column.reason}; {doubt}")
    if column.role is Role.TIMESTAMP and values.dates and not values.dates.certain:
        column = replace(column, confidence=0.5)
    if column.role is Role.TIMESTAMP and values.dates and values.dates.share < 0.995:
        lost = round((1 - values.dates.share) * values.filled)
        return replace(
            column, reason=f"{column.reason}; {lost:,} of {values.filled:,} are no dates and count as missing"
        )
    if column.role is Role.EVENT_TYPE and not known_actions(values.common):
        doubt = "what each value means is a guess" + (
            ": 1 viewed, 2 kept, 3 put in the cart, 4 bought"
            if values.minimum >= 1 and values.maximum <= 4
            else ""
        )
        return replace(column, confidence=0.5, reason=f"{column.reason}; {doubt}")
    return column


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
