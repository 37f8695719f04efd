"""What the cells of uploads are like beside one another, whatever their columns were taken for."""

from __future__ import annotations

import duckdb

from segmentation.intake.roles import Column, Upload
from segmentation.intake.typed_reading import overlap
from segmentation.workspace import quote_identifier

FEWEST, SHORTEST = 20, 4

Cell = tuple[str, str]
"""The table and the column of some values, quoted."""


def cell_of(upload: Upload, column: Column) -> Cell:
    """Return where the values of a column are."""
    return quote_identifier(upload.raw_table), f"c{column.position}"


class Cells:
    """What values are like, each asked once: the raw tables of uploads do not change meanwhile."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self._measured: dict[Cell, tuple[float, bool]] = {}
        self._overlaps: dict[tuple[Cell, Cell], float] = {}

    def share_distinct(self, cell: Cell) -> float:
        """Return how many different values there are for each that is filled (0..1)."""
        return self._measure(cell)[0]

    def are_telling(self, cell: Cell) -> bool:
        """Whether values are many and long enough not to be found in another file by chance."""
        return self._measure(cell)[1]

    def overlap(self, left: Cell, right: Cell) -> float:
        """Return the share of the left values that the right ones hold."""
        if (left, right) not in self._overlaps:
            self._overlaps[left, right] = overlap(self._cursor, left, right)
        return self._overlaps[left, right]

    def _measure(self, cell: Cell) -> tuple[float, bool]:
        if cell not in self._measured:
            table, value = cell
            query = f"""
                SELECT count(DISTINCT {value}) / greatest(count({value}), 1),
                       coalesce(count(DISTINCT {value}) >= $few AND avg(strlen({value})) >= $short, false)
                FROM {table}"""
            [(share, telling)] = self._cursor.execute(query, {"few": FEWEST, "short": SHORTEST}).fetchall()
            self._measured[cell] = float(share), bool(telling)
        return self._measured[cell]
