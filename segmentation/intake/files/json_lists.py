"""Which list inside the objects of a JSON file holds order lines (or orders, events, products), if any does.

Names of fields say so where they are known. Else the elements do: goods have one price each and come in
several pieces, or what elements cost adds up to a number of their object.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, permutations
from typing import Any

import numpy as np

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of

MAX_DEPTH = 8
MAIN_SHARE = 0.3
OFTEN, FEWEST, MOST_NUMBERS = 0.9, 5, 6
CENT, HUNDRED = 0.011, 100
_MAIN = {Concept.PRODUCT, Concept.ORDER, Concept.EVENT, Concept.LINE, Concept.QUANTITY, Concept.PRICE}
Item = dict[str, Any]


def find_main_list(items: Iterator[Any]) -> str:
    """Return the path of the list of objects whose elements should be rows, "" if there is none.

    It is in three of ten objects at least, and it or its fields speak of products, orders or events; where
    none does, its elements look like goods or add up.
    """
    found: dict[str, list[tuple[Item, list[Item]]]] = defaultdict(list)
    elements: Counter[str] = Counter()
    looked_at = 0
    for item in items:
        looked_at += 1
        for path, value in lists_of(item) if isinstance(item, dict) else ():
            found[path].append((item, value))
            if speak_of_lines((path, *(field for part in value for field in part))):
                elements[path] += len(value) + 1_000_000 * bool(_MAIN & concepts_of(path))
    common = [path for path in found if len(found[path]) >= MAIN_SHARE * looked_at]
    likely = [path for path in common if elements[path]]
    likely = likely or [path for path in common if _hold_lines(found[path])]
    return max(
        likely, key=lambda path: elements[path] or sum(len(value) for _, value in found[path]), default=""
    )


def speak_of_lines(names: Iterable[str]) -> bool:
    """Whether names of fields speak of products, orders or events."""
    return any(_MAIN & concepts_of(name) for name in names)


def lists_of(item: Item, prefix: str = "", depth: int = 1) -> Iterator[tuple[str, list[Item]]]:
    """Yield the lists of objects in an object, with their paths."""
    for key, value in item.items():
        if isinstance(value, dict) and depth < MAX_DEPTH:
            yield from lists_of(value, f"{prefix}{key}.", depth + 1)
        elif isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
            yield prefix + key, value


def _hold_lines(found: Sequence[tuple[Item, list[Item]]]) -> bool:
    """Whether the elements of a list are goods, or add up to what stands beside it; some have several."""
    if len(found) < FEWEST or all(len(elements) == 1 for _, elements in found):
        return False
    flat = [element for _, elements in found for element in elements]
    fields = [field for field in flat[0] if field in flat[-1]]
    numbers = [field for field in fields if _often_numbers([element.get(field) for element in flat])]
    texts = [field for field in fields if field not in numbers]
    return _are_goods(flat, texts, numbers) or _add_up(found, numbers[:MOST_NUMBERS])


def _often_numbers(values: Sequence[Any]) -> bool:
    return sum(_number(value) is not None for value in values) >= OFTEN * len(values)


def _number(value: Any) -> float | None:  # noqa: ANN401 - whatever stands in the JSON
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def _are_goods(flat: Sequence[Item], texts: Sequence[str], numbers: Sequence[str]) -> bool:
    """Whether each thing that a text names has one price, and another number counts its pieces."""
    return any(
        _says_one(flat, text, price) and _counts(flat, text, pieces)
        for text in texts
        for price, pieces in permutations(numbers, 2)
    )


def _seen(flat: Sequence[Item], text: str, number: str) -> list[set[float]]:
    """Return the numbers that are seen with each text that comes several times."""
    values: Mapping[str, list[float]] = defaultdict(list)
    for element in flat:
        value = _number(element.get(number))
        if isinstance(element.get(text), str) and value is not None:
            values[element[text]].append(value)
    return [{*some} for some in values.values() if len(some) > 1]


def _says_one(flat: Sequence[Item], text: str, number: str) -> bool:
    seen = _seen(flat, text, number)
    alike = sum(len(some) == 1 for some in seen)
    return len(seen) >= FEWEST and alike >= OFTEN * len(seen) and len({max(some) for some in seen}) > 1


def _counts(flat: Sequence[Item], text: str, number: str) -> bool:
    """Whether numbers are whole, from one on, and differ for one text."""
    seen = _seen(flat, text, number)
    whole = all(value >= 1 and value == int(value) for some in seen for value in some)
    return whole and any(len(some) > 1 for some in seen)


def _add_up(found: Sequence[tuple[Item, list[Item]]], numbers: Sequence[str]) -> bool:
    """Whether numbers of elements, or products of two, add up to one beside them, or to its hundredth."""
    totals = np.array([[_number(item.get(field)) or 0 for field in found[0][0]] for item, _ in found])
    for fields in [*((one,) for one in numbers), *combinations_with_replacement(numbers, 2)]:
        sums = np.array([sum(_product(element, fields) for element in elements) for _, elements in found])
        near = (np.abs(totals - sums[:, None]) <= CENT) | (np.abs(totals / HUNDRED - sums[:, None]) <= CENT)
        if ((near & (sums != 0)[:, None]).mean(axis=0) >= OFTEN).any():
            return True
    return False


def _product(element: Item, fields: Sequence[str]) -> float:
    found = 1.0
    for field in fields:
        found *= _number(element.get(field)) or 0
    return found
