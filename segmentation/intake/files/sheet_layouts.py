"""Which sheets of a workbook are one table: a sheet for each month, beside others of another shape."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

MOSTLY = 0.8
JOINED = " + "
"""Between the names of sheets that are one table."""


@dataclass(frozen=True)
class SheetLayout:
    """Where a sheet's table stands: the place and number of header rows, the columns used and their names.

    `size` is how many cells it has.
    """

    size: float
    at: int
    header_rows: int
    used: list[int]
    names: tuple[str, ...]
    header: tuple[str, ...]

    @property
    def shape(self) -> tuple[str, ...]:
        """The names of the columns, whatever their capitals."""
        return tuple(name.casefold() for name in self.names)


def one_table(layouts: Mapping[str, SheetLayout]) -> tuple[SheetLayout, dict[str, list[int | None]]]:
    """Return the layout of the shape that most cells have, and the sheets that nearly have it, in order.

    Each sheet comes with its column for each of the layout's, None where it has none.
    """
    cells: dict[tuple[str, ...], float] = defaultdict(float)
    for layout in layouts.values():
        cells[layout.shape] += layout.size if layout.header else 0
    largest = max(layouts, key=lambda name: (cells[layouts[name].shape], layouts[name].size))
    main = layouts[largest]
    if not main.header:
        return main, {largest: list(main.used)}
    fitting = {name: _columns(layout, main) for name, layout in layouts.items() if _fits(layout, main)}
    return main, fitting


def _fits(layout: SheetLayout, main: SheetLayout) -> bool:
    """Whether a sheet has nearly the columns of the table, and hardly others, in any order."""
    if layout.names == main.names:
        return True
    shared = {*layout.shape} & {*main.shape}
    return bool(layout.header) and len(shared) >= MOSTLY * max(len(layout.shape), len(main.shape))


def _columns(layout: SheetLayout, main: SheetLayout) -> list[int | None]:
    if layout.names == main.names:
        return list(layout.used)
    places = dict(zip(layout.shape, layout.used, strict=True))
    return [places.get(name) for name in main.shape]
