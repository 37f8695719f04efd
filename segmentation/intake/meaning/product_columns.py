"""The goods of order lines, their pieces, price and amount, known by how the columns go with each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.meaning.money.counting import MOST_PIECES, number_lines
from segmentation.intake.meaning.money.prices import is_of_articles
from segmentation.intake.meaning.table_so_far import ALWAYS, Table, determines
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import number
from segmentation.intake.values.column_evidence import Evidence

ENOUGH, OF_FEW = 10, 0.05
COUNTED = "small whole numbers that go with neither the goods nor the order: pieces"
EXPLAINED = "“{name}” explains nearly all of how “{price}” varies, and goes not with the buyer: goods"
_NOT_GOODS = {
    C.CUSTOMER, C.ORDER, C.SESSION, C.PERSON, C.PLACE, C.ADDRESS, C.PAYMENT, C.SELLER, C.TIME, C.EVENT,
}  # fmt: skip
ENOUGH_ROWS = 10
MULTIPLIED = 5_000
MOST_COUNTED = 10_000
MOST_NUMBERS = 12
_FACTORS = (Role.QUANTITY, Role.UNIT_PRICE, Role.AMOUNT)
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY)


def find_goods(table: Table) -> None:
    """Find the product's name where only its code is known, its code where only its name is, or both.

    A second code of the product is left out: it is no group to compare.
    """
    if not table.find(Role.TIMESTAMP):
        return
    _price_goods(table)
    if not table.find(Role.QUANTITY, Role.UNIT_PRICE, Role.AMOUNT):
        return
    _pair(table)
    code = table.find(Role.PRODUCT_ID)
    for column in table.columns if code else ():
        if column is not code and code and _may_be_code(table, column) and _are_one(table, code, column):
            table.set(column.position, Role.IGNORE, 0.7, f"another code of the product, beside “{code.name}”")


def _pair(table: Table) -> None:
    code, name = table.find(Role.PRODUCT_ID), table.find(Role.PRODUCT_NAME)
    if code and name:
        return
    codes = [code] if code else [column for column in table.columns if _may_be_code(table, column)]
    names = [name] if name else [column for column in table.columns if _may_be_name(table, column)]
    for one in codes:
        for other in names:
            if one is not other and _go_together(table, one, other):
                reason = f"“{one.name}” and “{other.name}” go together and not with the buyer: a product"
                if not code:
                    table.set(one.position, Role.PRODUCT_ID, 0.6, reason)
                if not name:
                    table.set(other.position, Role.PRODUCT_NAME, 0.6, reason)
                return


def _price_goods(table: Table) -> None:
    """Find goods and their price, where no header speaks of either, by the number that goes with a name.

    Beside them, small whole numbers that go with neither goods nor order count the pieces. Of few goods the
    number may be something else: what was paid is then left to be found by what multiplies.
    """
    if table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME, Role.UNIT_PRICE, Role.AMOUNT):
        return
    numbers = [column for column in table.mute if column.role is Role.NUMERIC]
    found = _priced(table, numbers)
    if found is None:
        return
    name, price = found
    reason = f"each “{name.name}” has one “{price.name}”, and neither goes with the buyer: goods"
    table.set(name.position, Role.PRODUCT_NAME, 0.6, reason)
    if _is_of_many(table, price):
        table.set(price.position, Role.UNIT_PRICE, 0.6, reason)
        _count_pieces(table, [one for one in numbers if one is not price], name)


def name_goods(table: Table) -> None:
    """Take the words of which each has one price for the goods, where nothing else names them.

    Or those that explain nearly all of how prices vary, as goods do whose prices were raised.
    """
    price = table.find(Role.UNIT_PRICE)
    if price is None or table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME):
        return
    if found := _priced(table, [price]):
        name, _ = found
        reason = f"each “{name.name}” has one “{price.name}”, and goes not with the buyer: goods"
        table.set(name.position, Role.PRODUCT_NAME, 0.6, reason)
        return
    names = (column for column in table.columns if _may_name_goods(table, column))
    if goods := next((one for one in names if _explains_price(table, price, one)), None):
        reason = EXPLAINED.format(name=goods.name, price=price.name)
        table.set(goods.position, Role.PRODUCT_NAME, 0.6, reason)


def _priced(table: Table, prices: Sequence[Column]) -> tuple[Column, Column] | None:
    """Return the first words of which each has one of these prices, with that price; None without."""
    names = (column for column in table.columns if _may_name_goods(table, column))
    pairs = ((name, price) for name in names for price in prices if _is_price_of(table, price, name))
    return next(pairs, None)


def _may_name_goods(table: Table, column: Column) -> bool:
    values = table.evidence[column.position]
    spoken = table.concepts[column.position] - {C.ALONE} if column.position not in table.guessed else ()
    free = column.role in (Role.CATEGORICAL, Role.TEXT, Role.IGNORE) and not spoken
    worded = not values.is_number and values.dates is None and values.links < 0.5
    most = 0.5 if values.distinct > ENOUGH else OF_FEW
    return free and worded and 1 < values.distinct <= most * values.filled


def _is_of_many(table: Table, price: Column) -> bool:
    return table.evidence[price.position].distinct > ENOUGH


def _is_price_of(table: Table, price: Column, name: Column) -> bool:
    many = _is_of_many(table, price) or _may_be_of_few(table, price, name)
    many = many and table.evidence[price.position].minimum >= 0
    ends = f"c{name.position}", f"c{price.position}"
    return many and determines(table, *ends) and not any(_go_with_buyer(table, end) for end in ends)


def _explains_price(table: Table, price: Column, name: Column) -> bool:
    """Whether words explain nearly all of how prices vary, and go with no buyer."""
    if not _is_of_many(table, price) or name.position not in table.sample.codes:
        return False
    values = table.numbers([price.position])[price.position]
    told = np.isfinite(values) & (values > 0)
    names = table.sample.codes[name.position][told]
    return is_of_articles(names, values[told]) and not _go_with_buyer(table, f"c{name.position}")


def _may_be_of_few(table: Table, price: Column, name: Column) -> bool:
    """Whether few goods may have a price each: no other number has cents, as what was paid for them would."""
    values = table.evidence[price.position]
    plain = (
        values.distinct > 1 and not values.are_given_out and table.evidence[name.position].distinct <= ENOUGH
    )
    others = [c for c in table.columns if c.role is Role.NUMERIC and c is not price]
    return plain and all(table.evidence[one.position].whole for one in others)


def _go_with_buyer(table: Table, cell: str) -> bool:
    keys = [c for c in table.columns if c.role in (Role.CUSTOMER_ID, Role.EMAIL, Role.ORDER_ID)]
    people = keys or [c for c in table.columns if c.role in (Role.PHONE, Role.NAME)]
    return not people or any(determines(table, f"c{who.position}", cell) for who in people)


def _count_pieces(table: Table, numbers: Sequence[Column], goods: Column) -> None:
    if table.find(Role.QUANTITY):
        return
    for column in numbers:
        values, cell = table.evidence[column.position], f"c{column.position}"
        small = values.whole and 1 <= values.minimum < values.maximum <= MOST_PIECES
        small = small and not _number_lines(table, column)
        if small and not determines(table, f"c{goods.position}", cell) and not _go_with_buyer(table, cell):
            table.set(column.position, Role.QUANTITY, 0.6, COUNTED)
            return


def _number_lines(table: Table, column: Column) -> bool:
    order = table.find(Role.ORDER_ID)
    if order is None or order.position not in table.sample.codes:
        return False
    numbers = table.numbers([column.position])[column.position]
    return number_lines(table.sample.codes[order.position], numbers)


def _are_one(table: Table, code: Column, other: Column) -> bool:
    ends = f"c{code.position}", f"c{other.position}"
    return determines(table, *ends) and determines(table, *reversed(ends))


def _may_be_code(table: Table, column: Column) -> bool:
    free = column.role in (Role.CATEGORICAL, Role.IGNORE) and not table.concepts[column.position] & _NOT_GOODS
    return free and table.is_key(column)


def _may_be_name(table: Table, column: Column) -> bool:
    values = table.evidence[column.position]
    plain = column.role in (Role.NAME, Role.CATEGORICAL, Role.IGNORE)
    free = plain and not table.concepts[column.position] & _NOT_GOODS
    named = not values.is_number and values.dates is None and max(values.links, values.emails) < 0.5
    return free and named and values.distinct > ENOUGH


def _go_together(table: Table, code: Column, name: Column) -> bool:
    """Whether each code has one name, and people have several codes."""
    if not determines(table, f"c{code.position}", f"c{name.position}"):
        return False
    if table.evidence[name.position].distinct < 0.5 * table.evidence[code.position].distinct:
        return False
    people = [c for c in table.columns if c.role in (Role.CUSTOMER_ID, Role.EMAIL, Role.ORDER_ID)]
    return bool(people) and not any(
        determines(table, f"c{who.position}", f"c{what.position}") for who in people for what in (code, name)
    )


def multiply(table: Table) -> None:
    """Find a whole number, a price and an amount of which the third is the product of the first two."""
    known = {role: column.position for role in _FACTORS if (column := table.find(role))}
    if len(known) == len(_FACTORS):
        return
    numbers = [
        column.position
        for column in table.columns
        if column.role in (Role.NUMERIC, *MONEY) and not table.evidence[column.position].is_constant
    ][:MOST_NUMBERS]
    read = _read_numbers(table, list({*numbers, *known.values()}))
    places = [[known[role]] if len(known) > 1 and role in known else numbers for role in _FACTORS]
    for found in product(*places):
        if len(set(found)) < len(found) or not _may_count_pieces(table.evidence[found[0]]):
            continue
        if _is_product(*(read[place] for place in found)):
            reason = "in nearly every row a quantity times a price is the amount"
            for role, place in zip(_FACTORS, found, strict=True):
                if table.columns[place].role is not role:
                    table.set(place, role, 0.7, reason)
            return


def _may_count_pieces(values: Evidence) -> bool:
    within = -MOST_COUNTED < values.minimum <= values.maximum <= MOST_COUNTED
    return values.whole and values.distinct >= 3 and within


def _read_numbers(table: Table, places: list[int]) -> dict[int, np.ndarray]:
    """Read the first rows of some columns of numbers; NaN where there is none."""
    if not places:
        return {}
    fields = ", ".join(
        f"coalesce({number(f'c{place}', table.evidence[place].number_format or '')}, 'nan') AS c{place}"
        for place in places
    )
    rows = table.cursor.execute(f"SELECT {fields} FROM (FROM {table.name} LIMIT {MULTIPLIED})").fetchnumpy()
    return {place: np.asarray(rows[f"c{place}"], dtype=np.float64) for place in places}


def _is_product(quantity: np.ndarray, price: np.ndarray, amount: np.ndarray) -> bool:
    """Whether nearly all rows that can tell have the product of the first two as the third, cents rounded."""
    telling = (np.abs(quantity) >= 2) & (price != 0) & (price != 1) & np.isfinite(price + amount)
    if telling.sum() < ENOUGH_ROWS:
        return False
    slack = 0.011 * np.maximum(1, np.abs(quantity[telling]))
    return bool(np.mean(np.abs(quantity * price - amount)[telling] <= slack) >= ALWAYS)


def price_items(table: Table) -> None:
    """Take what an item costs for its price where the lines have no other."""
    quantity = table.find(Role.QUANTITY)
    if table.find(Role.UNIT_PRICE) or quantity is None:
        return
    amounts = [column for column in table.columns if column.role is Role.AMOUNT]
    for column in table.columns:
        found = table.concepts[column.position]
        spare = column.role is Role.COST or (column in amounts and len(amounts) > 1 and C.ORDER not in found)
        if spare and C.PRODUCT in found and C.COUNT not in found:
            reason = "what one item costs, and no other column is a price"
            table.set(column.position, Role.UNIT_PRICE, 0.6, reason)
            return
