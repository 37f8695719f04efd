"""The roles that headers ask for by what they speak of, and what values must be like to take them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning import role_conditions as fits
from segmentation.intake.roles import Role
from segmentation.intake.values.column_evidence import Evidence

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


NO_KEY = {
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
}  # fmt: skip


_OTHER_THAN_PRODUCTS = {C.MEASURE, C.SELLER, C.PAYMENT, C.FEE, C.LATER, C.PERSON}


RULES = (
    _rule(Role.EMAIL, {C.EMAIL}, fits.is_email, 0.98),
    _rule(
        Role.CUSTOMER_ID,
        {C.CUSTOMER, C.ID},
        fits.is_written_key,
        0.97,
        NO_KEY | {C.POSTAL, C.PRODUCT, C.ORDER, C.SESSION, C.SELLER, C.PHONE},
    ),
    _rule(Role.SESSION_ID, {C.SESSION}, fits.is_key, 0.9, {C.MEASURE, C.COUNT, C.TIME}),
    _rule(
        Role.PRODUCT_ID,
        {C.PRODUCT, C.ID},
        fits.is_key,
        0.95,
        NO_KEY | {C.ORDER, C.CATEGORY, C.MEASURE, C.QUANTITY, C.SELLER},
    ),
    _rule(
        Role.ORDER_ID, {C.ORDER, C.ID}, fits.is_order_key, 0.95, NO_KEY | {C.PRODUCT, C.PAYMENT, C.QUANTITY}
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
    _rule(Role.CURRENCY, {C.CURRENCY}, fits.are_names, 0.9),
    _rule(Role.REFUND, {C.REFUND}, fits.is_money_back, 0.85, {C.COUNT, C.QUANTITY}),
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
    _rule(Role.CUSTOMER_ID, {C.CUSTOMER, C.ALONE}, fits.is_code, 0.8, NO_KEY),
    _rule(Role.CUSTOMER_ID, {C.CUSTOMER, C.ALONE}, fits.is_numbered_name, 0.8, NO_KEY),
    _rule(Role.ORDER_ID, {C.ORDER, C.ALONE}, fits.is_code, 0.75, NO_KEY),
    _rule(Role.PRODUCT_ID, {C.PRODUCT, C.ALONE}, fits.is_code, 0.75, NO_KEY),
    _rule(Role.PRODUCT_NAME, {C.PRODUCT, C.ALONE}, fits.is_name, 0.75, {C.ID}),
    _rule(Role.PRODUCT_NAME, {C.TITLE}, fits.is_name, 0.5, _OTHER_THAN_PRODUCTS),
    _rule(Role.NAME, {C.NAME, C.ALONE}, fits.is_name, 0.6),
)
