"""How the kind of rows settles the roles that a header alone leaves open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.guess_kind import MONEY, STATES_BY_VALUE, C, is_bare_id
from segmentation.intake.roles import Column, Kind, Role
from segmentation.intake.values.column_evidence import Evidence

LABELS = (Role.CATEGORY, Role.COUNTRY, Role.ORDER_STATUS, Role.EVENT_TYPE)


SINGLE = (
    Role.ORDER_ID,
    Role.SESSION_ID,
    Role.PRODUCT_ID,
    Role.TIMESTAMP,
    Role.QUANTITY,
    Role.UNIT_PRICE,
    Role.AMOUNT,
    Role.DISCOUNT,
    Role.REFUND,
    Role.PIECES_BACK,
    Role.PRODUCT_NAME,
    Role.REVIEW_TITLE,
    Role.RATING,
    Role.EVENT_TYPE,
    Role.EMAIL,
    Role.CURRENCY,
    Role.COUNTRY,
    Role.POSTAL_CODE,
    Role.CATEGORY,
)


def settle(
    kind: Kind,
    columns: Sequence[Column],
    concepts: Sequence[frozenset[Concept]],
    evidence: Sequence[Evidence],
) -> tuple[Column, ...]:
    """Let the kind decide the roles that depend on it; leave one column for each role had only once."""
    settled = [_by_kind(kind, column, concepts[i], evidence[i]) for i, column in enumerate(columns)]
    has_texts = any(column.role is Role.TEXT for column in settled)
    if kind is Kind.REVIEWS and not any(column.role is Role.REVIEW_TEXT for column in settled):
        settled = [
            replace(column, role=Role.REVIEW_TEXT, reason="the text in a file of reviews")
            if column.role in ((Role.TEXT,) if has_texts else (Role.DESCRIPTION,))
            else column
            for column in settled
        ]
    settled = _adopt_bare_id(kind, settled, concepts, evidence)
    for role in SINGLE:
        settled = _keep_best(settled, role, concepts, evidence)
    return tuple(settled)


def _by_kind(kind: Kind, column: Column, concepts: frozenset[Concept], values: Evidence) -> Column:
    role = column.role
    if kind is Kind.CUSTOMERS and role in (
        *MONEY,
        Role.DISCOUNT,
        Role.REFUND,
        Role.RATING,
        Role.COST,
        Role.PROFIT,
    ):
        if values.is_constant:
            return replace(column, role=Role.IGNORE, confidence=0.95, reason="every row has the same value")
        return replace(
            column, role=Role.NUMERIC, reason=f"a number that describes the customer, {_span(values)}"
        )
    if kind is Kind.PRODUCTS and role in (Role.QUANTITY, Role.AMOUNT, Role.RATING):
        return replace(
            column, role=Role.NUMERIC, reason=f"a number that describes the product, {_span(values)}"
        )
    if kind is not Kind.ORDERS and role is Role.ORDER_STATUS and column.reason == STATES_BY_VALUE:
        return replace(
            column, role=Role.CATEGORICAL, reason=f"{values.distinct} different values that repeat"
        )
    if kind is Kind.REVIEWS and role is Role.QUANTITY:
        return replace(column, role=Role.NUMERIC, reason=f"a number beside the review, {_span(values)}")
    if kind is Kind.PRODUCTS and role is Role.TIMESTAMP:
        return replace(column, role=Role.IGNORE, reason="a date of the product, not of an order")
    if (
        kind is Kind.REVIEWS
        and role is Role.PRODUCT_NAME
        and concepts & {C.TITLE}
        and C.PRODUCT not in concepts
    ):
        return replace(column, role=Role.REVIEW_TITLE, confidence=0.85, reason="the title of the review")
    if kind is Kind.ORDERS and role is Role.DESCRIPTION and values.mean_characters < 60:
        return replace(
            column, role=Role.PRODUCT_NAME, reason="short descriptions in order lines name the products"
        )
    if kind is Kind.PRODUCTS and role is Role.NAME:
        return replace(column, role=Role.PRODUCT_NAME, reason="a name in a table of products")
    return column


def _span(values: Evidence) -> str:
    return f"from {values.minimum:g} to {values.maximum:g}"


def _adopt_bare_id(
    kind: Kind, columns: list[Column], concepts: Sequence[frozenset[Concept]], evidence: Sequence[Evidence]
) -> list[Column]:
    """Give a column just called `ID` the meaning of a row of this kind, where no other column has it."""
    wanted = {
        Kind.CUSTOMERS: Role.CUSTOMER_ID,
        Kind.ORDERS: Role.ORDER_ID,
        Kind.PRODUCTS: Role.PRODUCT_ID,
    }.get(kind)
    if wanted is None or any(column.role is wanted for column in columns):
        return columns
    ids = [i for i, column in enumerate(columns) if is_bare_id(column)]
    if kind is Kind.CUSTOMERS:
        ids += [i for i, found in enumerate(concepts) if C.ID in found and found <= {C.ID, C.ALONE, C.UNIQUE}]
    for i in ids:
        column = columns[i]
        if column.role in (Role.IGNORE, Role.NUMERIC) and evidence[i].is_unique:
            found = replace(
                column,
                role=wanted,
                confidence=0.8,
                reason=f"a plain id in a file of {kind.value}",
                value_format="",
            )
            return [*columns[:i], found, *columns[i + 1 :]]
    return columns


def _keep_best(
    columns: list[Column], role: Role, concepts: Sequence[frozenset[Concept]], evidence: Sequence[Evidence]
) -> list[Column]:
    """Keep the best column of a role; the others step back to what their values say."""
    rivals = [column for column in columns if column.role is role]
    if len(rivals) < 2:
        return columns
    best = max(
        rivals, key=lambda column: _preference(column, concepts[column.position], evidence[column.position])
    )
    return [
        _step_back(column, evidence[column.position], best.name)
        if column in rivals and column is not best
        else column
        for column in columns
    ]


def _preference(column: Column, concepts: frozenset[Concept], values: Evidence) -> tuple[float, ...]:
    """Prefer dates of the purchase to later ones, then fuller columns, then orders of several lines."""
    plain: Callable[[set[Concept]], bool] = lambda unwanted: not concepts & unwanted  # noqa: E731
    return (
        plain({C.LATER, C.FEE, C.BIRTH, C.CONSENT, C.PROFILING, C.MARKETING, C.PART}),
        _suits(column.role, concepts),
        round(values.filled / max(1, values.rows), 1),
        -values.distinct
        if column.role is Role.ORDER_ID and values.distinct >= 0.3 * values.filled
        else -values.rows,
        column.confidence,
        -column.position,
    )


def _suits(role: Role, concepts: frozenset[Concept]) -> bool:
    """Whether a header speaks of the right thing: the time of an order, the pieces of a line only."""
    if role is Role.TIMESTAMP:
        return C.ORDER in concepts
    return not concepts & ({C.ORDER} if role is Role.QUANTITY else {C.UNIQUE})


def _step_back(column: Column, values: Evidence, best: str) -> Column:
    role = Role.IGNORE
    if column.role in (*MONEY, Role.RATING) and values.is_number:
        role = Role.NUMERIC
    elif (
        column.role in (Role.CATEGORY, Role.COUNTRY, Role.ORDER_STATUS, Role.EVENT_TYPE)
        and values.distinct <= 60
    ):
        role = Role.CATEGORICAL
    return replace(
        column,
        role=role,
        confidence=0.6,
        reason=f"“{best}” is the better {column.role.value.replace('_', ' ')}",
    )
