"""Which columns of a file speak of money, sorted for `find_money`, and the roles that its rule gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.laws import paid_columns
from segmentation.intake.meaning.money.account import account_of, asking_which_side, without_balance
from segmentation.intake.meaning.money.back_by_states import (
    asking_about_refunds,
    given_back,
    with_refunds_said,
)
from segmentation.intake.meaning.money.counting import are_too_many
from segmentation.intake.meaning.money.facts import HANDED_OVER, FoundMoney, MoneyColumns, Question
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.meaning.money.kinds import asking_which_kinds_count
from segmentation.intake.meaning.money.packs import packs_of
from segmentation.intake.meaning.product_columns import COUNTED
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import PERCENT, PERCENT_COMMA
from segmentation.intake.values.currencies import is_currency

MOST_OTHERS, MOST_BESIDE = 8, 3
UNSURE_REFUNDS = (
    "money given back; whole orders got back more than their goods cost, and no column says how much of the"
    " rest is tax or postage: spend may be a little too low"
)
SOME_KINDS = (
    "each row of an order tells a sum of another kind, as “{kinds}” says, and only some of them were paid"
)
NO_PIECES = "whether its numbers count the pieces is asked; they likely do not"
IN_PACK = "each article has one such number: that of the pieces in a pack"
MONEY_ROLES = (Role.AMOUNT, Role.UNIT_PRICE, Role.DISCOUNT, Role.REFUND)
_NO_MONEY = {
    C.MEASURE, C.RATING, C.TIME, C.COUNT, C.POSTAL, C.PHONE, C.PLACE, C.ID, C.QUANTITY, C.BIRTH, C.COST,
    C.PROFIT, C.CUSTOMER, C.CODE, C.GROUP, C.LINE, C.SELLER, C.LATER, C.PAYMENT,
}  # fmt: skip
_OF_WHAT = {C.SELLER, C.CUSTOMER, C.PAYMENT, C.LATER, C.MEASURE, C.RATING}
SOME = 0.8


def money_of(table: Table, chosen: int | None = None) -> FoundMoney | None:
    """Find the money rule of a table of orders by the roles its columns have so far.

    :param chosen: the column that a person said is the amount.
    """
    columns = sorted_columns(table)
    account = account_of(table) if chosen is None else None
    if account and account.rises in columns.numbers:
        found = find_money(without_balance(columns, account))
        return asking_which_side(found, account) if found else None
    if chosen is not None:
        columns = replace(columns, prices=(), amounts=(chosen,))
    back = given_back(table, columns) if columns.numbers else None
    found = find_money(with_refunds_said(columns, back)) if columns.numbers else None
    found = asking_about_refunds(columns, found, back) if found else None
    return asking_which_kinds_count(table, found) if found else None


def with_money_roles(table: Table, found: FoundMoney) -> None:
    """Give the columns of a rule their roles; other sums of money become plain numbers."""
    rule = found.rule
    for place in found.handed_over:
        table.set(place, Role.IGNORE, 0.8, HANDED_OVER)
    for one in found.rivals:
        if one.question is Question.PACK:
            table.set(one.column, Role.NUMERIC, 0.7, IN_PACK)
        counted = table.columns[one.column].role is Role.QUANTITY and one.column != rule.quantity
        if one.question is Question.PIECES and counted:
            table.set(one.column, Role.NUMERIC, 0.5, NO_PIECES)
    names = {column.position: column.name for column in table.columns}
    given = _roles_of(rule, {column.position: column.role for column in table.columns})
    for column in list(table.columns):
        role = given.get(column.position)
        if role is None and column.role in MONEY_ROLES and column.role is not Role.DISCOUNT:
            role = Role.NUMERIC
        unsure = role is Role.REFUND and rule.refund_tax is None
        if role is not None and (role is not column.role or unsure):
            table.set(column.position, role, *_why(role, rule))
        if role is Role.AMOUNT and rule.kinds:
            sure = 0.5 if found.kinds else 0.8
            table.set(column.position, role, sure, SOME_KINDS.format(kinds=names[rule.kinds.position]))


def _roles_of(rule: MoneyRule, roles: dict[int, Role]) -> dict[int, Role]:
    given: dict[int, Role] = {}
    for term in rule.terms:
        role = Role.AMOUNT if term.sign > 0 else Role.DISCOUNT
        if roles.get(term.position) is Role.DISCOUNT and term.position != rule.amount:
            role = Role.DISCOUNT
        if roles.get(term.position) is Role.UNIT_PRICE and rule.quantity is None:
            role = Role.UNIT_PRICE
        given[term.position] = role
    if rule.off is not None:
        given[rule.off] = Role.DISCOUNT
    if rule.price is not None and rule.price not in given:
        given[rule.price] = Role.UNIT_PRICE
    if rule.quantity is not None:
        given[rule.quantity] = Role.QUANTITY
    if rule.refund is not None:
        given[rule.refund.position] = Role.REFUND
    return given


def _why(role: Role, rule: MoneyRule) -> tuple[float, str]:
    if role is Role.NUMERIC:
        return 0.8, "a sum of money that the amount holds already, or does not need"
    if role is Role.REFUND and rule.refund_tax is None:
        return 0.5, UNSURE_REFUNDS
    if rule.agreement >= 0.9:
        return 0.9, "what adds up in nearly every row says so"
    return 0.7, "the other columns of money say so"


def sorted_columns(table: Table) -> MoneyColumns:
    """Sort the columns of numbers by what they may be."""
    by_role = {role: [c for c in table.columns if c.role is role] for role in (*MONEY_ROLES, Role.QUANTITY)}
    paid = [] if by_role[Role.AMOUNT] or by_role[Role.UNIT_PRICE] else paid_columns(table)
    fees = [c for c in table.columns if c.role is Role.NUMERIC and C.FEE in table.concepts[c.position]]
    fees = [c for c in fees if c.position not in table.guessed]
    others = _others(table, by_role, [*fees, *paid])
    beside = [c for c in table.columns if c not in (*fees, *paid, *others) and _is_beside(table, c)]
    if not by_role[Role.AMOUNT] and not by_role[Role.UNIT_PRICE]:
        for role in (Role.DISCOUNT, Role.REFUND):  # something must be there of which it is taken
            by_role[role] = [c for c in by_role[role] if c.position not in table.guessed]
    used = [c for some in by_role.values() for c in some] + paid + fees + others + beside
    used = [c for c in used if table.evidence[c.position].is_number]
    packs = packs_of(table)
    numbers = table.numbers([*(c.position for c in used), *packs])

    def places(columns: Sequence[Column]) -> tuple[int, ...]:
        return tuple(c.position for c in columns if c.position in numbers)

    order, product = table.find(Role.ORDER_ID), table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME)
    person = table.find(Role.CUSTOMER_ID, Role.EMAIL)

    def likeliest_first(columns: Sequence[Column]) -> tuple[int, ...]:
        return places(sorted(columns, key=lambda c: _preference(table, c), reverse=True))

    return MoneyColumns(
        numbers,
        table.sample.codes[order.position] if order else None,
        table.sample.codes[product.position] if product else None,
        likeliest_first(by_role[Role.QUANTITY]),
        likeliest_first(by_role[Role.UNIT_PRICE]),
        likeliest_first(by_role[Role.AMOUNT] or paid),
        places(by_role[Role.DISCOUNT]),
        places(by_role[Role.REFUND]),
        places(fees),
        places(others),
        places(beside[:MOST_BESIDE]),
        frozenset(c.position for c in used
                  if table.evidence[c.position].number_format in (PERCENT, PERCENT_COMMA) or "%" in c.name),
        frozenset(table.guessed | {c.position for c in table.columns if _counts_perhaps(c, numbers)}),
        table.sample.codes[person.position] if person and person.position in table.sample.codes else None,
        frozenset(c.position for c in others if _is_guessed_other(table, c)),
        packs=packs, names={column.position: column.name for column in table.columns},
        marked=frozenset(c.position for c in used if _has_currency(table, c)),
    )  # fmt: skip


def _counts_perhaps(column: Column, numbers: Mapping[int, np.ndarray]) -> bool:
    """Whether pieces are a guess, or more than orders have though nobody said that they are some."""
    if column.role is not Role.QUANTITY or column.position not in numbers or column.confidence == 1:
        return False
    return column.reason == COUNTED or are_too_many(numbers[column.position])


def _others(table: Table, by_role: Mapping[Role, Sequence[Column]], apart: Sequence[Column]) -> list[Column]:
    """Return the numbers that may be money though no header says so, the likeliest first."""
    found = [c for c in table.columns if c.role is Role.NUMERIC and c not in apart]
    found = [c for c in found if _may_be_money(table, c)]
    if not by_role[Role.AMOUNT] and not by_role[Role.UNIT_PRICE]:
        guessed = (c for role in (Role.DISCOUNT, Role.REFUND) for c in by_role[role])
        found += [c for c in guessed if c.position in table.guessed]
    values = table.evidence  # money is more often told in cents
    return sorted(found, key=lambda c: (_is_guessed_other(table, c), values[c.position].whole))[:MOST_OTHERS]


def _may_be_money(table: Table, column: Column) -> bool:
    values = table.evidence[column.position]
    plain = not values.is_constant and not values.is_row_number and not values.is_flag
    open_ = not _speaks_of_other(table, column) or _is_guessed_other(table, column)
    return plain and open_ and not table.is_key(column)


def _speaks_of_other(table: Table, column: Column) -> bool:
    whole = table.evidence[column.position].whole
    spoken = _NO_MONEY if whole else _NO_MONEY - {C.PAYMENT}  # payments with cents are no count of them
    return bool(table.concepts[column.position] & spoken)


def _has_currency(table: Table, column: Column) -> bool:
    """Whether the numbers of a column are written with a currency."""
    numbers = table.evidence[column.position].numbers
    return numbers is not None and any(map(is_currency, numbers.marks))


def _is_guessed_other(table: Table, column: Column) -> bool:
    """Whether only the encoder says of numbers with cents that they are no money."""
    guessed = column.position in table.guessed and not table.evidence[column.position].whole
    return guessed and _speaks_of_other(table, column)


def _is_beside(table: Table, column: Column) -> bool:
    """Whether a header says of what money may be: of sending, points, the credit of a shop or a customer.

    Such has cents, or is nothing in some rows; a number of theirs is not.
    """
    values = table.evidence[column.position]
    some = not values.whole or values.minimum == 0 or values.filled < SOME * values.rows
    said = table.concepts[column.position] & _NO_MONEY
    plain = column.role is Role.NUMERIC and not values.is_constant and not values.is_flag
    return plain and some and bool(said) and said <= _OF_WHAT and not table.is_key(column)


def _preference(table: Table, column: Column) -> tuple[float, ...]:
    """Prefer what differs, plain amounts to parts, fuller columns, then what a header says more plainly."""
    concepts, values = table.concepts[column.position], table.evidence[column.position]
    return (
        not values.is_constant,
        not concepts & {C.LATER, C.FEE, C.PART},
        round(values.filled / max(1, values.rows), 1),
        column.confidence,
        -column.position,
    )
