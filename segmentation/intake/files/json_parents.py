"""Objects of one file that name their parents (`__parentId`, or any column of ids), joined with them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from segmentation.intake.files.json_links import (
    PARENT,
    Families,
    IdLink,
    Item,
    Items,
    Shapes,
    find_links,
    objects,
)

Flatten = Callable[[Item, str], dict[str, str]]
Place = tuple[str, str, str]
"""The family of an object, one of its columns that others name it by, and what it holds."""

REMEMBERED = 4096


@dataclass(frozen=True)
class Parents:
    """How a file's objects belong together: those of the family `main` are rows, with their parents' fields.

    `known` are the objects that have such a child; `beside` are the other children of an object, by family.
    """

    main: str
    links: Sequence[IdLink]
    families: Families
    known: dict[Place, Item]
    beside: dict[Place, dict[str, list[Item]]]

    @property
    def called(self) -> str:
        """Return a name for the rows: of their family where their ids say it, else the column that names."""
        first = next(link for link in self.links if link.child == self.main)
        return self.main if first.column == PARENT else first.column

    def join(self, items: Iterable[Any], flatten: Flatten) -> Iterator[Any]:
        """Yield each object of the main family with its parents' fields, and objects that have none alone."""
        told = lru_cache(REMEMBERED)(lambda place: self._around(self.known[place], flatten, told))
        for item in items:
            if not isinstance(item, dict):
                yield item
            elif self._is_row(item):
                yield self._around(item, flatten, told)

    def _is_row(self, item: Item) -> bool:
        family = self.families.of(item)
        if any(place in self.known for place in places(item, family, self.links)):
            return False
        return family == self.main or not any(links_of(item, family, self.links))

    def _around(
        self, item: Item, flatten: Flatten, told: Callable[[Place], dict[str, str]]
    ) -> dict[str, str]:
        """Return the fields of an object and of those that it names; of two of one name, its own keeps it."""
        family = self.families.of(item)
        named = [
            (link, place)
            for link in links_of(item, family, self.links)
            for place in named_by(item, link)
            if place in self.known
        ]
        by_the_word = any(link.column == PARENT for link, _ in named)
        lists = {name: json.dumps(values) for name, values in self._children_of(item, family)}
        own = {key: value for key, value in item.items() if key != PARENT} | lists
        fields = flatten(own, f"{family}." if by_the_word else "")
        parents: dict[str, str] = {}
        for link, place in named:
            for name, value in told(place).items():
                parents[f"{link.column}.{name}" if name in fields or name in parents else name] = value
        return parents | fields

    def _children_of(self, item: Item, family: str) -> Iterator[tuple[str, list[Item]]]:
        for place in places(item, family, self.links):
            yield from self.beside.get(place, {}).items()


def find_parents(
    items: Items, shapes: Shapes, speaks_of_lines: Callable[[Iterable[str]], bool]
) -> Parents | None:
    """Return how the objects belong together; None where none names another, or no lines are among them.

    :param items: gives all objects, each time that it is called.
    :param shapes: the sets of fields that objects have, with how many have each.
    :param speaks_of_lines: whether a family and its fields speak of order lines, products or events.
    """
    families = Families(shapes)
    links = find_links(items, shapes, families)
    main = _find_main(items, families, links, speaks_of_lines) if links else ""
    if not main:
        return None
    named = _named(items, families, links, main)
    known: dict[Place, Item] = {}
    beside: dict[Place, dict[str, list[Item]]] = {}
    for item in objects(items()):
        family = families.of(item)
        known |= {place: item for place in places(item, family, links) if place in named}
        if family != main and not any(place in named for place in places(item, family, links)):
            own = {key: value for key, value in item.items() if key != PARENT}
            for link in links_of(item, family, links):
                for place in named_by(item, link):
                    beside.setdefault(place, {}).setdefault(family, []).append(own)
    return Parents(main, links, families, known, beside)


def links_of(item: Item, family: str, links: Sequence[IdLink]) -> Iterator[IdLink]:
    """Yield the links by which an object names others."""
    return (link for link in links if link.child == family and item.get(link.column) not in (None, ""))


def named_by(item: Item, link: IdLink) -> Iterator[Place]:
    """Yield the places at which what an object names may be."""
    return ((parent, link.key, str(item[link.column])) for parent in sorted(link.parents))


def places(item: Item, family: str, links: Sequence[IdLink]) -> list[Place]:
    """Return the places at which others name an object."""
    keys = {link.key for link in links if family in link.parents}
    return [(family, key, str(item[key])) for key in sorted(keys) if key in item]


def _find_main(
    items: Items, families: Families, links: Sequence[IdLink], speaks: Callable[[Iterable[str]], bool]
) -> str:
    """Return the largest family of children that speaks of lines and is no parent of another such."""
    sizes: Counter[str] = Counter()
    fields: dict[str, set[str]] = {}
    for item in objects(items()):
        family = families.of(item)
        if any(links_of(item, family, links)):
            sizes[family] += 1
            fields.setdefault(family, set()).update(item)
    by_the_word = any(link.column == PARENT for link in links)
    likely = {family for family in sizes if speaks((family, *(fields[family] - {PARENT})))}
    above = {parent for link in links if link.child in likely for parent in link.parents - {link.child}}
    lowest = likely - above if not by_the_word else likely
    chosen = lowest or likely or (set(sizes) if by_the_word else set())
    return max(sorted(chosen), key=lambda family: sizes[family], default="")


def _named(items: Items, families: Families, links: Sequence[IdLink], main: str) -> set[Place]:
    """Return the places that objects of the main family name, and those that these name in turn."""
    upward: dict[Place, list[Place]] = {}
    named: set[Place] = set()
    for item in objects(items()):
        family = families.of(item)
        above = [place for link in links_of(item, family, links) for place in named_by(item, link)]
        if family == main:
            named.update(above)
        elif above:
            upward |= dict.fromkeys(places(item, family, links), above)
    waiting = list(named)
    while waiting:
        new = [place for place in upward.get(waiting.pop(), ()) if place not in named]
        named.update(new)
        waiting += new
    return named
