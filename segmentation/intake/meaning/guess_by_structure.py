"""What columns mean by how they hang together, where their headers say nothing.

Quantity times price is the amount; an order belongs to one moment and one customer, a customer to several
moments, a product to several of both; a total that repeats on each line of an order is no amount of a line.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.day_of_rows import choose_day, find_day
from segmentation.intake.meaning.key_candidates import refers_to
from segmentation.intake.meaning.laws import pay_again
from segmentation.intake.meaning.money.account import BALANCE, keep_balance
from segmentation.intake.meaning.orders.buyers import set_guests_aside
from segmentation.intake.meaning.orders.state_figures import HABIT, agreement
from segmentation.intake.meaning.product_columns import find_goods, multiply, price_items
from segmentation.intake.meaning.role_conditions import is_full_name, is_name, names_callers
from segmentation.intake.meaning.sample import Sample
from segmentation.intake.meaning.table_so_far import ALWAYS, Table, determines, share_determined
from segmentation.intake.roles import Column, Role

SHORTEST_ID = 6
FEWEST_PEOPLE, MANY_PEOPLE = 10, 20
FEWEST_NAMED = 5
SEVERAL, HALF, MOST_VISITS = 0.8, 0.5, 25
NAMES_OF_ORDERS = "words that each order has once and several orders share: names of people"
NAMES_OF_VISITS = "words that come again on other days, each a few times, and pay: names of people"
MOST_STATES = 8
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.DISCOUNT, Role.REFUND, Role.COST)
C = Concept


def read_structure(table: Table) -> Table:
    """Return the table with the roles that only the whole of it can tell; lower confidence, reason said."""
    keep_balance(table)
    _set_references_aside(table)
    _name_goods(table)
    set_guests_aside(table)
    multiply(table)
    price_items(table)
    find_day(table)
    choose_day(table)
    _find_name(table)
    _find_rating(table)
    return table


def complete_structure(table: Table) -> None:
    """Find what goes with the keys: names and codes of products; set other ids aside."""
    _set_kinds_of_sums_aside(table)
    product = table.find(Role.PRODUCT_ID)
    if product and product.position in table.sample.codes:
        _find_product_name(table, product.position)
    find_goods(table)
    _find_states(table)
    _set_ids_aside(table)


def _set_references_aside(table: Table) -> None:
    """Take no number for a sum of money that names other rows: all its values are numbers of orders."""
    orders = [column.position for column in table.columns if column.role is Role.ORDER_ID]
    for column in table.columns if orders else ():
        values = table.evidence[column.position]
        numbers = column.role in MONEY and values.whole and values.distinct >= FEWEST_NAMED
        if numbers and refers_to(table, column.position, orders):
            table.set(column.position, Role.IGNORE, 0.8, "its numbers are those of other rows’ orders")


def _name_goods(table: Table) -> None:
    """Let a column that is called a name, and no more, name the goods.

    It does where it goes with their code and not with the buyer, or where an order has several of them.
    """
    code, order = table.find(Role.PRODUCT_ID), table.find(Role.ORDER_ID)
    buyer = order or table.find(Role.CUSTOMER_ID, Role.EMAIL)
    if buyer is None or table.find(Role.PRODUCT_NAME):
        return
    for column in table.columns:
        cell = f"c{column.position}"
        if column.role is not Role.NAME or table.concepts[column.position] - {C.NAME, C.ALONE}:
            continue
        if code and determines(table, f"c{code.position}", cell):
            if not determines(table, f"c{buyer.position}", cell):
                reason = f"each “{code.name}” has one name, and the buyers have several"
                table.set(column.position, Role.PRODUCT_NAME, 0.8, reason)
        elif order and share_determined(table, f"c{order.position}", cell) < SEVERAL:
            table.set(column.position, Role.PRODUCT_NAME, 0.8, "one order has several of these names: goods")
        return


def _find_name(table: Table) -> None:
    """Take words for people's names where nothing else says who, and each order has one.

    An order is any key that repeats and has one moment, or that is said to be one. Without such a key the
    names are those of people who come again on other days and pay, each a few times. Under a header that
    speaks of customers single words may be names, too: those of users (`ana77.2`).
    """
    moment = table.find(Role.TIMESTAMP)
    if moment is None or table.find(Role.CUSTOMER_ID, Role.EMAIL, Role.PHONE, Role.NAME):
        return
    said = [c for c in table.columns if {C.ORDER, C.ID} <= table.concepts[c.position]]
    said = [c for c in said if table.evidence[c.position].filled]
    orders = [c for c in table.columns if table.may_be_key(c) and table.evidence[c.position].dates is None]
    orders = [c for c in orders if determines(table, f"c{c.position}", f"c{moment.position}")]
    of_orders = [c for c in orders if table.evidence[c.position].distinct < 0.9 * table.sample.rows]
    keys = [*said, *of_orders]
    free = _may_name(table)
    for column in table.columns:
        told = _speaks_of_users(table, column)
        if not (told or (column in free and _may_be_people(table, column))):
            continue
        owned = any(_is_of(table, one.position, column.position) for one in keys)
        comes_again = not keys and _come_a_few_times(table, column)
        if (owned or comes_again) and (told or not _are_goods(table, column)):
            table.set(column.position, Role.NAME, 0.5, NAMES_OF_ORDERS if owned else NAMES_OF_VISITS)
            return


def _may_name(table: Table) -> list[Column]:
    """Return the columns whose headers say nothing, and in an account those of any words: who paid, too.

    Where one column moves it both ways, what goes out would be taken for what customers got back.
    """
    paid = table.find(Role.AMOUNT)
    one_way = paid is not None and table.evidence[paid.position].minimum >= 0
    if not one_way or all(column.reason != BALANCE for column in table.columns):
        return table.mute
    worded = [c for c in table.columns if c.role in (Role.CATEGORICAL, Role.IGNORE, Role.TEXT)]
    return [*table.mute, *(c for c in worded if c not in table.mute)]


def _may_be_people(table: Table, column: Column) -> bool:
    values = table.evidence[column.position]
    worded = column.role is not Role.NUMERIC and values.distinct >= FEWEST_PEOPLE
    return worded and (is_full_name(values) or names_callers(values))


def _speaks_of_users(table: Table, column: Column) -> bool:
    """Whether a header speaks of customers and of nothing else, and there are words below it, of many."""
    values, spoken = table.evidence[column.position], table.concepts[column.position] - {C.ALONE}
    free = column.role in (Role.CATEGORICAL, Role.IGNORE) and column.position not in table.guessed
    return free and spoken == {C.CUSTOMER} and is_name(values) and values.distinct >= MANY_PEOPLE


def _come_a_few_times(table: Table, column: Column) -> bool:
    rows_of_each = table.sample.rows / max(1, table.evidence[column.position].distinct)
    return rows_of_each <= MOST_VISITS and pay_again(table, column.position)


def _are_goods(table: Table, column: Column) -> bool:
    """Whether words decide a number that differs, as goods do their price, and that is none of their own.

    A price may also be what one number is of another.
    """
    numbers = [c for c in table.columns if c.role in (Role.NUMERIC, *MONEY, Role.QUANTITY)]
    numbers = [
        c for c in numbers if table.evidence[c.position].filled > 0.5 * table.evidence[c.position].rows
    ]
    return _have_one(table, column, numbers) or _have_one_ratio(table, column, numbers)


def _have_one(table: Table, column: Column, numbers: Sequence[Column]) -> bool:
    cell = f"c{column.position}"
    return any(
        table.evidence[c.position].distinct > 2
        and share_determined(table, cell, f"c{c.position}") >= SEVERAL
        and not (table.evidence[c.position].whole and determines(table, f"c{c.position}", cell))
        for c in numbers
    )


def _have_one_ratio(table: Table, column: Column, numbers: Sequence[Column]) -> bool:
    """Whether each value has one ratio of two numbers, as goods have one of their sum to their pieces."""
    goods, read = table.sample.codes.get(column.position), table.numbers(c.position for c in numbers)
    counted = [c.position for c in numbers if table.evidence[c.position].whole]
    return goods is not None and any(
        _decide_ratio(goods, read[pieces], read[total])
        for pieces in counted
        for total in read
        if total != pieces and not table.evidence[pieces].is_constant
    )


def _decide_ratio(goods: np.ndarray, pieces: np.ndarray, total: np.ndarray) -> bool:
    each = pd.factorize(np.round(total / np.where(pieces > 0, pieces, np.nan), 2))[0].astype(np.int64)
    both = Sample(len(goods), {0: goods, 1: each})
    return both.distinct(1) > 2 and both.determined(0, 1) >= SEVERAL


def _is_of(table: Table, order: int, place: int) -> bool:
    """Whether each order has one value of a column, and several orders share it."""
    sample = table.sample
    return sample.determined(order, place) >= ALWAYS and sample.determined(place, order) < ALWAYS


def _find_rating(table: Table) -> None:
    if table.find(Role.RATING) or not table.find(Role.TEXT, Role.REVIEW_TEXT):
        return
    for column in table.mute:
        values = table.evidence[column.position]
        if values.whole and 3 <= values.distinct <= 5 and values.minimum >= 1 and values.maximum == 5:
            table.set(column.position, Role.RATING, 0.6, "whole numbers from 1 to 5 beside texts: stars")
            return


def _set_kinds_of_sums_aside(table: Table) -> None:
    """Take no few words for goods that most orders have, each once: they are kinds of sums."""
    order, goods, codes = table.find(Role.ORDER_ID), table.find(Role.PRODUCT_NAME), table.sample.codes
    priced = table.find(Role.PRODUCT_ID, Role.QUANTITY, Role.UNIT_PRICE)
    if priced or not order or not goods or not {order.position, goods.position} <= codes.keys():
        return
    kinds, orders = (table.sample.distinct(column.position) for column in (goods, order))
    once = table.sample.pairs(order.position, goods.position) >= ALWAYS * table.sample.rows
    if 2 < kinds <= MOST_STATES and orders > kinds and once and table.sample.rows >= HALF * kinds * orders:
        table.set(goods.position, Role.CATEGORICAL, 0.7, "most orders have each of these few words once")


def _find_states(table: Table) -> None:
    """Take words that no list knows for states of orders where the header says so and orders differ by them.

    A state of the buyer or of the goods stays with these.
    """
    order, sample = table.find(Role.ORDER_ID), table.sample
    if order is None or order.position not in sample.codes or table.find(Role.ORDER_STATUS):
        return
    keys = (Role.CUSTOMER_ID, Role.EMAIL, Role.PRODUCT_ID)
    others = [c.position for c in table.columns if c.role in keys and c.position in sample.codes]
    for column in table.columns:
        place = column.position
        told = column.role is Role.CATEGORICAL and C.STATUS in table.concepts[place] and place in sample.codes
        if not told or not 2 <= sample.distinct(place) <= MOST_STATES or table.evidence[place].is_flag:
            continue
        free = all(agreement(sample.codes[one], sample.codes[place]) < HABIT for one in others)
        if free and others and sample.determined(order.position, place) >= ALWAYS:
            reason = "the header speaks of states, and orders differ by them; no list knows the words"
            table.set(place, Role.ORDER_STATUS, 0.5, reason)


def _find_product_name(table: Table, product: int) -> None:
    """Take the wordy column that the product decides, and that decides the product, for its name."""
    if table.find(Role.PRODUCT_NAME):
        return
    for column in table.mute:
        values = table.evidence[column.position]
        wordy = (
            not values.is_number
            and values.dates is None
            and values.distinct > 10
            and values.mean_words >= 1.5
        )
        if wordy and determines(table, f"c{product}", f"c{column.position}"):
            table.set(column.position, Role.PRODUCT_NAME, 0.55, "words that go with the id of a product")
            return


def _set_ids_aside(table: Table) -> None:
    """Leave out long whole numbers of one length whose header says nothing: nobody averages those."""
    for column in table.mute:
        values = table.evidence[column.position]
        if column.role is Role.NUMERIC and table.is_key(column) and values.mean_characters >= SHORTEST_ID:
            table.set(column.position, Role.IGNORE, 0.5, "long whole numbers of one length: ids of something")
