"""Objects that name their parent (`__parentId`, as bulk files have it), joined with what they belong to."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

PARENT, ID = "__parentId", "id"
LOOKED_AT = 1000
_TYPE = re.compile(r"gid://[^/]+/(\w+)/")
Items = Callable[[], Iterable[Any]]
Flatten = Callable[[dict[str, Any], str], dict[str, str]]


@dataclass(frozen=True)
class Parents:
    """How a file's objects belong together: those of the type `main` become rows, with their parents' fields.

    `parents` are the ids that have such a child; `beside` are the other children by the id of their parent.
    """

    main: str
    parents: frozenset[str]
    beside: dict[str, dict[str, list[Any]]]

    def join(self, items: Iterable[Any], flatten: Flatten) -> Iterator[Any]:
        """Yield each object of the main type with its parents' fields, and parents that have none alone."""
        known: dict[str, dict[str, str]] = {}
        for item in items:
            if not isinstance(item, dict) or (PARENT in item and self._is_beside(item)):
                if not isinstance(item, dict):
                    yield item
                continue
            own = {key: value for key, value in item.items() if key != PARENT} | self._lists(item)
            around = known.get(str(item.get(PARENT)), {})
            fields = around | flatten(own, f"{type_of(item)}." if PARENT in item else "")
            if str(item.get(ID)) in self.parents:
                known[str(item[ID])] = fields
            else:
                yield fields

    def _is_beside(self, item: dict[str, Any]) -> bool:
        return type_of(item) != self.main and str(item.get(ID)) not in self.parents

    def _lists(self, item: dict[str, Any]) -> dict[str, str]:
        lists = self.beside.get(str(item.get(ID)), {})
        return {name: json.dumps(values, ensure_ascii=True) for name, values in lists.items()}


def find_parents(items: Items, speaks_of_lines: Callable[[Iterable[str]], bool]) -> Parents | None:
    """Return how the objects belong together; None where none names a parent.

    :param items: gives all objects, each time that it is called.
    :param speaks_of_lines: whether a type and its fields speak of order lines, products or events.
    """
    first = [item for item in islice(items(), LOOKED_AT) if isinstance(item, dict) and PARENT in item]
    if not first:
        return None
    types = Counter(type_of(item) for item in first)
    likely = [type_of(item) for item in first if speaks_of_lines((type_of(item), *item))]
    main = max(likely or types, key=lambda name: types[name])
    grandparents = {str(item.get(ID)): str(item.get(PARENT)) for item in _children(items())}
    parents = {str(item[PARENT]) for item in _children(items()) if type_of(item) == main}
    for parent in list(parents):
        while parent in grandparents and (parent := grandparents[parent]) not in parents:
            parents.add(parent)
    beside: dict[str, dict[str, list[Any]]] = {}
    for item in _children(items()):
        if type_of(item) != main and str(item.get(ID)) not in parents:
            own = {key: value for key, value in item.items() if key != PARENT}
            beside.setdefault(str(item[PARENT]), {}).setdefault(type_of(item), []).append(own)
    return Parents(main, frozenset(parents), beside)


def type_of(item: dict[str, Any]) -> str:
    """Return what kind of thing an object is, by its global id or by the fields that it has."""
    found = _TYPE.match(str(item.get(ID, "")))
    return found[1] if found else "_".join(sorted(set(item) - {PARENT}))[:60]


def _children(items: Iterable[Any]) -> Iterator[dict[str, Any]]:
    return (item for item in items if isinstance(item, dict) and PARENT in item)
