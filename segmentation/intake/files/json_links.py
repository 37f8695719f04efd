"""Rows of several shapes in one file, of which some name others: a column whose values are all ids of those.

No word decides: what tells parents from children is that each side has fields of its own and that every value
of a column is found, once, among the values of another column in rows of another shape.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PARENT, ID = "__parentId", "id"
SAMPLE = 200
MOST_SHAPES = 1000
MOST_CHARACTERS = 100
ALIKE = 0.5
NAMED_SHARE = 0.5
_GLOBAL_ID = re.compile(r"gid://[^/]+/(\w+)/")
_SMALL_NUMBER = re.compile(r"\d{1,5}")
Item = dict[str, Any]
Items = Callable[[], Iterable[Any]]
Shapes = Mapping[frozenset[str], int]
Place = tuple[str, str]
"""A family and one of its columns."""


@dataclass(frozen=True)
class IdLink:
    """In rows of the family `child`, `column` holds what `key` holds in rows of the families `parents`."""

    child: str
    column: str
    parents: frozenset[str]
    key: str


class Families:
    """Which shapes are of one kind: global ids say so, else having half of their fields in common."""

    def __init__(self, shapes: Shapes) -> None:
        common = frozenset.intersection(*shapes) if len(shapes) > 1 else frozenset()
        self._names: dict[frozenset[str], str] = {}
        models: dict[str, frozenset[str]] = {}
        for shape in sorted(shapes, key=lambda one: (-shapes[one], sorted(one))):
            own = shape - common - {PARENT}
            name = next((name for name, model in models.items() if _are_alike(own, model)), None)
            if name is None:
                name = "_".join(sorted(own or shape))[:60]
                models[name] = own
            self._names[shape] = name

    def of(self, item: Item) -> str:
        """Name the family of a row."""
        found = _GLOBAL_ID.match(str(item.get(ID, "")))
        return found[1] if found else self._names.get(frozenset(item), "")


def find_links(items: Items, shapes: Shapes, families: Families | None = None) -> list[IdLink]:
    """Return who names whom; of several columns of a child, the one with the most parents comes first.

    :param items: gives all rows, each time that it is called.
    :param shapes: the sets of fields that rows have, with how many have each.
    """
    families = families or Families(shapes)
    if any(PARENT in shape for shape in shapes):
        return _by_the_word(items, families)
    if not 1 < len(shapes) <= MOST_SHAPES:
        return []
    likely = _likely(items, families, _sample(items, families))
    return _proven(items, families, likely)


def scalars(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the fields that may hold an id."""
    for key, value in item.items():
        if isinstance(value, str) and 0 < len(value) <= MOST_CHARACTERS:
            yield key, value


def objects(items: Iterable[Any]) -> Iterator[Item]:
    """Yield the rows that have fields."""
    return (item for item in items if isinstance(item, dict))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, len(one | other))


def _by_the_word(items: Items, families: Families) -> list[IdLink]:
    """Return a link for each family of which a row holds a parent's id by name; ids are of the whole file."""
    children = dict.fromkeys(families.of(item) for item in objects(items()) if PARENT in item)
    everybody = frozenset(families.of(item) for item in objects(items()))
    return [IdLink(child, PARENT, everybody, ID) for child in children]


def _sample(items: Items, families: Families) -> dict[Place, set[str]]:
    """Return some values of each column of each family."""
    found: dict[Place, set[str]] = defaultdict(set)
    for item in objects(items()):
        family = families.of(item)
        for column, value in scalars(item):
            if len(found[family, column]) < SAMPLE:
                found[family, column].add(value)
    return found


def _likely(items: Items, families: Families, sample: dict[Place, set[str]]) -> dict[Place, set[Place]]:
    """Return for each column the places of other families in which every value of its sample is found."""
    whose: dict[str, list[Place]] = defaultdict(list)
    for place, values in sample.items():
        for value in values:
            whose[value].append(place)
    hits: dict[tuple[Place, Place], set[str]] = defaultdict(set)
    for item in objects(items()):
        family = families.of(item)
        for key, value in scalars(item):
            for place in whose.get(value, ()):
                if place[0] != family:
                    hits[place, (family, key)].add(value)
    likely: dict[Place, set[Place]] = defaultdict(set)
    for (place, named), values in hits.items():
        if values == sample[place] and _have_fields_of_their_own(place, named, sample):
            likely[place].add(named)
    return likely


def _have_fields_of_their_own(child: Place, parent: Place, sample: Iterable[Place]) -> bool:
    columns = defaultdict(set)
    for family, column in sample:
        columns[family].add(column)
    children, parents = columns[child[0]], columns[parent[0]]
    return bool(children - parents - {child[1]}) and bool(parents - children - {parent[1]})


def _proven(items: Items, families: Families, likely: dict[Place, set[Place]]) -> list[IdLink]:
    """Return the links of which all values hold, each named once; the rows named are no mere few."""
    values: dict[Place, Counter[str]] = {
        place: Counter() for child, parents in likely.items() for place in (child, *parents)
    }
    for item in objects(items()):
        family = families.of(item)
        for column, value in scalars(item):
            if (family, column) in values:
                values[family, column][value] += 1
    named = {
        (child, parent): len(values[child])
        for child, parents in likely.items()
        for parent in sorted(parents)
        if _names_them(values[child], values[parent])
    }
    chosen: dict[Place, IdLink] = {}
    for child, parent in sorted(named, key=lambda pair: -named[pair]):
        second = any(link.child == child[0] for link in chosen.values())
        by_chance = second and _are_small_numbers(values[child])
        if child not in chosen and not by_chance and not _named_by(parent[0], child[0], chosen):
            chosen[child] = IdLink(*child, frozenset({parent[0]}), parent[1])
    return list(chosen.values())


def _names_them(children: Counter[str], parents: Counter[str]) -> bool:
    """Whether each value is that of one row; a few small numbers are ids by chance."""
    by_chance = _are_small_numbers(children) and len(children) < NAMED_SHARE * len(parents)
    return all(parents[value] == 1 for value in children) and not by_chance


def _are_small_numbers(values: Iterable[str]) -> bool:
    return all(_SMALL_NUMBER.fullmatch(value) for value in values)


def _named_by(parent: str, child: str, chosen: Mapping[Place, IdLink]) -> bool:
    """Whether the child is itself a parent, or a parent's parent, of what it would name."""
    above = {name for link in chosen.values() if link.child == parent for name in link.parents}
    return child in above or any(_named_by(name, child, chosen) for name in above)
