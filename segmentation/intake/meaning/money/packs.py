"""Packs: whole numbers that goods have, by which what was bought may have to be multiplied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from segmentation.intake.headers.concepts import Concept as C
from segmentation.intake.headers.pack_words import counts_packs, speaks_of_pack
from segmentation.intake.meaning.money.adds_up import ALWAYS, CENT, ENOUGH
from segmentation.intake.meaning.money.counting import go_with, may_count_pieces
from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question, Rival
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import Law, MoneyRule
from segmentation.intake.roles import Column, Role

MOST_IN_PACK, USUAL, LEAST = 1_000, 60, 6
MOSTLY = 0.95
_NO_PACK = {
    C.ID, C.RATING, C.TIME, C.POSTAL, C.PHONE, C.PLACE, C.BIRTH, C.CODE, C.GROUP, C.LINE, C.SELLER, C.FEE,
    C.AMOUNT, C.PRICE, C.DISCOUNT, C.COST, C.PROFIT, C.CATEGORY, C.CUSTOMER, C.ORDER, C.PAYMENT, C.REFUND,
}  # fmt: skip


def packs_of(table: Table) -> tuple[int, ...]:
    """Return the columns that may say how many pieces of an article are in a pack.

    Each article has one such number, and not all the same.
    """
    goods = table.find(Role.PRODUCT_ID, Role.PRODUCT_NAME)
    if goods is None:
        return ()
    numbers = table.numbers(c.position for c in table.columns if _may_be_pack(table, c))
    articles = table.sample.codes[goods.position]
    return tuple(place for place, sizes in numbers.items() if go_with(articles, sizes))


def _may_be_pack(table: Table, column: Column) -> bool:
    values = table.evidence[column.position]
    plain = column.role in (Role.NUMERIC, Role.QUANTITY) and not table.concepts[column.position] & _NO_PACK
    return plain and values.whole and 1 <= values.minimum < values.maximum <= MOST_IN_PACK


def counting_no_packs(columns: MoneyColumns) -> MoneyColumns:
    """Leave sizes of packs out of what counts pieces, where another column does.

    So does one of which no header says it, where a header speaks of packs.
    """
    kept = tuple(place for place in columns.quantities if place not in columns.packs)
    if not kept and columns.packs:
        kept = _counted(columns) or tuple(columns.quantities)
    spent = {*kept, *(columns.packs if columns.prices else ())}
    return replace(columns, quantities=kept, others=[one for one in columns.others if one not in spent])


def _counted(columns: MoneyColumns) -> tuple[int, ...]:
    """Return the column that counts packs or pieces beside their size, where a header speaks of packs."""
    names, sizes = columns.names, columns.packs
    counted = [one for one in columns.others if one not in sizes and may_count_pieces(columns, one)]
    if not columns.quantities and not any(speaks_of_pack(names[one]) for one in sizes):
        counted = [one for one in counted if counts_packs(names[one])]
    return tuple(counted[:1])


def asking_about_packs(columns: MoneyColumns, found: FoundMoney) -> FoundMoney:
    """Ask whether a price is of one piece of a pack, so that packs, their size and the price multiply.

    Not where nearly all that was bought fills packs: it is counted in pieces then.
    """
    rule = found.rule
    if not rule.multiplied or rule.quantity is None or rule.law in (Law.LINE_SUM, Law.ORDER_SUM):
        return found
    for place in columns.packs:
        if place not in (rule.quantity, rule.price, rule.off) and _is_pack(columns, place, rule.quantity):
            return _asked(columns, found, place)
    return found


def _is_pack(columns: MoneyColumns, place: int, quantity: int) -> bool:
    sizes, bought = columns.numbers[place], np.abs(columns.numbers[quantity])
    told = speaks_of_pack(columns.names[place])
    if told is False or not (told or _are_like_packs(sizes)):
        return False
    telling = np.isfinite(bought) & (sizes > 1)
    fills = np.mean(bought[telling] % sizes[telling] == 0) if telling.any() else 1.0
    return bool(fills < ALWAYS)


def _are_like_packs(sizes: np.ndarray) -> bool:
    """Whether numbers are small and divide well, as what is packed in rows and layers does."""
    known = np.unique(sizes[np.isfinite(sizes)]).astype(np.int64)
    left = known.copy()
    for factor in (2, 3, 5):
        while np.any(left % factor == 0):
            left = np.where(left % factor == 0, left // factor, left)
    return bool(np.mean(left == 1) >= MOSTLY and known.max() >= LEAST and np.median(known) <= USUAL)


def _asked(columns: MoneyColumns, found: FoundMoney, place: int) -> FoundMoney:
    """Take the likelier price: that of a piece where a header counts packs, or a column all pieces."""
    rule, numbers = found.rule, columns.numbers
    sizes, bought = numbers[place], numbers[rule.quantity or 0]
    plain = replace(rule, price=_price_of_piece(numbers, rule, sizes))
    told = any(_are_alike(values, bought * sizes, CENT) for values in numbers.values())
    more = replace(plain, pack=place)
    if not (told or counts_packs(columns.names[rule.quantity or 0])):
        return replace(found, rivals=(Rival(Question.PACK, more, place), *found.rivals))
    found = found.read_by(more)
    return replace(found, rivals=(Rival(Question.PACK, plain, place), *found.rivals))


def _price_of_piece(numbers: Mapping[int, np.ndarray], rule: MoneyRule, sizes: np.ndarray) -> int | None:
    """Return the column of which the price is that of a whole pack; that of the price where there is none."""
    price = numbers[rule.price or 0]
    return next(
        (one for one, each in numbers.items() if _are_alike(each * sizes, price, CENT * sizes)), rule.price
    )


def _are_alike(some: np.ndarray, others: np.ndarray, slack: np.ndarray | float) -> bool:
    known = np.isfinite(some) & np.isfinite(others)
    return known.sum() >= ENOUGH and bool(np.mean((np.abs(some - others) <= slack)[known]) >= ALWAYS)
