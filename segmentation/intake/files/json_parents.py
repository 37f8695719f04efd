"""Objects of one file that name their parents (`__parentId`, or any column of ids), joined with them."""

from __future__ import annotations

import json
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
    Seen,
    find_links,
    objects,
)

Flatten = Callable[[Item, str], dict[str, str]]
Place = tuple[str, str, str]
"""The family of an object, one of its columns that others name it by, and what it holds."""

REMEMBERED = 4096


class IdLinks:
    """Who names whom, by family."""

    def __init__(self, found: Sequence[IdLink]) -> None:
        self.all = tuple(found)
        self._by_the_word = any(link.column == PARENT for link in found)
        self._of: dict[str, list[IdLink]] = {}
        self._keys: dict[str, list[str]] = {}
        for link in found:
            self._of.setdefault(link.child, []).append(link)
            for parent in sorted(link.parents):
                keys = self._keys.setdefault(parent, [])
                if link.key not in keys:
                    keys.append(link.key)

    def named_by(self, item: Item, family: str) -> Iterator[tuple[IdLink, Place]]:
        """Yield what an object names, with the places at which that may be."""
        for link in self._of.get(family, ()):
            if item.get(link.column) not in (None, ""):
                whose = "" if link.column == PARENT else next(iter(link.parents))
                yield link, (whose, link.key, str(item[link.column]))

    def places(self, item: Item, family: str) -> list[Place]:
        """Return the places at which others name an object; global ids are of no family."""
        whose = "" if self._by_the_word else family
        return [(whose, key, str(item[key])) for key in self._keys.get(family, ()) if key in item]


@dataclass(frozen=True)
class Parents:
    """How a file's objects belong together: those of the family `main` are rows, with their parents' fields.

    `known` are the objects that have such a child; `beside` are the other children of an object, by family.
    """

    main: str
    links: IdLinks
    families: Families
    known: dict[Place, Item]
    beside: dict[Place, dict[str, list[Item]]]

    @property
    def called(self) -> str:
        """Return a name for the rows: of their family where their ids say it, else the column that names."""
        first = next(link for link in self.links.all if link.child == self.main)
        return self.main if first.column == PARENT else first.column

    def join(self, items: Iterable[Any], flatten: Flatten) -> Iterator[Any]:
        """Yield each object of the main family with its parents' fields, and objects that have none alone."""

        @lru_cache(REMEMBERED)
        def told(place: Place) -> dict[str, str]:
            parent = self.known[place]
            return self._around(parent, self.families.of(parent), flatten, told)

        for item in items:
            if not isinstance(item, dict):
                yield item
            elif self._is_row(item, family := self.families.of(item)):
                yield self._around(item, family, flatten, told)

    def _is_row(self, item: Item, family: str) -> bool:
        if any(place in self.known for place in self.links.places(item, family)):
            return False
        return family == self.main or not any(self.links.named_by(item, family))

    def _around(
        self, item: Item, family: str, flatten: Flatten, told: Callable[[Place], dict[str, str]]
    ) -> dict[str, str]:
        """Return the fields of an object and of those that it names; of two of one name, its own keeps it."""
        named = [(link, place) for link, place in self.links.named_by(item, family) if place in self.known]
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
        for place in self.links.places(item, family) if self.beside else ():
            yield from self.beside.get(place, {}).items()


def find_parents(
    items: Items, seen: Seen, speaks_of_lines: Callable[[Iterable[str]], bool]
) -> Parents | None:
    """Return how the objects belong together; None where none names another, or no lines are among them.

    :param items: gives all objects, each time that it is called.
    :param seen: the shapes that objects have.
    :param speaks_of_lines: whether a family and its fields speak of order lines, products or events.
    """
    families = Families(seen.shapes)
    links = IdLinks(find_links(items, seen, families))
    main = _find_main(families, links, speaks_of_lines)
    if not main:
        return None
    named = _named(items, families, links, main)
    known: dict[Place, Item] = {}
    beside: dict[Place, dict[str, list[Item]]] = {}
    for item in objects(items()):
        family = families.of(item)
        there = [place for place in links.places(item, family) if place in named]
        known |= dict.fromkeys(there, item)
        if family != main and not there:
            own = {key: value for key, value in item.items() if key != PARENT}
            for _, place in links.named_by(item, family):
                beside.setdefault(place, {}).setdefault(family, []).append(own)
    return Parents(main, links, families, known, beside)


def _find_main(families: Families, links: IdLinks, speaks: Callable[[Iterable[str]], bool]) -> str:
    """Return the largest family of children that speaks of lines and is no parent of another such."""
    children = {link.child for link in links.all}
    by_the_word = any(link.column == PARENT for link in links.all)
    likely = {child for child in children if speaks((child, *(families.fields[child] - {PARENT})))}
    above = {parent for link in links.all if link.child in likely for parent in link.parents - {link.child}}
    lowest = likely if by_the_word else likely - above
    chosen = lowest or likely or (children if by_the_word else set())
    return max(sorted(chosen), key=lambda family: families.sizes[family], default="")


def _named(items: Items, families: Families, links: IdLinks, main: str) -> set[Place]:
    """Return the places that objects of the main family name, and those that these name in turn."""
    upward: dict[Place, list[Place]] = {}
    named: set[Place] = set()
    for item in objects(items()):
        family = families.of(item)
        above = [place for _, place in links.named_by(item, family)]
        if family == main:
            named.update(above)
        elif above:
            upward |= dict.fromkeys(links.places(item, family), above)
    waiting = list(named)
    while waiting:
        new = [place for place in upward.get(waiting.pop(), ()) if place not in named]
        named.update(new)
        waiting += new
    return named
