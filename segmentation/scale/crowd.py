"""All customers of a shop in parts, of whom something can be asked as of those of one database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

import numpy as np
import pyarrow as pa

from segmentation.intake.population import Query
from segmentation.scale.parts import Part, ShopParts

Item = TypeVar("Item")
Result = TypeVar("Result")


class Each(Protocol):
    """Works as `map` does, on one machine or on many: results in order, items taken as they are needed."""

    def __call__(self, work: Callable[[Item], Result], items: Iterable[Item], /) -> Iterator[Result]:
        """Return work(item) of every item."""


@dataclass(frozen=True)
class Crowd:
    """The customers of all parts, in the order of `ids` (a `Population`); parts are asked by `each`."""

    parts: ShopParts
    ids: np.ndarray
    each: Each

    def ask(self, query: Query) -> tuple[pa.Table, ...]:
        """Ask every part, and put together what each has said."""
        names = self.each(partial(prepare, query=query), self.parts)
        said = [tuple(map(self.parts.folder.read_table, some)) for some in names]
        return tuple(_together(list(tables)) for tables in zip(*said, strict=True))


def prepare(part: Part, query: Query) -> tuple[str, ...]:
    """Let a part answer a query."""
    return part.prepare(query)


def _together(tables: list[pa.Table]) -> pa.Table:
    """Lay the rows of all parts one after the other; a customer's stay in their order."""
    whole = pa.concat_tables(tables, promote_options="permissive")
    if "customer" not in whole.column_names:
        return whole
    return whole.take(pa.array(np.argsort(whole["customer"].to_numpy(), kind="stable")))
