"""Rows of several shapes in one file, of which some name others: a column whose values are all ids of those.

No word decides: what tells parents from children is that each side has fields of its own and that every value
of a column is found, once, among the values of another column in rows of another shape.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PARENT, ID = "__parentId", "id"
GLOBAL = "gid://"
SAMPLE = 200
MOST_SHAPES = 1000
MOST_CHARACTERS = 100
ALIKE = 0.5
NAMED_SHARE = 0.5
_SMALL_NUMBER = re.compile(r"\d{1,5}")
Item = dict[str, Any]
Items = Callable[[], Iterable[Any]]
Shape = tuple[str, frozenset[str]]
"""The type that a row's global id names (mostly none), and its fields."""
Place = tuple[str, str]
"""A family and one of its columns."""


@dataclass(frozen=True)
class IdLink:
    """In rows of the family `child`, `column` holds what `key` holds in rows of the families `parents`."""

    child: str
    column: str
    parents: frozenset[str]
    key: str


@dataclass(frozen=True)
class Seen:
    """How many rows have each shape, and the first rows of each."""

    shapes: Counter[Shape] = field(default_factory=Counter)
    first: dict[Shape, list[Item]] = field(default_factory=dict)

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """Hand on rows and look at each."""
        for item in items:
            if isinstance(item, dict):
                shape = type_in(item), frozenset(item)
                self.shapes[shape] += 1
                if self.shapes[shape] <= SAMPLE and len(self.shapes) <= MOST_SHAPES:
                    self.first.setdefault(shape, []).append(item)
            yield item


class Families:
    """Which shapes are of one kind: global ids say so, else having half of their fields in common.

    `fields` and `sizes` are the fields and the number of rows of each.
    """

    def __init__(self, shapes: Mapping[Shape, int]) -> None:
        plain = {fields: count for (name, fields), count in shapes.items() if not name}
        common = frozenset.intersection(*plain) if len(plain) > 1 else frozenset()
        self._names: dict[frozenset[str], str] = {}
        models: dict[str, frozenset[str]] = {}
        for shape in sorted(plain, key=lambda one: (-plain[one], sorted(one))):
            own = shape - common - {PARENT}
            name = next((name for name, model in models.items() if _are_alike(own, model)), None)
            if name is None:
                name = "_".join(sorted(own or shape))[:60]
                models[name] = own
            self._names[shape] = name
        self.fields: dict[str, set[str]] = {}
        self.sizes: Counter[str] = Counter()
        for (name, shape), count in shapes.items():
            family = name or self._names[shape]
            self.fields.setdefault(family, set()).update(shape)
            self.sizes[family] += count

    def of(self, item: Item) -> str:
        """Name the family of a row."""
        return type_in(item) or self._names.get(frozenset(item), "")


def type_in(item: Item) -> str:
    """Return the type in a global id, as in `gid://shop/Order/123`; empty where there is none."""
    value = item.get(ID)
    parts = value.split("/", 4) if isinstance(value, str) and value.startswith(GLOBAL) else ()
    return parts[3] if len(parts) == 5 else ""


def find_links(items: Items, seen: Seen, families: Families) -> list[IdLink]:
    """Return who names whom; of several columns of a child, the one with the most parents comes first.

    :param items: gives all rows, each time that it is called.
    """
    if any(PARENT in fields for fields in families.fields.values()):
        everybody = frozenset(families.fields)
        children = [family for family, fields in families.fields.items() if PARENT in fields]
        return [IdLink(child, PARENT, everybody, ID) for child in children]
    if len(families.fields) < 2 or len(seen.shapes) > MOST_SHAPES:
        return []
    likely = _likely(items, families, _sample(seen, families))
    return _proven(items, families, likely) if likely else []


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


def _sample(seen: Seen, families: Families) -> dict[Place, Counter[str]]:
    """Return some values of each column of each family."""
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    for rows in seen.first.values():
        for item in rows:
            family = families.of(item)
            for column, value in scalars(item):
                found[family, column][value] += 1
    return found


def _likely(
    items: Items, families: Families, sample: Mapping[Place, Counter[str]]
) -> dict[Place, set[Place]]:
    """Return for each column the places of other families in which every value of its sample is found."""
    asked = {child: _may_name(child, families, sample) for child in sample}
    whose: dict[str, list[Place]] = defaultdict(list)
    for child, parents in asked.items():
        for value in sample[child] if parents else ():
            whose[value].append(child)
    if not whose:
        return {}
    hits: dict[tuple[Place, Place], set[str]] = defaultdict(set)
    for item in objects(items()):
        family = families.of(item)
        for key, value in scalars(item):
            for child in whose.get(value, ()):
                if (family, key) in asked[child]:
                    hits[child, (family, key)].add(value)
    likely: dict[Place, set[Place]] = defaultdict(set)
    for (child, parent), values in hits.items():
        if len(values) == len(sample[child]):
            likely[child].add(parent)
    return likely


def _may_name(child: Place, families: Families, sample: Mapping[Place, Counter[str]]) -> set[Place]:
    """Return the places that may hold what a column names, by what the first rows hold.

    Both sides have fields of their own, a key holds each value once, and numbers are named by numbers. Where
    a column is called like the key and holds each value once, too, it is a key itself unless they meet.
    """
    values, mine = sample[child], families.fields[child[0]]
    found = set()
    for parent, keys in sample.items():
        theirs = families.fields[parent[0]]
        apart = bool(mine - theirs - {child[1]}) and bool(theirs - mine - {parent[1]})
        if (
            parent[0] == child[0]
            or not apart
            or not _is_key(keys)
            or _are_numbers(keys) != _are_numbers(values)
        ):
            continue
        if parent[1] != child[1] or not _is_key(values) or values.keys() & keys.keys():
            found.add(parent)
    return found


def _is_key(values: Counter[str]) -> bool:
    return values.total() == len(values)


def _are_numbers(values: Iterable[str]) -> bool:
    return all(value.isdecimal() for value in values)


def _proven(items: Items, families: Families, likely: Mapping[Place, set[Place]]) -> list[IdLink]:
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
