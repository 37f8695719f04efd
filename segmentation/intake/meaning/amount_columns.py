"""What the numbers of a file say of one another: quantity times price, and totals of whole orders."""

from __future__ import annotations

from itertools import product

import numpy as np

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.table_so_far import ALWAYS, Table
from segmentation.intake.roles import Role
from segmentation.intake.values.cast import number
from segmentation.intake.values.column_evidence import Evidence

ENOUGH_ROWS = 10
MULTIPLIED = 5_000
MOST_PIECES = 10_000
MOST_NUMBERS = 12
_FACTORS = (Role.QUANTITY, Role.UNIT_PRICE, Role.AMOUNT)
MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.QUANTITY)
C = Concept


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
    within = -MOST_PIECES < values.minimum <= values.maximum <= MOST_PIECES
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
